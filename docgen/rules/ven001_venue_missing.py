"""## 查什么
每项申报在“场地”工作表里有没有至少一处场地（申报编号写的是它，或写“全部”）。

## 为什么
指南二（一）1：申报书要说明学校所具备的教学场地。

## 例子
不通过：A03 在场地工作表的“申报编号”一栏里从没出现过。

通过：有一处场地的申报编号为 `全部`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, Rule


def venue_missing(case: Case, application: Application) -> Iterator[Answer]:
    """Fails an application that no row of the sheet names."""
    if not case.venues_of(application):
        yield Fail(f"“场地”工作表里没有属于{application.label}的场地。", application.origin.at("number"))


RULE = Rule(
    id="VEN001",
    title="有教学场地",
    level=Severity.ERROR,
    clause="二（一）1",
    doc=__doc__,
    hint="在“场地”工作表登记，并在那一行的“申报编号”里写上这项申报的编号。",
    check_application=venue_missing,
    by_number=True,
)
