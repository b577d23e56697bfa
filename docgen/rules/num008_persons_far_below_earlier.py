"""## 查什么
同一证书、同一等级往年试点过的，今年的培训人数是不是不到往年最近一次的三分之一。

## 为什么
指南二（二）2（3）：过少的培训人数资源利用率过低，不容易出试点成效。

三分之一是本规则自定的界限；往年培训不到 30 人的不比。

## 例子

有说明：2020 年培训 80 人，今年申报 26 人。

没有说明：2020 年培训 80 人，今年申报 60 人。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, NotApplicable, Rule

_FEW = 30


def persons_far_below_earlier(case: Case, application: Application) -> Iterator[Answer]:
    """Tells of less than a third of what the school trained last for the certificate and level."""
    rows = [
        row
        for row in case.past_pilots_of(application)
        if row.level is application.level and row.year is not None and (row.trained or 0) >= _FEW
    ]
    if not application.persons or not rows:
        yield NotApplicable("没有同一证书、同一等级的往年培训人数（30 人以上）。")
        return
    last = max(rows, key=lambda row: row.year or 0)
    if application.persons * 3 < (last.trained or 0):
        yield Fail(
            f"培训人数 {application.persons} 人，而{last.year}年培训了 {last.trained} 人，不到三分之一。",
            application.origin.at("persons"),
        )


RULE = Rule(
    id="NUM008",
    title="培训人数没有远少于往年",
    level=Severity.INFO,
    clause="二（二）2（3）",
    doc=__doc__,
    hint="核对培训人数是不是少写了一位，或填成了一期的人数。",
    check_application=persons_far_below_earlier,
    reads=("certificate", "level", "persons"),
)
