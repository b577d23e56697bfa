"""## 查什么
“评审结果”每一行的证书名称、等级、申报人数、结论有没有填。

## 为什么
缺了其中一项，名单和各校通知就不完整（指南三）。

## 例子
不通过：结论空着。

通过：四项都已填写。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.review import Decision, Review
from docgen.model.schema import DECISIONS

from .base import About, Answer, Fail, Rule


def decision_incomplete(review: Review, decision: Decision) -> Iterator[Answer]:  # noqa: ARG001
    """Fails a blank compulsory cell of a decision."""
    for column in DECISIONS.columns:
        blank = getattr(decision, column.attribute) in ("", None)
        if column.required and blank and column.attribute not in decision.origin.unreadable:
            name = f"“{decision.certificate}”{decision.level or ''}"
            about = name if decision.certificate else f"第{decision.origin.row}行"
            yield Fail(f"{about}没有填“{column.header}”。", decision.origin.at(column.attribute))


RULE = Rule(
    id="NOT012",
    title="每行结果填写完整",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="补填这一格；多余的行请整行删除。",
    check_part=decision_incomplete,
    about=About.REVIEW,
)
