"""## 查什么
“工作组组长”有没有填。

## 为什么
指南一（一）：申报试点的院校首先要在校内成立工作小组，一般由主管教学工作的副校长担任组长。

## 例子
提醒：工作组组长空着。

通过：填写组长姓名。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, Rule


def group_head_missing(case: Case) -> Iterator[Answer]:
    """Fails a school that names no head of its working group."""
    if not case.school.group_head:
        yield Fail("工作组组长没有填写。", case.school.origin.at("group_head"))


RULE = Rule(
    id="APR003",
    title="工作组组长已填写",
    level=Severity.WARNING,
    clause="一（一）",
    doc=__doc__,
    hint="先成立 1+X 工作小组，再填写组长姓名。",
    check_school=group_head_missing,
    reads=("group_head",),
)
