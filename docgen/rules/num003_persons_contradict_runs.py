"""## 查什么
每期人数和期数都填了的，每期人数 × 期数是不是等于培训人数。

## 为什么
指南二（二）2（3）：培训人数是全年累计人数，不是一期的人数。两者对不上，多半是填成了一期的人数，或改了一处忘了改另一处。最后一期不满的，少几个人是常事，只作说明。

## 例子
提醒：培训人数 40，每期 40 人，共 3 期（应为 120？）。

通过：培训人数 120，每期 40 人，共 3 期。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .doubts import PERSONS_TOO_MANY, are_persons_too_many


def persons_contradict_runs(case: Case, application: Application) -> Iterator[Answer]:
    """Fails persons that are not the sum of the runs; it is only told where the last run may just be short."""
    persons, each, runs = application.persons, application.persons_per_run, application.runs
    if not persons or not each or not runs:
        yield NotApplicable("培训人数、每期人数、期数没有都填。")
    elif runs == 1 and each > persons:
        yield NotApplicable("只有一期，而每期人数比培训人数多（见 NUM012）。")
    elif are_persons_too_many(case, application):
        yield NotEvaluated(PERSONS_TOO_MANY, application.origin.at("persons"))
    elif persons != each * runs:
        nearly = each * (runs - 1) < persons < each * runs
        yield Fail(
            f"培训人数 {persons} 人，而每期 {each} 人、共 {runs} 期应为 {each * runs} 人。",
            application.origin.at("persons"),
            "最后一期不满的，不必改；否则核对三个数。" if nearly else "",
            Severity.INFO if nearly else None,
        )


RULE = Rule(
    id="NUM003",
    title="培训人数与每期人数、期数相符",
    level=Severity.WARNING,
    clause="二（二）2（3）",
    doc=__doc__,
    hint="培训人数填全年累计人数；核对每期人数和期数。",
    check_application=persons_contradict_runs,
    reads=("persons", "persons_per_run", "runs"),
)
