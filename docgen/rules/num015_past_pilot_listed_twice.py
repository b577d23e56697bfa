"""## 查什么
“往年试点”里同一年度、同一证书、同一等级是不是登记了两行。

## 为什么
指南二（一）1：申报书要说明往年试点情况；重复的一行使培训、取证人数多算一遍。

## 例子

提醒：2020 年网店运营推广中级写了两行，取证人数一行 70，一行 60。

通过：一个年度一个证书一个等级一行。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import PastPilot

from .applied import meaning
from .base import Answer, Fail, NotApplicable, Rule
from .words import cells


def past_pilot_listed_twice(case: Case) -> Iterator[Answer]:
    """Fails rows of one year, certificate and level; each set is told once."""
    if not case.past_pilots:
        yield NotApplicable("没有往年试点。")
    rows: dict[tuple[int, str, str], list[PastPilot]] = {}
    for row in case.past_pilots:
        if row.year is not None and row.certificate and row.level is not None:
            rows.setdefault((row.year, meaning(case, row.certificate), row.level), []).append(row)
    for (year, _, level), members in rows.items():
        if len(members) > 1:
            sources = [row.origin.at("certificate") for row in members]
            yield Fail(
                f"{year}年“{members[0].certificate}”{level}登记了 {len(members)} 行（{cells(sources)}）。",
                sources[1],
                also=sources,
            )


RULE = Rule(
    id="NUM015",
    title="往年试点不重复登记",
    level=Severity.WARNING,
    clause="二（一）1",
    doc=__doc__,
    hint="合并成一行，或改正年度、证书、等级。",
    check_school=past_pilot_listed_twice,
)
