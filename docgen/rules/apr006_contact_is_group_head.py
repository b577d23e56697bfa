"""## 查什么
联系人和工作组组长是不是同一个人。

## 为什么
指南一（一）：工作小组一般由主管教学工作的副校长担任组长，另设专人负责对接。两个位置是同一个人，说明有一处没有按实际填。

联系人和主管领导也是同一个人的，已由 APR002 指出，这里不重复。

## 例子
提醒：联系人姓名和工作组组长都是李文静。

通过：组长为副校长王建国，联系人为教务处李文静。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule


def contact_is_group_head(case: Case) -> Iterator[Answer]:
    """Fails a contact who heads the working group, unless the contact is the reviewing leader, too."""
    school = case.school
    if not school.contact_name or not school.group_head:
        yield NotApplicable("联系人或工作组组长没有填写。")
    elif fold(school.contact_name) != fold(school.group_head):
        return
    elif fold(school.contact_name) == fold(school.leader_name):
        yield NotApplicable("联系人和主管领导是同一个人，见 APR002。")
    else:
        yield Fail(f"联系人和工作组组长都是“{school.group_head}”。", school.origin.at("contact_name"))


RULE = Rule(
    id="APR006",
    title="联系人与工作组组长不是同一人",
    level=Severity.WARNING,
    clause="一（一）",
    doc=__doc__,
    hint="组长填主管教学工作的副校长，联系人填教务处等统筹部门的专人。",
    check_school=contact_is_group_head,
    reads=("contact_name", "group_head"),
)
