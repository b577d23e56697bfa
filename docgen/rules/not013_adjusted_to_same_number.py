"""## 查什么
结论是“调整”的，批准人数有没有填，是不是与申报人数一样；“同意”的是不是与申报人数不同。

## 为什么
结论和人数要一致：一样的应是“同意”，不一样的应是“调整”（指南三）。

## 例子
不通过：结论“调整”，申报120人，批准120人。

通过：结论“调整”，申报120人，批准100人。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.review import Conclusion, Decision, Review
from docgen.model.schema import DECISIONS

from .base import About, Answer, Fail, NotApplicable, Rule


def adjusted_to_same_number(review: Review, decision: Decision) -> Iterator[Answer]:  # noqa: ARG001
    """Fails an adjustment that adjusts nothing, and an approval of another number."""
    if decision.conclusion is None or not decision.conclusion.grants or decision.applied is None:
        yield NotApplicable("结论不是同意或调整，或者没有申报人数。")
        return
    about = f"“{decision.certificate}”{decision.level or ''}"
    place = decision.origin.at("approved")
    if decision.conclusion is Conclusion.ADJUSTED and decision.approved is None:
        yield Fail(f"{about}的结论是“调整”，没有填批准人数。", place, "填调整后的批准人数。", Severity.ERROR)
    elif decision.conclusion is Conclusion.ADJUSTED and decision.approved == decision.applied:
        yield Fail(f"{about}的结论是“调整”，批准人数却与申报人数一样（{decision.applied}人）。", place)
    elif (
        decision.conclusion is Conclusion.APPROVED
        and decision.approved is not None
        and decision.approved < decision.applied
    ):
        # More than were applied for is what NOT001 tells.
        yield Fail(f"{about}的结论是“同意”，申报{decision.applied}人，批准{decision.approved}人，应当是“调整”。", place)


RULE = Rule(
    id="NOT013",
    title="调整的批准人数与申报人数不同",
    level=Severity.WARNING,
    clause="三",
    doc=__doc__,
    hint="改正结论或批准人数。",
    check_part=adjusted_to_same_number,
    about=About.REVIEW,
    reads=("conclusion", "applied", "approved"),
    sheet=DECISIONS,
)
