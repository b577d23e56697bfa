"""Proposals → a filled Word form: text into cells and blanks, boxes ticked, controls set, rows added. Nothing else moves."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from lxml import etree

from ..inline import CHECKED
from ..results import PlaceKind, Proposal
from ..structure import Cell, Control, Line, Spot
from ..tables import NUMBERING
from ..values import date_parts
from .controls import set_control
from .lines import CHECKED_SYMBOL, Paragraph, both, mark_properties, read_line, replace_span
from .measured import Measure
from .xml import W14, W, plain, run, run_properties, set_property, set_shade, value_of

_WIDE = 2


def write_spot(
    spot: Spot, proposal: Proposal, chosen: Sequence[int], measure: Measure, *, remove_surplus: bool, shade: str = ""
) -> None:
    """Write one filled proposal at its spot. `chosen` are the options of a choice; `shade` colours it (RRGGBB)."""
    kind = proposal.place.kind
    if spot.table is not None:
        write_rows(spot, proposal, measure, remove_surplus=remove_surplus, shade=shade)
    elif spot.cells:
        for cell, sign in zip(spot.cells, proposal.value, strict=False):
            write_cell(cell, sign, 0, shade)
    elif spot.control is not None:
        write_control(spot.control, proposal, chosen, shade)
    elif kind in (PlaceKind.CHOICE, PlaceKind.CHECK) and spot.lines:
        for number in chosen:
            _tick(spot.lines[number], spot.spans[number], shade)
    elif kind is PlaceKind.DATE and spot.line is not None:
        _date(spot, spot.line, proposal.value, shade)
    elif spot.line is not None:
        _blank(spot.line, spot.spans[0], proposal.value, shade)
    elif spot.cell is not None:
        size = measure.size_for(spot.cell, proposal)
        write_cell(spot.cell, proposal.value, size, shade)


def write_control(control: Control, proposal: Proposal, chosen: Sequence[int], shade: str = "") -> None:
    """Set a content control or an old form field."""
    number = chosen[0] if chosen else None
    set_control(control, proposal.value, number, shade)


def write_cell(cell: Cell, text: str, size: int = 0, shade: str = "") -> None:
    """Text into an empty cell, a paragraph a line; `size` in half points, 0 for the cell's own."""
    if not cell.lines:
        return
    paragraph: Paragraph = cell.lines[0].handle
    properties = _properties(paragraph, cell)
    if size:
        set_property(properties, "sz", str(size))
        set_property(properties, "szCs", str(size))
    if shade:
        set_shade(properties, shade)
    for shown in paragraph.pieces:
        parent = shown.element.getparent()
        if parent is not None:
            parent.remove(shown.element)
    shaped = properties if len(properties) else None
    pieces = text.split("\n")
    element = paragraph.element
    model = copy.deepcopy(element)
    element.append(run(pieces[0], shaped))
    spare = [line.handle.element for line in cell.lines[1:]]
    for piece in pieces[1:]:
        following = copy.deepcopy(model)
        for child in list(following):
            if child.tag != f"{W}pPr":
                following.remove(child)
        following.attrib.clear()
        following.append(run(piece, shaped))
        element.addnext(following)
        element = following
        if spare:
            _drop(spare.pop())


def _drop(paragraph: etree._Element) -> None:
    """Take an empty paragraph away, that text of several paragraphs not push the form apart."""
    parent = paragraph.getparent()
    if parent is not None and paragraph.find(f"{W}pPr/{W}sectPr") is None:
        parent.remove(paragraph)


def _properties(paragraph: Paragraph, cell: Cell) -> etree._Element:
    """How a value in an empty cell is set: as the cell's own blanks, its mark, or the label to its left."""
    own = paragraph.pieces[0].run if paragraph.pieces else None
    properties = run_properties(own) if own is not None else mark_properties(paragraph.element)
    if len(properties) or cell.handle is None:
        return plain(properties)
    before = cell.handle.getprevious()
    if before is not None and before.tag == f"{W}tc":
        first = next(before.iter(f"{W}r"), None)
        return plain(run_properties(first))
    return properties


def _blank(line: Line, span: tuple[int, int], text: str, shade: str) -> None:
    """Text into a gap. A drawn gap keeps its line and, where the text is shorter, its length."""
    start, end = span
    gap = line.text[start:end]
    underscores = any(sign in "_＿" for sign in gap)
    ruled = underscores or any(first < end and last > start for first, last in line.underlined)
    if ruled:
        room = sum(_WIDE if sign in "　＿" else 1 for sign in gap)
        rest = max(room - sum(_WIDE if ord(sign) > 0x2E80 else 1 for sign in text), 0)
        # An underscore is as wide as two or four spaces, by the font; a full-width space is sure.
        text = f"{text}{'　' * (rest // _WIDE)}{' ' * (rest % _WIDE)}" if underscores else f"{text}{' ' * rest}"
    elif gap and line.text[end:].strip():
        text = (
            f"{text}{'　' if '　' in gap else '  '}"
            if line.text[end:].lstrip()[:1] not in "）)" and len(gap) > 2
            else text
        )
    for paragraph in both(line):
        replace_span(paragraph, start, end, text, ruled=underscores, shade=shade)


