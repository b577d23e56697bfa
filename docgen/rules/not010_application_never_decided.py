"""## 查什么
“院校申报材料”里各院校申报书所报的证书和等级，在“评审结果”里有没有结论。

## 为什么
报来了而没有结论的申报，院校等不到结果（指南三）。

## 例子
不通过：青禾职业技术学校的申报书报了“智能财税”初级，结果里没有这一行。

通过：每项报来的申报都有一行结论。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.catalogue.names import certificate_key
from docgen.findings import Severity
from docgen.model.review import Review
from docgen.model.source import Source
from docgen.model.text import fold

from .base import About, Answer, Fail, NotApplicable, Rule


def application_never_decided(review: Review) -> Iterator[Answer]:
    """Fails an application in a school's dossier about which nothing was decided."""
    if not review.dossiers:
        yield NotApplicable("“院校申报材料”里没有带数据的申报书。")
        return
    decided = {(fold(one.school), certificate_key(one.certificate), one.level) for one in review.decisions}
    for one in review.dossiers:
        if (fold(one.school), certificate_key(one.certificate), one.level) not in decided:
            message = f"“{one.school}”申报的“{one.certificate}”{one.level or ''}没有结论。"
            yield Fail(message, Source(one.file), application=one.school)


RULE = Rule(
    id="NOT010",
    title="院校报来的每项申报都有结论",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="在“评审结果”里补上这一项的结论；院校撤回的，把它的申报书移出“院校申报材料”。",
    check_subject=application_never_decided,
    about=About.REVIEW,
)
