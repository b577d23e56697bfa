"""## 查什么
“试点专业”里同一个专业是不是写了两遍。

## 为什么
指南二（二）2（5）：检查填报内容。重复的专业会原样印进申报书，多半是想写另一个专业。

## 例子
提醒：`电子商务、市场营销、电子商务`。

通过：`电子商务、市场营销`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule
from .words import quoted


def major_named_twice(case: Case, application: Application) -> Iterator[Answer]:  # noqa: ARG001
    """Fails an application that names a major more than once."""
    if not application.majors:
        yield NotApplicable("试点专业没有填写。")
        return
    seen: set[str] = set()
    twice = []
    for major in application.majors:
        if fold(major) in seen:
            twice.append(major)
        seen.add(fold(major))
    if twice:
        yield Fail(f"试点专业里{quoted(twice)}写了不止一遍。", application.origin.at("majors"))


RULE = Rule(
    id="MAJ007",
    title="试点专业不重复",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="删除重复的，或改成想写的专业。",
    check_application=major_named_twice,
    reads=("majors",),
)
