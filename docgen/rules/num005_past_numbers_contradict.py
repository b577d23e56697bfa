"""## 查什么
“往年试点”里，取证人数是不是多于考核人数，考核人数是不是多于培训人数；年度是不是早于申报年度。

## 为什么
往年试点情况写进申报书（指南二（一）1），评审据此看完成情况；自相矛盾的数字会使整份材料失去信任。

## 例子
不通过：考核 76 人，取证 80 人；申报年度 2021，往年试点写了 2022。

通过：培训 80 人，考核 76 人，取证 70 人。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import PastPilot

from .base import Answer, Fail, NotApplicable, Rule
from .sch010_year_implausible import FIRST_YEAR


def past_numbers_contradict(case: Case) -> Iterator[Answer]:
    """Fails rows whose later step has more people than the one before, or whose year is not past."""
    if not case.past_pilots:
        yield NotApplicable("没有往年试点。")
    # An impossible year of application is SCH010's to tell, not every row's.
    year = case.school.year if (case.school.year or 0) >= FIRST_YEAR else None
    for row in case.past_pilots:
        name = f"{row.year or ''}年“{row.certificate}”{row.level or ''}"
        yield from _steps(row, name)
        if row.year is not None and year is not None and row.year >= year:
            yield Fail(f"{name}：往年试点的年度不早于申报年度 {year}。", row.origin.at("year"))


def _steps(row: PastPilot, name: str) -> Iterator[Answer]:
    if row.certified is not None and row.examined is not None and row.certified > row.examined:
        yield Fail(f"{name}：取证 {row.certified} 人，多于考核 {row.examined} 人。", row.origin.at("certified"))
    if row.examined is None and row.certified is not None and row.trained is not None and row.certified > row.trained:
        yield Fail(f"{name}：取证 {row.certified} 人，多于培训 {row.trained} 人。", row.origin.at("certified"))
    if row.examined is not None and row.trained is not None and row.examined > row.trained:
        yield Fail(
            f"{name}：考核 {row.examined} 人，多于培训 {row.trained} 人。",
            row.origin.at("examined"),
            level=Severity.WARNING,
        )


RULE = Rule(
    id="NUM005",
    title="往年试点的数字前后相符",
    level=Severity.ERROR,
    clause="二（一）1",
    doc=__doc__,
    hint="对照当年的试点总结核对年度和人数。",
    check_school=past_numbers_contradict,
)
