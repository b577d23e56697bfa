"""A sheet's cells at their true addresses, with vertical merges read as a person does."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

Cell = str | int | float | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta
Place = tuple[int, int]
"""Row and column, both from 1."""

UNCALCULATED = "（公式没有算出结果）"
"""Stands in `Grid.faults` for a formula whose value was never stored."""

ERROR_VALUES = frozenset(
    ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something. `cells` begin at column `first`; merged cells are filled in from above."""

    number: int
    first: int
    cells: tuple[Cell, ...]
    anchors: Mapping[int, int]

    def at(self, column: int) -> Cell:
        """The value in a column (from 1), "" where there is none."""
        index = column - self.first
        return self.cells[index] if 0 <= index < len(self.cells) else ""

    def place(self, column: int) -> Place:
        """Where the value of a column really stands: in a merged cell, in the merge's first row."""
        return self.anchors.get(column, self.number), column

    def filled(self) -> Iterator[tuple[int, Cell]]:
        """Column and value of each cell that holds something, from left to right."""
        return ((self.first + index, value) for index, value in enumerate(self.cells) if not is_blank(value))


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as rows from top to bottom, without the blank ones.

    `faults` maps a place to the error value that Excel shows there, or to UNCALCULATED. `above` are the paragraphs that
    stand before a table of a Word document, since the table before it.
    """

    name: str
    rows: tuple[Row, ...] = ()
    faults: Mapping[Place, str] = field(default_factory=dict)
    hidden: bool = False
    above: tuple[str, ...] = ()


def is_blank(value: Cell) -> bool:
    """Whether a cell holds nothing that a person can see."""
    return isinstance(value, str) and (value == "" or not value.strip(" \t\r\n\u00a0\u3000\u200b\ufeff"))


def rows_of(
    lines: Iterable[list[Cell]], start: Place, merges: Iterable[tuple[Place, Place]], faults: Mapping[Place, str]
) -> tuple[Row, ...]:
    """The rows of a sheet whose used area begins at `start`; `merges` are first and last places.

    A vertical merge gives its value to each of its rows that holds something else as well: blank rows stay blank.
    """
    first_row, first_column = start
    spans = _spans_by_row(merges)
    faulty = {row for row, _ in faults}
    carried: dict[int, _Span] = {}
    rows = []
    for number, line in enumerate(lines, first_row):
        own = number in faulty or any(not is_blank(value) for value in line)
        carried = {column: span for column, span in carried.items() if span.last >= number}
        anchors: dict[int, int] = {}
        for column, span in carried.items():
            index = column - first_column
            if own and 0 <= index < len(line) and is_blank(line[index]):
                line[index] = span.value
                anchors[column] = span.top
        for column, last in spans.get(number, ()):
            index = column - first_column
            if 0 <= index < len(line):
                carried[column] = _Span(number, last, line[index])
        if own:
            rows.append(Row(number, first_column, tuple(line), anchors))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class _Span:
    """A vertical merge that reaches downwards: its first and last row, and what it says."""

    top: int
    last: int
    value: Cell


def _spans_by_row(merges: Iterable[tuple[Place, Place]]) -> dict[int, list[Place]]:
    """First row of each vertical merge → its first column and last row."""
    spans: dict[int, list[Place]] = {}
    for (top, left), (bottom, _) in merges:
        if bottom > top:
            spans.setdefault(top, []).append((left, bottom))
    return spans
