"""## 查什么
证书要求里列出了可申报的专业时，本校有在校生、符合条件的专业是不是都选进了试点专业。

## 为什么
指南二（二）2（2）：建议尽量选择学校内所有符合条件的专业申报试点，以免所选专业较少，考证人数不够。

各证书的要求由本校用 `docgen catalogue import` 导入；没有要求的证书不查。

## 例子

有说明：要求里有电子商务、市场营销，本校市场营销（530605）有在校生 90 人，试点专业只写了电子商务。

没有说明：试点专业写 `电子商务、市场营销`；或市场营销没有在校生。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule


def eligible_major_left_out(case: Case, application: Application) -> Iterator[Answer]:
    """Tells of majors with students that the user's catalogue admits and the application does not name."""
    demand = case.catalogue.demand(application.certificate, application.level) if application.certificate else None
    if demand is None or not demand.majors or not application.majors:
        yield NotApplicable("目录里没有这个证书对专业的要求，或没有填试点专业。")
        return
    chosen = {fold(major) for major in application.majors}
    wanted = {fold(major): major for major in demand.majors if fold(major) not in chosen}
    students: dict[str, int] = {}
    for row in case.enrolments:
        if row.students and fold(row.major) in wanted:
            students[wanted[fold(row.major)]] = students.get(wanted[fold(row.major)], 0) + row.students
    if students:
        listed = "、".join(f"“{major}”（{count} 人）" for major, count in students.items())
        yield Fail(f"符合条件而没有选的专业：{listed}。", application.origin.at("majors"))


RULE = Rule(
    id="MAJ006",
    title="符合条件的专业都已选上",
    level=Severity.INFO,
    clause="二（二）2（2）",
    doc=__doc__,
    hint="把这些专业补进试点专业；有理由不选的，不必改。",
    check_application=eligible_major_left_out,
    reads=("certificate", "majors"),
)
