"""## 查什么
每个试点专业，在“招生”工作表里有没有在校生的一行。

## 为什么
指南二（一）1：申报书要说明所试点专业学生的招生情况；没有学生人数，也无法核对培训人数报得是否过多。

## 例子

不通过：试点专业写电子商务、市场营销，招生表里没有市场营销。

通过：每个试点专业在招生表里至少有一行。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application, SchoolType
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule
from .maj010_enrolment_of_unknown_major import is_name_slip
from .nearness import is_slip
from .words import meant, quoted


def major_without_enrolment(case: Case, application: Application) -> Iterator[Answer]:
    """Fails an application some of whose majors have no row of students."""
    if not application.majors:
        yield NotApplicable("试点专业没有填写。")
        return
    enrolled = case.remembered("enrolled", lambda: {fold(row.major): row.major for row in case.enrolments})
    missing = [
        major
        for major in application.majors
        if fold(major) not in enrolled and not _is_told_elsewhere(case, major, enrolled.values())
    ]
    if missing:
        near = tuple(name for name in enrolled.values() if any(is_slip(major, name) for major in missing))
        wrote = f"招生表里写的{meant(near)}" if near else ""
        yield Fail(f"试点专业{quoted(missing)}在“招生”工作表里没有在校生人数。{wrote}", application.origin.at("majors"))


def _is_told_elsewhere(case: Case, major: str, enrolled: Iterable[str]) -> bool:
    """Whether the name itself is wrong, here (MAJ001) or in 招生 (MAJ010), and the students are there under the other."""
    is_known = bool(case.catalogue.majors(major))
    if not is_known and case.school.type is SchoolType.UNDERGRADUATE:
        return False
    for name in enrolled:
        if is_known and is_name_slip(case, name, major):
            return True
        if (
            not is_known
            and case.catalogue.majors(name)
            and (is_slip(major, name) or major.startswith((f"{name}（", f"{name}(")))
        ):
            return True
    return False


RULE = Rule(
    id="MAJ002",
    title="试点专业都有招生情况",
    level=Severity.ERROR,
    clause="二（一）1",
    doc=__doc__,
    hint="在“招生”工作表补上这些专业的在校生人数；两处专业名称要一致。",
    check_application=major_without_enrolment,
    reads=("majors",),
)
