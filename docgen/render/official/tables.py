"""Tables of annexes: rows that never break over pages, the header on each page, grouped cells drawn once a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from docgen.fonts.roles import Role
from docgen.model.official import Table

from . import measures as m
from .leaves import Ink, Leaf
from .lines import Setter

LINE = 6.0
"""From line to line within a cell, in mm."""
PAD_X, PAD_Y = 1.2, 1.35
RULE = 0.2
_SIZE = m.TABLE_PT * m.PT
_DROP = (LINE - _SIZE) / 2 + m.INK * _SIZE
"""From a line's upper edge to its baseline."""


@dataclass(slots=True)
class _Group:
    """A grouped cell on the current page: what it says and where it began."""

    lines: tuple[Ink, ...]
    top: float
    value: str


@dataclass(slots=True)
class _Row:
    cells: list[tuple[Ink, ...]]
    height: float
    texts: tuple[str, ...] = field(default=())


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

    def draw(self, table: Table, leaf: Leaf, y: float, turn: Callable[[], Leaf]) -> tuple[Leaf, float]:
        """Draw a table from `y` on, turning pages as needed; the page and the height where it ended."""
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
        self.groups: dict[int, _Group] = {}
        self.top = y

    def run(self) -> tuple[Leaf, float]:
        rows = self._rows()
        if self.y + self.head.height + (rows[0].height if rows else 0) > m.BOTTOM:
            self._turn_page()
        self._begin()
        for place, row in enumerate(rows):
            last = place == len(rows) - 1
            # The totals never stand alone on a page.
            wanted = row.height + (rows[place + 1].height if self.table.totals and place == len(rows) - 2 else 0)
            if self.y + max(wanted, self._group_need(row)) > m.BOTTOM:
                self._end_page()
                self._turn_page()
                self._begin()
            self._draw_row(row, totals=last and bool(self.table.totals))
        self._end_page()
        return self.leaf, self.y

    def _rows(self) -> list[_Row]:
        rows = [part for row in self.table.rows for part in self._in_parts(self._plain(row))]
        for number in self.grouped:
            self._make_room(rows, number)
        if self.table.totals:
            rows.append(self.tables.row(self.table.totals, self.widths, Role.HEI))
        return rows

    def _plain(self, texts: tuple[str, ...]) -> _Row:
        row = self.tables.row(texts, self.widths, Role.FANGSONG)
        own = [len(lines) for number, lines in enumerate(row.cells) if number not in self.grouped]
        return _Row(row.cells, _height(max(own, default=1)), texts)

    def _in_parts(self, row: _Row) -> Iterator[_Row]:
        """A row that is higher than a page in parts that are not; nothing of it is lost below the page's edge."""
        most = int((m.TEXT_HEIGHT - self.head.height - 2 * PAD_Y) // LINE)
        longest = max((len(lines) for number, lines in enumerate(row.cells) if number not in self.grouped), default=1)
        if longest <= most:
            yield row
            return
        for start in range(0, longest, most):
            cells = [
                lines if number in self.grouped else lines[start : start + most]
                for number, lines in enumerate(row.cells)
            ]
            yield _Row(cells, _height(min(most, longest - start)), row.texts)

    def _make_room(self, rows: list[_Row], number: int) -> None:
        """Make the last row of a group higher where the grouped cell says more than its rows have room for."""
        start = 0
        for place in range(1, len(rows) + 1):
            if place == len(rows) or self._key(rows[place], number) != self._key(rows[start], number):
                short = _height(len(rows[start].cells[number])) - sum(row.height for row in rows[start:place])
                rows[place - 1].height += max(0.0, short)
                start = place

    def _group_need(self, row: _Row) -> float:
        """The height that the row's grouped cells want where they begin here."""
        fresh = [n for n in self.grouped if n not in self.groups or self.groups[n].value != self._key(row, n)]
        return max((_height(len(row.cells[number])) for number in fresh), default=0.0)

    def _key(self, row: _Row, column: int) -> str:
        """A group goes on while its value and those of the grouped columns before it stay the same."""
        return "\0".join(row.texts[number] for number in self.grouped if number <= column)

    def _begin(self) -> None:
        self.top = self.y
        self.leaf.rule(self.edges[0], self.y, m.TEXT_WIDTH, RULE)
        for number, lines in enumerate(self.head.cells):
            self._cell(lines, number, self.y, self.head.height, "center")
        self.y += self.head.height
        self.leaf.rule(self.edges[0], self.y, m.TEXT_WIDTH, RULE)

    def _draw_row(self, row: _Row, totals: bool) -> None:
        changed = [
            number
            for number in self.grouped
            if totals or number not in self.groups or self.groups[number].value != self._key(row, number)
        ]
        if changed and self.groups:
            self._close(changed)
        for number, lines in enumerate(row.cells):
            if number in self.grouped and not totals:
                if number in changed:
                    self.groups[number] = _Group(lines, self.y, self._key(row, number))
                continue
            self._cell(lines, number, self.y, row.height, self.table.columns[number].align)
        self.y += row.height
        if totals:
            self.groups.clear()
        self._row_rule()

    def _row_rule(self) -> None:
        """The rule below a row; it leaves out the grouped cells, which end where their group does."""
        for number in range(len(self.widths)):
            if number not in self.groups:
                self.leaf.rule(self.edges[number], self.y, self.widths[number], RULE)

    def _close(self, columns: list[int]) -> None:
        """End the groups of some columns at the current height; a group that is too low for its text is made higher."""
        need = max(
            (self.groups[n].top + _height(len(self.groups[n].lines)) for n in columns if n in self.groups), default=0
        )
        if need > self.y + 0.01:
            self.y = need
            self._row_rule()
        for number in columns:
            group = self.groups.pop(number, None)
            if group is not None:
                height = self.y - group.top
                self._cell(group.lines, number, group.top, height, self.table.columns[number].align)
                self.leaf.rule(self.edges[number], self.y, self.widths[number], RULE)

    def _cell(self, lines: tuple[Ink, ...], number: int, top: float, height: float, align: str) -> None:
        y = top + (height - len(lines) * LINE) / 2 + _DROP
        for ink in lines:
            free = self.widths[number] - 2 * PAD_X - ink.width
            x = self.edges[number] + PAD_X + {"left": 0.0, "center": free / 2, "right": free}[align]
            self.leaf.text(ink, x, y, m.TABLE_PT)
            y += LINE

    def _end_page(self) -> None:
        self._close(list(self.groups))
        for edge in self.edges:
            self.leaf.upright(edge, self.top, self.y - self.top, RULE)

    def _turn_page(self) -> None:
        self.leaf, self.y = self.turn(), m.TOP


def table_texts(table: Table) -> Iterator[tuple[Role, str]]:
    """Every text of a table with the role that it is set in."""
    for column in table.columns:
        yield Role.HEI, column.header
    yield Role.HEI, table.caption + "".join(table.totals)
    for row in table.rows:
        yield Role.FANGSONG, "".join(row)
