"""## 查什么
首次申报的中职学校是不是二星级（或更低）。

## 为什么
指南二（二）1（2）：二星级中职要先向教育厅提交申请，审核同意后秘书处才能在系统里增加学校。这不是错误，只是提醒要多走一步，请留出时间。

## 例子
有说明：中职、首次申报、二星级。

没有说明：三星级及以上的中职；高职和本科；不是首次申报的学校。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import SchoolType

from .base import Answer, Fail, NotApplicable, Rule

_BY_DEPARTMENT = ("一星级", "二星级")


def two_star_school_goes_by_department(case: Case) -> Iterator[Answer]:
    """Tells a 中职 of two stars or fewer that applies first which way its account takes."""
    school = case.school
    if school.type is not SchoolType.SECONDARY or not school.first_time:
        yield NotApplicable("只对首次申报的中职学校有用。")
    elif school.star_grade in _BY_DEPARTMENT:
        yield Fail(
            f"{school.star_grade}中职学校首次申报，须先向教育厅提交申请，同意后才能开通账号。",
            school.origin.at("star_grade"),
        )


RULE = Rule(
    id="SCH008",
    title="二星级及以下中职先向教育厅申请账号",
    level=Severity.INFO,
    clause="二（二）1（2）",
    doc=__doc__,
    hint="准备好 10 位学校标识码、学校全称和学校类型，先向教育厅申请；docgen build 生成的院校信息表可以一并提交。",
    check_school=two_star_school_goes_by_department,
    reads=("type", "first_time", "star_grade"),
)
