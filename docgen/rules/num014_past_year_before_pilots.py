"""## 查什么
“往年试点”的年度是不是早于 2019 年。

## 为什么
1+X 试点从 2019 年开始，更早的年度一定是笔误；往年试点情况会写进申报书（指南二（一）1）。

## 例子
不通过：年度写 `2002`。

通过：年度写 `2020`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule

_FIRST_YEAR = 2019


def past_year_before_pilots(case: Case) -> Iterator[Answer]:
    """Fails rows of years before the pilots began."""
    if not case.past_pilots:
        yield NotApplicable("没有往年试点。")
    for row in case.past_pilots:
        if row.year is not None and row.year < _FIRST_YEAR:
            yield Fail(
                f"“{row.certificate}”的年度是 {row.year}，而 1+X 试点从 {_FIRST_YEAR} 年才开始。", row.origin.at("year")
            )


RULE = Rule(
    id="NUM014",
    title="往年试点的年度不早于 2019 年",
    level=Severity.ERROR,
    clause="二（一）1",
    doc=__doc__,
    hint="改成当年的年度。",
    check_school=past_year_before_pilots,
)
