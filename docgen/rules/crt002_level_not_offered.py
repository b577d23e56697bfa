"""## 查什么
所报的等级，这个证书有没有。

## 为什么
不是每个证书都有初、中、高三级（指南一（二）1：按该证书等级标准选择）。报了没有的等级，只能退回。

目录里不知道某证书有哪些等级时，这一项记为“未能核查”，请自行对照等级标准。

## 例子

不通过：数据采集只有初级，报了中级。

通过：报的等级在该证书的等级之中。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule


def level_not_offered(case: Case, application: Application) -> Iterator[Answer]:
    """Fails a level that the certificate is known not to have."""
    certificate = case.catalogue.certificate(application.certificate) if application.certificate else None
    if certificate is None or application.level is None:
        yield NotApplicable("证书不在目录里，或等级没有填写。")
    elif not certificate.levels:
        yield NotEvaluated(f"目录里没有“{certificate.name}”有哪些等级，请对照等级标准自行核对。")
    elif application.level not in certificate.levels:
        offered = "、".join(level.value for level in certificate.levels)
        yield Fail(f"“{certificate.name}”只有{offered}，没有{application.level}。", application.origin.at("level"))


RULE = Rule(
    id="CRT002",
    title="证书有所报的等级",
    level=Severity.ERROR,
    clause="一（二）1",
    doc=__doc__,
    hint="对照该证书的等级标准，改成它有的等级。",
    check_application=level_not_offered,
    reads=("certificate", "level"),
)
