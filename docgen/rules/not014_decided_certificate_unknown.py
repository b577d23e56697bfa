"""## 查什么
“评审结果”里的证书名称在证书目录里有没有，这个等级有没有。

## 为什么
名单是正式公布的，证书名称要与公布的名称一字不差（指南一（二）1、三）。

## 例子
不通过：`网店运营推广` 写成 `网店运营推`。

通过：`网店运营推广`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.review import Decision, Review
from docgen.model.schema import DECISIONS

from .base import About, Answer, Fail, NotApplicable, Rule
from .nearness import is_slip


def decided_certificate_unknown(review: Review, decision: Decision) -> Iterator[Answer]:
    """Fails a certificate that the catalogue does not have, or not at this level."""
    if not decision.certificate:
        yield NotApplicable("证书名称没有填写。")
        return
    known = review.catalogue.certificate(decision.certificate)
    if known is None:
        near = review.catalogue.similar_certificates(decision.certificate)
        slip = next((name for name in near if is_slip(decision.certificate, name)), "")
        meant = f"是不是“{slip}”？" if slip else ""
        level = Severity.ERROR if slip or review.catalogue.complete else Severity.INFO
        yield Fail(f"目录里没有证书“{decision.certificate}”。{meant}", decision.origin.at("certificate"), level=level)
    elif known.levels and decision.level and decision.level not in known.levels:
        message = f"证书“{known.name}”没有{decision.level}（有{'、'.join(known.levels)}）。"
        yield Fail(message, decision.origin.at("level"))


RULE = Rule(
    id="NOT014",
    title="评审结果里的证书在目录中",
    level=Severity.WARNING,
    clause="一（二）1",
    doc=__doc__,
    hint="用 docgen catalogue find 查找正确的名称；导入完整目录后可以全部核对。",
    check_part=decided_certificate_unknown,
    about=About.REVIEW,
    reads=("certificate",),
    sheet=DECISIONS,
)
