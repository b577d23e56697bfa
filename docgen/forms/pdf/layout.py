"""Printed pages as lines and tables, the shape in which all forms are searched for places.

Each line's `handle` is a Printed: where each of its characters stands. What is not printed but meant is put in: spaces
for gaps and for rules to write on, a □ for a box drawn as lines, an OBJECT for a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from docgen.acroform.geometry import Box
from docgen.forms.inline import BOXES
from docgen.forms.structure import OBJECT, Cell, Line, Story, Table

from .grid import RuledCell, RuledTable, tables_of
from .printed import Marked, Printed
from .running import run_on
from .surface import Rule, Sign, Surface

_SAME_LINE = 0.5  # of the type size
_GAP = 0.35
_SPACE = 0.5  # of the type size: how wide a space is that stands for a gap
_MOST_SPACES = 60
_UNDER = (-0.45, 0.3)  # of the type size, from the lower edge of a line's characters: where a rule to write on lies
_HEADING = 1.15
_DATE = re.compile(rf"({OBJECT})\s*年\s*({OBJECT})\s*月\s*({OBJECT})\s*日")
_LARGEST_BOX = 0.85  # of the page: what is higher frames it
_FILLERS = "_＿.…·—-□○☐◯▢"
_WRITTEN_OVER = "_＿□"
_LEAST_COMB = 6
_COMB = re.compile(f"□{{{_LEAST_COMB},}}")
_TICKS = "√✓✔☑✗×"


@dataclass(slots=True)
class _Row:
    """Characters of one line being gathered; `middle` is their mean height, `type_` the size of the first that shows."""

    signs: list[Sign] = field(default_factory=list)
    middle: float = 0.0
    type_: float = 0.0

    def add(self, sign: Sign, middle: float) -> None:
        self.signs.append(sign)
        self.middle += (middle - self.middle) / len(self.signs)
        self.type_ = self.type_ or (0.0 if sign.blank else sign.size)

    @property
    def size(self) -> float:
        sizes = sorted(sign.size for sign in self.signs if not sign.blank) or [sign.size for sign in self.signs]
        return sizes[len(sizes) // 2]


def story_of(pages: Sequence[Surface], marked: Sequence[Sequence[Marked]] = (), *, filled: bool = False) -> Story:
    """All pages as one story, in the order of reading; `marked` are each page's fields.

    In a form that is `filled`, a ruled rectangle with text in it is a cell too; in a blank one it is a frame.
    """
    blocks: list[Line | Table] = []
    body = _body_size(pages)
    for number, surface in enumerate(pages):
        blocks += _page(surface, marked[number] if number < len(marked) else (), body, filled)
    return Story("", tuple(blocks))


def _body_size(pages: Sequence[Surface]) -> float:
    sizes = sorted(round(sign.size, 1) for surface in pages for sign in surface.signs if not sign.blank)
    return sizes[len(sizes) // 2] if sizes else 10.5


def _page(surface: Surface, marked: Sequence[Marked], body: float, filled: bool) -> list[Line | Table]:
    signs, marks = _with_marks(surface, marked, body)
    tables = [table for table in tables_of(surface) if _is_meant(table, signs, surface, filled)]
    inside: dict[tuple[int, int], list[Sign]] = {}
    outside: list[Sign] = []
    for sign in signs:
        place = _cell_of(tables, sign)
        if place is None:
            outside.append(sign)
        else:
            inside.setdefault(place, []).append(sign)
    setting = _Setting(surface, marks, [rule for rule in surface.level if not _is_border(rule, tables)], body)
    prefix = f"第{surface.number}页"
    found: list[tuple[float, float, Line | Table]] = []
    for count, line in enumerate(setting.lines(outside, _margin(surface, tables)), 1):
        line.at = f"{prefix}第{count}行"
        place_ = line.handle.boxes[0]
        found.append((-place_.top, place_.left, line))
    for count, table in enumerate(tables, 1):
        texts = {place: inside.get((count - 1, place), []) for place in range(len(table.cells))}
        found.append((-table.box.top, table.box.left, setting.table(f"{prefix}表{count}", table, texts)))
    return _boxes_named([block for *_, block in sorted(found, key=lambda each: each[:2])])


def _is_meant(table: RuledTable, signs: Sequence[Sign], surface: Surface, filled: bool) -> bool:
    """Whether a table is one: a single rectangle is if it is there to be written into, and no frame around a page."""
    box = table.box
    if len(table.cells) > 1 or box.height <= 20:
        return len(table.cells) > 1
    if box.height > _LARGEST_BOX * surface.box.height:
        return False
    return filled or not any(
        box.left < sign.box.left < box.right and box.bottom < sign.box.bottom < box.top
        for sign in signs
        if not sign.blank
    )


def _boxes_named(blocks: list[Line | Table]) -> list[Line | Table]:
    """Blank boxes as the cell below the words right above them (三、申报理由)."""
    made: list[Line | Table] = []
    for block in blocks:
        above = made[-1] if made else None
        if isinstance(block, Table) and len(block.cells) == 1 and isinstance(above, Line):
            (cell,) = block.cells
            head = Cell(above.at, 0, 0, blocks=(Line(above.at, above.text, handle=above.handle),), handle=above.handle)
            block = Table(block.at, (head, replace(cell, row=1)), 2, 1)
        made.append(block)
    return made


def _with_marks(surface: Surface, marked: Sequence[Marked], body: float) -> tuple[list[Sign], dict[Box, Marked]]:
    """The page's characters, its drawn boxes and its widgets as signs; what is printed below a widget gives way to it."""
    boxes = [one.box for one in marked]

    def below(sign: Sign) -> bool:
        return (sign.text in _FILLERS or sign.blank) and any(_holds(box, sign.box) for box in boxes)

    signs = [sign for sign in surface.signs if not below(sign)]
    squares = [Sign("□", square, square.height) for square in surface.squares]
    signs += [sign for sign in squares if not any(_holds(box, sign.box) for box in boxes)]
    signs = _ticked(signs, surface.ticks)
    marks: dict[Box, Marked] = {}
    printed = list(signs)
    for one in marked:
        box = one.box
        if box.height > 2 * body and one.sign == OBJECT:
            box = _beside(box, printed, body)
        while box in marks:  # two widgets in one place
            box = Box(box.left + 0.01, box.bottom, box.right + 0.01, box.top)
        marks[box] = one
        signs.append(Sign(one.sign, box, min(box.height, body)))
    return signs, marks


