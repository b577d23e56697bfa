"""## 查什么
结论是“退回修改”的，评审意见有没有写，有没有用“位置：要改什么”写明位置。

## 为什么
院校要照着改，而且不宜多次退回，所以要一次写清（指南二（二）2（8））。

## 例子
不通过：结论“退回修改”，评审意见空着。

通过：评审意见“场地佐证材料第3页：照片看不清，请重拍”。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.review import Conclusion, Decision, Review
from docgen.model.schema import DECISIONS

from .base import About, Answer, Fail, NotApplicable, Rule


def returned_without_instruction(review: Review, decision: Decision) -> Iterator[Answer]:  # noqa: ARG001
    """Fails a return that does not say what to mend; one without a place deserves a second look."""
    if decision.conclusion is not Conclusion.RETURNED:
        yield NotApplicable("结论不是退回修改。")
    elif not decision.opinion:
        message = f"“{decision.certificate}”{decision.level or ''}退回修改，没有写要改什么。"
        yield Fail(message, decision.origin.at("opinion"))
    elif "：" not in decision.opinion and ":" not in decision.opinion:
        message = f"“{decision.certificate}”{decision.level or ''}退回修改，没有写明位置（“{decision.opinion[:20]}”）。"
        yield Fail(message, decision.origin.at("opinion"), level=Severity.WARNING)


RULE = Rule(
    id="NOT018",
    title="退回修改的写明哪里要改",
    level=Severity.ERROR,
    clause="二（二）2（8）",
    doc=__doc__,
    hint="在“评审意见”里写“位置：要改什么”，几处各写一行。",
    check_part=returned_without_instruction,
    about=About.REVIEW,
    reads=("conclusion", "opinion"),
    sheet=DECISIONS,
)
