"""## 查什么
联系人和主管领导是不是同一个人。

## 为什么
指南二（二）1（1）建议由专人（教务处等统筹部门的工作人员）对接秘书处；二（二）2（6）要求主管领导在提交前审核。自己填、自己审，就少了一道关。

## 例子

提醒：联系人姓名和主管领导姓名都是王建国。

通过：联系人为教务处工作人员，主管领导为副校长。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule


def contact_is_leader(case: Case) -> Iterator[Answer]:
    """Fails a contact who is the reviewing leader too."""
    school = case.school
    if not school.contact_name or not school.leader_name:
        yield NotApplicable("联系人或主管领导没有填写。")
    elif fold(school.contact_name) == fold(school.leader_name):
        yield Fail(f"联系人和主管领导都是“{school.leader_name}”。", school.origin.at("contact_name"))


RULE = Rule(
    id="APR002",
    title="联系人与主管领导不是同一人",
    level=Severity.WARNING,
    clause="二（二）2（6）",
    doc=__doc__,
    hint="联系人填教务处等统筹部门的专人。",
    check_school=contact_is_leader,
    reads=("contact_name", "leader_name"),
)