def _ticked(signs: list[Sign], ticks: Sequence[Box]) -> list[Sign]:
    """Boxes in which a mark is drawn or printed as ticked ones; the mark itself is no text."""
    boxes = [place for place, sign in enumerate(signs) if sign.text in BOXES]
    printed = [place for place, sign in enumerate(signs) if sign.text in _TICKS]
    if not boxes or not (ticks or printed):
        return signs
    gone: set[int] = set()
    for place in boxes:
        box = signs[place].box
        over = [other for other in printed if _holds(box, signs[other].box)]
        if over or any(_holds(box, tick) for tick in ticks):
            signs[place] = Sign("☑", box, signs[place].size)
            gone.update(over)
    return [sign for place, sign in enumerate(signs) if place not in gone]


def _holds(outer: Box, inner: Box) -> bool:
    x, y = (inner.left + inner.right) / 2, (inner.bottom + inner.top) / 2
    return outer.left - 2 <= x <= outer.right + 2 and outer.bottom - 2 <= y <= outer.top + 2


def _beside(box: Box, signs: Sequence[Sign], body: float) -> Box:
    """A high widget as it stands on the line of the words to its left: the nearest of them; else on its own upper edge."""
    beside = [
        sign
        for sign in signs
        if not sign.blank
        and sign.box.right <= box.left + 3
        and box.bottom <= (sign.box.bottom + sign.box.top) / 2 <= box.top + body
    ]
    if not beside:
        return Box(box.left, box.top - 1.2 * body, box.right, box.top)
    nearest = max(beside, key=lambda sign: (sign.box.right, sign.box.top))
    return Box(box.left, nearest.box.bottom, box.right, nearest.box.top)


