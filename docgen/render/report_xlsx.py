"""The check report as a workbook: one row a finding, to filter, sort and tick off."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.findings import Evaluation
from docgen.tools.containers import container_pieces, packed_pieces, read_members
from docgen.tools.zips import stable_zip

from .excel.values import LONGEST_TEXT, text_cell
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
_LETTERS = [get_column_letter(number) for number in range(1, len(_COLUMNS) + 1)]
_HEADER_ROW = 3
_SHEET = "xl/worksheets/sheet1.xml"
_ROW = re.compile(r"<row\b.*?(?:</row>|/>(?=<row|</sheetData))", re.DOTALL)
_EXTENT = re.compile(r'(<dimension ref="A1:[A-Z]+)\d+')
_STYLE = re.compile(r'<c\b[^>]*\bs="(\d+)"')
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
    return b"".join(xlsx_report_pieces(case, evaluation))


def xlsx_report_pieces(case: Checked, evaluation: Evaluation) -> Iterator[bytes]:
    """The workbook piece by piece: its frame is made by openpyxl, its rows are written as they come."""
    view = make_view(case, evaluation)
    count = sum(len(group.lines) for group in view.groups) + len(view.unknown)
    members = read_members(_frame(view, count))
    sheet = next(member for member in members if member.name == _SHEET)
    before, specimens, after = _cut(sheet.content.decode())
    before = _EXTENT.sub(rf"\g<1>{_HEADER_ROW + max(count, 1)}", before)
    headings = headings_of(case)
    rows = (
        _row(number, line, headings.get(line.application, line.application), specimens)
        for number, line in enumerate(chain(view.lines, view.unknown), _HEADER_ROW + 1)
    )
    content = chain([before.encode()], (row.encode() for row in rows), [after.encode()]) if count else [sheet.content]
    return container_pieces(packed_pieces(_SHEET, content) if member is sheet else member for member in members)


def _frame(view: ReportView, count: int) -> bytes:
    """The workbook with so many rows that are empty yet: of each kind there is one, to learn its styles from."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one; for the type checker
    sheet.title = SHEET_NAME
    _head(sheet, view)
    last = _HEADER_ROW + max(count, 1)
    if count:
        for row, fill in enumerate((*_FILLS.values(), _QUIET_FILL), _HEADER_ROW + 1):
            _dress(sheet, row, fill)
    else:
        sheet.cell(last, 4, "没有发现问题。").font = BODY_FONT
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEADER_ROW}:{get_column_letter(len(_COLUMNS))}{last}"
    set_up_page(sheet)
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    target = io.BytesIO()
    book.save(target)
    return stable_zip(target.getvalue())


def _cut(sheet: str) -> tuple[str, dict[str, list[str]], str]:
    """A sheet's XML before and after the empty rows, and the styles of the cells of each kind of row, by its level."""
    rows = list(_ROW.finditer(sheet))[_HEADER_ROW:]
    styles = [_STYLE.findall(row[0]) for row in rows]
    levels = (*_FILLS, "")
    specimens = dict(zip(levels, styles, strict=False))
    return (sheet[: rows[0].start()], specimens, sheet[rows[-1].end() :]) if rows else (sheet, specimens, "")


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


def _dress(sheet: Worksheet, row: int, fill: PatternFill) -> None:
    """Give the cells of an empty row their looks; `fill` is that of its level."""
    for column in range(1, len(_COLUMNS) + 1):
        cell = sheet.cell(row, column)
        cell.font, cell.border = BODY_FONT, BORDER
        cell.alignment = _MIDDLE if column in (2, 3, 7) else _TOP
    sheet.cell(row, 2).fill = fill


def _row(number: int, line: Line, heading: str, specimens: Mapping[str, Sequence[str]]) -> str:
    """A row's XML. Text stays text: a message that begins with "=" does not become a formula."""
    values = (heading, line.level, line.rule, line.message, line.place, line.hint, line.clause, line.waived)
    longest = max(_lines(value, width) for value, (_, width) in zip(values, _COLUMNS, strict=True))
    cells = []
    for letter, style, value in zip(_LETTERS, specimens.get(line.level, specimens[""]), values, strict=True):
        kind, content = text_cell(_plain(value)[:LONGEST_TEXT])
        cells.append(f'<c r="{letter}{number}" s="{style}"{kind}>{content}</c>')
    return f'<row r="{number}" ht="{16 * longest + 4}" customHeight="1">{"".join(cells)}</row>'


def _plain(text: str) -> str:
    """Without the control characters that a workbook cannot hold."""
    return text.translate(_ILLEGAL)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of that width (a Chinese character is two wide)."""
    return sum(-(-max(sum(2 if ord(c) > 0x2E7F else 1 for c in part), 1) // (width - 2)) for part in text.split("\n"))
