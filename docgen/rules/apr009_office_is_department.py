"""## 查什么
“统筹部门”是不是写成了某个二级学院或系部。

## 为什么
指南一（一）要求由校级部门统一管理；二（二）1（1）建议由教务处等职能部门对接，不是二级院系。

继续教育学院、培训学院一类承担校级管理的，不算。

## 例子
提醒：统筹部门写 `商学院`，而商学院正是 A01 的申报院系。

通过：`教务处`、`继续教育学院`。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule

_FACULTY = re.compile(r"(?:学院|系|系部|教研室|教研组|专业部|学部)$")
_CENTRAL = re.compile("继续教育|成人教育|培训|教务|教学|职业技能|鉴定")


def office_is_department(case: Case) -> Iterator[Answer]:
    """Fails an office in charge that is one of the departments that apply."""
    office = case.school.office
    if not office:
        yield NotApplicable("统筹部门没有填写。")
    elif _FACULTY.search(office) and not _CENTRAL.search(office) and fold(office) != fold(case.school.name):
        applying = [row.label for row in case.applications if fold(row.department) == fold(office)]
        also = f"，它也是{'、'.join(applying[:5])}的申报院系" if applying else ""
        yield Fail(f"统筹部门“{office}”是二级院系{also}。", case.school.origin.at("office"))


RULE = Rule(
    id="APR009",
    title="统筹部门是校级部门",
    level=Severity.WARNING,
    clause="一（一）",
    doc=__doc__,
    hint="填教务处等校级部门。",
    check_school=office_is_department,
    reads=("office",),
)
