"""## 查什么
同一所院校的同一个证书、同一个等级是不是有两行。

## 为什么
一项申报只能有一个结论；两行会把人数加两遍（指南二（二）2（1）、三）。

## 例子
不通过：同一院校“网店运营推广”中级有两行，一行同意、一行调整。

通过：每个证书的每个等级一行。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.catalogue.names import certificate_key
from docgen.findings import Severity
from docgen.model.review import Decision, Review
from docgen.model.text import fold

from .base import About, Answer, Fail, Rule


def certificate_decided_twice(review: Review) -> Iterator[Answer]:
    """Fails a certificate at a level that stands twice for one school."""
    first: dict[tuple[str, str, str], Decision] = {}
    for decision in review.decisions:
        if not (decision.school and decision.certificate and decision.level):
            continue
        key = (fold(decision.school), certificate_key(decision.certificate), decision.level.value)
        earlier = first.setdefault(key, decision)
        if earlier is not decision:
            message = f"“{decision.school}”的“{decision.certificate}”{decision.level}与第{earlier.origin.row}行重复。"
            yield Fail(message, decision.origin.at("certificate"), application=decision.school)


RULE = Rule(
    id="NOT005",
    title="同一院校的同一证书等级只有一个结论",
    level=Severity.ERROR,
    clause="二（二）2（1）",
    doc=__doc__,
    hint="留下正确的一行，删去另一行；等级写错的，改正等级。",
    check_subject=certificate_decided_twice,
    about=About.REVIEW,
)
