"""Teacher training, purchases, building and spending: report by report, and in sum by school type and certificate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from openpyxl import Workbook

from docgen.model.season import Matter
from docgen.season.periods import days_between

from .records import Collection, Entry, Task, Work
from .sheets import Column, Value, add_table

_ALL = "（不分证书）"
_TYPES = ("中职", "高职", "本科")
Kept = dict[tuple[str, tuple[str, str], Task], tuple[Entry, Decimal]]


def work_sheets(book: Workbook, collection: Collection) -> None:
    """Put 其他工作 and 其他工作合计 into the workbook."""
    columns = [
        Column("院校名称", 28), Column("院校类型", 9, "c"), Column("证书名称", 26), Column("等级", 7, "c"), Column("期次", 7, "n"),
        Column("起止日期", 26, "c"), Column("事项", 15, "c"), Column("单位", 8, "c"), Column("本期", 11, "n", True), Column("累计", 11, "n"),
        Column("来源文件", 36), Column("位置", 20),
    ]  # fmt: skip

    def rows() -> Iterator[Sequence[Value]]:
        for entry in collection.entries:
            for (matter, unit), done in _ordered(entry):
                source = (done.this or done.total).source if done.this or done.total else entry.line.source  # type: ignore[union-attr]
                yield (
                    *_head(entry), entry.number, days_between(entry.start or entry.end, entry.end) if entry.end else "",
                    matter.value, unit, done.this.number if done.this else None, done.total.number if done.total else None,
                    entry.file, " ".join(part for part in (source.sheet, source.cell) if part),
                )  # fmt: skip

    note = "师资培训、教材设备购置、场地建设、经费支出：报告里写的数，单位不同的分开列；docgen 生成的报告不分证书。"
    add_table(book, "其他工作", columns, rows(), note=note, frozen=1)
    _totals(book, collection)


def _head(entry: Entry) -> tuple[str, str, str, str]:
    level = entry.line.level.value if entry.line.level else ""
    return entry.school, entry.type, entry.line.certificate or _ALL, level


def _ordered(entry: Entry) -> list[tuple[Task, Work]]:
    order = list(Matter)
    return sorted(entry.line.work.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))


def _reached(collection: Collection) -> Kept:
    """What each school came to: its last cumulative figure and what was added since; without one, the sum of the periods."""
    found: Kept = {}
    for entry in sorted(collection.entries, key=lambda each: each.number):
        for task, done in entry.line.work.items():
            key = (entry.school, entry.line.key, task)
            before = found[key][1] if key in found else Decimal(0)
            if done.total is not None:
                found[key] = (entry, done.total.number)
            elif done.this is not None:
                found[key] = (entry, before + done.this.number)
    return found


def _totals(book: Workbook, collection: Collection) -> None:
    groups: dict[tuple[str, str, str, Task], list[Decimal]] = {}
    for (_, _, task), (entry, number) in _reached(collection).items():
        _, kind, certificate, level = _head(entry)
        groups.setdefault((kind or "（没有写类型）", certificate, level, task), []).append(number)
    columns = [
        Column("院校类型", 12, "c"), Column("证书名称", 28), Column("等级", 7, "c"), Column("事项", 15, "c"), Column("单位", 8, "c"),
        Column("院校数", 9, "n"), Column("累计", 13, "n"),
    ]  # fmt: skip
    order = list(Matter)
    rows = [
        (kind, certificate, level, matter.value, unit, len(numbers), sum(numbers, Decimal(0)))
        for (kind, certificate, level, (matter, unit)), numbers in sorted(
            groups.items(),
            key=lambda item: (
                _TYPES.index(item[0][0]) if item[0][0] in _TYPES else len(_TYPES),
                *item[0][1:3],
                order.index(item[0][3][0]),
                item[0][3][1],
            ),
        )
    ]
    note = "按院校类型、证书、等级合计：各院校最近一次写的累计数，此后的本期数加上；从没有写累计的，是各期本期数之和。"
    add_table(book, "其他工作合计", columns, rows, note=note, frozen=3)
