"""## 查什么
每项申报在“教师”工作表里有没有至少一位教师（申报编号写的是它，或写“全部”）。

## 为什么
指南二（一）1：申报书要说明师资培训情况；没有教师的申报无从评审。

## 例子
不通过：A03 在教师工作表的“申报编号”一栏里从没出现过，也没有写“全部”的教师。

通过：有一行教师的申报编号为 `A01、A03`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, Rule


def teacher_missing(case: Case, application: Application) -> Iterator[Answer]:
    """Fails an application that no row of the sheet names."""
    if not case.teachers_of(application):
        yield Fail(f"“教师”工作表里没有属于{application.label}的教师。", application.origin.at("number"))


RULE = Rule(
    id="TEA001",
    title="有培训教师",
    level=Severity.ERROR,
    clause="二（一）1",
    doc=__doc__,
    hint="在“教师”工作表登记，并在那一行的“申报编号”里写上这项申报的编号。",
    check_application=teacher_missing,
    by_number=True,
)
