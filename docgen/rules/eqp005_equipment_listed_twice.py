"""## 查什么
同一项申报里，同一种设备（名称、型号规格、数量、存放场地都相同）是不是登记了两行。

## 为什么
指南一（二）1：不虚报。重复的一行使设备数量和金额多算一遍。

## 例子
提醒：设备工作表有两行“台式计算机　i7/32G　40 台　网店运营实训室”，申报编号都有 A01。

通过：一种设备一行；型号或存放场地不同的分行。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .applied import quoted_labels, repeated
from .base import Answer, Fail, NotApplicable, Rule
from .words import cells


def equipment_listed_twice(case: Case) -> Iterator[Answer]:
    """Fails equipment that stands in several like rows of one application; each is told once."""
    if not case.equipment:
        yield NotApplicable("没有设备。")
    for rows, numbers in repeated(
        case, case.equipment, lambda piece: (piece.name, piece.specification, str(piece.count), piece.venue)
    ):
        sources = [row.origin.at("name") for row in rows]
        yield Fail(
            f"设备“{rows[0].name}”登记了 {len(rows)} 行（{cells(sources)}），在{quoted_labels(numbers)}中重复计算。",
            sources[1],
            also=sources,
            application=numbers[0] if len(numbers) == 1 else "",
        )


RULE = Rule(
    id="EQP005",
    title="设备不重复登记",
    level=Severity.WARNING,
    clause="一（二）1",
    doc=__doc__,
    hint="删除重复的一行；申报编号用顿号隔开。",
    check_school=equipment_listed_twice,
)