def _margin(surface: Surface, tables: Sequence[RuledTable]) -> Box:
    """The part of a page that is written on: as far as its text and tables reach."""
    boxes = [sign.box for sign in surface.signs if not sign.blank] + [table.box for table in tables]
    rights = [box.right for box in boxes] + [rule.end for rule in surface.level]
    side = min([box.left for box in boxes], default=surface.box.left + 50)
    # What is as wide as the left margin stays free at the right, unless something stands there.
    right = max([surface.box.right - (side - surface.box.left), *rights])
    return Box(side, surface.box.bottom, min(right, surface.box.right), surface.box.top)


def _is_border(rule: Rule, tables: Sequence[RuledTable]) -> bool:
    """Whether a line belongs to a table rather than being there to be written on."""
    for table in tables:
        box = table.box
        if box.bottom - 3 <= rule.at <= box.top + 3 and rule.begin >= box.left - 3 and rule.end <= box.right + 3:
            edges = [edge for cell in table.cells for edge in (cell.box.bottom, cell.box.top)]
            if any(abs(edge - rule.at) <= 3 for edge in edges):
                return True
    return False


def _cell_of(tables: Sequence[RuledTable], sign: Sign) -> tuple[int, int] | None:
    x, y = (sign.box.left + sign.box.right) / 2, (sign.box.bottom + sign.box.top) / 2
    for number, table in enumerate(tables):
        box = table.box
        if not (box.left <= x <= box.right and box.bottom <= y <= box.top):
            continue
        for place, cell in enumerate(table.cells):
            if cell.box.left <= x <= cell.box.right and cell.box.bottom <= y <= cell.box.top:
                return number, place
    return None


