"""## 查什么
“评审结果”里的申报人数与“院校申报材料”里申报书的培训人数是否一致。

## 为什么
以院校报来的为准；抄错的会印进公布的名单和统计（指南二（二）2（3）、三）。

## 例子
不通过：申报书上120人，结果里申报人数填102。

通过：两处都是120人。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.catalogue.names import certificate_key
from docgen.findings import Severity
from docgen.model.review import Review
from docgen.model.text import fold

from .base import About, Answer, Fail, NotApplicable, Rule


def applied_differs_from_dossier(review: Review) -> Iterator[Answer]:
    """Fails a number applied for that is not what the school's dossier says."""
    if not review.dossiers:
        yield NotApplicable("“院校申报材料”里没有带数据的申报书。")
        return
    told = {(fold(one.school), certificate_key(one.certificate), one.level): one for one in review.dossiers}
    for decision in review.decisions:
        one = told.get((fold(decision.school), certificate_key(decision.certificate), decision.level))
        if one is None or one.persons is None or decision.applied is None or one.persons == decision.applied:
            continue
        message = f"“{decision.certificate}”{decision.level or ''}：申报书上是{one.persons}人（{one.file}），这里是{decision.applied}人。"
        yield Fail(message, decision.origin.at("applied"), application=decision.school)


RULE = Rule(
    id="NOT019",
    title="申报人数与院校的申报书一致",
    level=Severity.WARNING,
    clause="二（二）2（3）",
    doc=__doc__,
    hint="核对申报书，改正申报人数。",
    check_subject=applied_differs_from_dossier,
    about=About.REVIEW,
)
