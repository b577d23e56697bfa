"""## 查什么
培训人数是不是超过了各试点专业在校生人数之和（“招生”工作表）。

## 为什么
指南一（二）1、二（二）2（3）：不虚报；过高的人数达不到基本条件，试点完成率难以达到要求。

有一个专业没有在校生人数，就无法比较，记为“未能核查”。

## 例子

不通过：培训人数 151，试点专业电子商务在校生 150 人。

通过：培训人数 120，在校生 150 人。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .words import quoted


def persons_exceed_students(case: Case, application: Application) -> Iterator[Answer]:
    """Fails more persons than the pilot majors have students."""
    if not application.persons or not application.majors:
        yield NotApplicable("培训人数或试点专业没有填写。")
        return
    rows = case.enrolments_of(application)
    counted = {fold(row.major) for row in rows}
    unknown = [major for major in application.majors if fold(major) not in counted]
    unknown += [row.major for row in rows if row.students is None]
    if unknown:
        yield NotEvaluated(
            f"不知道{quoted(unknown)}有多少在校生，无法与培训人数比较。", application.origin.at("persons")
        )
        return
    students = sum(row.students or 0 for row in rows)
    if application.persons > students:
        yield Fail(
            f"培训人数 {application.persons} 人，超过试点专业（{'、'.join(application.majors)}）的在校生人数 {students} 人。",
            application.origin.at("persons"),
        )


RULE = Rule(
    id="NUM002",
    title="培训人数不超过试点专业在校生人数",
    level=Severity.ERROR,
    clause="二（二）2（3）",
    doc=__doc__,
    hint="按实际能培训的人数改小；漏了符合条件的专业或年级的，补进试点专业和“招生”工作表。",
    check_application=persons_exceed_students,
    reads=("persons", "majors"),
)
