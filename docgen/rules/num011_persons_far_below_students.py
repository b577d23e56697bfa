"""## 查什么
培训人数是不是不到试点专业在校生人数的二十分之一。

## 为什么
指南二（二）2（3）：建议不要填写过多或者过少，过少的培训人数资源利用率过低，不容易出试点成效。

二十分之一是本规则自定的界限，只说明极端的情况；在校生不到 100 人的不查。

## 例子

有说明：电子商务在校生 150 人，培训人数 7。

没有说明：在校生 150 人，培训人数 120 人。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, NotApplicable, Rule

_FEW = 100
_SHARE = 20


def persons_far_below_students(case: Case, application: Application) -> Iterator[Answer]:
    """Tells of fewer persons than a twentieth of the pilot majors' students."""
    students = sum(row.students or 0 for row in case.enrolments_of(application))
    if not application.persons or students < _FEW:
        yield NotApplicable("培训人数没有填写，或在校生不到 100 人。")
    elif application.persons * _SHARE < students:
        yield Fail(
            f"培训人数 {application.persons} 人，不到试点专业在校生 {students} 人的二十分之一。",
            application.origin.at("persons"),
        )


RULE = Rule(
    id="NUM011",
    title="培训人数没有过少",
    level=Severity.INFO,
    clause="二（二）2（3）",
    doc=__doc__,
    hint="核对培训人数是不是少写了一位，或填成了一期的人数；择优小规模试点的，不必改。",
    check_application=persons_far_below_students,
    reads=("persons", "majors"),
)
