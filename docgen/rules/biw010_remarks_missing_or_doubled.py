"""## 查什么
“工作情况”里，到这一期为止每一期有没有写，有没有一期写了两行、期次不存在、所写的日期跨了两期。

## 为什么
双周报要写进展、问题和下一步计划。缺一期，那一期的报告就是空的；写了两行的，两行都会印出来，多半是期次写错了。

## 例子
提醒：有第 4 期和第 6 期，没有第 5 期；第 6 期写了两行。

通过：一期一行，期次连续。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.season import PeriodRemarks
from docgen.season.figures import Progress
from docgen.season.periods import day_text

from .base import About, Answer, Fail, NotEvaluated, Rule


def remarks_missing_or_doubled(progress: Progress) -> Iterator[Answer]:
    """Fails periods with no remarks or with several rows, and rows that name no period, or the days of two."""
    if not progress.told:
        yield NotEvaluated("排不出期次。")
        return
    rows: dict[int, list[PeriodRemarks]] = {}
    for row in progress.season.remarks:
        period = progress.remarked(row)
        if period is None:
            what = f"第 {row.number} 期" if row.number is not None else "这一行写的日期"
            yield Fail(f"{what}不在 {len(progress.periods)} 期之内，没有印进任何一期的报告。", row.origin.at("number"))
            continue
        rows.setdefault(period.number, []).append(row)
        wrong = [day for day in (row.start, row.end) if day is not None and not period.holds(day)]
        if wrong:
            yield Fail(
                f"{period.label}是{period.days}，而这一行写了 {day_text(wrong[0])}：日期跨了两期，或与期次不符。",
                row.origin.at("start"),
            )
    for number, found in rows.items():
        if len(found) > 1:
            cells = "、".join(str(row.origin.row) for row in found)
            yield Fail(
                f"第{number}期写了 {len(found)} 行（第 {cells} 行），都会印在报告里。", found[1].origin.at("number")
            )
    missing = [period.label for period in progress.told if period.number not in rows]
    if missing:
        yield Fail(f"没有写{'、'.join(missing)}的工作情况。", progress.season.info.origin.at(""))


RULE = Rule(
    id="BIW010",
    title="每一期的工作情况不缺不重",
    level=Severity.WARNING,
    clause="三",
    doc=__doc__,
    hint="补写缺的一期，改正写错的期次；两行是一期的，合并成一行。",
    about=About.SEASON,
    check_subject=remarks_missing_or_doubled,
)
