"""Which sheet is which, where its header row is, and which column is which: names match as a person would match them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from docgen.model.schema import SHEETS, Column, Sheet
from docgen.model.text import fold, tidy_name

from .cells import as_text
from .choices import nearest
from .grid import Grid, Row

SEARCHED_ROWS = 15
_NUMBERED = re.compile(r"^(?:附件|附表|表)?[\d一二三四五六七八九十]*[.、:：)_\-]*")
_TABLE_WORDS = re.compile(r"(?:情况|信息)?(?:一览|汇总|登记|统计|明细|清单)?(?:表|清单)$")
_COPY = re.compile(r"\(\d+\)$")
_STARS = re.compile(r"^[*＊★●•·※☆]+|[*＊★●•·※☆:：]+$")
_BRACKETS = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Header:
    """A header row found: column number by attribute, headers of columns that docgen does not know, and what is odd.

    `repeated` lists (header, column) of columns that repeat one that is bound already.
    """

    row: int
    columns: Mapping[str, int] = field(default_factory=dict)
    extra: Mapping[int, str] = field(default_factory=dict)
    repeated: tuple[tuple[str, int], ...] = ()

    def missing(self, sheet: Sheet) -> tuple[Column, ...]:
        """The columns of the sheet that have no header here."""
        return tuple(column for column in sheet.columns if column.attribute not in self.columns)

    def meant(self, column: Column) -> str:
        """The unknown header that looks most like the one of `column`, "" if none does."""
        return nearest(column.header, list(self.extra.values()), 70)


def header_key(text: str) -> str:
    """Under which spellings of a header meet: no spaces, line breaks, stars, colons or （必填）."""
    key = _STARS.sub("", fold(text))
    key = re.sub(r"\((?:必填|选填|必填项|选填项)\)$", "", key)
    return _STARS.sub("", key)


def _bare(key: str) -> str:
    return _BRACKETS.sub("", key) or key


def spellings(sheet: Sheet) -> list[dict[str, str]]:
    """Header key → attribute, from the surest tier of spellings to the least sure."""
    tiers: list[dict[str, str]] = [{}, {}, {}, {}]
    for column in sheet.columns:
        tiers[0].setdefault(header_key(column.header), column.attribute)
        tiers[1].setdefault(_bare(header_key(column.header)), column.attribute)
        for alias in column.aliases:
            tiers[2].setdefault(header_key(alias), column.attribute)
            tiers[3].setdefault(_bare(header_key(alias)), column.attribute)
    return tiers


def bind(cells: Iterable[tuple[int, str]], sheet: Sheet, row: int = 0) -> Header:
    """Tie the header texts of one row, by column number, to the sheet's columns; a sure spelling beats an alias."""
    headers = [(column, tidy_name(text)) for column, text in cells]
    tiers = spellings(sheet)
    bound: dict[str, int] = {}
    used: dict[int, str] = {}
    for number, tier in enumerate(tiers):
        for column, text in headers:
            key = header_key(text)
            attribute = tier.get(key) or (tier.get(_bare(key)) if number % 2 else None)
            if attribute and attribute not in bound and column not in used:
                bound[attribute], used[column] = column, key
    extra: dict[int, str] = {}
    repeated = []
    for column, text in headers:
        if column in used:
            continue
        if header_key(text) in used.values():
            repeated.append((text, column))
        else:
            extra[column] = text
    return Header(row, bound, extra, tuple(repeated))


def find_header(grid: Grid, sheet: Sheet) -> Header | None:
    """The row among the first rows that matches most known headers, at least two; None if there is none."""
    best: Header | None = None
    for row in grid.rows[:SEARCHED_ROWS]:
        header = bind(_texts(row), sheet, row.number)
        if len(header.columns) >= 2 and (best is None or len(header.columns) > len(best.columns)):
            best = header
    return best


def _texts(row: Row) -> list[tuple[int, str]]:
    return [(column, as_text(value)) for column, value in row.filled()]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which grid is which sheet. `doubled` are grids that name a sheet which is taken; `unknown` are the rest."""

    taken: Mapping[str, Grid]
    doubled: tuple[tuple[Grid, Sheet], ...]
    unknown: tuple[Grid, ...]


def assign(grids: Iterable[Grid], sheets: Sequence[Sheet] = SHEETS) -> Assignment:
    """Tell the sheets of a workbook apart by name: exact names first, then aliases, then 附件2 教师情况表 and the like."""
    waiting = list(grids)
    taken: dict[str, Grid] = {}
    doubled: list[tuple[Grid, Sheet]] = []
    for tier in range(3):
        rest = []
        for grid in waiting:
            sheet = _sheet_of(grid.name, tier, sheets)
            if sheet is None:
                rest.append(grid)
            elif sheet.name in taken:
                doubled.append((grid, sheet))
            else:
                taken[sheet.name] = grid
        waiting = rest
    return Assignment(taken, tuple(doubled), tuple(waiting))


def _sheet_of(name: str, tier: int, sheets: Sequence[Sheet]) -> Sheet | None:
    key = fold(name)
    if tier == 2:
        key = _COPY.sub("", _NUMBERED.sub("", key))
    for sheet in sheets:
        names = [fold(sheet.name)] if tier == 0 else [fold(text) for text in (sheet.name, *sheet.aliases)]
        if key in names or (tier == 2 and _TABLE_WORDS.sub("", key) in names):
            return sheet
    return None


def similar_sheet(name: str, free: Iterable[Sheet]) -> str:
    """The sheet, of those not found, whose name a person may have meant; "" if none is near."""
    return nearest(name, [sheet.name for sheet in free], 50)
