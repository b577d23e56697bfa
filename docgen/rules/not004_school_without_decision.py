"""## 查什么
“院校”工作表里的院校，在“评审结果”里有没有至少一行。

## 为什么
名单里有而没有结果的院校收不到通知，多半是漏填，或两处名称不一致（指南三）。

## 例子
不通过：“院校”里有“青禾职业技术学校”，结果里一行也没有。

通过：每所院校至少有一行结果。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.review import Review
from docgen.model.text import fold

from .base import About, Answer, Fail, NotApplicable, Rule


def school_without_decision(review: Review) -> Iterator[Answer]:
    """Fails a school on the sheet 院校 about which nothing was decided."""
    if not review.schools:
        yield NotApplicable("“院校”工作表里没有院校。")
    asked = {fold(request.name) for request in review.accounts}
    for school in review.schools:
        if school.name and not review.decisions_of(school) and fold(school.name) not in asked:
            yield Fail(f"“{school.name}”没有一项评审结果。", school.origin.at("name"), application=school.name)


RULE = Rule(
    id="NOT004",
    title="每所院校都有评审结果",
    level=Severity.WARNING,
    clause="三",
    doc=__doc__,
    hint="补上这所院校的结果；没有申报的，从“院校”里删去。",
    check_subject=school_without_decision,
    about=About.REVIEW,
)
