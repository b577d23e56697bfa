"""## 查什么
每项申报有没有填证书名称。

## 为什么
没有证书名称，这一项就不成其为申报（指南一（二）1）。

## 例子
不通过：A03 一行填了等级和人数，证书名称空着。

通过：证书名称填了公布的名称。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, Rule


def certificate_missing(case: Case, application: Application) -> Iterator[Answer]:  # noqa: ARG001
    """Fails an application without a certificate."""
    if not application.certificate:
        yield Fail("证书名称没有填写。", application.origin.at("certificate"))


RULE = Rule(
    id="CRT006",
    title="证书名称已填写",
    level=Severity.ERROR,
    clause="一（二）1",
    doc=__doc__,
    hint="从下拉列表选择，或用 docgen catalogue find 查找；不再申报的请删除整行。",
    check_application=certificate_missing,
    reads=("certificate",),
)
