"""## 查什么
同一项申报里，同一个姓名的教师是不是登记了两行。

## 为什么
重复的一行会使申报书里的教师人数多出来（指南一（二）1：不虚报）。确实同名同姓的两个人，可以在 docgen.toml 中写明理由。

## 例子
提醒：教师工作表有两行张某某，申报编号都有 A01。

通过：一位教师一行，申报编号写 `A01、A03`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .applied import quoted_labels, repeated
from .base import Answer, Fail, NotApplicable, Rule
from .words import cells


def teacher_listed_twice(case: Case) -> Iterator[Answer]:
    """Fails teachers of one name who stand in several rows of one application; each name is told once."""
    if not case.teachers:
        yield NotApplicable("没有教师。")
    for rows, numbers in repeated(case, case.teachers, lambda teacher: (teacher.name,)):
        sources = [row.origin.at("name") for row in rows]
        yield Fail(
            f"教师“{rows[0].name}”登记了 {len(rows)} 行（{cells(sources)}），在{quoted_labels(numbers)}中重复计算。",
            sources[1],
            also=sources,
            application=numbers[0] if len(numbers) == 1 else "",
        )


RULE = Rule(
    id="TEA003",
    title="教师不重复登记",
    level=Severity.WARNING,
    clause="一（二）1",
    doc=__doc__,
    hint="合并成一行，申报编号用顿号隔开。",
    check_school=teacher_listed_twice,
)
