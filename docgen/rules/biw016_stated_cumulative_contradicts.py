"""## 查什么
自己的进展表里同时有“本期”和“累计”两种数的，累计数是不是等于到这一期为止各期新增之和。

## 为什么
两个数对不上，总有一个错了。报告按各期新增之和计算。

## 例子
提醒：第3期累计培训写的是 120，而前三期新增之和是 110。

通过：累计数等于各期新增之和。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.season.figures import Line, Progress

from .base import About, Answer, Fail, Rule
from .season_words import plain


def stated_cumulative_contradicts(progress: Progress, line: Line) -> Iterator[Answer]:
    """Fails rows whose own cumulative figure is not the sum of what the periods added."""
    for entry in progress.entries_of(line):
        period = progress.period_of(entry)
        if entry.stated is None or entry.matter is None or period is None:
            continue
        total = progress.total(line.key, entry.matter, period.number)
        if total != entry.stated:
            yield Fail(
                f"{period.label}{entry.matter.value}写的累计是 {plain(entry.stated)} 人，各期新增之和是 {plain(total)} 人，"
                f"相差 {plain(entry.stated - total)} 人。",
                entry.origin.at("amount"),
            )


RULE = Rule(
    id="BIW016",
    title="填写的累计数与各期之和相符",
    level=Severity.WARNING,
    clause="三",
    doc=__doc__,
    hint="核对是哪一期的新增漏了或写错了，或者改正累计数。",
    about=About.SEASON,
    check_part=stated_cumulative_contradicts,
)
