"""## 查什么
每期人数是不是超过了这项申报全部场地的工位数之和。

## 为什么
指南一（二）2：结合场地、设备等实际条件评估；工位不够，一期就坐不下。分班轮流使用的，可以在 docgen.toml 中写明理由。

## 例子

提醒：每期 40 人，场地只有一处，工位 39 个。

通过：每期 40 人，工位 40 个。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .words import quoted


def run_exceeds_seats(case: Case, application: Application) -> Iterator[Answer]:
    """Fails a run that is larger than all the venues of the application together."""
    each, venues = application.persons_per_run, case.venues_of(application)
    if not each or not venues:
        yield NotApplicable("每期人数没有填写，或没有场地。")
        return
    seats = sum(venue.seats or 0 for venue in venues)
    unknown = [venue.name for venue in venues if venue.seats is None]
    if each <= seats:
        return
    if unknown:
        yield NotEvaluated(
            f"不知道{quoted(unknown)}有多少工位，无法与每期人数比较。", application.origin.at("persons_per_run")
        )
    else:
        yield Fail(
            f"每期 {each} 人，而{len(venues)}处场地的工位一共 {seats} 个。", application.origin.at("persons_per_run")
        )


RULE = Rule(
    id="NUM004",
    title="每期人数不超过工位数",
    level=Severity.WARNING,
    clause="一（二）2",
    doc=__doc__,
    hint="改小每期人数、增加期数；或核对场地的工位数、补上漏填的场地。",
    check_application=run_exceeds_seats,
    reads=("persons_per_run",),
    by_number=True,
)
