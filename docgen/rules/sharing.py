"""Whether what several applications share (rooms, computers) is enough for all of them at the same time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from docgen.model.case import Case
from docgen.model.records import Application, Equipment, EquipmentKind, Venue

_COMPUTER = re.compile("计算机|电脑|图形工作站|工作站|笔记本|云桌面|云终端|一体机")
_TEACHERS_OWN = re.compile("教师|讲台|教学用一体机|触控|服务器|投影|机器人|焊接|桌|椅|柜|打印|网络测试")
_LEAST = 10

Row = TypeVar("Row", Venue, Equipment)


@dataclass(frozen=True, slots=True)
class Overbooking:
    """Rows shared by the same applications: `places` for `wanted` people at once; `rounds` full houses in the year."""

    rows: tuple[Venue | Equipment, ...]
    applications: tuple[Application, ...]
    places: int
    wanted: int
    rounds: float


def overbooked(case: Case, rows: Sequence[Row], size: Callable[[Row], int | None]) -> Iterator[Overbooking]:
    """Groups of rows that cannot seat one run of each of their applications at the same time.

    Rows of the same applications are one pool. Of each application only those people count for whom its other rows
    have no place; applications that lack places even by themselves are left out, since other rules tell of them.
    """
    by_number: dict[str, Application] = {}
    for application in case.applications:
        if application.number and application.persons_per_run:
            by_number.setdefault(application.number, application)
    pools: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        named = sorted(by_number.keys() & set(row.scope.numbers))
        numbers = tuple(by_number) if row.scope.everywhere else tuple(named)
        pools.setdefault(numbers, []).append(row)
    places = {numbers: sum(size(row) or 0 for row in members) for numbers, members in pools.items()}
    total = dict.fromkeys(by_number, 0)
    unknown: set[str] = set()
    for numbers, members in pools.items():
        for number in numbers:
            total[number] += places[numbers]
        if any(size(row) is None for row in members):
            unknown.update(numbers)
    for numbers, members in pools.items():
        needs = {}
        for number in numbers:
            each = by_number[number].persons_per_run or 0
            if number not in unknown and each <= total[number]:
                needs[number] = max(0, each - (total[number] - places[numbers]))
        needing = [number for number, need in needs.items() if need]
        if len(needing) > 1 and sum(needs.values()) > places[numbers]:
            rounds = sum((by_number[number].persons or 0) / total[number] for number in needing)
            concerned = tuple(by_number[number] for number in needing)
            yield Overbooking(tuple(members), concerned, places[numbers], sum(needs.values()), rounds)


def is_computer(piece: Equipment) -> bool:
    """Whether a row is computers of some sort, by its name."""
    named = bool(_COMPUTER.search(piece.name)) and not _TEACHERS_OWN.search(piece.name)
    return piece.kind is not EquipmentKind.SOFTWARE and named


def is_student_computer(piece: Equipment) -> bool:
    """Whether a row is computers at which each student sits alone: ten or more, and no teacher's desk."""
    return (piece.count or 0) >= _LEAST and is_computer(piece)
