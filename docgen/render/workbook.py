"""Transform the workbooks' contract (model.schema) into 申报数据.xlsx or 评审结果.xlsx, empty or with rows."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model.schema import EXAMPLE_MARK, Column, Sheet, ValueKind
from docgen.model.source import column_letters
from docgen.tools.zips import stable_zip

from .workbook_guide import REVIEW_BOOK, SCHOOL_BOOK, SEASON_BOOK, BookKind, add_guide, add_options
from .workbook_inputs import LAST_ROW, comment, header_note, is_numeric, is_short, number_format, validation
from .workbook_styles import (
    BODY_FONT,
    BORDER,
    CENTRED,
    DUPLICATE_FILL,
    EXAMPLE_FILL,
    EXAMPLE_FONT,
    HEADER_FONT,
    MIDDLE,
    MISSING_FILL,
    NUMERIC,
    OPTIONAL_FILL,
    STRONG_FONT,
    WRAPPED,
    cell_at,
    colour_where,
    header_fill,
    set_up_page,
)

Row = Mapping[str, object]

_EXAMPLE_NOTE = "示例行，不会被读取，可删除。"
_VERTICAL_HEADERS = (("项目", 20), ("内容", 44), ("填写示例", 30), ("说明", 80))
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def school_workbook(
    rows: Mapping[str, Sequence[Row]] | None = None,
    *,
    certificates: Sequence[str] = (),
    examples: bool = True,
) -> bytes:
    """The school's workbook as .xlsx bytes; the same arguments give the same bytes.

    `rows` maps a sheet's name to its rows, each header → value; a header that the sheet does not have becomes a column
    (in 院校信息, an item) of its own. `certificates` are offered in the drop-downs of certificate names; other names
    may be typed. `examples` puts the example row into each table. Raises ValueError for an unknown sheet.
    """
    return _workbook(SCHOOL_BOOK, rows or {}, certificates, examples)


def review_workbook(
    rows: Mapping[str, Sequence[Row]] | None = None,
    *,
    certificates: Sequence[str] = (),
    examples: bool = True,
) -> bytes:
    """The secretariat's workbook (评审结果.xlsx) as bytes; arguments as for `school_workbook`."""
    return _workbook(REVIEW_BOOK, rows or {}, certificates, examples)


def season_workbook(
    rows: Mapping[str, Sequence[Row]] | None = None,
    *,
    certificates: Sequence[str] = (),
    examples: bool = True,
) -> bytes:
    """The workbook of biweekly reports (双周报数据.xlsx) as bytes; arguments as for `school_workbook`."""
    return _workbook(SEASON_BOOK, rows or {}, certificates, examples)


def _workbook(kind: BookKind, rows: Mapping[str, Sequence[Row]], certificates: Sequence[str], examples: bool) -> bytes:
    if unknown := rows.keys() - {sheet.name for sheet in kind.sheets}:
        raise ValueError(f"no such sheet in the workbook: {'、'.join(sorted(unknown))}")
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = kind.title
    book.properties.creator = "docgen"
    add_guide(book, kind)
    for sheet in kind.sheets:
        add = _add_form if sheet.vertical else _add_table
        add(book, sheet, rows.get(sheet.name, ()), len(certificates), examples)
    add_options(book, certificates)
    book.active = 0
    saved = io.BytesIO()
    book.save(saved)
    return stable_zip(saved.getvalue())


def _add_table(book: Workbook, sheet: Sheet, rows: Sequence[Row], certificates: int, examples: bool) -> None:
    page = book.create_sheet(sheet.name)
    page.sheet_properties.tabColor = "1F3864" if sheet.required else "8EA9DB"
    first = 3 if examples else 2
    for number, column in enumerate(sheet.columns, 1):
        _set_up_column(page, number, column, certificates, first)
    extras = _extra_headers(sheet, rows)
    for number, header in enumerate(extras, len(sheet.columns) + 1):
        _write_header(cell_at(page, 1, number), header, required=False)
        page.column_dimensions[column_letters(number)].width = max(14, 2 * len(header) + 4)
    page.row_dimensions[1].height = 30
    if examples:
        _write_example(page, sheet)
    for row_number, row in enumerate(rows, first):
        for number, column in enumerate(sheet.columns, 1):
            _write(cell_at(page, row_number, number), row.get(column.header), column)
        for number, header in enumerate(extras, len(sheet.columns) + 1):
            _write(cell_at(page, row_number, number), row.get(header), None)
    width = len(sheet.columns) + len(extras)
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{column_letters(width)}{max(first, first + len(rows) - 1)}"
    _mark_gaps(page, sheet)
    set_up_page(page)


def _set_up_column(page: Worksheet, number: int, column: Column, certificates: int, first: int) -> None:
    letter = column_letters(number)
    header = cell_at(page, 1, number)
    _write_header(header, column.header, column.required)
    header.comment = comment(header_note(column))
    dimension = page.column_dimensions[letter]
    # Room for the filter's arrow beside the header; a Chinese character is two wide.
    dimension.width = max(column.width, 2 * len(column.header) + 4)
    dimension.font, dimension.alignment = BODY_FONT, _alignment(column)
    dimension.number_format = number_format(column)
    if rule := validation(column, certificates, first):
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
        page.add_data_validation(rule)


