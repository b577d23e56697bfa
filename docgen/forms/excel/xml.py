"""Names and small moves of SpreadsheetML."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from docgen.model.source import column_letters

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column, from 0, of a reference such as B3."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def reference_of(row: int, column: int) -> str:
    """The reference of a place counted from 0."""
    return f"{column_letters(column + 1)}{row + 1}"


def area_of(reference: str) -> tuple[int, int, int, int] | None:
    """Top, left, bottom and right, from 0, of A1:B2 or A1."""
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    return (*start, *end) if start and end else None


@dataclass(slots=True)
class TextRun:
    """Some characters of a rich text, and how they are set (rPr, None for as the cell is)."""

    text: str
    properties: etree._Element | None = None

    @property
    def underlined(self) -> bool:
        mark = self.properties.find(f"{S}u") if self.properties is not None else None
        return mark is not None and mark.get("val") != "none"


def runs_of(item: etree._Element) -> list[TextRun]:
    """The runs of a shared or an inline string."""
    direct = item.find(f"{S}t")
    if direct is not None:
        return [TextRun(_unescaped(direct.text or ""))]
    runs = []
    for element in item.iterfind(f"{S}r"):
        text = element.find(f"{S}t")
        runs.append(TextRun(_unescaped((text.text if text is not None else "") or ""), element.find(f"{S}rPr")))
    return runs


def _unescaped(text: str) -> str:
    return text.replace("_x000D_", "").replace("\r\n", "\n")


def inline_string(runs: list[TextRun]) -> etree._Element:
    """An is element with the runs."""
    item = etree.Element(f"{S}is")
    if len(runs) == 1 and runs[0].properties is None:
        item.append(_text(runs[0].text))
        return item
    for each in runs:
        if each.text:
            element = etree.SubElement(item, f"{S}r")
            if each.properties is not None:
                element.append(copy.deepcopy(each.properties))
            element.append(_text(each.text))
    return item


def _text(text: str) -> etree._Element:
    element = etree.Element(f"{S}t")
    element.text = text
    element.set(XML_SPACE, "preserve")
    return element


def replaced(runs: list[TextRun], start: int, end: int, text: str) -> list[TextRun]:
    """The runs with a span replaced, in the setting of its first character (of the one before, for an insertion)."""
    result: list[TextRun] = []
    position, put = 0, False
    for each in runs:
        stop = position + len(each.text)
        inside = start < stop and end > position
        ends_here = start == end and not put and position < start <= stop
        if inside or ends_here:
            head = each.text[: max(start - position, 0)]
            tail = each.text[max(end - position, 0) :] if end < stop else ""
            result.append(TextRun(f"{head}{'' if put else text}{tail}", each.properties))
            put = True
        else:
            result.append(each)
        position = stop
    return result if put else [*result, TextRun(text)]


def cells_of(sheet: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
    """Row, column (from 0) and element of every cell that the sheet's XML has; what has no reference follows the one before."""
    row = -1
    for line in sheet.iterfind(f"{S}sheetData/{S}row"):
        given = line.get("r", "")
        row = int(given) - 1 if given.isdigit() else row + 1
        column = -1
        for cell in line.iterfind(f"{S}c"):
            place = place_of(cell.get("r", ""))
            column = place[1] if place else column + 1
            yield row, column, cell
