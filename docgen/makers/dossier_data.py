"""What 申报书.pdf carries of its own data, so that the secretariat need not copy names and numbers by eye."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

KIND, SCHEMA = "application", 1
_SCHOOL = (
    "院校名称", "院校代码", "院校类型", "统一社会信用代码", "中职星级", "联系人姓名", "联系人手机号", "联系人邮箱", "申报年度", "是否首次申报",
)  # fmt: skip
_APPLICATION = ("申报编号", "证书名称", "等级", "试点专业", "培训人数", "每期人数", "期数", "申报院系")


def dossier_data(context: Mapping[str, Any]) -> dict[str, Any]:
    """The data of one application: kind, schema, school, application (each under the workbook's headers), draft.

    Nothing of the people who teach, and no phone of the one responsible: what the answer needs is who, what, how many.
    """
    return {
        "kind": KIND,
        "schema": SCHEMA,
        "draft": bool(context.get("草稿")),
        "school": _chosen(context.get("院校", {}), _SCHOOL),
        "application": _chosen(context.get("申报", {}), _APPLICATION),
    }


def _chosen(record: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(record[name]) for name in names if record.get(name) not in (None, "")}


def _plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value if isinstance(value, bool | int | float) else str(value)
