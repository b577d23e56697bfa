"""Where a value came from: file, sheet, cell, page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


def column_letters(column: int) -> str:
    """The spreadsheet's letters of a column number: 1 → A, 27 → AA. Raises ValueError below 1."""
    if column < 1:
        raise ValueError(f"a column counts from 1, not {column}")
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place that a person can open: a file (path below the workspace), and in it a sheet and cell, or a page."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    page: int = 0

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet:
            parts.append(f"工作表“{self.sheet}”")
        if self.cell:
            parts.append(f"单元格 {self.cell}")
        if self.page:
            parts.append(f"第{self.page}页")
        return " ".join(part for part in parts if part)


class RowPlaces(Mapping[str, tuple[int, int]]):
    """The places of a record that stands in one row. `columns`, by attribute, are shared by all records of its sheet:
    a workbook has tens of thousands of them. `moved` gives the rows of merged cells, by column.
    """

    __slots__ = ("_columns", "_moved", "_row")

    def __init__(self, row: int, columns: Mapping[str, int], moved: Mapping[int, int]) -> None:
        self._row, self._columns, self._moved = row, columns, moved or _NOT_MOVED

    def __getitem__(self, attribute: str) -> tuple[int, int]:
        column = self._columns[attribute]
        return self._moved.get(column, self._row), column

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


_NOT_MOVED: dict[int, int] = {}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record came from; `places` maps an attribute of the record to (row, column), both from 1.

    `unreadable` names the attributes whose cell held something that could not be read. They were reported on loading;
    a rule that needs one of them is not evaluated rather than failed a second time.
    """

    file: str = ""
    sheet: str = ""
    row: int = 0
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict, repr=False)
    unreadable: frozenset[str] = frozenset()

    def at(self, attribute: str) -> Source:
        """The cell of an attribute; where there is no such column, the record's first cell; without a row, the sheet."""
        row, column = self.places.get(attribute, (self.row, 1))
        cell = f"{column_letters(column)}{row}" if row else ""
        return Source(self.file, self.sheet, cell)
