"""Tables as ruled lines draw them: cells with their rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.acroform.geometry import Box

from .surface import Rule, Surface

_NEAR = 2.5
_MOST_RULES = 1200
_MOST_PARTS = 20_000
_MOST_LINES = 400  # across or down, of one table
_LEAST = 4.0  # points: what is narrower or lower is a double line, not a cell


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell of a ruled table; rows count from the top, from 0."""

    box: Box
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A ruled table: its outline, its cells in the order of reading, the size of its grid."""

    box: Box
    cells: tuple[RuledCell, ...]
    height: int
    width: int


def tables_of(surface: Surface) -> list[RuledTable]:
    """The ruled tables of a page, from the top."""
    found = []
    for level, upright in _groups(surface):
        table = _table(level, upright)
        if table is not None:
            found.append(table)
    return sorted(found, key=lambda table: (-table.box.top, table.box.left))


def _groups(surface: Surface) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that touch each other, directly or by way of others."""
    level, upright = _longest(surface.level), _longest(surface.upright)
    rules = [("level", rule) for rule in level] + [("upright", rule) for rule in upright]
    leader = list(range(len(rules)))

    def find(one: int) -> int:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    count = len(level)
    for first in range(count):
        flat = rules[first][1]
        for second in range(count, len(rules)):
            tall = rules[second][1]
            if flat.begin - _NEAR <= tall.at <= flat.end + _NEAR and tall.begin - _NEAR <= flat.at <= tall.end + _NEAR:
                leader[find(first)] = find(second)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, (kind, rule) in enumerate(rules):
        group = groups.setdefault(find(number), ([], []))
        group[0 if kind == "level" else 1].append(rule)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _longest(rules: Sequence[Rule]) -> list[Rule]:
    """The lines of a page; of a drawing with thousands of them the longest, as a form has none so many."""
    if len(rules) <= _MOST_RULES:
        return list(rules)
    return sorted(rules, key=lambda rule: rule.begin - rule.end)[:_MOST_RULES]


def _stops(values: list[float]) -> list[float]:
    """Places of lines, those next to each other taken as one."""
    stops: list[float] = []
    for value in sorted(values):
        if not stops or value - stops[-1] > _LEAST:
            stops.append(value)
    return stops


def _table(level: list[Rule], upright: list[Rule]) -> RuledTable | None:
    left, right = min(rule.begin for rule in level), max(rule.end for rule in level)
    # Some tables have no lines at their sides: their rows end where the level lines end.
    sides = [
        Rule(side, min(rule.at for rule in level), max(rule.at for rule in level))
        for side in (left, right)
        if not any(abs(rule.at - side) <= _LEAST for rule in upright)
    ]
    upright = [*upright, *sides]
    xs, ys = _stops([rule.at for rule in upright]), _stops([rule.at for rule in level])
    if not 2 <= len(xs) <= _MOST_LINES or not 2 <= len(ys) <= _MOST_LINES:
        return None
    width, height = len(xs) - 1, len(ys) - 1
    if width * height > _MOST_PARTS:
        return None
    walls = [
        [_covered(upright, xs[column], ys[row], ys[row + 1]) for column in range(width + 1)] for row in range(height)
    ]
    floors = [
        [_covered(level, ys[row], xs[column], xs[column + 1]) for column in range(width)] for row in range(height + 1)
    ]
    cells = []
    done: set[tuple[int, int]] = set()
    for row in reversed(range(height)):
        for column in range(width):
            if (row, column) in done:
                continue
            area = _area(row, column, walls, floors)
            done |= area
            if (cell := _cell(area, walls, floors, xs, ys)) is not None:
                cells.append(cell)
    if not cells:
        return None
    return RuledTable(Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(cells), height, width)


def _covered(rules: list[Rule], at: float, begin: float, end: float) -> bool:
    """Whether a line runs along most of a side."""
    slack = min((end - begin) * 0.3, 2 * _NEAR)
    return any(
        abs(rule.at - at) <= _LEAST and rule.begin <= begin + slack and rule.end >= end - slack for rule in rules
    )


def _area(row: int, column: int, walls: list[list[bool]], floors: list[list[bool]]) -> set[tuple[int, int]]:
    """The parts of the grid that no line separates from one of them."""
    area, open_ = {(row, column)}, [(row, column)]
    while open_:
        y, x = open_.pop()
        beside = []
        if x and not walls[y][x]:
            beside.append((y, x - 1))
        if x + 1 < len(walls[y]) - 1 and not walls[y][x + 1]:
            beside.append((y, x + 1))
        if y and not floors[y][x]:
            beside.append((y - 1, x))
        if y + 1 < len(floors) - 1 and not floors[y + 1][x]:
            beside.append((y + 1, x))
        for part in beside:
            if part not in area:
                area.add(part)
                open_.append(part)
    return area


def _cell(
    area: set[tuple[int, int]], walls: list[list[bool]], floors: list[list[bool]], xs: list[float], ys: list[float]
) -> RuledCell | None:
    """The cell that an area is: a rectangle with lines on all four sides; None for any other shape."""
    low, high = min(y for y, _ in area), max(y for y, _ in area)
    first, last = min(x for _, x in area), max(x for _, x in area)
    if len(area) != (high - low + 1) * (last - first + 1):
        return None
    closed = all(walls[y][first] and walls[y][last + 1] for y in range(low, high + 1)) and all(
        floors[low][x] and floors[high + 1][x] for x in range(first, last + 1)
    )
    if not closed:
        return None
    height = len(ys) - 1
    return RuledCell(
        Box(xs[first], ys[low], xs[last + 1], ys[high + 1]), height - 1 - high, first, high - low + 1, last - first + 1
    )
