"""## 查什么
同一项申报里，同一处场地（名称、地点都相同）是不是登记了两行。

## 为什么
指南一（二）1：不虚报。重复的一行使工位数多算一遍。

## 例子
提醒：场地工作表有两行“网店运营实训室　实训楼301”，申报编号都有 A01。

通过：一处场地一行，申报编号写 `A01、A03`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .applied import quoted_labels, repeated
from .base import Answer, Fail, NotApplicable, Rule
from .words import cells


def venue_listed_twice(case: Case) -> Iterator[Answer]:
    """Fails venues of one name and place in several rows of one application; each is told once."""
    if not case.venues:
        yield NotApplicable("没有场地。")
    for rows, numbers in repeated(case, case.venues, lambda venue: (venue.name, venue.place)):
        sources = [row.origin.at("name") for row in rows]
        yield Fail(
            f"场地“{rows[0].name}”登记了 {len(rows)} 行（{cells(sources)}），在{quoted_labels(numbers)}中重复计算工位。",
            sources[1],
            also=sources,
            application=numbers[0] if len(numbers) == 1 else "",
        )


RULE = Rule(
    id="VEN005",
    title="场地不重复登记",
    level=Severity.WARNING,
    clause="一（二）1",
    doc=__doc__,
    hint="合并成一行，申报编号用顿号隔开；确是两处的，写明各自的地点。",
    check_school=venue_listed_twice,
)
