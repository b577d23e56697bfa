"""## 查什么
没有填每期人数、只填了期数的，培训人数是不是超过了工位数 × 期数。

## 为什么
指南一（二）2、二（二）2（3）：结合场地条件确定人数。填了每期人数的，由 NUM003、NUM004 核查。

## 例子

提醒：培训人数 121，共 3 期，场地的工位一共 40 个（最多 120 人）。

通过：培训人数 120，共 3 期，工位 40 个。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .doubts import PERSONS_TOO_MANY, are_persons_too_many
from .words import quoted


def persons_exceed_seats_of_runs(case: Case, application: Application) -> Iterator[Answer]:
    """Fails more persons than the seats hold in all runs, where the size of a run is not given."""
    persons, runs, venues = application.persons, application.runs, case.venues_of(application)
    if application.persons_per_run or not persons or not runs or not venues:
        yield NotApplicable("填了每期人数，或培训人数、期数、场地没有都填。")
        return
    if are_persons_too_many(case, application):
        yield NotEvaluated(PERSONS_TOO_MANY, application.origin.at("persons"))
        return
    seats = sum(venue.seats or 0 for venue in venues)
    unknown = [venue.name for venue in venues if venue.seats is None]
    if persons <= seats * runs:
        return
    if unknown:
        yield NotEvaluated(f"不知道{quoted(unknown)}有多少工位，无法与培训人数比较。", application.origin.at("persons"))
    else:
        yield Fail(
            f"培训人数 {persons} 人，而工位 {seats} 个、共 {runs} 期，最多 {seats * runs} 人。",
            application.origin.at("persons"),
        )


RULE = Rule(
    id="NUM006",
    title="培训人数不超过工位数与期数之积",
    level=Severity.WARNING,
    clause="二（二）2（3）",
    doc=__doc__,
    hint="改小培训人数、增加期数，或补上漏填的场地；并填上每期人数。",
    check_application=persons_exceed_seats_of_runs,
    reads=("persons", "persons_per_run", "runs"),
    by_number=True,
)
