"""The check report as a workbook: one row a finding, to filter, sort and tick off."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.findings import Evaluation
from docgen.tools.zips import stable_zip

from .report_view import Checked, Line, ReportView, headings_of, make_view
from .workbook_styles import BODY_FONT, BORDER, FACE, HEADER_FONT, REQUIRED_FILL, TITLE_FONT, set_up_page

SHEET_NAME = "核查结果"
_COLUMNS = (
    ("", 28),
    ("级别", 10),
    ("编号", 10),
    ("内容", 60),
    ("位置", 34),
    ("怎么办", 48),
    ("指南条款", 14),
    ("豁免理由", 26),
)
_HEADER_ROW = 3
_FILLS = {
    "错误": PatternFill("solid", fgColor="F8D7DA"),
    "提醒": PatternFill("solid", fgColor="FFF3CD"),
    "说明": PatternFill("solid", fgColor="DBEAFE"),
}
_QUIET_FILL = PatternFill("solid", fgColor="ECEFF3")
_TOP = Alignment(vertical="top", wrap_text=True)
_MIDDLE = Alignment(vertical="top", horizontal="center")
_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def render_xlsx_report(case: Checked, evaluation: Evaluation) -> bytes:
    """The workbook; the same report gives the same bytes."""
    view = make_view(case, evaluation)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one; for the type checker
    sheet.title = SHEET_NAME
    _head(sheet, view)
    headings = headings_of(case)
    row = _HEADER_ROW
    for line in (*view.lines, *view.unknown):
        row += 1
        _write(sheet, row, line, headings.get(line.application, line.application))
    if row == _HEADER_ROW:
        row += 1
        sheet.cell(row, 4, "没有发现问题。").font = BODY_FONT
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEADER_ROW}:{get_column_letter(len(_COLUMNS))}{row}"
    set_up_page(sheet)
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    target = io.BytesIO()
    book.save(target)
    return stable_zip(target.getvalue())


def _head(sheet: Worksheet, view: ReportView) -> None:
    sheet.cell(1, 1, _plain(f"核查结果　{view.school}　{view.year}".rstrip("　"))).font = TITLE_FONT
    sheet.cell(2, 1, view.verdict).font = Font(
        name=FACE, size=10, bold=True, color="B3261E" if view.errors else "1A6B2F"
    )
    sheet.row_dimensions[1].height = 32
    sheet.row_dimensions[2].height = 20
    for column, (header, width) in enumerate(_COLUMNS, 1):
        cell = sheet.cell(_HEADER_ROW, column, header or view.group)
        cell.font, cell.fill, cell.border = HEADER_FONT, REQUIRED_FILL, BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[_HEADER_ROW].height = 22


def _write(sheet: Worksheet, row: int, line: Line, heading: str) -> None:
    values = (heading, line.level, line.rule, line.message, line.place, line.hint, line.clause, line.waived)
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        cell.value = _plain(value)
        # Text stays text: a message that begins with "=" must not become a formula.
        cell.data_type = "s"
        cell.font, cell.border = BODY_FONT, BORDER
        cell.alignment = _MIDDLE if column in (2, 3, 7) else _TOP
    sheet.cell(row, 2).fill = _FILLS.get(line.level, _QUIET_FILL)
    longest = max(_lines(value, width) for value, (_, width) in zip(values, _COLUMNS, strict=True))
    sheet.row_dimensions[row].height = 16 * longest + 4


def _plain(text: str) -> str:
    """Without the control characters that a workbook cannot hold."""
    return text.translate(_ILLEGAL)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of that width (a Chinese character is two wide)."""
    return sum(-(-max(sum(2 if ord(c) > 0x2E7F else 1 for c in part), 1) // (width - 2)) for part in text.split("\n"))
