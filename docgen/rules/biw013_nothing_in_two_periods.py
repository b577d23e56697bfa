"""## 查什么
到这一期为止，有没有连续两期（或更多）一件事也没有登记。

## 为什么
指南三要求按时报送双周报。连续两期没有进展，多半是忘了登记；放假的，在“设置”里填停报时段，就不编期次。

## 例子
提醒：第3期、第4期都没有登记任何进展。

通过：隔一期没有进展；或者暑假填了停报时段。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.season.figures import Progress

from .base import About, Answer, Fail, Rule


def nothing_in_two_periods(progress: Progress) -> Iterator[Answer]:
    """Fails each run of two or more periods without an entry."""
    run: list[str] = []
    for number in [*progress.by_period, None]:
        if number is not None and not progress.by_period[number]:
            run.append(f"第{number}期")
            continue
        if len(run) > 1:
            names = "、".join(run) if len(run) < 5 else f"{run[0]}至{run[-1]}"
            yield Fail(f"{names}连续 {len(run)} 期没有登记任何进展。", progress.season.info.origin.at(""))
        run = []


RULE = Rule(
    id="BIW013",
    title="没有连续两期什么都没有",
    level=Severity.WARNING,
    clause="三",
    doc=__doc__,
    hint="补记这几期的进展；放假的，在“设置”里填停报开始、停报结束。",
    about=About.SEASON,
    check_subject=nothing_in_two_periods,
)
