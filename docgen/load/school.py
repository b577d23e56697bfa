"""A sheet of items (院校信息, 通知信息) → its record: items below one another (项目 | 内容), or side by side under a header row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docgen.model.records import School
from docgen.model.schema import SCHOOL, Column, Sheet
from docgen.model.source import Origin
from docgen.model.text import tidy, tidy_name

from .cells import as_text, reader_of
from .grid import Cell, Grid, Place, Row, is_blank
from .headers import bind, header_key
from .records import Troubles, read_cell
from .scopes import ScopeReader
from .trouble import Trouble

_ITEM_TITLES = frozenset(("项目", "栏目", "信息项", "填报项目", "名称", "信息名称", "指标", "字段"))
_CONTENT_TITLES = frozenset(("内容", "填写内容", "填报内容", "填写", "值", "信息", "信息内容", "学校填写"))
_SIDEWAYS = 4
"""So many known items in one row mean that the sheet is laid out sideways."""


@dataclass(frozen=True, slots=True)
class _Item:
    """One item: its name, its place if it is known to docgen, the cell that answers it and where that cell is."""

    name: str
    value: Cell
    place: Place


def read_school(grid: Grid, troubles: Troubles) -> tuple[School, tuple[Column, ...]]:
    """The school, and the items that the sheet does not have. What cannot be read goes to `troubles`."""
    return read_form(grid, SCHOOL, troubles)


def read_form(grid: Grid, sheet: Sheet, troubles: Troubles) -> tuple[Any, tuple[Column, ...]]:
    """The record of a vertical sheet, and the items that it does not have. What cannot be read goes to `troubles`."""
    items = list(_sideways(grid, sheet) or _downwards(grid, sheet))
    header = bind(((number, item.name) for number, item in enumerate(items)), sheet)
    for name, number in header.repeated:
        message = f"项目“{name}”写了两次，只读取前一个。"
        troubles.say("DAT008", message, "请删除多余的一行。", items[number].place)
    values: dict[str, object] = {}
    places: dict[str, Place] = {}
    bad = []
    scopes = ScopeReader(())
    for column in sheet.columns:
        if column.attribute not in header.columns:
            continue
        item = items[header.columns[column.attribute]]
        places[column.attribute] = item.place
        value = read_cell(item.value, grid.faults.get(item.place, ""), column, reader_of(column, scopes))
        if isinstance(value, Trouble):
            troubles.unreadable(value, column, item.place)
            bad.append(column.attribute)
        elif value is not None:
            values[column.attribute] = value
    extra = {name: tidy(as_text(items[number].value)) for number, name in header.extra.items()}
    first = min((place[0] for place in places.values()), default=0)
    places |= {name: items[number].place for number, name in header.extra.items()}
    origin = Origin(troubles.file, grid.name, first, places, frozenset(bad))
    return sheet.record(origin=origin, extra=extra, **values), header.missing(sheet)


def _known(text: str, sheet: Sheet) -> bool:
    return bool(bind([(1, text)], sheet).columns)


def _sideways(grid: Grid, sheet: Sheet) -> list[_Item]:
    """The items of a sheet with a header row and one row of answers; [] if it is not laid out so."""
    for index, row in enumerate(grid.rows):
        header = bind(((column, as_text(value)) for column, value in row.filled()), sheet)
        if len(header.columns) >= _SIDEWAYS and len(grid.rows) > index + 1:
            answers = grid.rows[index + 1]
            return [
                _Item(tidy_name(as_text(value)), answers.at(column), answers.place(column))
                for column, value in row.filled()
            ]
    return []


def _downwards(grid: Grid, sheet: Sheet) -> Iterator[_Item]:
    """The items of a sheet with one item a row, in one pair of columns or several side by side."""
    titled = next((row for row in grid.rows if _pairs(row)), None)
    if titled is not None:
        pairs, rows = _pairs(titled), [row for row in grid.rows if row.number > titled.number]
    else:
        pairs, rows = _guessed_pairs(grid, sheet), list(grid.rows)
    for row in rows:
        for item, content in pairs:
            name = tidy_name(as_text(row.at(item)))
            if name and (titled is not None or _known(name, sheet)):
                yield _Item(name, row.at(content), row.place(content))


def _pairs(row: Row) -> list[tuple[int, int]]:
    """The columns of 项目 and 内容 in a title row; [] if it is none."""
    keys = [(column, header_key(as_text(value))) for column, value in row.filled()]
    pairs, item = [], 0
    for column, key in keys:
        if key in _ITEM_TITLES:
            item = column
        elif key in _CONTENT_TITLES and item:
            pairs.append((item, column))
            item = 0
    return pairs


def _guessed_pairs(grid: Grid, sheet: Sheet) -> list[tuple[int, int]]:
    """Without titles: each column with known items, and the nearest column to its right that holds anything."""
    hits: Counter[int] = Counter()
    used: Counter[int] = Counter()
    for row in grid.rows:
        for column, value in row.filled():
            used[column] += 1
            hits[column] += isinstance(value, str) and not is_blank(value) and _known(value, sheet)
    items = sorted(column for column, count in hits.items() if count >= 2)
    return [(item, min((column for column in used if column > item), default=item + 1)) for item in items]
