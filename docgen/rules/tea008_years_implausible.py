"""## 查什么
教师的“从教年限”是不是超过了 45 年。

## 为什么
指南二（二）2（5）：检查填报内容。从教超过 45 年几乎不可能，多半是写成了参加工作的年份，或多写了一位。

## 例子
提醒：从教年限写 `2012`，或 `80`。

通过：`8`、`4.5`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule

_MOST = 45


def years_implausible(case: Case) -> Iterator[Answer]:
    """Fails more years of teaching than a working life has."""
    if not any(teacher.years is not None for teacher in case.teachers):
        yield NotApplicable("没有填写从教年限。")
    for teacher in case.teachers:
        if teacher.years is not None and teacher.years > _MOST:
            yield Fail(f"“{teacher.name}”的从教年限是 {teacher.years} 年。", teacher.origin.at("years"))


RULE = Rule(
    id="TEA008",
    title="从教年限合理",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="填从教的年数，不是参加工作的年份。",
    check_school=years_implausible,
)
