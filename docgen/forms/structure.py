"""A form as finding sees it, whatever program made it: lines of text, tables of cells, and what can be filled in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .results import Place, PlaceKind

OBJECT = "\ufffc"
"""Stands in a line's text for a control or a picture."""


@dataclass(slots=True)
class Control:
    """Something in a line that takes a value by itself: a content control, a legacy field. `position` is its OBJECT's.

    `value` is what it shows now, "" where that is only a prompt.
    """

    position: int
    kind: PlaceKind
    name: str = ""
    options: tuple[str, ...] = ()
    value: str = ""
    handle: Any = None


@dataclass(slots=True)
class Line:
    """A paragraph. `underlined` are spans of its text that bear an underline; `names` bookmarks: (position, end, name).

    `said` is what a filled form says there, where reading back has taken it out of `text`.
    """

    at: str
    text: str
    underlined: tuple[tuple[int, int], ...] = ()
    controls: tuple[Control, ...] = ()
    names: tuple[tuple[int, int, str], ...] = ()
    level: int = 0
    handle: Any = None
    said: str = ""


@dataclass(slots=True)
class Cell:
    """A cell of a table; rows and columns count from 0. `fixed` says, in Chinese, why it is not written to.

    `emptied`: it holds a value that reading back sees as a blank.
    """

    at: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    blocks: tuple[Line | Table, ...] = ()
    fixed: str = ""
    options: tuple[str, ...] = ()
    handle: Any = None
    emptied: bool = False
    _text: str | None = None
    names: bool | None = None
    """Whether its text can name another cell; kept by those who ask."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The paragraphs that stand in it directly."""
        return tuple(block for block in self.blocks if isinstance(block, Line))

    @property
    def text(self) -> str:
        """What it says, a line a paragraph, without the tables in it."""
        if self._text is None:
            self._text = "\n".join(line.text for line in self.lines)
        return self._text

    @property
    def nested(self) -> bool:
        """Whether there is a table in it."""
        return any(isinstance(block, Table) for block in self.blocks)

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return self.emptied or (not self.text.strip() and not self.nested)

    @property
    def bottom(self) -> int:
        """Its last row."""
        return self.row + self.rows - 1

    @property
    def right(self) -> int:
        """Its last column."""
        return self.column + self.columns - 1


@dataclass(slots=True)
class Table:
    """Cells by place. `height` and `width` in rows and columns of the grid; `endless`: rows may be added below freely."""

    at: str
    cells: tuple[Cell, ...]
    height: int
    width: int
    endless: bool = False
    handle: Any = None
    _grid: dict[tuple[int, int], Cell] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place of the grid."""
        if not self._grid:
            for cell in self.cells:
                for covered in range(cell.row, cell.row + cell.rows):
                    for across in range(cell.column, cell.column + cell.columns):
                        self._grid[covered, across] = cell
        return self._grid.get((row, column))

    def row(self, number: int) -> list[Cell]:
        """The cells that cover a row, from left to right, each once."""
        found: list[Cell] = []
        for column in range(self.width):
            cell = self.cell(number, column)
            if cell is not None and (not found or found[-1] is not cell):
                found.append(cell)
        return found


@dataclass(slots=True)
class Story:
    """A run of blocks that are read together: the body, a text box, a sheet. `name` is "" for the body."""

    name: str
    blocks: tuple[Line | Table, ...]


@dataclass(slots=True)
class Spot:
    """A place together with where it is written: a cell, or spans of a line, or a control, or rows of a table.

    `spans` are of the line's text: one for a blank, three for a date (year, month, day), one a box for a choice, with
    each box's line in `lines`. `cells` are those of a comb. `prefix` are the digits of the year that stand there already.
    """

    place: Place
    cell: Cell | None = None
    line: Line | None = None
    lines: tuple[Line, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    prefix: str = ""
    control: Control | None = None
    table: Table | None = None
    first_row: int = 0
    last_row: int = 0
    columns: tuple[tuple[int, int], ...] = ()
    cells: tuple[Cell, ...] = ()


def lines_of(blocks: tuple[Line | Table, ...]) -> Iterator[Line]:
    """Every line, those in cells and nested tables too, in the order of reading."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            for cell in block.cells:
                yield from lines_of(cell.blocks)
