"""Tables of annexes: rows that never break over pages, the header on each page, grouped cells drawn once a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from docgen.fonts.roles import Role
from docgen.model.official import Table, TablePaging

from . import measures as m
from .leaves import Ink, Leaf
from .lines import Setter

LINE = 6.0
"""From line to line within a cell, in mm."""
PAD_X, PAD_Y = 1.2, 1.35
RULE = 0.2
FLOOR = m.BOTTOM - 2.4
"""Where tables end. Word's text area reaches 2.4 mm further on either side (GB/T 33476.2), so what programs measure
differently has room there, and the pages of the Word file hold the same rows."""
_MOST_STRETCHED = 1.0
_SIZE = m.TABLE_PT * m.PT
_DROP = (LINE - _SIZE) / 2 + m.INK * _SIZE
"""From a line's upper edge to its baseline."""


@dataclass(slots=True)
class _Row:
    """A row set: `place` counts the table's rows, the sums last; `part` tells that it is a piece of one that is too high."""

    cells: list[tuple[Ink, ...]]
    height: float
    texts: tuple[str, ...] = ()
    place: int = 0
    part: bool = False


@dataclass(frozen=True, slots=True)
class _Span:
    """A grouped cell: what it stands for, where it begins on its page, how high it must be."""

    key: str
    top: float
    need: float


class TableSetter:
    """Sets tables; what a cell says is set once for each column width."""

    def __init__(self, setter: Setter, ink: Callable[..., Ink]) -> None:
        self._setter = setter
        self._ink = ink
        self._cells: dict[tuple[Role, str, float], tuple[Ink, ...]] = {}

    def _set(self, role: Role, text: str, width: float) -> tuple[Ink, ...]:
        key = (role, text, width)
        if key not in self._cells:
            inner = width - 2 * PAD_X
            parts = text.split("\n") if text else []
            lines = [line for part in parts for line in self._setter.lines([(role, part)], inner, even=False)]
            self._cells[key] = tuple(self._ink(line, m.TABLE_PT) for line in lines)
        return self._cells[key]

    def draw(self, table: Table, leaf: Leaf, y: float, turn: Callable[[], Leaf]) -> tuple[TablePaging, float]:
        """Draw a table from `y` on, turning pages as needed; how its rows came out, and the height where it ended."""
        return _Drawing(self, table, leaf, y, turn).run()

    def row(self, texts: tuple[str, ...], widths: list[float], role: Role) -> _Row:
        """One row, set."""
        cells = [self._set(role, text, width) for text, width in zip(texts, widths, strict=True)]
        return _Row(cells, _height(max((len(lines) for lines in cells), default=1)), texts)


def _height(lines: int) -> float:
    return max(lines, 1) * LINE + 2 * PAD_Y


