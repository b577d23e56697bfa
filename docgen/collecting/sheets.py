"""How 汇总.xlsx looks: one table after another with the same fonts, widths, filters and page set-up."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model.season import Matter
from docgen.model.source import column_letters

FACE = "微软雅黑"
_LINE = Side(style="thin", color="BFC8D2")
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
HEAD = PatternFill("solid", fgColor="1A4480")
SUM = PatternFill("solid", fgColor="EEF2F7")
BAD = PatternFill("solid", fgColor="F8D7DA", bgColor="F8D7DA")
LATE = PatternFill("solid", fgColor="FFF2CC", bgColor="FFF2CC")
GOOD = PatternFill("solid", fgColor="E2F0D9", bgColor="E2F0D9")
TITLE_FONT = Font(name=FACE, size=16, bold=True, color="1A4480")
HEAD_FONT = Font(name=FACE, size=10, bold=True, color="FFFFFF")
FONT = Font(name=FACE, size=10, color="1C2733")
STRONG = Font(name=FACE, size=10, bold=True, color="1C2733")
FAINT = Font(name=FACE, size=9, color="666666")
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_RIGHT = Alignment(horizontal="right", vertical="center", indent=1)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_FORMATS = {"n": "#,##0", "%": "0.0%", "d": "yyyy-mm-dd"}

STAGE_NAMES = {Matter.TRAINING: "培训", Matter.REGISTRATION: "报名", Matter.EXAM: "考核", Matter.CERTIFICATE: "取证"}
"""How headers call the four stages."""

_MODELS: WeakKeyDictionary[Workbook, dict[str, Any]] = WeakKeyDictionary()
"""The styles of each kind of column, by workbook."""

Value = str | int | float | Decimal | datetime.date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind`: t text, c short text centred, n number, % share, d day. `total`: summed in the last row."""

    header: str
    width: float
    kind: str = "t"
    total: bool = False


def add_table(
    book: Workbook,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    note: str = "",
    frozen: int = 0,
) -> Worksheet:
    """A sheet with one table: a note above, a header that stays, a filter, and totals that follow it."""
    sheet: Worksheet = book.create_sheet(name)
    top = 1
    if note:
        sheet.cell(1, 1, note).font = FAINT
        top = 2
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(top, number, column.header)
        cell.font, cell.fill, cell.border, cell.alignment = HEAD_FONT, HEAD, BORDER, _CENTRED
        sheet.column_dimensions[column_letters(number)].width = column.width
    sheet.row_dimensions[top].height = 30
    last = top
    for last, row in enumerate(rows, top + 1):
        for number, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            put(sheet, last, number, value, column.kind)
    sheet.freeze_panes = f"{column_letters(frozen + 1)}{top + 1}"
    if last > top:
        sheet.auto_filter.ref = f"A{top}:{column_letters(len(columns))}{last}"
        if any(column.total for column in columns):
            _totals(sheet, columns, top + 1, last)
    else:
        put(sheet, top + 1, 1, "（没有）", "t")
    set_up_page(sheet, f"{top}:{top}")
    return sheet


def _totals(sheet: Worksheet, columns: Sequence[Column], first: int, last: int) -> None:
    for number, column in enumerate(columns, 1):
        letter = column_letters(number)
        # SUBTOTAL follows the filter: what is hidden is not counted.
        value = "合计" if number == 1 else f"=SUBTOTAL(109,{letter}{first}:{letter}{last})" if column.total else None
        put(sheet, last + 1, number, value, column.kind if column.total else "t", formula=column.total)
        cell = sheet.cell(last + 1, number)
        cell.font, cell.fill = STRONG, SUM


def put(sheet: Worksheet, row: int, column: int, value: Value, kind: str, *, formula: bool = False) -> Cell:
    """One value in its cell. A text is a text, even if it begins with =."""
    cell = cast(Cell, sheet.cell(row, column))
    # Looking a style up takes ten times as long as copying the number that it has in the workbook.
    models = _MODELS.setdefault(cast(Workbook, sheet.parent), {})
    if kind in models:
        cell._style = copy(models[kind])  # type: ignore[attr-defined]
    else:
        cell.font, cell.border = FONT, BORDER
        cell.alignment = _RIGHT if kind in ("n", "%") else _CENTRED if kind in ("c", "d") else _LEFT
        if kind in _FORMATS:
            cell.number_format = _FORMATS[kind]
        models[kind] = copy(cell._style)  # type: ignore[attr-defined]
    if value is None or value == "":
        return cell
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    cell.value = value
    if isinstance(value, str) and not formula:
        cell.data_type = "s"
        if value[0] in "=+-@":
            cell.quotePrefix = True
    return cell


def set_up_page(sheet: Worksheet, titles: str = "") -> None:
    """A4 across, as wide as the page, with its name and number at the foot."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    footer = sheet.oddFooter
    if footer is not None:
        if footer.left is not None:
            footer.left.text = "&A"
        if footer.right is not None:
            footer.right.text = "第 &P 页 共 &N 页"
    if titles:
        sheet.print_title_rows = titles


def coloured(fill: PatternFill) -> DifferentialStyle:
    """A conditional format that fills a cell."""
    return DifferentialStyle(fill=fill)
