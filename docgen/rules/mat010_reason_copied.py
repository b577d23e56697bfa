"""## 查什么
不同证书的申报理由是不是一字不差（20 字以上）。同一证书的几个等级不查。

## 为什么
指南二（二）2（5）：避免把 A 证书的信息填到 B 证书处。两个证书的理由完全一样，多半是复制以后忘了改；也可能确实一样，所以只是说明。

## 例子

有说明：A01 网店运营推广和 A02 数据采集的申报理由都是“本专业为学校重点建设专业，学生已具备相应的基础，企业需求持续增加。”

没有说明：各写各的理由。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application
from docgen.model.text import fold

from .applied import meaning, quoted_labels
from .base import Answer, Fail, NotApplicable, Rule
from .words import cells

_SHORTEST = 20


def reason_copied(case: Case) -> Iterator[Answer]:
    """Tells of reasons that several certificates share word by word; each reason is told once."""
    reasons: dict[str, list[Application]] = {}
    for application in case.applications:
        if len(fold(application.reason)) >= _SHORTEST:
            reasons.setdefault(fold(application.reason), []).append(application)
    if not reasons:
        yield NotApplicable("没有填写申报理由（20 字以上）。")
    for rows in reasons.values():
        numbers = {row.label for row in rows}
        if len(numbers) > 1 and len({meaning(case, row.certificate) for row in rows if row.certificate}) > 1:
            sources = [row.origin.at("reason") for row in rows]
            yield Fail(
                f"{quoted_labels([row.label for row in rows])}的申报理由完全相同（{cells(sources)}）。",
                sources[1],
                also=sources,
            )


RULE = Rule(
    id="MAT010",
    title="不同证书的申报理由各不相同",
    level=Severity.INFO,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="按各个证书的实际情况改写。",
    check_school=reason_copied,
)