def _date(spot: Spot, line: Line, text: str, shade: str) -> None:
    parts = date_parts(text)
    if parts is None:
        return
    year, month, day = parts
    prefix = sum(sign.isdigit() or sign in "二〇○零" for sign in spot.prefix)
    values = (year[prefix:], month, day)
    for (start, end), value in sorted(zip(spot.spans, values, strict=True), reverse=True):
        for paragraph in both(line):
            replace_span(paragraph, start, end, value, shade=shade)


def _tick(line: Line, span: tuple[int, int], shade: str) -> None:
    """Tick a box: □ becomes ☑ where it stands, （　） takes a √."""
    start, end = span
    box = line.text[start:end]
    for paragraph in both(line):
        if box not in CHECKED:
            inner = box.strip("[]［］")
            first = start + (box != inner and bool(box))
            last = first + len(inner)
            replace_span(paragraph, first, last, "√", shade=shade)
            continue
        piece = next(each for each in paragraph.pieces if each.start <= start < each.end)
        if piece.element.tag == f"{W}sym":
            code, font = CHECKED_SYMBOL.get(value_of(piece.element, "char").upper(), ("F0FE", "Wingdings"))
            piece.element.set(f"{W}char", code)
            piece.element.set(f"{W}font", font)
        else:
            at = start - piece.start
            piece.text = f"{piece.text[:at]}{CHECKED[box]}{piece.text[at + 1 :]}"
            piece.element.text = piece.text
        if shade:
            properties = run_properties(piece.run)
            set_shade(properties, shade)
            for old in piece.run.findall(f"{W}rPr"):
                piece.run.remove(old)
            piece.run.insert(0, properties)


def write_rows(spot: Spot, proposal: Proposal, measure: Measure, *, remove_surplus: bool, shade: str = "") -> int:
    """Rows into a table's empty rows; more are made like the last of them. Gives how many were added."""
    table = spot.table
    if table is None:
        return 0
    empty = [_row_cells(spot, number) for number in range(spot.first_row, spot.last_row + 1)]
    model = copy.deepcopy(_row_of(empty[-1][0]))
    places = [_index(cell) for cell in empty[-1]]
    last = _row_of(empty[-1][0])
    for number, values in enumerate(proposal.rows):
        if number < len(empty):
            for column, (cell, value) in enumerate(zip(empty[number], values, strict=True)):
                if value and cell.empty:
                    write_cell(cell, value, measure.size_for(cell, proposal, value), shade)
                elif value and proposal.columns.get(column) != NUMBERING:
                    write_cell(cell, value, 0, shade)
            continue
        made = _fresh(model)
        last.addnext(made)
        last = made
        made_cells = list(made.iterfind(f"{W}tc")) or list(made.iter(f"{W}tc"))
        for place, value, cell in zip(places, values, empty[-1], strict=True):
            _fresh_cell(made_cells[place], value, measure.size_for(cell, proposal, value) if value else 0, shade)
    if remove_surplus:
        for cells in empty[max(len(proposal.rows), 1) :]:
            row = _row_of(cells[0])
            parent = row.getparent()
            if parent is not None:
                parent.remove(row)
    return max(len(proposal.rows) - len(empty), 0)


def _row_cells(spot: Spot, row: int) -> list[Cell]:
    table = spot.table
    found = [table.cell(row, first) for first, _ in spot.columns] if table is not None else []
    return [cell for cell in found if cell is not None]


def _row_of(cell: Cell) -> etree._Element:
    row: etree._Element = next(cell.handle.iterancestors(f"{W}tr"))
    return row


def _index(cell: Cell) -> int:
    """Which of its row's cells a cell is."""
    row = _row_of(cell)
    cells = list(row.iterfind(f"{W}tc")) or list(row.iter(f"{W}tc"))
    return cells.index(cell.handle)


def _fresh(model: etree._Element) -> etree._Element:
    """A copy of a row, without what may stand in a document once only."""
    made = copy.deepcopy(model)
    for element in made.iter():
        for name in ("paraId", "textId"):
            if f"{W14}{name}" in element.attrib:
                del element.attrib[f"{W14}{name}"]
    for tag in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"):
        for element in list(made.iter(f"{W}{tag}")):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    return made


def _fresh_cell(cell: etree._Element, value: str, size: int, shade: str) -> None:
    """A value into a cell of a copied row; what stands in the model's cell (a number) goes."""
    line = read_line(next(cell.iterfind(f"{W}p")), "")
    stands = line.text.strip()
    if stands or value:
        write_cell(Cell("", 0, 0, blocks=(line,), handle=cell), value, size, shade)
