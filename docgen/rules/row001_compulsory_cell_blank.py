"""## 查什么
“教师”“场地”“设备”“招生”各行的必填栏（申报编号、工位数、类别、数量、在校生人数等）有没有空着。

## 为什么
指南二（二）2（5）第一条：填报内容要完整。申报编号空着的教师、场地、设备不会写进任何一份申报书；数字空着，就算不出合计。

整列都没有的，读取时已经指出，这里不再重复；名称空着的同样如此。

## 例子

提醒：教师韦明一行填了姓名，申报编号空着；设备一行填了名称，数量空着。

通过：必填栏都填了；确实为零的填 `0`。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docgen.findings import Severity
from docgen.model import schema
from docgen.model.case import Case
from docgen.model.records import Scope

from .base import Answer, Fail, NotApplicable, Rule
from .words import cells

_NAMES = ("name", "major")
"""What tells a row from others; a row without it is told on loading."""


def compulsory_cell_blank(case: Case) -> Iterator[Answer]:
    """One failure for each compulsory column with blank cells, with all its cells."""
    sheets: tuple[tuple[schema.Sheet, Sequence[Any]], ...] = (
        (schema.TEACHERS, case.teachers),
        (schema.VENUES, case.venues),
        (schema.EQUIPMENT, case.equipment),
        (schema.ENROLMENTS, case.enrolments),
    )
    if not any(rows for _, rows in sheets):
        yield NotApplicable("这几张工作表没有内容。")
    for sheet, rows in sheets:
        for column in (column for column in sheet.columns if column.required and column.attribute not in _NAMES):
            blank = [row.origin.at(column.attribute) for row in rows if _is_blank(row, column.attribute)]
            if blank:
                yield Fail(
                    f"“{blank[0].sheet}”工作表 {cells(blank)} 的“{column.header}”没有填写。", blank[0], also=blank
                )


def _is_blank(row: Any, attribute: str) -> bool:
    """Whether a cell that is there says nothing; what could not be read was told on loading."""
    value = getattr(row, attribute)
    empty = not (value.everywhere or value.numbers) if isinstance(value, Scope) else value is None or value == ""
    return empty and attribute in row.origin.places and attribute not in row.origin.unreadable


RULE = Rule(
    id="ROW001",
    title="各行的必填栏已填写",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="补上空着的格；不再需要的行整行删除。",
    check_school=compulsory_cell_blank,
)
