"""## 查什么
每项申报有没有填等级。

## 为什么
指南二（二）2（1）：一项申报就是一个证书的一个等级，不同等级要分开申报。

## 例子
不通过：等级空着。

通过：`中级`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, Rule


def level_missing(case: Case, application: Application) -> Iterator[Answer]:  # noqa: ARG001
    """Fails an application without a level."""
    if application.level is None:
        yield Fail("等级没有填写。", application.origin.at("level"))


RULE = Rule(
    id="CRT003",
    title="等级已填写",
    level=Severity.ERROR,
    clause="二（二）2（1）",
    doc=__doc__,
    hint="填初级、中级、高级之一；要报几个等级就写几行。",
    check_application=level_missing,
    reads=("level",),
)
