"""## 查什么

“招生”工作表里的专业名称，是不是和专业目录里的某个专业，或申报的试点专业，只差一两个字。

## 为什么

指南二（二）2（2）、二（二）2（5）：专业名称要与目录一致，信息要相互匹配。招生表里写错一个字，试点专业的在校生人数就对不上了。
目录里有的名称不查；普通本科专业不在这个目录里，本科院校只与试点专业比。

## 例子

提醒：招生表的专业写 `电子商物`（是不是“电子商务”？）。

通过：招生表的专业写 `电子商务`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import SchoolType
from docgen.model.source import Source
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule
from .nearness import is_slip
from .words import cells, meant


def enrolment_of_unknown_major(case: Case) -> Iterator[Answer]:
    """Fails majors with students whose name is a slip; the same slip in several rows is told once."""
    if not any(row.major for row in case.enrolments):
        yield NotApplicable("没有招生情况。")
    places: dict[str, list[Source]] = {}
    for row in case.enrolments:
        if row.major and not case.catalogue.majors(row.major):
            places.setdefault(row.major, []).append(row.origin.at("major"))
    applied = {fold(major) for application in case.applications for major in application.majors}
    for major, sources in places.items():
        near = () if fold(major) in applied else _meant(case, major)
        if near:
            yield Fail(f"{cells(sources)}：招生表里的专业“{major}”，{meant(near)}", sources[0], also=sources)


def is_name_slip(case: Case, written: str, major: str) -> bool:
    """Whether a name in 招生 is what this rule tells of, and stands for `major`."""
    return is_slip(written, major) and not case.catalogue.majors(written)


def _meant(case: Case, major: str) -> tuple[str, ...]:
    """The pilot majors that a name is a slip of, else the majors of the catalogue."""
    pilots = dict.fromkeys(name for application in case.applications for name in application.majors)
    near = tuple(name for name in pilots if is_slip(major, name))
    if near or case.school.type is SchoolType.UNDERGRADUATE:
        return near
    return tuple(name for name in case.catalogue.similar_majors(major, case.school.type) if is_slip(major, name))


RULE = Rule(
    id="MAJ010",
    title="招生的专业名称没有写错",
    level=Severity.WARNING,
    clause="二（二）2（2）",
    doc=__doc__,
    hint="改成专业目录中的全称，与试点专业写得一致。",
    check_school=enrolment_of_unknown_major,
)
