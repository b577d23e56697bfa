"""## 查什么
“统筹部门”有没有填。

## 为什么
指南一（一）：由校级统筹管理部门（如教务处、继续教育部）统一管理，避免各二级学院或系部分头行动。

## 例子
有说明：统筹部门空着。

没有说明：`教务处`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, Rule


def office_missing(case: Case) -> Iterator[Answer]:
    """Tells a school that names no office in charge."""
    if not case.school.office:
        yield Fail("统筹部门没有填写。", case.school.origin.at("office"))


RULE = Rule(
    id="APR008",
    title="统筹部门已填写",
    level=Severity.INFO,
    clause="一（一）",
    doc=__doc__,
    hint="填统一管理申报的校级部门，如教务处。",
    check_school=office_missing,
    reads=("office",),
)