def _write_header(cell: Cell, text: str, required: bool) -> None:
    cell.value = text
    cell.font, cell.fill, cell.border, cell.alignment = HEADER_FONT, header_fill(required), BORDER, CENTRED


def _write_example(page: Worksheet, sheet: Sheet) -> None:
    for number, column in enumerate(sheet.columns, 1):
        cell = cell_at(page, 2, number)
        _write(cell, f"{EXAMPLE_MARK}：{column.example}" if number == 1 else column.example, column)
        cell.font, cell.fill = EXAMPLE_FONT, EXAMPLE_FILL
    cell_at(page, 2, 1).comment = comment(_EXAMPLE_NOTE)


def _mark_gaps(page: Worksheet, sheet: Sheet) -> None:
    """Colour what must be filled in a row that was begun, and application numbers that stand twice."""
    last = column_letters(len(sheet.columns))
    for number, column in enumerate(sheet.columns, 1):
        letter = column_letters(number)
        area = f"{letter}2:{letter}{LAST_ROW}"
        if column.attribute == "number":
            numbers = f"${letter}$2:${letter}${LAST_ROW}"
            twice = f"AND(LEN(${letter}2)>0,COUNTIF({numbers},${letter}2)>1)"
            page.conditional_formatting.add(area, colour_where(twice, DUPLICATE_FILL, last=True))
        if column.required:
            gap = f"AND(COUNTA($A2:${last}2)>0,LEN(TRIM(${letter}2))=0)"
            page.conditional_formatting.add(area, colour_where(gap, MISSING_FILL))


def _add_form(book: Workbook, sheet: Sheet, rows: Sequence[Row], certificates: int, examples: bool) -> None:
    """A sheet of items: 项目 | 内容 | 填写示例 | 说明. The examples stand beside the cells, so none is taken for data."""
    page = book.create_sheet(sheet.name)
    page.sheet_properties.tabColor = "1F3864" if sheet.required else "8EA9DB"
    for number, (header, width) in enumerate(_VERTICAL_HEADERS, 1):
        _write_header(cell_at(page, 1, number), header, required=True)
        page.column_dimensions[column_letters(number)].width = width
    page.row_dimensions[1].height = 30
    values: dict[str, object] = {}
    for row in rows:
        values |= row
    for row_number, column in enumerate(sheet.columns, 2):
        _write_item(page, row_number, column, values.get(column.header), examples)
        if rule := validation(column, certificates, 2):
            rule.add(f"B{row_number}")
            page.add_data_validation(rule)
    for row_number, header in enumerate(_extra_headers(sheet, rows), len(sheet.columns) + 2):
        _write_label(cell_at(page, row_number, 1), header, required=False)
        _write(cell_at(page, row_number, 2), values[header], None)
        page.row_dimensions[row_number].height = 24
    page.freeze_panes = "A2"
    set_up_page(page)


def _write_item(page: Worksheet, row: int, column: Column, value: object, examples: bool) -> None:
    label = cell_at(page, row, 1)
    _write_label(label, column.header, column.required)
    label.comment = comment(header_note(column))
    content = cell_at(page, row, 2)
    _write(content, value, column)
    content.font, content.alignment = STRONG_FONT, WRAPPED
    example, note = cell_at(page, row, 3), cell_at(page, row, 4)
    _write(example, column.example if examples else None, column)
    example.font, example.fill = EXAMPLE_FONT, EXAMPLE_FILL
    example.alignment = WRAPPED
    _write(note, header_note(column), None)
    if column.required:
        page.conditional_formatting.add(f"B{row}", colour_where(f"LEN(TRIM($B${row}))=0", MISSING_FILL))
    page.row_dimensions[row].height = 24


def _write_label(cell: Cell, text: str, required: bool) -> None:
    _write_header(cell, text, required)
    cell.alignment = WRAPPED
    if not required:
        cell.fill = OPTIONAL_FILL


def _extra_headers(sheet: Sheet, rows: Iterable[Row]) -> list[str]:
    known = {column.header for column in sheet.columns}
    return list(dict.fromkeys(header for row in rows for header in row if header not in known))


def _alignment(column: Column | None) -> Alignment:
    if column is None:
        return WRAPPED
    return NUMERIC if is_numeric(column) else MIDDLE if is_short(column) else WRAPPED


def _write(cell: Cell, value: object, column: Column | None) -> None:
    cell.font, cell.border, cell.alignment = BODY_FONT, BORDER, _alignment(column)
    if column is not None:
        cell.number_format = number_format(column)
    content = _content(value, column)
    if content == "":
        return
    cell.value = content
    if isinstance(content, str):
        # A text that begins with = + - or @ stays a text, also when a person edits the cell later.
        cell.data_type = "s"
        cell.quotePrefix = content[0] in "=+-@"


def _content(value: object, column: Column | None) -> str | int | float | Decimal | datetime.date:
    """What is written for a value: numbers as numbers (but for codes and phones), 是/否 for truth, lists joined by 、."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float | Decimal):
        wanted = column is None or is_numeric(column) or column.kind is ValueKind.YEAR
        return value if wanted else str(value)
    if isinstance(value, datetime.date):
        # A true day where the column holds days, so that people can sort by it; else as text.
        return value if column is not None and column.kind is ValueKind.DATE else value.isoformat()
    if isinstance(value, tuple | list):
        value = "、".join(str(part) for part in value)
    return _CONTROL_CHARACTERS.sub("", re.sub("\r\n?", "\n", str(value)))
