"""## 查什么
证书要求里列了必备设备时，这项申报的设备里有没有。设备名称或型号规格里出现要求的名称，就算有。

## 为什么
指南一（二）2：了解证书必备的软硬件设施，达到条件再申报。

要求由本校用 `docgen catalogue import` 导入；没有要求的证书不查。

## 例子
不通过：要求有激光测距仪，设备工作表里没有。

通过：设备工作表里有“手持激光测距仪”。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule
from .words import quoted


def demanded_equipment_missing(case: Case, application: Application) -> Iterator[Answer]:
    """Fails equipment that the user's catalogue demands and no row of the application names."""
    demand = case.catalogue.demand(application.certificate, application.level) if application.certificate else None
    if demand is None or not demand.equipment:
        yield NotApplicable("目录里没有这个证书对设备的要求。")
        return
    owned = [fold(f"{piece.name} {piece.specification}") for piece in case.equipment_of(application)]
    missing = [name for name in demand.equipment if not any(fold(name) in text for text in owned)]
    if missing:
        yield Fail(
            f"“{application.certificate}”{application.level or ''}要求的设备{quoted(missing)}没有登记。",
            application.origin.at("number"),
        )


RULE = Rule(
    id="EQP002",
    title="必备设备齐全",
    level=Severity.ERROR,
    clause="一（二）2",
    doc=__doc__,
    hint="在“设备”工作表补上；叫法不同的，名称写得与要求一致。",
    check_application=demanded_equipment_missing,
    reads=("certificate", "level"),
    by_number=True,
)
