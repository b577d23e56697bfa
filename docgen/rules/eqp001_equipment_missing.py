"""## 查什么
每项申报在“设备”工作表里有没有至少一种设备（申报编号写的是它，或写“全部”）。

## 为什么
指南二（一）1：申报书要说明所具备的软硬件设备。

## 例子
不通过：A03 在设备工作表的“申报编号”一栏里从没出现过。

通过：有一行设备的申报编号为 `A03`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, Rule


def equipment_missing(case: Case, application: Application) -> Iterator[Answer]:
    """Fails an application that no row of the sheet names."""
    if not case.equipment_of(application):
        yield Fail(f"“设备”工作表里没有属于{application.label}的设备。", application.origin.at("number"))


RULE = Rule(
    id="EQP001",
    title="有软硬件设备",
    level=Severity.ERROR,
    clause="二（一）1",
    doc=__doc__,
    hint="在“设备”工作表登记，并在那一行的“申报编号”里写上这项申报的编号。",
    check_application=equipment_missing,
    by_number=True,
)
