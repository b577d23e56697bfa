"""How high a row must be for the texts that wrap in it: Excel keeps the height of a row that a template gives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from docgen.tools.references import area_of

from .rows import M, Row, column_number

_LINE = 1.4
"""A line's height in sizes of the font; Chinese faces stand higher than Latin ones."""
_PADDING = 8.0
_DEFAULT_WIDTH = 8.43
_DEFAULT_HEIGHT = 15.0
_HIGHEST = 409.0
"""Excel's limit, in points."""


@dataclass(frozen=True, slots=True)
class Wrapping:
    """For every cell format that wraps text: the size of its font, in points."""

    sizes: dict[str, float]

    @staticmethod
    def read(styles: etree._Element | None) -> Wrapping:
        """From styles.xml."""
        if styles is None:
            return Wrapping({})
        fonts = [font.find(f"{M}sz") for font in styles.iterfind(f"{M}fonts/{M}font")]
        sizes = [float(size.get("val", "11")) if size is not None else 11.0 for size in fonts]
        found = {}
        for index, form in enumerate(styles.iterfind(f"{M}cellXfs/{M}xf")):
            alignment = form.find(f"{M}alignment")
            font = int(form.get("fontId", "0"))
            if alignment is not None and alignment.get("wrapText") in ("1", "true") and font < len(sizes):
                found[str(index)] = sizes[font]
        return Wrapping(found)


class Heights:
    """The widths of a sheet's columns and merged cells, in characters, and the heights that texts need in them."""

    def __init__(self, sheet: etree._Element, wrapping: Wrapping) -> None:
        self._wrapping = wrapping
        form = sheet.find(f"{M}sheetFormatPr")
        self._width = float(form.get("defaultColWidth", _DEFAULT_WIDTH)) if form is not None else _DEFAULT_WIDTH
        self._height = float(form.get("defaultRowHeight", _DEFAULT_HEIGHT)) if form is not None else _DEFAULT_HEIGHT
        self._columns = [
            (int(column.get("min", "1")), int(column.get("max", "1")), float(column.get("width", self._width)))
            for column in sheet.iterfind(f"{M}cols/{M}col")
        ]
        self._merged: dict[tuple[str, int], tuple[int, bool]] = {}
        for merged in sheet.iterfind(f"{M}mergeCells/{M}mergeCell"):
            if area := area_of(merged.get("ref", "")):
                self._merged[area.left, area.top] = column_number(area.right), area.top != area.bottom

    def _wide(self, column: str, row: int) -> float | None:
        """A cell's width in characters; None for one that is merged over several rows."""
        first = column_number(column)
        last, tall = self._merged.get((column, row), (first, False))
        return None if tall else sum(map(self._column, range(first, last + 1)))

    def _column(self, number: int) -> float:
        return next((width for first, last, width in self._columns if first <= number <= last), self._width)

    def wrapped(self, row: Row) -> tuple[tuple[int, float, float], ...]:
        """The row's values whose texts wrap: number of the value, characters on a line, height of a line."""
        found = []
        for index, slot in enumerate(row.slots):
            size, width = self._wrapping.sizes.get(slot.style or "0"), self._wide(slot.column, row.number)
            if size and width:
                found.append((index, max(width - 1, 1) * 11 / max(size, 11), size * _LINE))
        return tuple(found)

    def needed(self, row: Row, wrapped: Sequence[tuple[int, float, float]], values: Sequence[Any]) -> float | None:
        """The height for these values, in points; None where the template's own is enough."""
        most = 0.0
        for index, width, line in wrapped:
            value = values[index]
            if isinstance(value, str) and value:
                lines = sum(_lines(text, width) for text in value.split("\n"))
                # One line fits into any row whose height someone chose.
                most = max(most, line * lines + _PADDING if lines > 1 else 0)
        enough = row.height if row.height is not None else self._height + _PADDING
        return min(most, _HIGHEST) if most > enough else None


def _lines(text: str, width: float) -> int:
    """How many lines a paragraph takes; a Chinese character is as wide as two Latin ones."""
    return math.ceil(sum(1 if char < "\u2000" else 2 for char in text) / width) or 1
