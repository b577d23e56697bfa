"""What cover and index show of a volume, by the names that templates use."""

from __future__ import annotations

from typing import Any

from .records import FrontMatter


def front_fields(matter: FrontMatter) -> dict[str, Any]:
    """The fields of `templates/_shared/fields.toml` that only assembling knows: the entries, their numbers and pages."""
    entries = [
        {
            "序号": number,
            "名称": entry.title,
            "说明": entry.note,
            "形式": entry.kind,
            "页数": entry.pages,
            "页码": entry.first_page,
            "附件": "原件见附件" if entry.attached else "",
        }
        for number, entry in enumerate(matter.entries, 1)
    ]
    return {
        "条目": entries,
        "件数": len(entries),
        "总页数": matter.total_pages,
        "照片数": matter.photos,
        "文档数": len(entries) - matter.photos,
        "缩小数": sum(entry.reduced for entry in matter.entries),
        "附件数": sum(entry.attached for entry in matter.entries),
        "分辨率": matter.dpi,
    }
