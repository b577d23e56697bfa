"""## 查什么
有没有两项申报是同一个证书的同一个等级。

## 为什么
指南二（二）2（1）：一个证书的一个等级只申报一次；重复的一项会使人数、场地和设备算两遍。

## 例子
不通过：A01 和 A05 都是网店运营推广中级。

通过：A01 是网店运营推广中级，A05 是网店运营推广高级。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule


def certificate_applied_twice(case: Case, application: Application) -> Iterator[Answer]:
    """Fails an application where an earlier row has the same certificate and level."""
    if not application.certificate or application.level is None:
        yield NotApplicable("证书名称或等级没有填写。")
        return
    first = case.remembered("first applications", lambda: _first_of_each(case))
    earlier = first[_key(case, application)]
    if earlier is not application:
        yield Fail(
            f"和{earlier.label}（{earlier.origin.at('certificate').cell}）重复：都是“{application.certificate}”{application.level}。",
            application.origin.at("certificate"),
        )


def _first_of_each(case: Case) -> dict[tuple[str, str], Application]:
    """The first application of each certificate and level."""
    first: dict[tuple[str, str], Application] = {}
    for application in case.applications:
        if application.certificate and application.level is not None:
            first.setdefault(_key(case, application), application)
    return first


def _key(case: Case, application: Application) -> tuple[str, str]:
    known = case.catalogue.certificate(application.certificate)
    return fold(known.name if known else application.certificate), application.level or ""


RULE = Rule(
    id="CRT005",
    title="同一证书同一等级只申报一次",
    level=Severity.ERROR,
    clause="二（二）2（1）",
    doc=__doc__,
    hint="删除重复的一行（把专业和人数并到一起），或改正等级。",
    check_application=certificate_applied_twice,
    reads=("certificate", "level"),
)