class _Drawing:
    def __init__(self, tables: TableSetter, table: Table, leaf: Leaf, y: float, turn: Callable[[], Leaf]) -> None:
        whole = sum(column.share for column in table.columns)
        self.tables, self.table, self.leaf, self.y, self.turn = tables, table, leaf, y, turn
        self.widths = [column.share / whole * m.TEXT_WIDTH for column in table.columns]
        self.edges = [m.LEFT + sum(self.widths[:number]) for number in range(len(self.widths) + 1)]
        self.head = tables.row(tuple(column.header for column in table.columns), self.widths, Role.HEI)
        self.grouped = [number for number, column in enumerate(table.columns) if column.grouped]
        self.totals_at = len(table.rows) if table.totals else -1

    def run(self) -> tuple[TablePaging, float]:
        rows = self._rows()
        if self.y + self.head.height + (rows[0].height if rows else 0) > FLOOR:
            self._turn_page()
        pages = self._pages(rows)
        rests = []
        for number, page in enumerate(pages):
            if number:
                self._turn_page()
            if number + 1 < len(pages):
                self._stretch(page)
            self._draw(page)
            rests.append(m.BOTTOM - self.y)
        heights = [0.0] * (len(self.table.rows) + bool(self.table.totals))
        for row in rows:
            heights[row.place] = 0.0 if row.part else row.height
        return TablePaging(tuple(heights), tuple(page[0].place for page in pages[1:]), tuple(rests[:-1])), self.y

    def _rows(self) -> list[_Row]:
        rows = [part for place, row in enumerate(self.table.rows) for part in self._in_parts(self._plain(row, place))]
        for number in self.grouped:
            self._make_room(rows, number)
        if self.table.totals:
            row = self.tables.row(self.table.totals, self.widths, Role.HEI)
            row.place = self.totals_at
            rows.append(row)
        return rows

    def _plain(self, texts: tuple[str, ...], place: int) -> _Row:
        row = self.tables.row(texts, self.widths, Role.FANGSONG)
        own = [len(lines) for number, lines in enumerate(row.cells) if number not in self.grouped]
        return _Row(row.cells, _height(max(own, default=1)), texts, place)

    def _in_parts(self, row: _Row) -> Iterator[_Row]:
        """A row that is higher than a page in parts that are not; nothing of it is lost below the page's edge."""
        most = int((FLOOR - m.TOP - self.head.height - 2 * PAD_Y) // LINE)
        longest = max((len(lines) for number, lines in enumerate(row.cells) if number not in self.grouped), default=1)
        if longest <= most:
            yield row
            return
        for start in range(0, longest, most):
            cells = [
                lines if number in self.grouped else lines[start : start + most]
                for number, lines in enumerate(row.cells)
            ]
            yield _Row(cells, _height(min(most, longest - start)), row.texts, row.place, True)

    def _make_room(self, rows: list[_Row], number: int) -> None:
        """Make the last row of a group higher where the grouped cell says more than its rows have room for."""
        start = 0
        for place in range(1, len(rows) + 1):
            if place == len(rows) or self._key(rows[place], number) != self._key(rows[start], number):
                short = _height(len(rows[start].cells[number])) - sum(row.height for row in rows[start:place])
                rows[place - 1].height += max(0.0, short)
                start = place

    def _key(self, row: _Row, column: int) -> str:
        """A group goes on while its value and those of the grouped columns before it stay the same."""
        if row.place == self.totals_at:
            return "\1"
        return "\0".join(row.texts[number] for number in self.grouped if number <= column)

    def _pages(self, rows: list[_Row]) -> list[list[_Row]]:
        """The rows of each page. Where a page ends within a group whose text needs more room, its last row gets it."""
        pages: list[list[_Row]] = [[]]
        y = self.y + self.head.height
        spans: dict[int, _Span] = {}
        for number, row in enumerate(rows):
            fresh = [n for n in self.grouped if n not in spans or spans[n].key != self._key(row, n)]
            y += self._give(pages[-1], y, [spans.pop(n) for n in fresh if n in spans])
            # The totals never stand alone on a page.
            wanted = row.height + (rows[-1].height if self.table.totals and number == len(rows) - 2 else 0)
            needs = {n: _height(len(row.cells[n])) for n in fresh}
            if pages[-1] and y + max(wanted, *needs.values(), 0.0) > FLOOR:
                self._give(pages[-1], y, spans.values())
                pages.append([])
                y, fresh, spans = m.TOP + self.head.height, self.grouped, {}
            spans |= {n: _Span(self._key(row, n), y, _height(len(row.cells[n]))) for n in fresh}
            pages[-1].append(row)
            y += row.height
        self._give(pages[-1], y, spans.values())
        return pages

    @staticmethod
    def _give(page: list[_Row], y: float, spans: Iterable[_Span]) -> float:
        """Make a page's last row so high that the groups which end at `y` have room; by how much."""
        more = max((span.top + span.need - y for span in spans), default=0.0)
        if not page or more <= 0:
            return 0.0
        page[-1].height += more
        return more

    def _stretch(self, page: list[_Row]) -> None:
        """Let a full page end where all others do, if its rows need grow by little for that."""
        more = (FLOOR - self.y - self.head.height - sum(row.height for row in page)) / len(page)
        if 0 < more <= _MOST_STRETCHED:
            for row in page:
                row.height += more

    def _draw(self, page: list[_Row]) -> None:
        top = self.y
        self._across(top, range(len(self.widths)))
        for number, lines in enumerate(self.head.cells):
            self._cell(lines, number, top, self.head.height, "center")
        self.y += self.head.height
        self._across(self.y, range(len(self.widths)))
        for place, row in enumerate(page):
            ends = []
            for number, lines in enumerate(row.cells):
                last = place
                if number in self.grouped:
                    key = self._key(row, number)
                    while last + 1 < len(page) and self._key(page[last + 1], number) == key:
                        last += 1
                    if last == place:
                        ends.append(number)
                    if place and self._key(page[place - 1], number) == key:
                        continue
                else:
                    ends.append(number)
                height = sum(one.height for one in page[place : last + 1])
                self._cell(lines, number, self.y, height, self.table.columns[number].align)
            self.y += row.height
            self._across(self.y, ends)
        for edge in self.edges:
            self.leaf.upright(edge, top, self.y - top, RULE)

    def _across(self, y: float, columns: Iterable[int]) -> None:
        """A rule below the cells of some columns: one for neighbours, left out where a grouped cell goes on."""
        wanted = [*columns]
        for place, number in enumerate(wanted):
            if place and wanted[place - 1] == number - 1:
                continue
            last = number
            while last + 1 in wanted:
                last += 1
            self.leaf.rule(self.edges[number], y, self.edges[last + 1] - self.edges[number], RULE)

    def _cell(self, lines: tuple[Ink, ...], number: int, top: float, height: float, align: str) -> None:
        y = top + (height - len(lines) * LINE) / 2 + _DROP
        for ink in lines:
            free = self.widths[number] - 2 * PAD_X - ink.width
            x = self.edges[number] + PAD_X + {"left": 0.0, "center": free / 2, "right": free}[align]
            self.leaf.text(ink, x, y, m.TABLE_PT)
            y += LINE

    def _turn_page(self) -> None:
        self.leaf, self.y = self.turn(), m.TOP


def table_texts(table: Table) -> Iterator[tuple[Role, str]]:
    """Every text of a table with the role that it is set in."""
    for column in table.columns:
        yield Role.HEI, column.header
    yield Role.HEI, table.caption + "".join(table.totals)
    for row in table.rows:
        yield Role.FANGSONG, "".join(row)
