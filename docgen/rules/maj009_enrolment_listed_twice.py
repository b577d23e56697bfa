"""## 查什么
“招生”里有没有两行，专业、专业代码、年级和在校生人数都相同。

## 为什么
指南一（二）1：不虚报。重复的一行使在校生人数多算一遍，培训人数就显得不多。

只看四栏全部相同的行：同一专业分学制、分校区登记的，人数一般不同。

## 例子
提醒：电子商务、`530701`、2020级、150 人写了两行。

通过：一个专业一个年级一行。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.source import Source
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule
from .words import cells


def enrolment_listed_twice(case: Case) -> Iterator[Answer]:
    """Fails rows that are the same in every column; each set is told once."""
    rows: dict[tuple[str, str, str, int], list[Source]] = {}
    for row in case.enrolments:
        if row.major and row.students:
            key = (fold(row.major), fold(row.major_code), fold(row.grade), row.students)
            rows.setdefault(key, []).append(row.origin.at("major"))
    if not rows:
        yield NotApplicable("没有招生情况。")
    for (_, _, _, students), sources in rows.items():
        if len(sources) > 1:
            yield Fail(
                f"“招生”工作表 {cells(sources)} 几行完全相同（{students} 人），在校生会重复计算。",
                sources[1],
                also=sources,
            )


RULE = Rule(
    id="MAJ009",
    title="招生情况不重复登记",
    level=Severity.WARNING,
    clause="一（二）1",
    doc=__doc__,
    hint="删除重复的一行；不是同一年级的，改正年级。",
    check_school=enrolment_listed_twice,
)
