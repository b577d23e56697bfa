"""## 查什么
“主管领导姓名”有没有填。

## 为什么
指南二（二）2（6）：提交申报前需经学校主管领导审核；一旦提交成功，视为已经审核，由学校承担责任。审核页上要有领导的姓名。

## 例子
不通过：主管领导姓名空着。

通过：填写负责审核并签字的校领导姓名。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, Rule


def leader_missing(case: Case) -> Iterator[Answer]:
    """Fails a school that names no leader to review its applications."""
    if not case.school.leader_name:
        yield Fail("主管领导姓名没有填写。", case.school.origin.at("leader_name"))


RULE = Rule(
    id="APR001",
    title="主管领导已填写",
    level=Severity.ERROR,
    clause="二（二）2（6）",
    doc=__doc__,
    hint="在“院校信息”工作表填写负责审核并签字的校领导姓名。",
    check_school=leader_missing,
    reads=("leader_name",),
)
