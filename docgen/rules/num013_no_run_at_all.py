"""## 查什么
每期人数、期数是不是填了 0。

## 为什么
指南二（二）2（3）：要培训，每期就至少有一个人，全年至少有一期。还没有确定的留空，不要填 0。

## 例子
提醒：培训人数 120，期数 0。

通过：期数 3；或者空着。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, Rule


def no_run_at_all(case: Case, application: Application) -> Iterator[Answer]:  # noqa: ARG001
    """Fails a zero in 每期人数 or 期数."""
    for attribute, header in (("persons_per_run", "每期人数"), ("runs", "期数")):
        if getattr(application, attribute) == 0:
            yield Fail(f"{header}填了 0。", application.origin.at(attribute))


RULE = Rule(
    id="NUM013",
    title="每期人数和期数不是 0",
    level=Severity.WARNING,
    clause="二（二）2（3）",
    doc=__doc__,
    hint="填实际的数；还不知道的留空。",
    check_application=no_run_at_all,
    reads=("persons_per_run", "runs"),
)
