"""## 查什么
结论是“不同意”的有没有写评审意见；“调整”的没有写时提醒。

## 为什么
院校要知道为什么，才能补足条件再报；没有理由的结论也经不起查问（指南三）。

## 例子
不通过：结论“不同意”，评审意见空着。

通过：结论“不同意”，评审意见“没有取得该证书培训资格的教师”。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.review import Conclusion, Decision, Review
from docgen.model.schema import DECISIONS

from .base import About, Answer, Fail, NotApplicable, Rule


def refused_without_reason(review: Review, decision: Decision) -> Iterator[Answer]:  # noqa: ARG001
    """Fails a refusal without its reason; an adjustment without one deserves a second look."""
    if decision.conclusion not in (Conclusion.REFUSED, Conclusion.ADJUSTED):
        yield NotApplicable("结论不是不同意，也不是调整。")
    elif not decision.opinion:
        level = Severity.ERROR if decision.conclusion is Conclusion.REFUSED else Severity.WARNING
        message = f"“{decision.certificate}”{decision.level or ''}的结论是“{decision.conclusion}”，没有写理由。"
        yield Fail(message, decision.origin.at("opinion"), level=level)


RULE = Rule(
    id="NOT006",
    title="不同意和调整的写明理由",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="在“评审意见”里写明理由，会印在发给这所院校的通知里。",
    check_part=refused_without_reason,
    about=About.REVIEW,
    reads=("conclusion", "opinion"),
    sheet=DECISIONS,
)
