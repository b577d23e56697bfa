"""## 查什么
每项申报的“培训人数”有没有填，是不是大于 0。

## 为什么
指南二（二）2（3）：培训人数是本年度可培训并参加考试的累计人数，评审和审批都以它为准。

## 例子
不通过：培训人数空着，或填了 0。

通过：`120`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, Rule


def persons_missing(case: Case, application: Application) -> Iterator[Answer]:  # noqa: ARG001
    """Fails an application for nobody."""
    if not application.persons:
        what = "没有填写" if application.persons is None else "是 0"
        yield Fail(f"培训人数{what}。", application.origin.at("persons"))


RULE = Rule(
    id="NUM001",
    title="培训人数已填写",
    level=Severity.ERROR,
    clause="二（二）2（3）",
    doc=__doc__,
    hint="填本年度可培训并参加考试的累计人数，只填数字。",
    check_application=persons_missing,
    reads=("persons",),
)
