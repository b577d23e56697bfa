"""## 查什么
院校名称和院校类型是不是相符：职业技术学院、职业学院、高等专科学校是高职；大学是本科；职业技术学校、中等专业学校、职业高中、技工学校、职教中心是中职。

## 为什么
指南二（二）1（2）：开账号要提交学校全称和学校类型；类型选错，能报的等级和专业都会不同。

院校代码已经与院校类型对不上的，由 SCH009 指出，这里不重复。

## 例子

提醒：院校名称为广西岚溪职业技术大学，院校类型填了高职。

通过：某某职业技术学院填高职；某某职业技术大学填本科。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule
from .schools import contradicts, told_by_name


def name_contradicts_type(case: Case) -> Iterator[Answer]:
    """Fails a name that tells another type than is given."""
    school = case.school
    if not school.name or school.type is None:
        yield NotApplicable("院校名称或院校类型没有填写。")
        return
    if contradicts(school.code, school.type):
        yield NotApplicable("院校代码与院校类型对不上，见 SCH009。")
        return
    told = told_by_name(school.name)
    if told is not None and told is not school.type:
        yield Fail(f"“{school.name}”看名称是{told}，而院校类型填的是{school.type}。", school.origin.at("type"))


RULE = Rule(
    id="SCH015",
    title="院校名称与院校类型相符",
    level=Severity.WARNING,
    clause="二（二）1（2）",
    doc=__doc__,
    hint="核对院校名称和院校类型。",
    check_school=name_contradicts_type,
    reads=("name", "type"),
)
