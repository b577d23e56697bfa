"""Proposals → a filled workbook: values into cells, text into the gaps of cells, boxes ticked, rows into lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from docgen.findings import Finding

from ..faults import ROWS_LEFT, SMALLER, TOO_LONG, finding
from ..inline import CHECKED
from ..labels import Field, Kind
from ..measuring import LINE, SMALLEST, lines, role_of, width
from ..photos import photo_of
from ..results import PlaceKind, Proposal
from ..structure import Cell, Line, Spot
from ..tables import NUMBERING, ROW_TABLES
from ..values import Picture, date_parts
from ..vocabulary import school_vocabulary
from .inserting import Inserter
from .painting import Painter
from .pictures import Anchor
from .reading import ExcelCell, ExcelForm, LinePart, Sheet
from .xml import S, inline_string, place_of, reference_of, replaced

_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?")
_NUMERIC = (Kind.NUMBER, Kind.MONEY, Kind.YEAR)
_CHARACTER = 7.0 * 0.75  # a column's unit of width in points, in the usual 11 pt font
_PADDING = 4.0
_ROW = 15.0


@dataclass(slots=True)
class Writer:
    """Writes into the sheets of one form; `changed` are the sheets that were touched."""

    form: ExcelForm
    painter: Painter
    inserter: Inserter
    findings: list[Finding] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)

    def write(self, spot: Spot, proposal: Proposal, chosen: Sequence[int], *, remove_surplus: bool) -> None:
        """Write one filled proposal at its spot. `chosen` are the options of a choice."""
        kind = proposal.place.kind
        if spot.table is not None:
            self._rows(spot, proposal, remove_surplus=remove_surplus)
        elif spot.cells:
            for cell, sign in zip(spot.cells, proposal.value, strict=False):
                self.set_cell(cell.handle, sign)
        elif kind in (PlaceKind.CHOICE, PlaceKind.CHECK) and spot.lines:
            for number in sorted(chosen, reverse=True):
                self._tick(spot.lines[number], spot.spans[number])
        elif kind is PlaceKind.DATE and spot.line is not None:
            self._date(spot, spot.line, proposal.value)
        elif spot.line is not None:
            self._gap(spot.line, spot.spans[0], proposal.value)
        elif spot.cell is not None:
            text = proposal.place.options[chosen[0]] if kind is PlaceKind.LIST and chosen else proposal.value
            self.set_cell(spot.cell.handle, text, numeric=_is_numeric(proposal.field))
            self._measure(spot.cell, text, proposal.place.at)

    def set_cell(self, cell: ExcelCell, text: str, *, numeric: bool = False) -> None:
        """A value into a cell, as a number where it is one and the cell takes numbers, else as text; never as a formula."""
        element = self._element(cell.sheet, cell.row, cell.column)
        style = element.get("s", "0")
        for child in list(element):
            element.remove(child)
        element.attrib.pop("t", None)  # type: ignore[call-overload]
        if numeric and _NUMBER.fullmatch(text) and not self.form.styles.is_text(style):
            etree.SubElement(element, f"{S}v").text = text
        else:
            element.set("t", "inlineStr")
            element.append(inline_string(replaced([], 0, 0, text)))
        self.painter.paint(element)
        self.changed.add(cell.sheet.part)

    def photo(self, cell: Cell, picture: Picture) -> str:
        """A photo into a cell, in the place of the words that ask for it. Gives what is in the way, "" if nothing."""
        photo = photo_of(picture)
        if isinstance(photo, str):
            return photo
        handle: ExcelCell = cell.handle
        width = sum(_width(handle.sheet.root, column) for column in range(cell.column, cell.right + 1))
        height = sum(_height(handle.sheet.root, row, _ROW) for row in range(cell.row, cell.bottom + 1))
        size = photo.within(max(width - _PADDING, _PADDING), max(height - _PADDING, _PADDING))
        self.set_cell(handle, "")
        element = self._element(handle.sheet, handle.row, handle.column)
        element.attrib.pop("t", None)  # type: ignore[call-overload]
        for child in list(element):
            element.remove(child)
        left, top = (width - size[0]) / 2, (height - size[1]) / 2
        column, row = cell.column, cell.row
        while left > (step := _width(handle.sheet.root, column)):  # an anchor's offset stays within its own cell
            left, column = left - step, column + 1
        while top > (step := _height(handle.sheet.root, row, _ROW)):
            top, row = top - step, row + 1
        self.inserter.anchors.append(Anchor(handle.sheet, row, column, left, top, size, photo))
        return ""

    def fill(self, cell: Cell, text: str, *, numeric: bool = False) -> None:
        """A value into an empty cell, and a word where it is longer than the cell."""
        self.set_cell(cell.handle, text, numeric=numeric)
        self._measure(cell, text, cell.at)

    def replace(self, line: Line, span: tuple[int, int], text: str) -> None:
        """Text in the place of a span of a line."""
        self._set_runs(line.handle, *span, text)

    def _element(self, sheet: Sheet, row: int, column: int) -> etree._Element:
        """The element of a cell, made in its place where the sheet has none."""
        data = sheet.root.find(f"{S}sheetData")
        if data is None:
            raise ValueError(f"{sheet.part} has no sheetData")
        line = _row_element(data, row)
        reference = reference_of(row, column)
        for cell in line.iterfind(f"{S}c"):
            place = place_of(cell.get("r", ""))
            if place is None:
                continue
            if place[1] == column:
                return cell
            if place[1] > column:
                made = etree.Element(f"{S}c", r=reference)
                cell.addprevious(made)
                return made
        return etree.SubElement(line, f"{S}c", r=reference)

    def _set_runs(self, part: LinePart, start: int, end: int, text: str) -> None:
        cell = part.cell
        cell.runs = replaced(cell.runs, part.start + start, part.start + end, text)
        element = self._element(cell.sheet, cell.row, cell.column)
        for child in list(element):
            element.remove(child)
        element.set("t", "inlineStr")
        element.append(inline_string(cell.runs))
        self.painter.paint(element)
        self.changed.add(cell.sheet.part)

    def _gap(self, line: Line, span: tuple[int, int], text: str) -> None:
        start, end = span
        gap, after = line.text[start:end], line.text[end:]
        room = sum(2 if sign in "　＿" else 1 for sign in gap)
        rest = room - sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)
        if gap.strip() or any(first < end and last > start for first, last in line.underlined):
            text = f"{text}{' ' * max(rest, 0)}"
        elif gap and after.strip():
            text = f"{text}  "
        self._set_runs(line.handle, start, end, text)

    def _date(self, spot: Spot, line: Line, text: str) -> None:
        parts = date_parts(text)
        if parts is None:
            return
        prefix = sum(sign.isdigit() or sign in "二〇○零" for sign in spot.prefix)
        values = (parts[0][prefix:], parts[1], parts[2])
        for (start, end), value in sorted(zip(spot.spans, values, strict=True), reverse=True):
            self._set_runs(line.handle, start, end, value)

    def _tick(self, line: Line, span: tuple[int, int]) -> None:
        start, end = span
        box = line.text[start:end]
        if box in CHECKED:
            self._set_runs(line.handle, start, end, CHECKED[box])
            return
        inner = box.strip("[]［］")
        first = start + (box != inner and bool(box))
        self._set_runs(line.handle, first, first + len(inner), "√")

    def _rows(self, spot: Spot, proposal: Proposal, *, remove_surplus: bool) -> None:
        """Rows into a list's empty rows; more are inserted like the last of them."""
        table = spot.table
        if table is None:
            return
        sheet: Sheet = table.handle
        room = spot.last_row - spot.first_row + 1
        needed = len(proposal.rows) - room
        if needed > 0 and not (table.endless and spot.last_row >= table.height - 1):
            if problem := self.inserter.insert(sheet, spot.last_row, needed):
                left = len(proposal.rows) - room
                words = f"空行不够，{problem}，有{left}行没有填进去。"
                self.findings.append(
                    finding(ROWS_LEFT, self.form.package.name, proposal.place.at, words, "请在表格里加好空行再填。")
                )
                needed = 0
        elif needed > 0:
            self.inserter.extend(sheet, spot.last_row, needed)
        kinds = {each.key: each.kind for each in _columns_of(proposal.field)}
        model = table.cell(spot.last_row, spot.columns[0][0])
        own = model is not None and _is_text(model)  # the form's own numbers are texts
        kinds[NUMBERING] = Kind.TEXT if own else Kind.NUMBER
        for number, values in enumerate(proposal.rows[: room + max(needed, 0)]):
            row = spot.first_row + number
            for column, (value, (left_column, _)) in enumerate(zip(values, spot.columns, strict=True)):
                key = proposal.columns.get(column, "")
                if not value:
                    continue
                known = table.cell(row, left_column) if number < room else None
                if key == NUMBERING and known is not None and not known.empty:
                    continue
                handle = ExcelCell(sheet, row, left_column, None)
                self.set_cell(handle, value, numeric=kinds.get(key) in _NUMERIC)
        if remove_surplus and needed < 0:
            self.inserter.hide(sheet, spot.first_row + max(len(proposal.rows), 1), spot.last_row)
        self.changed.add(sheet.part)

    def _measure(self, cell: Cell, text: str, at: str) -> None:
        """Tell where a text is longer than its cell, and the cell does not wrap or its row does not grow."""
        handle: ExcelCell = cell.handle
        style = self.form.styles.of(handle.element.get("s", "0") if handle.element is not None else "0")
        room = sum(_width(handle.sheet.root, column) for column in range(cell.column, cell.right + 1)) - _PADDING
        role = role_of(style.family)
        count = lines(text, style.size, max(room, style.size), role)
        height = sum(_height(handle.sheet.root, row) for row in range(cell.row, cell.bottom + 1))
        fits = 1 if not style.wraps else max(int(height // (LINE * style.size)), 1)
        if count <= fits:
            return
        shown = text if len(text) <= 20 else f"{text[:20]}…"
        form = self.form.package.name
        if not style.wraps and width(text, style.size, role) * SMALLEST <= room:
            self.painter.shrink(self._element(handle.sheet, handle.row, handle.column))
            self.findings.append(finding(SMALLER, form, at, f"“{shown}”一行放不下，设了“缩小字体填充”。"))
            return
        hint = "" if style.wraps else "这一格没有设“自动换行”。"
        words = f"“{shown}”要占{count}行，格子只有{fits}行高。{hint}"
        self.findings.append(finding(TOO_LONG, form, at, words, "看一看版面，或在数据里改短。"))


def _is_text(cell: Cell) -> bool:
    handle: ExcelCell = cell.handle
    return handle.element is not None and handle.element.get("t", "n") in ("s", "inlineStr", "str")


def _columns_of(name: str) -> Sequence[Field]:
    return next((table.columns for table in ROW_TABLES if table.name == name), ())


def _is_numeric(key: str) -> bool:
    field_ = school_vocabulary().by_key(key)
    return field_ is not None and field_.kind in _NUMERIC


def _row_element(data: etree._Element, row: int) -> etree._Element:
    following = None
    for line in data.iterfind(f"{S}row"):
        number = int(line.get("r", "0")) - 1
        if number == row:
            return line
        if number > row:
            following = line
            break
    made = etree.Element(f"{S}row", r=str(row + 1))
    if following is not None:
        following.addprevious(made)
    else:
        data.append(made)
    return made


def _width(sheet: etree._Element, column: int) -> float:
    """A column's width in points."""
    for each in sheet.iterfind(f"{S}cols/{S}col"):
        if int(each.get("min", "1")) <= column + 1 <= int(each.get("max", "1")):
            return float(each.get("width", "8.43")) * _CHARACTER
    form = sheet.find(f"{S}sheetFormatPr")
    return float(form.get("defaultColWidth", "8.43") if form is not None else 8.43) * _CHARACTER


def _height(sheet: etree._Element, row: int, unset: float = 30.0) -> float:
    """A row's height in points; a row without one grows with its text, so it is high enough for two lines."""
    for line in sheet.iterfind(f"{S}sheetData/{S}row"):
        if line.get("r") == str(row + 1) and line.get("ht"):
            return float(line.get("ht", "15"))
    return unset
