"""## 查什么
“设置”里的开始日期、结束日期、周期天数能不能排出期次：开始日期填了，结束日期不早于开始日期，周期不是 0，停报的起止成对。

## 为什么
指南三：试点从评审结果发布起，到当年12月31日结束，期间按时报送双周报。期次由这几个日期算出，错一个，每一期都错。

## 例子
不通过：开始日期 2021-07-05，结束日期 2021-06-30。

通过：开始日期 2021-07-05，结束日期留空（按 2021-12-31），周期 14 天。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.season.figures import Progress
from docgen.season.periods import day_text, season_end

from .base import About, Answer, Fail, Rule

_LONGEST = 92


def season_dates_wrong(progress: Progress) -> Iterator[Answer]:
    """Fails settings from which no periods follow, and a pause that has only one end."""
    info = progress.season.info
    end = season_end(info)
    if info.start is None:
        if "start" not in info.origin.unreadable:
            yield Fail("开始日期没有填，排不出期次。", info.origin.at("start"))
    elif end is not None and end < info.start:
        yield Fail(f"结束日期 {day_text(end)} 早于开始日期 {day_text(info.start)}。", info.origin.at("end"))
    if info.cycle is not None and not 1 <= info.cycle <= _LONGEST:
        yield Fail(f"周期天数是 {info.cycle}，应为 1 至 {_LONGEST} 天。", info.origin.at("cycle"))
    if (info.paused_from is None) is not (info.paused_until is None):
        name = "paused_from" if info.paused_from is None else "paused_until"
        yield Fail("停报开始和停报结束只填了一个，没有起作用。", info.origin.at(name))
    elif info.paused_from and info.paused_until and info.paused_until < info.paused_from:
        yield Fail("停报结束早于停报开始。", info.origin.at("paused_until"))


RULE = Rule(
    id="BIW001",
    title="双周报的起止日期和周期可用",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="改正“设置”工作表里的日期；结束日期不填就是当年12月31日。",
    about=About.SEASON,
    check_subject=season_dates_wrong,
)
