"""How the cumulative numbers ran from period to period: of all schools together, and certificate by certificate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model.season import STAGES, Matter, label_of

from .records import Collection, Entry
from .sheets import STAGE_NAMES, Column, Value, add_table

Key = tuple[str, str]
Sums = dict[tuple[str, Key, int], dict[Matter, Decimal | None]]


def _course(
    entries: Iterable[Entry], sums: Sums, numbers: Sequence[int]
) -> list[tuple[int, Decimal, list[Decimal], int, int]]:
    """Period by period: number, persons approved, the four stages in sum, schools that reported, schools carried on.

    A school without a report in a period counts with its last one.
    """
    held: dict[tuple[str, Key], tuple[Decimal, dict[Matter, Decimal]]] = {}
    by_number: dict[int, list[Entry]] = {}
    for entry in entries:
        by_number.setdefault(entry.number, []).append(entry)
    rows = []
    for number in numbers:
        for entry in by_number.get(number, ()):
            key = (entry.school, entry.line.key)
            before = held.get(key, (Decimal(0), dict.fromkeys(STAGES, Decimal(0))))
            now = sums[entry.school, entry.line.key, number]
            approved = entry.line.approved.number if entry.line.approved else before[0]
            stages = {matter: value if (value := now[matter]) is not None else before[1][matter] for matter in STAGES}
            held[key] = (approved, stages)
        if held:
            whole = [sum((stages[matter] for _, stages in held.values()), Decimal(0)) for matter in STAGES]
            schools = {entry.school for entry in by_number.get(number, ())}
            approved = sum((each for each, _ in held.values()), Decimal(0))
            rows.append((number, approved, whole, len(schools), len({school for school, _ in held} - schools)))
    return rows


def _columns() -> list[Column]:
    return [
        Column("期次", 9, "n"), Column("截止日期", 13, "d"), Column("批准人数", 11, "n"),
        *(Column(f"累计{name}", 11, "n") for name in STAGE_NAMES.values()), Column("报送院校", 10, "n"), Column("沿用上次的", 11, "n"),
    ]  # fmt: skip


def progress_sheet(book: Workbook, collection: Collection, sums: Sums) -> Worksheet:
    """各期进度: all schools at each period's end."""
    counted = [entry for entry in collection.entries if entry.line.counts]
    numbers = sorted({entry.number for entry in counted})
    rows: list[Sequence[Value]] = [
        (number, collection.periods.get(number, (None, None))[1], approved, *whole, schools, carried)
        for number, approved, whole, schools, carried in _course(counted, sums, numbers)
    ]
    note = "各期末全部院校的累计数；这一期没有报的院校，沿用它上一次报的数（最后一列是这样的院校数）。"
    return add_table(book, "各期进度", _columns(), rows, note=note)


def certificate_sheet(book: Workbook, collection: Collection, sums: Sums) -> Worksheet:
    """各证书进度: the same, certificate by certificate, one below another; the charts stand beside."""
    groups: dict[Key, list[Entry]] = {}
    for entry in collection.entries:
        if entry.line.counts:
            groups.setdefault(entry.line.key, []).append(entry)
    numbers = sorted({entry.number for entries in groups.values() for entry in entries})
    rows: list[Sequence[Value]] = []
    for _, entries in sorted(groups.items(), key=lambda item: item[1][0].line.label):
        label = label_of(entries[0].line.certificate, entries[0].line.level)
        rows += [
            (label, number, collection.periods.get(number, (None, None))[1], approved, *whole, schools, carried)
            for number, approved, whole, schools, carried in _course(entries, sums, numbers)
        ]
    note = "各期末每个证书等级全部院校的累计数；没有报的院校沿用上一次的数。每个证书的图在右边。"
    return add_table(book, "各证书进度", [Column("证书", 30), *_columns()], rows, note=note, frozen=1)
