"""## 查什么
同一证书、同一等级往年试点过的，今年的培训人数是不是超过了往年最多一次的三倍（而且多出 50 人以上）。

## 为什么
指南一（二）1、二（二）2（3）：不虚报，过高的人数试点完成率难以达到要求。

三倍是本规则自定的界限：正常扩大规模一般在一两倍之内；往年只有十几人的，多几十人也属正常，所以要多出 50 人才提醒。

## 例子

提醒：2020 年培训 39 人（考核 38 人、取证 37 人），今年申报 120 人。

通过：2020 年培训 80 人，今年申报 120 人。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .doubts import PERSONS_TOO_MANY, are_persons_too_many

_TIMES = 3
_MORE = 50


def persons_far_above_earlier(case: Case, application: Application) -> Iterator[Answer]:
    """Fails more than three times what the school ever trained for the certificate and level."""
    rows = [row for row in case.past_pilots_of(application) if row.level is application.level and row.trained]
    if not application.persons or not rows:
        yield NotApplicable("没有同一证书、同一等级的往年培训人数。")
        return
    if are_persons_too_many(case, application):
        yield NotEvaluated(PERSONS_TOO_MANY, application.origin.at("persons"))
        return
    best = max(rows, key=lambda row: row.trained or 0)
    trained = best.trained or 0
    if application.persons > _TIMES * trained and application.persons - trained > _MORE:
        yield Fail(
            f"培训人数 {application.persons} 人，往年最多的一次（{best.year or '往年'}年）培训 {trained} 人，"
            f"是它的 {application.persons / trained:.1f} 倍。",
            application.origin.at("persons"),
        )


RULE = Rule(
    id="NUM007",
    title="培训人数没有远超往年",
    level=Severity.WARNING,
    clause="二（二）2（3）",
    doc=__doc__,
    hint="核对培训人数是不是多写了；确有条件的，在申报理由里写明，可在 docgen.toml 中写明理由。",
    check_application=persons_far_above_earlier,
    reads=("certificate", "level", "persons"),
)
