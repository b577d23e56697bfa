"""The volumes of evidence as documents name them: 教师佐证材料, or 教师佐证材料（一） where the kind has several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docgen.evidence.volumes import VolumePart, is_usable, parts_of
from docgen.model.case import Case
from docgen.model.records import Application, EvidenceItem, EvidenceKind

VOLUME_TITLES: Mapping[EvidenceKind, str] = {kind: f"{kind.value}佐证材料" for kind in EvidenceKind}
"""What a kind's volume is called (guide 二（二）2（4）)."""

_NUMERALS = "一二三四五六七八九十"


def numeral(number: int) -> str:
    """1 to 10 as Chinese writes it in headings."""
    return _NUMERALS[number - 1]


def volume_title(part: VolumePart) -> str:
    """What a volume is called; its file is called the same."""
    title = VOLUME_TITLES[part.kind]
    return title if part.of == 1 else f"{title}（{numeral(part.number)}）"


def part_fields(part: VolumePart) -> dict[str, str]:
    """The fields 册 and 共几册 of a volume's cover: Chinese numerals, "" where the kind has one volume only."""
    alone = part.of == 1
    return {"册": "" if alone else numeral(part.number), "共几册": "" if alone else numeral(part.of)}


def part_named(case: Case, application: Application, name: str) -> VolumePart:
    """The volume whose `VolumePart.name` that is. Raises KeyError where the application has none such."""
    for part in parts_of(case, application):
        if part.name == name:
            return part
    raise KeyError(name)


def item_title(item: EvidenceItem) -> str:
    """What a piece of evidence is called in an index: what it proves, else its note, else its file's name."""
    return item.subject or item.note or item.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def item_note(item: EvidenceItem) -> str:
    """What stands beside that title: the note, unless it is the title already."""
    return "" if item.note == item_title(item) else item.note


def usable(items: Iterable[EvidenceItem]) -> tuple[EvidenceItem, ...]:
    """Those items whose file is there and can be read."""
    return tuple(item for item in items if is_usable(item))


def volume_rows(case: Case, application: Application) -> list[dict[str, Any]]:
    """The field 佐证材料: one row a volume, with its items."""
    return [
        {
            "类别": part.kind.value,
            "名称": f"{volume_title(part)}.pdf",
            "件数": len(part.items),
            "条目": [{"名称": item_title(item), "说明": item_note(item), "文件": item.path} for item in part.items],
        }
        for part in parts_of(case, application)
    ]
