"""## 查什么
首次申报的中职学校有没有填“中职星级”；高职、本科院校有没有误填它。

## 为什么
指南二（二）1（2）：三星级以上中职直接向秘书处申请账号，二星级中职须先向教育厅申请。不填星级，就不知道走哪条路。

## 例子
不通过：院校类型为中职、首次申报为是，中职星级空着；院校类型为高职，中职星级填了三星级。

通过：中职填三星级；高职留空。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import SchoolType

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .schools import TYPE_IN_DOUBT, is_type_misfilled


def star_grade_contradicts_type(case: Case) -> Iterator[Answer]:
    """Fails a 中职 that applies first and gives no grade, and another type of school that gives one."""
    school = case.school
    source = school.origin.at("star_grade")
    if school.type is None:
        yield NotApplicable("院校类型没有填写。")
    elif is_type_misfilled(case):
        yield NotEvaluated(TYPE_IN_DOUBT)
    elif school.type is not SchoolType.SECONDARY:
        if school.star_grade:
            yield Fail(
                f"院校类型是{school.type}，却填了中职星级“{school.star_grade}”。",
                source,
                "核对院校类型，或清空中职星级。",
            )
    elif not school.first_time:
        yield NotApplicable("不是首次申报，已有账号。")
    elif not school.star_grade:
        yield Fail("首次申报的中职学校没有填中职星级。", source)


RULE = Rule(
    id="SCH007",
    title="中职星级与院校类型相符",
    level=Severity.WARNING,
    clause="二（二）1（2）",
    doc=__doc__,
    hint="填写学校的星级；二星级要先向教育厅申请，三星级以上直接向秘书处申请。",
    check_school=star_grade_contradicts_type,
    reads=("type", "first_time", "star_grade"),
)
