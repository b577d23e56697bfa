"""The borders of boxes, and those of a table where its cells meet (CSS 2.1, 8.5 and 17.6.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .boxes import Cell, Row
from .cascade import CLEAR, Edge, Style
from .strips import Box, Item, Rule

_NONE: Edge = (0.0, CLEAR)
_HIDDEN: Edge = (-1.0, CLEAR)
"""Inside of a cell that takes several columns or rows: nothing is ever drawn there."""


@dataclass(eq=False, slots=True)
class Grid:
    """The border on each line between cells: `across[y][x]` above row y, `down[y][x]` left of column x. On each the wider
    one wins, and among equals that of the cell further up and left.

    It is for a table with so many columns in a `style`, and grows with each row: what is around a row is settled when the
    next is there, or the table has ended. `top`, `right`, `bottom`, `left` are the widths at the table's edges, of which
    half is outside of the cells.
    """

    width: int
    style: Style
    across: list[list[Edge]] = field(default_factory=list)
    down: list[list[Edge]] = field(default_factory=list)
    _rows: int = 0

    def add(self, row: Row) -> None:
        """Let the borders of the next row's cells compete on the lines around them."""
        number = self._rows
        reach = number + max(cell.rows for cell in row.cells)
        while len(self.down) < reach:
            self.down.append([_NONE] * (self.width + 1))
        while len(self.across) <= reach:
            self.across.append([_NONE] * self.width)
        for cell in row.cells:
            _settle(cell, number, self.across, self.down)
        top, right, _, left = self.style.edges
        if not number:
            self.across[0] = [max(edge, top, key=_width) for edge in self.across[0]]
        line = self.down[number]
        line[0], line[-1] = max(line[0], left, key=_width), max(line[-1], right, key=_width)
        self._rows += 1

    def forget(self, row: int) -> None:
        """Let go of what is above a row: nobody asks for it any more."""
        for above in range(row - 1, -1, -1):
            if not self.down[above]:
                break
            self.across[above] = self.down[above] = []

    def end(self) -> None:
        """No row is to come."""
        bottom = self.style.edges[2]
        self.across[-1] = [max(edge, bottom, key=_width) for edge in self.across[-1]]

    @property
    def top(self) -> float:
        return _widest(self.across[0])

    @property
    def bottom(self) -> float:
        return _widest(self.across[-1])

    @property
    def left(self) -> float:
        return max(self.down[0][0][0], 0.0)

    @property
    def right(self) -> float:
        return max(self.down[0][-1][0], 0.0)

    def thickness(self, row: int) -> float:
        """The widest of the borders above a row."""
        return _widest(self.across[row])

    def insets(self, cell: Cell, row: int) -> tuple[float, float, float, float]:
        """Half of the borders around a cell of a row: top, right, bottom, left."""
        columns = slice(cell.column, cell.column + cell.columns)
        rows = self.down[row : row + cell.rows]
        return (
            _widest(self.across[row][columns]) / 2,
            _widest([line[cell.column + cell.columns] for line in rows]) / 2,
            _widest(self.across[row + cell.rows][columns]) / 2,
            _widest([line[cell.column] for line in rows]) / 2,
        )

    def lines(
        self, first: int, count: int, tops: Sequence[float], starts: Sequence[float], widths: Sequence[float]
    ) -> Iterator[Item]:
        """The borders of these rows but for the last below; `tops` are where each begins and the last ends."""
        edges = [*starts, starts[-1] + widths[-1]]
        for row in range(count):
            yield from self._across(first + row, tops[row], edges)
        for column, x in enumerate(edges):
            row = 0
            while row < count:
                edge = self.down[first + row][column]
                last = row + 1
                while last < count and self.down[first + last][column] == edge:
                    last += 1
                if edge[0] > 0:
                    yield Rule(x, tops[row], x, tops[last], edge[0], edge[1])
                row = last

    def below(self, row: int, starts: Sequence[float], widths: Sequence[float]) -> Sequence[Item]:
        """The border above the row of this number, at height 0: it closes the rows before it."""
        return tuple(self._across(row, 0.0, [*starts, starts[-1] + widths[-1]]))

    def _across(self, row: int, y: float, edges: Sequence[float]) -> Iterator[Item]:
        line = self.across[row]
        column = 0
        while column < len(line):
            edge = line[column]
            last = column + 1
            while last < len(line) and line[last] == edge:
                last += 1
            if edge[0] > 0:
                left = edges[column] - self._thickness(row, column) / 2
                right = edges[last] + self._thickness(row, last) / 2
                yield Rule(left, y, right, y, edge[0], edge[1])
            column = last

    def _thickness(self, row: int, column: int) -> float:
        """The widest of the upright borders that meet a corner."""
        return max(line[column][0] for line in self.down[max(row - 1, 0) : row + 1])


def _widest(edges: Sequence[Edge]) -> float:
    return max(0.0, *(edge[0] for edge in edges))


def _width(edge: Edge) -> float:
    return edge[0]


def _settle(cell: Cell, number: int, across: list[list[Edge]], down: list[list[Edge]]) -> None:
    """Let a cell's borders compete on the lines around it."""
    top, right, bottom, left = cell.block.style.edges
    first, last = cell.column, cell.column + cell.columns
    above, below = across[number], across[number + cell.rows]
    for column in range(first, last):
        if top[0] > above[column][0]:
            above[column] = top
        if bottom[0] > below[column][0]:
            below[column] = bottom
    for row in range(number, number + cell.rows):
        line = down[row]
        if left[0] > line[first][0]:
            line[first] = left
        if right[0] > line[last][0]:
            line[last] = right
        for column in range(first + 1, last):
            line[column] = _HIDDEN
    for row in range(number + 1, number + cell.rows):
        for column in range(first, last):
            across[row][column] = _HIDDEN


def frame_items(style: Style, x: float, y: float, width: float, height: float) -> list[Item]:
    """The background and the borders of a box, given with them."""
    items: list[Item] = []
    if style.background.alpha:
        items.append(Box(x, y, width, height, style.background))
    (top, top_colour), (right, right_colour), (bottom, bottom_colour), (left, left_colour) = style.edges
    end, foot = x + width, y + height
    if top:
        items.append(Rule(x, y + top / 2, end, y + top / 2, top, top_colour))
    if bottom:
        items.append(Rule(x, foot - bottom / 2, end, foot - bottom / 2, bottom, bottom_colour))
    if left:
        items.append(Rule(x + left / 2, y, x + left / 2, foot, left, left_colour))
    if right:
        items.append(Rule(end - right / 2, y, end - right / 2, foot, right, right_colour))
    return items
