"""## 查什么
硬件的单价是不是大于 0 而不到 1 元，计算机的单价是不是在 20 万元以上，数量是不是 0 或在 1 万以上。

## 为什么
指南一（二）2 要看设备价格。不到 1 元的单价多半是按万元填的（单价以元为单位）；1 万台以上多半是把单价填进了数量；20 万元的计算机多半是总价。

## 例子
提醒：台式计算机的单价写 `0.52`（应为 5200？）；数量写 `52000` 或 `0`。

通过：单价 `5200`，数量 `40`；不知道单价的留空。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import EquipmentKind

from .base import Answer, Fail, NotApplicable, Rule
from .sharing import is_computer

_MANY = 10000
_DEAR = 200_000


def price_or_count_implausible(case: Case) -> Iterator[Answer]:
    """Fails hardware of less than a yuan a piece, computers at the price of a car, and counts of nought or five digits."""
    if not case.equipment:
        yield NotApplicable("没有设备。")
    for piece in case.equipment:
        if piece.price is not None and 0 < piece.price < 1 and piece.kind is not EquipmentKind.SOFTWARE:
            yield Fail(f"“{piece.name}”的单价是 {piece.price} 元，是不是按万元填的？", piece.origin.at("price"))
        if piece.price is not None and piece.price > _DEAR and is_computer(piece):
            yield Fail(
                f"“{piece.name}”的单价是 {piece.price} 元，是不是多写了几位，或填了总价？", piece.origin.at("price")
            )
        if piece.count == 0:
            yield Fail(
                f"“{piece.name}”的数量是 0。", piece.origin.at("count"), "填实有的台（套）数；没有的设备，整行删除。"
            )
        if piece.count is not None and piece.count >= _MANY:
            yield Fail(f"“{piece.name}”的数量是 {piece.count}，是不是填错了一栏？", piece.origin.at("count"))


RULE = Rule(
    id="EQP006",
    title="设备的单价和数量合理",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="单价填每台（套）多少元，数量填台（套）数。",
    check_school=price_or_count_implausible,
)
