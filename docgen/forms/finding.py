"""A form's structure → the spots that can be filled: blanks in lines, empty cells beside labels, tables with empty rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from docgen.model.text import fold

from .grids import (
    CellContext,
    ListFound,
    block_of,
    comb_at,
    group_of,
    in_units,
    is_total,
    label_of,
    lists_in,
    money_unit,
    section_of,
    title_of,
    unit_beside,
)
from .headings import OTHERS, Around, by_hand, closed_by
from .inline import UNIT_ONLY, choices
from .labels import THRESHOLD, Kind
from .linewise import in_line, joined, note_table, questions, take_note
from .results import Place, PlaceKind
from .spelling import read_label
from .structure import OBJECT, Cell, Line, Spot, Story, Table
from .tables import TOTAL
from .vocabulary import school_vocabulary

_LONGEST_HEADING = 40
_LONGEST_LABEL = 45
_LIMIT = re.compile(r"(?:不超过|不多于|限|控制在|少于|≤|以内)?(\d{2,5})个?字(?:以内|左右|内|以下)?")
_PHOTO = re.compile("照片|相片|寸照|免冠")
_LONGEST_PHOTO = 20
_REPLY = "回执由收件方填写"


def find_spots(stories: Sequence[Story]) -> list[Spot]:
    """Every spot of a form that may take a value, in the order of reading."""
    spots: list[Spot] = []
    title = ""
    for story in stories:
        around = Around(title=title)
        spots += _in_story(story, around)
        title = title or around.title
    return _once(spots)


def _in_story(story: Story, around: Around) -> list[Spot]:
    spots: list[Spot] = []
    asked, asking = questions(story.blocks)
    options: list[Spot] = []
    for number, block in enumerate(story.blocks):
        if isinstance(block, Line):
            around.money = money_unit(block.text) or around.money
        if isinstance(block, Table):
            found = _in_table(block, around.context(), around.section())
            money = next(filter(None, (money_unit(cell.text) for cell in block.cells)), around.money)
            for spot in found if money else ():
                spot.place = replace(spot.place, unit=money)
            around.below_table()
            note_table(found, around)
        elif number in asked:
            beside = CellContext(asked[number], ())
            options = joined([*options, *in_line(block, around.context(), around.section(), beside)])
            if number + 1 in asked or (number + 2 in asked and not _text(story.blocks[number + 1])):
                continue
            found, options = options, []
        elif number in asking:
            around.read(block)
            continue
        else:
            found = _in_paragraph(block, around)
        if around.reply:
            for spot in found:
                spot.place = replace(spot.place, closed=spot.place.closed or _REPLY)
        spots += found
    return spots


def _text(block: Line | Table) -> str:
    return block.text.strip() if isinstance(block, Line) else "table"


def _in_paragraph(block: Line, around: Around) -> list[Spot]:
    """The spots of a paragraph of its own; `around` takes note of it."""
    heading = "" if around.after_table and OTHERS.search(around.section()) else around.section()
    found = in_line(block, around.context(), heading, around=around) or _below_heading(block, around, heading)
    if found:
        take_note(found, around)
    else:
        around.read(block)
    return found


def _below_heading(line: Line, around: Around, section: str) -> list[Spot]:
    """The first empty line below a heading that asks for paragraphs (二、申报理由)."""
    heading = around.section()
    if line.text.strip() or not heading or around.last or around.after_table or around.answered == heading:
        return []
    around.answered = heading
    matches = school_vocabulary().match(heading)
    if not matches or matches[0].field.kind is not Kind.LONG or matches[0].score < THRESHOLD:
        return []
    limit = _LIMIT.search(fold(heading))
    closed = closed_by("", (heading,), "")
    place = Place(
        line.at, PlaceKind.BLANK, heading, closed=closed, limit=int(limit[1]) if limit else 0, section=section
    )
    return [Spot(place, line=line, spans=((0, len(line.text)),))]


def _once(spots: list[Spot]) -> list[Spot]:
    """The spots with addresses made unique."""
    seen: dict[str, int] = {}
    result = []
    for spot in spots:
        at = spot.place.at
        seen[at] = seen.get(at, 0) + 1
        if seen[at] > 1:
            spot.place = replace(spot.place, at=f"{at} ({seen[at]})")
        result.append(spot)
    return result


def _in_table(table: Table, context: tuple[str, ...], section: str) -> list[Spot]:
    """The spots of a table: lists with empty rows first, then cell by cell."""
    spots: list[tuple[tuple[int, int], Spot]] = []
    title = "" if context else title_of(table)
    lists = lists_in(table, context)
    covered = {id(cell) for found in lists for cell in found.cells}
    ended = {found.header_row - 1: found.last_row for found in lists}
    totals = {found.last_row + 1: found for found in lists if is_total(next(iter(table.row(found.last_row + 1)), None))}
    for found in lists:
        heading = section_of(table, found.header_row) or section
        closed = "由他人填写" if OTHERS.search(fold(heading)) else ""
        place = Place(
            f"{table.at} 第{found.first_row + 1}行起",
            PlaceKind.TABLE,
            found.context[0] if found.context else "",
            found.context[1:],
            columns=found.headers,
            closed=closed,
            section=heading,
        )
        spot = Spot(place, table=table, first_row=found.first_row, last_row=found.last_row, columns=found.columns)
        spots.append(((found.first_row, 0), spot))
    for cell in table.cells:
        teeth = comb_at(table, cell) if id(cell) not in covered else ()
        if teeth and label_of(table, cell).label:
            covered |= {id(tooth) for tooth in teeth}
            heading = section_of(table, cell.row, ended)
            around = tuple(dict.fromkeys(filter(None, (heading, *context))))
            place = _cell_place(cell, label_of(table, cell), around, heading or section)
            place = replace(place, kind=PlaceKind.COMB, limit=len(teeth))
            spots.append(((cell.row, cell.column), Spot(place, cells=teeth)))
            continue
        if id(cell) in covered or (table.endless and cell.row == table.height - 1):
            continue
        heading = section_of(table, cell.row, ended)
        above = block_of(table, cell)
        around = tuple(dict.fromkeys(filter(None, (above, heading, *context))))
        if cell.empty and (list_above := totals.get(cell.row)) is not None:
            spots += [((cell.row, cell.column), spot) for spot in _total(cell, list_above, around, heading or section)]
            continue
        heading = above or group_of(table, cell) or ("" if heading == title else heading) or section
        for spot in _in_cell(table, cell, around, heading):
            spot.place = replace(spot.place, aside=bool(above))
            spots.append(((cell.row, cell.column), spot))
    return [spot for _, spot in sorted(spots, key=lambda each: each[0])]


def _total(cell: Cell, found: ListFound, context: tuple[str, ...], section: str) -> list[Spot]:
    """An empty cell in the row of totals below a list."""
    for header, edges in zip(found.headers, found.columns, strict=True):
        if edges == (cell.column, cell.right):
            return [
                Spot(
                    Place(cell.at, PlaceKind.CELL, f"{TOTAL}{header}", context, closed=cell.fixed, section=section),
                    cell=cell,
                )
            ]
    return []


def _in_cell(table: Table, cell: Cell, context: tuple[str, ...], section: str) -> list[Spot]:
    """The spots of one cell."""
    spots: list[Spot] = []
    beside = label_of(table, cell)
    if cell.empty:
        alone = not beside.label and not cell.row and cell.columns == table.width
        if alone and context and (section or table.height == 1):
            beside = CellContext(context[0], context[1:])
        if beside.label:
            unit = unit_beside(table, cell) if len(beside.label) < _LONGEST_LABEL else ""
            if unit and not read_label(beside.label).unit:
                beside = replace(beside, label=f"{beside.label}（{unit}）")
            spots.append(_empty(cell, beside, context, section))
        return spots
    if UNIT_ONLY.fullmatch(cell.text) and beside.label and len(cell.lines) == 1 and not in_units(table, cell):
        line = cell.lines[0]
        end = len(line.text) - len(line.text.lstrip())
        place = _cell_place(cell, beside, context, section)
        label = f"{beside.label}（{''.join(line.text.split()).strip('()（）')}）"
        return [Spot(replace(place, label=label, kind=PlaceKind.BLANK), line=line, spans=((0, end),))]
    if _PHOTO.search(cell.text) and len(cell.text.strip()) <= _LONGEST_PHOTO and not _names_next(table, cell):
        place = Place(cell.at, PlaceKind.PICTURE, "照片", context, closed=cell.fixed, section=section)
        return [Spot(place, cell=cell)]
    return _in_cell_text(table, cell, beside, context, section)


def _in_cell_text(table: Table, cell: Cell, beside: CellContext, context: tuple[str, ...], section: str) -> list[Spot]:
    """The spots within what a cell says."""
    spots: list[Spot] = []
    inner = tuple(dict.fromkeys(filter(None, (beside.label, *beside.context, *context))))
    pending: list[str] = []
    asked, asking = questions(cell.blocks)
    for number, block in enumerate(cell.blocks):
        if isinstance(block, Table):
            spots += _in_table(block, tuple(dict.fromkeys((*reversed(pending), *inner))), section)
            continue
        if number in asking:
            continue
        named = beside
        if number in asked:
            named = CellContext(asked[number], tuple(filter(None, (beside.label, *beside.context))))
        found = in_line(block, context, section, named, cell.text)
        if _is_own_label(table, cell, found):
            found = []
        spots += found
        if not found and block.text.strip() and len(block.text) < _LONGEST_HEADING:
            pending = [block.text.strip()]
    if cell.fixed:
        for spot in spots:
            spot.place = replace(spot.place, closed=spot.place.closed or cell.fixed)
    return joined(spots)


def _names_next(table: Table, cell: Cell) -> bool:
    """Whether a cell is the label of an empty one of its height to the right."""
    after = table.cell(cell.row, cell.right + 1)
    return after is not None and after.empty and after.row == cell.row and after.rows == cell.rows


def asks_photo(label: str) -> bool:
    """Whether a label asks for a photo."""
    matches = school_vocabulary().match(label) if _PHOTO.search(label) else ()
    return bool(matches) and matches[0].field.kind is Kind.PICTURE and matches[0].score >= THRESHOLD


def _is_own_label(table: Table, cell: Cell, found: Sequence[Spot]) -> bool:
    """Whether the colon at a cell's end speaks of the empty cell to its right."""
    if len(found) != 1 or found[0].place.kind is not PlaceKind.BLANK or not found[0].line:
        return False
    start, end = found[0].spans[0]
    if found[0].line.text[start:end].strip(" \t\u3000") or found[0].line.text[end:].strip():
        return False
    neighbour = table.cell(cell.row, cell.right + 1)
    if neighbour is None:
        return False
    boxes = choices(neighbour.lines[0]) if neighbour.lines else []
    return neighbour.empty or OBJECT in neighbour.text or bool(boxes and not boxes[0].label)


