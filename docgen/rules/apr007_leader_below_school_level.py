"""## 查什么
“主管领导职务”是不是校领导的职务（校长、院长、书记等，含副职）。

## 为什么
指南二（二）2（6）：提交前需经学校主管领导审核。处长、科长、系主任、教师审核的，不能代替校领导。

## 例子
提醒：主管领导职务写 `教务处处长`。

通过：`副院长`、`副校长`、`党委书记`。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule

_LEADERS = re.compile("校长|院长|书记|校领导|院领导|校级|院级|理事长|董事长")
_BELOW = re.compile("[处科系部室组]长|主任|教师|干事|科员|讲师|教授|辅导员|秘书|班主任|二级学院|分院")


def leader_below_school_level(case: Case) -> Iterator[Answer]:
    """Fails a title that is plainly one below the school's leaders."""
    title = case.school.leader_title
    if not title:
        yield NotApplicable("主管领导职务没有填写。")
    elif _BELOW.search(title) and not _LEADERS.search(title):
        yield Fail(f"主管领导职务写的是“{title}”，不是校领导的职务。", case.school.origin.at("leader_title"))


RULE = Rule(
    id="APR007",
    title="主管领导是校领导",
    level=Severity.WARNING,
    clause="二（二）2（6）",
    doc=__doc__,
    hint="填分管这项工作的校（院）领导；审核页也由其签字。",
    check_school=leader_below_school_level,
    reads=("leader_title",),
)
