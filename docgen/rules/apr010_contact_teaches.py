"""## 查什么
联系人是不是登记在“教师”工作表里的教师。

## 为什么
指南二（二）1（1）：建议由专人（一般为教务处或其他统筹的职能部门工作人员，不是二级院系教师）对接秘书处。职能部门人员兼课的，不必改。

## 例子

有说明：联系人姓名是李文静，教师工作表里也有李文静。

没有说明：联系人不在教师工作表里。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule
from .words import cells


def contact_teaches(case: Case) -> Iterator[Answer]:
    """Tells that the contact is one of the teachers."""
    school = case.school
    if not school.contact_name or not case.teachers:
        yield NotApplicable("联系人没有填写，或没有教师。")
        return
    rows = [row.origin.at("name") for row in case.teachers if fold(row.name) == fold(school.contact_name)]
    if rows:
        yield Fail(
            f"联系人“{school.contact_name}”也是登记的教师（“教师”工作表 {cells(rows)}）。",
            school.origin.at("contact_name"),
            also=rows,
        )


RULE = Rule(
    id="APR010",
    title="联系人不是申报教师",
    level=Severity.INFO,
    clause="二（二）1（1）",
    doc=__doc__,
    hint="尽量由教务处等统筹部门的专人担任联系人；确是职能部门人员兼课的，不必改。",
    check_school=contact_teaches,
    reads=("contact_name",),
)