def _empty(cell: Cell, beside: CellContext, context: tuple[str, ...], section: str) -> Spot:
    names = [name for line in cell.lines for _, _, name in line.names]
    place = replace(_cell_place(cell, beside, context, section), name=next(iter(names), ""))
    if asks_photo(beside.label):
        place = replace(place, kind=PlaceKind.PICTURE)
    elif cell.options:
        place = replace(place, kind=PlaceKind.LIST, options=cell.options)
    return Spot(place, cell=cell)


def _cell_place(cell: Cell, beside: CellContext, context: tuple[str, ...], section: str) -> Place:
    around = tuple(dict.fromkeys(filter(None, (*beside.context, *context))))
    label = beside.label if len(beside.label) <= _LONGEST_LABEL else ""
    closed = cell.fixed or beside.closed or closed_by("", (beside.label, *beside.context), section)
    if by_hand(fold(beside.label)):
        closed = "签字处"
    limit = _LIMIT.search(fold(beside.label))
    words = read_label(label)
    if words.sealed and not words.key:
        closed = "盖章处"
    return Place(
        cell.at,
        PlaceKind.CELL,
        label,
        around,
        closed=closed,
        limit=int(limit[1]) if limit else 0,
        section=section,
        near=len(set(filter(None, beside.context))),
    )
