"""## 查什么
证书要求里写了教师人数时，这项申报的教师够不够。

## 为什么
指南一（二）2：了解证书的师资要求，达到条件再申报。

要求由本校用 `docgen catalogue import` 导入；没有要求的证书不查。

## 例子
不通过：要求 5 位教师，登记了 3 位。

通过：登记了 5 位或更多。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule


def teachers_fewer_than_demanded(case: Case, application: Application) -> Iterator[Answer]:
    """Fails fewer teachers than the user's catalogue demands; a teacher listed twice counts once."""
    demand = case.catalogue.demand(application.certificate, application.level) if application.certificate else None
    if demand is None or demand.teachers is None:
        yield NotApplicable("目录里没有这个证书对教师人数的要求。")
        return
    count = len({fold(teacher.name) for teacher in case.teachers_of(application)})
    if count < demand.teachers:
        yield Fail(
            f"“{application.certificate}”{application.level or ''}要求至少 {demand.teachers} 位教师，登记了 {count} 位。",
            application.origin.at("number"),
        )


RULE = Rule(
    id="TEA002",
    title="教师人数达到证书要求",
    level=Severity.ERROR,
    clause="一（二）2",
    doc=__doc__,
    hint="在“教师”工作表补上漏填的教师；确实不够的，先安排师资培训再申报。",
    check_application=teachers_fewer_than_demanded,
    reads=("certificate", "level"),
    by_number=True,
)
