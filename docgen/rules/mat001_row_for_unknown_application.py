"""## 查什么
“教师”“场地”“设备”各行的申报编号，在“申报证书”里有没有。

## 为什么
指南二（二）2（5）第二条：申报信息要一一对应。编号写错的教师、场地、设备不会写进任何一份申报书。

## 例子
不通过：教师的申报编号写 `A9`，而申报证书里只有 A01–A08。

通过：写 `A01、A03`，或 `全部`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Equipment, Teacher, Venue
from docgen.model.source import Source

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .doubts import REPEATED_NUMBERS, may_be_lost_number
from .words import cells


def row_for_unknown_application(case: Case) -> Iterator[Answer]:
    """Fails numbers that no application has; each is told once a sheet, with its cells."""
    known = {application.number for application in case.applications if application.number}
    if not known:
        yield NotApplicable("“申报证书”里没有申报编号。")
        return
    unknown: dict[tuple[str, str], list[Source]] = {}
    rows: tuple[Teacher | Venue | Equipment, ...] = (*case.teachers, *case.venues, *case.equipment)
    for row in rows:
        for number in row.scope.numbers:
            if number not in known:
                unknown.setdefault((row.origin.sheet, number), []).append(row.origin.at("scope"))
    for (sheet, number), sources in unknown.items():
        if may_be_lost_number(case, number):
            yield NotEvaluated(REPEATED_NUMBERS, sources[0])
            continue
        yield Fail(
            f"“{sheet}”工作表 {cells(sources)} 的申报编号“{number}”在“申报证书”里没有。", sources[0], also=sources
        )


RULE = Rule(
    id="MAT001",
    title="教师、场地、设备属于已有的申报",
    level=Severity.ERROR,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="改成“申报证书”里的申报编号；各项申报共用的填“全部”。",
    check_school=row_for_unknown_application,
)
