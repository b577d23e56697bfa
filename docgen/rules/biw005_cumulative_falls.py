"""## 查什么
每个证书等级的培训、报名、考核、取证，有没有哪一期的新增是负数（累计比上一期少），或者累计成了负数。

## 为什么
累计人数只会增加。以前多报的可以用负数更正，但要写明原因；没有说明的减少，多半是把累计数当新增填了，或者漏了一行。

## 例子
提醒：第10期 BIM（初级）培训新增 -2 人，累计从 82 减到 80。

通过：每一期的新增都不小于 0。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.season import STAGES
from docgen.season.figures import Line, Progress

from .base import About, Answer, Fail, Rule
from .season_words import plain


def cumulative_falls(progress: Progress, line: Line) -> Iterator[Answer]:
    """Fails stages whose sum is lower at the end of a period than before it; below nothing is an error."""
    for matter in STAGES:
        for period in progress.told:
            added = progress.added(line.key, matter, period.number)
            if added >= 0:
                continue
            total = progress.total(line.key, matter, period.number)
            entries = [
                entry
                for entry in progress.entries_of(line, matter)
                if entry.amount and entry.amount.number < 0 and progress.period_of(entry) == period
            ]
            reasons = "；".join(entry.note for entry in entries if entry.note)
            said = f"原因：{reasons}" if reasons else "没有写原因"
            yield Fail(
                f"{period.label}{matter.value}新增 {plain(added)} 人，累计从 {plain(total - added)} 变为 {plain(total)} 人（{said}）。",
                (entries[0] if entries else line).origin.at("amount"),
                level=Severity.ERROR if total < 0 else Severity.INFO if reasons else None,
            )


RULE = Rule(
    id="BIW005",
    title="累计数不减少",
    level=Severity.WARNING,
    clause="三",
    doc=__doc__,
    hint="更正的，核对“说明”里写明了原因；不是更正的，改正这一行。",
    about=About.SEASON,
    check_part=cumulative_falls,
)
