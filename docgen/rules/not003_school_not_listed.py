"""## 查什么
“评审结果”里每个院校名称在“院校”工作表里有没有，是不是只差一两个字。

## 为什么
名称对不上，结果就不知道发给谁，也会多出一所不存在的院校（指南三）。

## 例子
不通过：“院校”里是“云岭职业技术学院”，结果里写成“云岭职业技术学校”。

通过：两处一字不差。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.review import Decision, Review
from docgen.model.schema import DECISIONS
from docgen.model.text import fold

from .base import About, Answer, Fail, NotApplicable, Rule
from .nearness import near_misses


def school_not_listed(review: Review, decision: Decision) -> Iterator[Answer]:
    """Fails a school that is not on the sheet 院校, and says which one may be meant."""
    if not decision.school:
        yield NotApplicable("院校名称没有填写。")
        return
    known = {fold(school.name): school.name for school in review.schools}
    if fold(decision.school) in known:
        return
    near = near_misses(decision.school, known.values())
    meant = f"是不是“{near[0]}”？" if near else ""
    yield Fail(f"“院校”工作表里没有“{decision.school}”。{meant}", decision.origin.at("school"))


RULE = Rule(
    id="NOT003",
    title="评审结果里的院校都在院校名单中",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="把名称改成与“院校”工作表一字不差；真是漏了的，在“院校”里补一行。",
    check_part=school_not_listed,
    about=About.REVIEW,
    reads=("school",),
    sheet=DECISIONS,
)
