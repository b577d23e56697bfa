"""## 查什么
“进展”里每一行有没有写日期、事项；按人数累计的四项，单位是不是“人”、数量是不是整数。

## 为什么
没有日期的不知道算在哪一期，没有事项的不知道算什么：都不会计入。人数带小数，或单位写成“元”“场”，多半是填错了格子。

## 例子
提醒：事项空着；学生培训的数量 40、单位“学时”。

通过：日期、事项、数量都填了，单位是“人”或留空。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.season.figures import Progress

from .base import About, Answer, Fail, Rule
from .season_words import told


def entry_incomplete(progress: Progress) -> Iterator[Answer]:
    """Fails entries without a day or a matter (an error: they count nowhere), and stages counted in no people."""
    for entry in progress.season.entries:
        lost = entry.origin.unreadable
        if entry.date is None and entry.number is None and "date" not in lost:
            yield Fail(f"没有日期，没有计入（{told(entry)}）。", entry.origin.at("date"), level=Severity.ERROR)
        if entry.matter is None and "matter" not in lost:
            yield Fail(f"没有写事项，没有计入（{told(entry)}）。", entry.origin.at("matter"), level=Severity.ERROR)
        if entry.matter is None or not entry.matter.is_stage or entry.amount is None:
            continue
        if entry.unit != "人":
            yield Fail(
                f"{entry.matter.value}按人数累计，而单位是“{entry.unit}”（{told(entry)}）。", entry.origin.at("unit")
            )
        if entry.amount.number != entry.amount.number.to_integral_value():
            yield Fail(f"{entry.matter.value}的人数 {entry.amount.number} 不是整数。", entry.origin.at("amount"))


RULE = Rule(
    id="BIW015",
    title="每一行进展都写全了",
    level=Severity.WARNING,
    clause="三",
    doc=__doc__,
    hint="补填日期或事项；单位不是“人”的，改选“其他”或改正数量。",
    about=About.SEASON,
    check_subject=entry_incomplete,
)
