"""## 查什么
结论是“不同意”或“退回修改”的，批准人数有没有填。

## 为什么
结论和人数相矛盾，通知发出去院校不知道该信哪一个（指南三）。

## 例子
不通过：结论“不同意”，批准人数80。

通过：结论“不同意”，批准人数空着。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.review import Decision, Review
from docgen.model.schema import DECISIONS

from .base import About, Answer, Fail, NotApplicable, Rule


def approved_though_refused(review: Review, decision: Decision) -> Iterator[Answer]:  # noqa: ARG001
    """Fails persons approved where the conclusion grants nothing."""
    if decision.conclusion is None:
        yield NotApplicable("结论没有填写。")
    elif not decision.conclusion.grants and decision.approved:
        message = f"“{decision.certificate}”{decision.level or ''}的结论是“{decision.conclusion}”，却填了批准人数{decision.approved}。"
        yield Fail(message, decision.origin.at("approved"))


RULE = Rule(
    id="NOT002",
    title="不同意和退回修改的不填批准人数",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="结论对的，清空批准人数；人数对的，改正结论。",
    check_part=approved_though_refused,
    about=About.REVIEW,
    reads=("conclusion", "approved"),
    sheet=DECISIONS,
)
