"""## 查什么
每项申报有没有填试点专业。

## 为什么
指南二（二）2（2）：申报时要选择试点专业，符合条件的专业尽量都选，以免考证人数不够。

## 例子
不通过：试点专业空着。

通过：`电子商务、市场营销`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, Rule


def major_missing(case: Case, application: Application) -> Iterator[Answer]:  # noqa: ARG001
    """Fails an application without pilot majors."""
    if not application.majors:
        yield Fail("试点专业没有填写。", application.origin.at("majors"))


RULE = Rule(
    id="MAJ003",
    title="试点专业已填写",
    level=Severity.ERROR,
    clause="二（二）2（2）",
    doc=__doc__,
    hint="填专业目录中的全称，多个专业用顿号隔开。",
    check_application=major_missing,
    reads=("majors",),
)
