"""## 查什么
申报了高级的证书，今年有没有同时申报它的初级或中级，往年有没有试点过它。

## 为什么
指南一（二）1：等级的选择建议以稳步推进为主；学生是否可以跨级申报，要向培训评价组织咨询。中职报高级由 CRT004 提醒。

## 例子
有说明：网店运营推广只申报高级，往年试点里没有这个证书。

没有说明：往年试点过网店运营推广中级，今年申报高级。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application, CertificateLevel, SchoolType

from .applied import meaning
from .base import Answer, Fail, NotApplicable, Rule


def advanced_without_lower_level(case: Case, application: Application) -> Iterator[Answer]:
    """Tells of an application at the highest level without any experience with the certificate."""
    if case.school.type is SchoolType.SECONDARY:
        yield NotApplicable("中职报高级见 CRT004。")
    elif application.level is not CertificateLevel.ADVANCED or not application.certificate:
        yield NotApplicable("不是高级。")
    else:
        lower = case.remembered("certificates applied for below the highest level", lambda: _lower(case))
        if meaning(case, application.certificate) not in lower and not case.past_pilots_of(application):
            yield Fail(
                f"“{application.certificate}”直接申报高级，今年没有申报它的初、中级，往年也没有试点过。",
                application.origin.at("level"),
            )


def _lower(case: Case) -> frozenset[str]:
    rows = (row for row in case.applications if row.certificate and row.level is not CertificateLevel.ADVANCED)
    return frozenset(meaning(case, row.certificate) for row in rows)


RULE = Rule(
    id="CRT010",
    title="高级申报有初、中级的基础",
    level=Severity.INFO,
    clause="一（二）1",
    doc=__doc__,
    hint="评估学生能力，向培训评价组织问清能否跨级申报；往年试点过的，补进“往年试点”。",
    check_application=advanced_without_lower_level,
    reads=("certificate", "level"),
)
