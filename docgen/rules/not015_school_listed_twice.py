"""## 查什么
“院校”工作表里有没有同一所院校写了两行，或院校代码相同的两行。名称开头相同、后面只差一个字（不是数字和方位）的两行也提醒。

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

_SAME_START = 2
"""Characters: where schools are, which differs between schools that are called alike otherwise."""
_TELLING = frozenset("一二三四五六七八九十0123456789东南西北上下甲乙丙丁")


def school_listed_twice(review: Review) -> Iterator[Answer]:
    """Fails a school that stands twice, by name or by code."""
    names: dict[str, ReviewedSchool] = {}
    begun: dict[str, list[ReviewedSchool]] = {}
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
            continue
        alike = begun.setdefault(fold(school.name)[:_SAME_START], []) if school.name else []
        near = next((one for one in alike if _one_apart(fold(one.name), fold(school.name))), None)
        if near is not None:
            yield Fail(
                f"“{school.name}”与第{near.origin.row}行的“{near.name}”只差一个字。",
                school.origin.at("name"),
                "核对是不是同一所院校：是的，删去写错的一行；不是的，不用改。",
                Severity.WARNING,
                school.name,
            )
        alike.append(school)


def _one_apart(first: str, second: str) -> bool:
    """Whether one character is another, too many or too few; 第一 and 第二, 南 and 北 tell schools apart."""
    if abs(len(first) - len(second)) > 1:
        return False
    start = next((place for place, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), -1)
    start = start if start >= 0 else min(len(first), len(second))
    longer = len(first) > len(second)
    shorter = len(first) < len(second)
    rests = first[start + (not shorter) :], second[start + (not longer) :]
    differing = {*first[start : start + 1], *second[start : start + 1]}
    return rests[0] == rests[1] and not differing & _TELLING


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
