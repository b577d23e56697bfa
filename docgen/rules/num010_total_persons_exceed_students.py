"""## 查什么
试点专业有重合的几项申报，培训人数合起来是不是超过了这些专业的在校生总数。超过两倍以上的是提醒，其余是说明。

## 为什么
指南一（二）1：不虚报，充分评估实际情况和完成能力。一个学生一年可以考几个证书，所以超过总数不一定错；平均每人要考三个以上，就很难完成。

单独一项就超过在校生的，由 NUM002 核查。

## 例子

有说明：电子商务在校生 150 人，A01 网店运营推广、A02 数据采集都只选了电子商务，各报 120 人，合计 240 人，平均每人 1.6 个证书。

没有说明：各项培训人数合计不超过这些专业的在校生总数。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .doubts import are_persons_too_many
from .words import quoted

_MOST_EACH = 3


def total_persons_exceed_students(case: Case) -> Iterator[Answer]:
    """Fails applications whose majors overlap and who together want more people than there are students."""
    groups = [group for group in _overlapping(case) if len(group) > 1]
    if not groups:
        yield NotApplicable("没有试点专业重合的申报。")
        return
    students: dict[str, int | None] = {}
    for row in case.enrolments:
        before = students.get(fold(row.major), 0)
        students[fold(row.major)] = None if before is None or row.students is None else before + row.students
    for group in groups:
        majors = {fold(major): major for application in group for major in application.majors}
        counts = [students.get(key) for key in majors]
        source = group[0].origin.at("persons")
        total = sum(count or 0 for count in counts)
        persons = sum(application.persons or 0 for application in group)
        if persons <= total:
            continue
        sound = [application for application in group if not are_persons_too_many(case, application)]
        if sum(application.persons or 0 for application in sound) <= total:
            yield NotEvaluated("有申报的培训人数超过了自己的在校生人数（见 NUM002），改正后再核查。", source)
            continue
        if any(count is None for count in counts):
            unknown = [major for key, major in majors.items() if students.get(key) is None]
            yield NotEvaluated(f"不知道{quoted(unknown)}有多少在校生，无法与各项培训人数的合计比较。", source)
            continue
        labels = [application.label for application in group]
        named = "、".join(labels[:6]) + (f"等 {len(labels)} 项" if len(labels) > 6 else "")
        yield Fail(
            f"{named}的培训人数合计 {persons} 人，而它们的试点专业一共只有在校生 {total} 人，"
            f"平均每名学生要考 {persons / max(total, 1):.1f} 个证书。",
            source,
            level=Severity.WARNING if persons > _MOST_EACH * total else None,
        )


def _overlapping(case: Case) -> list[list[Application]]:
    """Applications in groups that are linked by common majors, in the order of the sheet."""
    head: dict[str, str] = {}

    def find(key: str) -> str:
        while head.setdefault(key, key) != key:
            head[key] = head[head[key]]
            key = head[key]
        return key

    named = [(row, [fold(major) for major in row.majors]) for row in case.applications if row.majors and row.persons]
    for _, majors in named:
        for major in majors[1:]:
            head[find(major)] = find(majors[0])
    groups: dict[str, list[Application]] = {}
    for row, majors in named:
        groups.setdefault(find(majors[0]), []).append(row)
    return list(groups.values())


RULE = Rule(
    id="NUM010",
    title="各项培训人数的合计与在校生相称",
    level=Severity.INFO,
    clause="一（二）1",
    doc=__doc__,
    hint="核对各项培训人数；同一批学生要考几个证书的，向系部确认能否完成。",
    check_school=total_persons_exceed_students,
)