@dataclass(slots=True)
class _Setting:
    """One page being put into lines."""

    surface: Surface
    marks: Mapping[Box, Marked]
    rules: Sequence[Rule]
    body: float

    def table(self, at: str, table: RuledTable, texts: Mapping[int, list[Sign]]) -> Table:
        """A ruled table with what stands in its cells."""
        cells = []
        for place, ruled in enumerate(table.cells):
            name = f"{at}第{ruled.row + 1}行第{_count(table, ruled)}格"
            cells.append(self._cell(name, ruled, texts[place]))
        return Table(at, tuple(cells), table.height, table.width)

    def _cell(self, name: str, ruled: RuledCell, signs: list[Sign]) -> Cell:
        box = ruled.box
        shape = (ruled.row, ruled.column, ruled.rows, ruled.columns)
        seen = [sign for sign in signs if not sign.blank]
        if len(seen) == 1 and seen[0].text == OBJECT:  # a cell that is one field is an empty cell to be filled in
            mark = self.marks[seen[0].box]
            options = mark.control.options if mark.control else ()
            handle = Printed(self.surface.number, (), self.body, mark.box, {0: mark})
            return Cell(name, *shape, (), options=options, handle=handle)
        lines = self.lines(signs, box, [r for r in self.rules if box.left - 1 <= r.begin and r.end <= box.right + 1])
        for count, line in enumerate(lines, 1):
            line.at = name if len(lines) == 1 else f"{name}第{count}行"
        size = lines[0].handle.size if lines else self.body
        return Cell(name, *shape, tuple(lines), handle=Printed(self.surface.number, (), size, box))

    def lines(self, signs: Iterable[Sign], room: Box, rules: Sequence[Rule] | None = None) -> list[Line]:
        """Characters as lines, from the top."""
        rows: list[_Row] = []
        for sign in sorted(signs, key=lambda one: -(one.box.bottom + one.box.top)):
            middle = (sign.box.bottom + sign.box.top) / 2
            near = _SAME_LINE * min(max(rows[-1].type_, 6), max(sign.size, 6) * 1.6) if rows else 0.0
            if not rows or rows[-1].middle - middle > near:
                rows.append(_Row())
            rows[-1].add(sign, middle)
        made = [self._line(row, room, self.rules if rules is None else rules) for row in rows]
        return run_on([line for line in made if line.text.strip()])

    def _line(self, row: _Row, room: Box, rules: Sequence[Rule]) -> Line:
        size = row.size
        signs, comb = _uncovered(sorted(row.signs, key=lambda sign: (sign.box.left, sign.box.right)))
        foot = sorted(sign.box.bottom for sign in signs)[len(signs) // 2]
        under = [rule for rule in rules if foot + _UNDER[0] * size <= rule.at <= foot + _UNDER[1] * size]
        text: list[str] = []
        boxes: list[Box] = []
        marks: dict[int, Marked] = {}

        def fill(begin: float, end: float) -> None:
            """Spaces for a gap."""
            count = min(int((end - begin) / (_SPACE * size) + 0.2), _MOST_SPACES)
            if end - begin > _GAP * size:
                count = max(count, 1)
            for step in range(count):
                wide = (end - begin) / count
                boxes.append(Box(begin + step * wide, foot, begin + (step + 1) * wide, foot + size))
                text.append(" ")

        if under and (first := min(rule.begin for rule in under)) < signs[0].box.left - size:
            fill(max(first, room.left), signs[0].box.left)
        for sign in signs:
            if boxes and not (comb and comb[0] < boxes[-1].left and sign.box.right < comb[1]):
                fill(boxes[-1].right, sign.box.left)
            if mark := self.marks.get(sign.box):
                marks[len(text)] = mark
            text.append(sign.text)
            boxes.append(mark.box if mark else sign.box)
        if under and (last := max(rule.end for rule in under)) > boxes[-1].right + size:
            fill(boxes[-1].right, min(last, room.right))
        combs = tuple(found.span() for found in _COMB.finditer("".join(text)))
        for start, end in combs:
            text[start:end] = "＿" * (end - start)
        dated = _dated("".join(text))
        controls = []
        for place, mark in marks.items():
            if place in dated:
                text[place] = "　"  # a date's field is the blank before 年, 月 or 日
            elif mark.control is not None:
                mark.control.position = place
                controls.append(mark.control)
        return Line(
            "",
            "".join(text),
            _spans(text, boxes, under),
            tuple(controls),
            level=1 if size >= _HEADING * self.body and not marks else 0,
            handle=Printed(self.surface.number, tuple(boxes), size, room, marks, combs),
        )


def _uncovered(signs: list[Sign]) -> tuple[list[Sign], tuple[float, float] | None]:
    """A line's characters, from left to right, without the spaces, underscores and boxes that others are written over.

    Where that were boxes for one character each, how far these reach from left to right.
    """
    inked = [sign.box for sign in signs if not sign.blank and sign.text not in _WRITTEN_OVER]
    if len(inked) == len(signs):
        return signs, None
    kept, first = [], 0
    covered: list[Box] = []
    for sign in signs:
        if sign.blank or sign.text in _WRITTEN_OVER:
            middle = (sign.box.left + sign.box.right) / 2
            while first < len(inked) and inked[first].right < middle - 40:
                first += 1
            if any(box.left < middle < box.right for box in inked[first : first + 80]):
                if sign.text == "□":
                    covered.append(sign.box)
                continue
        kept.append(sign)
    comb = (covered[0].left - 1, covered[-1].right + 1) if len(covered) >= _LEAST_COMB else None
    return kept, comb


def _count(table: RuledTable, ruled: RuledCell) -> int:
    return 1 + sum(other.row == ruled.row and other.column < ruled.column for other in table.cells)


def _dated(text: str) -> set[int]:
    """The positions of three fields that are the year, month and day of one date."""
    return {found.start(part) for found in _DATE.finditer(text) for part in (1, 2, 3)}


def _spans(text: Sequence[str], boxes: Sequence[Box], rules: Sequence[Rule]) -> tuple[tuple[int, int], ...]:
    """Where the characters stand on a rule; a rule's end is a span's end."""
    spans: list[tuple[int, int]] = []
    for rule in sorted(rules, key=lambda one: one.begin):
        on = [
            place
            for place, box in enumerate(boxes)
            if rule.begin - 1 <= (box.left + box.right) / 2 <= rule.end + 1 and text[place] != OBJECT
        ]
        if on:
            spans.append((on[0], on[-1] + 1))
    return tuple(spans)
