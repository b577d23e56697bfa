"""What many forms say as one workbook: a row a form, a sheet for each kind of list, and every value with its place."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import openpyxl
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from docgen.forms.results import ExtractResult
from docgen.forms.tables import ROW_TABLES
from docgen.model.source import column_letters
from docgen.tools.zips import stable_zip

_HEAD = PatternFill("solid", fgColor="DDEBF7")
_WIDEST = 60
_UNFIT = str.maketrans(dict.fromkeys([*range(9), 11, 12, *range(14, 32)]))


def extraction_workbook(results: Sequence[ExtractResult]) -> bytes:
    """The workbook's bytes; texts are never formulas. The same results give the same bytes."""
    book = openpyxl.Workbook()
    _forms(book.active, results)  # type: ignore[arg-type]
    for name in dict.fromkeys(table.field or "其他表格" for result in results for table in result.tables):
        _lists(book.create_sheet(name), results, name)
    _places(book.create_sheet("逐项"), results)
    buffer = io.BytesIO()
    book.save(buffer)
    return stable_zip(buffer.getvalue())


def _forms(sheet: Worksheet, results: Sequence[ExtractResult]) -> None:
    """A row a form, a column a field; the same title under two keys is told apart by the key."""
    sheet.title = "汇总"
    keys: dict[str, str] = {}
    for result in results:
        for value in result.values:
            keys.setdefault(value.field or value.place.label, value.title or " ".join(value.place.label.split()))
    titles = list(keys.values())
    heads = [title if titles.count(title) == 1 else key for key, title in keys.items()]
    rows = []
    for result in results:
        said: dict[str, str] = {}
        for value in result.values:
            said.setdefault(value.field or value.place.label, value.value)
        rows.append([result.form, *(said.get(key, "") for key in keys)])
    _write(sheet, ["文件", *heads], rows)


def _lists(sheet: Worksheet, results: Sequence[ExtractResult], name: str) -> None:
    order = [column.key for table in ROW_TABLES if table.name == name for column in table.columns]
    found = [
        (result.form, row)
        for result in results
        for table in result.tables
        if (table.field or "其他表格") == name
        for row in table.rows
    ]
    names = dict.fromkeys(key for _, row in found for key in row)
    columns = [*(key for key in order if key in names), *(key for key in names if key not in order)]
    _write(sheet, ["文件", *columns], [[form, *(row.get(key, "") for key in columns)] for form, row in found])


def _places(sheet: Worksheet, results: Sequence[ExtractResult]) -> None:
    rows = [
        [
            result.form,
            f"{value.place.at}（{value.place.where}）" if value.place.where else value.place.at,
            " ".join(value.place.label.split()),
            value.field,
            value.value,
            f"{value.score:.2f}",
        ]
        for result in results
        for value in result.values
    ]
    _write(sheet, ["文件", "位置", "标签", "数据", "内容", "把握"], rows)


def _write(sheet: Worksheet, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    widths = [_wide(text) for text in head]
    for number, row in enumerate([head, *rows], 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            if isinstance(cell, Cell) and text:
                cell.value = text.translate(_UNFIT)[:32_000]
                cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font, cell.fill = Font(bold=True), _HEAD
            widths[column - 1] = max(widths[column - 1], _wide(text))
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[column_letters(column)].width = min(width + 2, _WIDEST)
    sheet.freeze_panes = "B2"


def _wide(text: str) -> int:
    return max((sum(2 if ord(sign) > 0x2E80 else 1 for sign in line) for line in text.split("\n")), default=0)
