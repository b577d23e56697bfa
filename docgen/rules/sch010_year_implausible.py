"""## 查什么
“申报年度”有没有填，是不是 2019 年或以后。

## 为什么
年度印在每份文书的标题里，培训人数也是“本年度”的累计人数（指南二（二）2（3））。1+X 试点从 2019 年开始，更早的年度一定是笔误。

## 例子
不通过：`2012`。

通过：`2021`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, Rule

FIRST_YEAR = 2019
"""The pilots began."""


def year_implausible(case: Case) -> Iterator[Answer]:
    """Fails a year that is missing or before the pilots began."""
    year, source = case.school.year, case.school.origin.at("year")
    if year is None:
        yield Fail("申报年度没有填写。", source)
    elif year < FIRST_YEAR:
        yield Fail(f"申报年度是 {year} 年，而 1+X 试点从 {FIRST_YEAR} 年才开始。", source)


RULE = Rule(
    id="SCH010",
    title="申报年度合理",
    level=Severity.ERROR,
    clause="二（二）2（3）",
    doc=__doc__,
    hint="填四位数字的申报年度，例如 2021。",
    check_school=year_implausible,
    reads=("year",),
)
