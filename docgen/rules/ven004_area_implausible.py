"""## 查什么
场地的面积和工位数是不是相称：每个工位不到 1 平方米的提醒；没有填面积而工位数在 500 个以上的也提醒。

## 为什么
指南一（二）1：不虚报。平均每个工位不到 1 平方米坐不下，多半是工位数多写了一位，或面积少写了一位。1 平方米是本规则自定的下限，实际的实训室一般在 2 平方米以上。

## 例子
提醒：面积 12 平方米，工位 40 个。

通过：面积 120 平方米，工位 40 个。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule

_MANY = 500


def area_implausible(case: Case) -> Iterator[Answer]:
    """Fails rooms with less than a square metre a seat, or with hundreds of seats and no area."""
    if not any(venue.seats for venue in case.venues):
        yield NotApplicable("没有填写工位数。")
    for venue in case.venues:
        if not venue.seats:
            continue
        if venue.area and venue.area < venue.seats:
            yield Fail(
                f"“{venue.name}”面积 {venue.area} 平方米，工位 {venue.seats} 个，平均每个不到 1 平方米。",
                venue.origin.at("area"),
            )
        elif venue.area is None and "area" not in venue.origin.unreadable and venue.seats >= _MANY:
            yield Fail(f"“{venue.name}”的工位数是 {venue.seats} 个，而没有填面积。", venue.origin.at("seats"))


RULE = Rule(
    id="VEN004",
    title="面积与工位数相称",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="核对面积（平方米）和工位数，改正抄错的一个。",
    check_school=area_implausible,
)
