"""## 查什么
证书要求里列出了可申报的专业时，试点专业是不是都在其中。

## 为什么
指南二（二）2（2）：哪些专业能考对应的证书，由培训评价组织确定。

各证书的要求不是 docgen 自带的：用 `docgen catalogue import` 导入本校整理的要求后才核查；没有要求的证书不查。

## 例子
不通过：要求中某证书的专业为电子商务、市场营销，试点专业里有护理。

通过：试点专业都在要求所列的专业之中。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule
from .words import quoted


def major_not_eligible(case: Case, application: Application) -> Iterator[Answer]:
    """Fails majors that the user's catalogue does not list for the certificate."""
    demand = case.catalogue.demand(application.certificate, application.level) if application.certificate else None
    if demand is None or not demand.majors:
        yield NotApplicable("目录里没有这个证书对专业的要求。")
        return
    eligible = {fold(major) for major in demand.majors}
    others = [major for major in application.majors if fold(major) not in eligible]
    if others:
        yield Fail(
            f"试点专业{quoted(others)}不在“{application.certificate}”可申报的专业之中（{'、'.join(demand.majors)}）。",
            application.origin.at("majors"),
        )


RULE = Rule(
    id="MAJ004",
    title="试点专业可报该证书",
    level=Severity.ERROR,
    clause="二（二）2（2）",
    doc=__doc__,
    hint="联系培训评价组织确认这些专业能否报考；能报的，补进导入的证书要求里。",
    check_application=major_not_eligible,
    reads=("certificate", "majors"),
)
