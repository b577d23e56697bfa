"""## 查什么
“院校”工作表里有没有同一所院校写了两行，或名称只差一两个字的两行，或院校代码相同的两行。

## 为什么
写了两行的院校会收到两份通知，其中一份是空的（指南三）。

## 例子
不通过：“云岭职业技术学院”和“云岭职业技术学校”，代码相同。

通过：每所院校一行。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.review import Review, ReviewedSchool
from docgen.model.text import fold

from .base import About, Answer, Fail, Rule


def school_listed_twice(review: Review) -> Iterator[Answer]:
    """Fails a school that stands twice, by name or by code."""
    names: dict[str, ReviewedSchool] = {}
    codes: dict[str, ReviewedSchool] = {}
    for school in review.schools:
        earlier = names.setdefault(fold(school.name), school) if school.name else school
        if earlier is not school:
            yield Fail(
                f"“{school.name}”与第{earlier.origin.row}行重复。", school.origin.at("name"), application=school.name
            )
            continue
        other = codes.setdefault(school.code, school) if school.code else school
        if other is not school:
            message = f"“{school.name}”与“{other.name}”的院校代码相同（{school.code}）。"
            yield Fail(message, school.origin.at("code"), application=school.name)


RULE = Rule(
    id="NOT015",
    title="院校名单没有重复或只差一字的院校",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="核对后删去多余的一行，并把“评审结果”里的名称改成一致。",
    check_subject=school_listed_twice,
    about=About.REVIEW,
)
