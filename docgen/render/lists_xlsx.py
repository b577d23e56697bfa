"""Plain lists as workbooks that filter and print well: header row frozen and repeated, columns of fitting width, sums."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model.source import column_letters
from docgen.tools.zips import stable_zip

from .workbook_styles import (
    BODY_FONT,
    BORDER,
    CENTRED,
    HEADER_FONT,
    MIDDLE,
    NUMERIC,
    REQUIRED_FILL,
    STRONG_FONT,
    set_up_page,
)

Value = str | int | float | None
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WRAPPED = Alignment(horizontal="left", vertical="center", wrap_text=True)
_NARROWEST, _WIDEST = 8, 44
_SHORT = 8
"""Half-width characters: texts of a column that are no longer than this are centred."""
_PERCENT, _FULL = "0.0%", "100.0%"
_SERIAL = "序号"


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One sheet: headers, rows, and a row of sums (`totals` as in `rows`, () without). `percent` names its columns of
    shares, `text` those of digits that are no numbers."""

    name: str
    headers: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    totals: Sequence[Value] = ()
    percent: tuple[str, ...] = ()
    portrait: bool = False


def lists_workbook(title: str, sheets: Sequence[ListSheet]) -> bytes:
    """The workbook's bytes; the same lists give the same bytes. Texts are never formulas."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = title, "docgen"
    for sheet in sheets:
        _add(book, sheet, title)
    saved = io.BytesIO()
    book.save(saved)
    return stable_zip(saved.getvalue())


def _add(book: Workbook, sheet: ListSheet, title: str) -> None:
    page: Worksheet = book.create_sheet(sheet.name)
    look = []
    for number, header in enumerate(sheet.headers, 1):
        cell = page.cell(1, number, header)
        cell.font, cell.fill, cell.border, cell.alignment = HEADER_FONT, REQUIRED_FILL, BORDER, CENTRED
        values = [row[number - 1] for row in sheet.rows]
        width = _width(header, [_FULL] if header in sheet.percent else values)
        page.column_dimensions[column_letters(number)].width = width
        short = all(_wide(value) <= _SHORT for value in values if isinstance(value, str))
        look.append(_Look(width, "short" if short else "long", header in sheet.percent, header == _SERIAL))
    page.row_dimensions[1].height = 30
    for place, row in enumerate(sheet.rows, 2):
        _write(page, place, row, look)
    if sheet.totals:
        _write(page, len(sheet.rows) + 2, sheet.totals, look, strong=True)
    page.freeze_panes = "C2"
    page.auto_filter.ref = f"A1:{column_letters(len(sheet.headers))}{max(2, len(sheet.rows) + 1)}"
    set_up_page(page)
    above = HeaderFooterItem()
    above.center.text = title if sheet.name == title else f"{title}（{sheet.name}）"
    page.oddHeader = above
    if sheet.portrait:
        page.page_setup.orientation = "portrait"


@dataclass(frozen=True, slots=True)
class _Look:
    """How a column looks: its width in characters, short or long texts, shares, serial numbers."""

    width: float
    kind: str
    percent: bool
    serial: bool


def _write(page: Worksheet, place: int, row: Sequence[Value], look: Sequence[_Look], strong: bool = False) -> None:
    lines = 1
    for number, (column, value) in enumerate(zip(look, row, strict=True), 1):
        cell = page.cell(place, number)
        text = _CONTROL.sub("", value) if isinstance(value, str) else None
        kind = "short" if column.serial else column.kind if text is not None else "number"
        _dress(page, cell, kind, strong, text is None and column.percent)
        if text is None:
            cell.value = value
        elif text:
            cell.value, cell.data_type = text, "s"
            if text[0] in "=+-@":
                cell.quotePrefix = True
            lines = max(lines, sum(max(1, math.ceil(_wide(line) / (column.width - 2))) for line in text.split("\n")))
    # No program fits rows to their text when it opens a file that it did not write.
    page.row_dimensions[place].height = 5 + 14.5 * lines


def _dress(page: Worksheet, cell: Any, kind: str, strong: bool, percent: bool) -> None:
    """Give a cell its style: taken from the first cell of the kind, since openpyxl looks each one up otherwise."""
    styles: dict[tuple[str, bool, bool], Any] = page.parent.__dict__.setdefault("_docgen_styles", {})
    key = (kind, strong, percent)
    if key not in styles:
        cell.font, cell.border = STRONG_FONT if strong else BODY_FONT, BORDER
        cell.alignment = {"number": NUMERIC, "short": MIDDLE, "long": _WRAPPED}[kind]
        if percent:
            cell.number_format = _PERCENT
        styles[key] = copy(cell._style)
    else:
        cell._style = copy(styles[key])


def _width(header: str, values: Sequence[Value]) -> float:
    longest = max((_wide(line) for value in values[:2000] for line in str(value or "").split("\n")), default=0)
    return min(_WIDEST, max(_NARROWEST, longest + 2, _wide(header) + 5))


def _wide(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)
