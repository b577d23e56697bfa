"""## 查什么
“进展”里每一行的日期是不是在开始日期和结束日期之间；停报的时段里做的事算在复报后的第一期，只作说明。

## 为什么
指南三：试点工作周期从评审结果发布到12月31日。时段以外的不计入任何一期，年份写错一位就会漏报。

## 例子
不通过：开始日期 2021-07-05，而一行的日期是 2022-09-03（多半是年份写错）。

通过：日期 2021-09-03。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.season.figures import Progress
from docgen.season.periods import day_text

from .base import About, Answer, Fail, NotEvaluated, Rule
from .season_words import told


def entry_outside_season(progress: Progress) -> Iterator[Answer]:
    """Fails entries before the first or after the last day; they are counted nowhere."""
    periods = progress.periods
    if not periods:
        yield NotEvaluated("排不出期次，不知道时段。")
        return
    info = progress.season.info
    for entry in progress.season.entries:
        if entry.date is None:
            continue
        if progress.period_of(entry) is None:
            side = "早于开始日期" if entry.date < periods[0].start else "晚于结束日期"
            edge = periods[0].start if entry.date < periods[0].start else periods[-1].end
            yield Fail(
                f"{day_text(entry.date)}{side} {day_text(edge)}，没有计入任何一期（{told(entry)}）。",
                entry.origin.at("date"),
            )
        elif info.paused_from and info.paused_until and info.paused_from <= entry.date <= info.paused_until:
            period = progress.period_of(entry)
            yield Fail(
                f"{day_text(entry.date)}在停报的时段里，算在{period.label if period else ''}（{told(entry)}）。",
                entry.origin.at("date"),
                "确认这样计算是对的，不必改。",
                Severity.INFO,
            )


RULE = Rule(
    id="BIW003",
    title="进展都在试点的时段内",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="改正日期；确实是时段以外做的，不列入双周报，删去这一行。",
    about=About.SEASON,
    check_subject=entry_outside_season,
)
