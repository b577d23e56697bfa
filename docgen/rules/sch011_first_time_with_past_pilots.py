"""## 查什么
“是否首次申报”填了是，“往年试点”里却有记录。

## 为什么
首次申报的学校要先申请账号（指南二（二）1（2）），申报书里也不写往年试点情况；两处说法不同，评审时会被追问。

## 例子
不通过：是否首次申报填“是”，往年试点有 2020 年的一行。

通过：填“否”；或者往年试点为空。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule
from .words import cells


def first_time_with_past_pilots(case: Case) -> Iterator[Answer]:
    """Fails a school that says both that it applies first and that it had pilots."""
    if not case.school.first_time:
        yield NotApplicable("没有填“首次申报”。")
    elif case.past_pilots:
        rows = [row.origin.at("year") for row in case.past_pilots]
        yield Fail(
            f"是否首次申报填的是“是”，“往年试点”却有 {len(case.past_pilots)} 行记录（{cells(rows)}）。",
            case.school.origin.at("first_time"),
            also=rows,
        )


RULE = Rule(
    id="SCH011",
    title="首次申报与往年试点不矛盾",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="有过试点的，是否首次申报改为“否”；没有的，清空“往年试点”。",
    check_school=first_time_with_past_pilots,
    reads=("first_time",),
)
