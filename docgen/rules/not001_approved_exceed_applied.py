"""## 查什么
“评审结果”里批准人数是不是大于申报人数。

## 为什么
批准的人数以申报的人数为限；多出来的一般是填错了行或多写了一位（指南二（二）2（3）、三）。

## 例子
不通过：申报120人，批准1200人。

通过：申报120人，批准100人。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.review import Decision, Review
from docgen.model.schema import DECISIONS

from .base import About, Answer, Fail, NotApplicable, Rule


def approved_exceed_applied(review: Review, decision: Decision) -> Iterator[Answer]:  # noqa: ARG001
    """Fails a number approved that is larger than the one applied for."""
    if decision.approved is None:
        yield NotApplicable("批准人数没有填写。")
    elif decision.applied is not None and decision.approved > decision.applied:
        message = f"“{decision.certificate}”{decision.level or ''}申报{decision.applied}人，批准{decision.approved}人，多出{decision.approved - decision.applied}人。"
        yield Fail(message, decision.origin.at("approved"))


RULE = Rule(
    id="NOT001",
    title="批准人数不超过申报人数",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="核对这两个数；确实要多批的，先由院校更正申报人数。",
    check_part=approved_exceed_applied,
    about=About.REVIEW,
    reads=("applied", "approved"),
    sheet=DECISIONS,
)
