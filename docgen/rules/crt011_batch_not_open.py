"""## 查什么
申报年度为 2021 时，证书是不是属于第一至第四批。批次来自证书目录，目录里没有批次的不查，其他年度也不查。

## 为什么
指南一（二）1：2021 年度的申报包括第一至第四批的证书。

## 例子
提醒：导入的目录里，某证书是第 5 批，2021 年度申报了它。

通过：第 1 至第 4 批的证书。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, NotApplicable, Rule

_YEAR = 2021
_LAST_BATCH = 4


def batch_not_open(case: Case, application: Application) -> Iterator[Answer]:
    """Fails a certificate whose batch was not open in 2021."""
    known = case.catalogue.certificate(application.certificate) if application.certificate else None
    if case.school.year != _YEAR or known is None or known.batch is None:
        yield NotApplicable("不是 2021 年度，或目录里没有这个证书的批次。")
    elif known.batch > _LAST_BATCH:
        yield Fail(
            f"“{known.name}”是第 {known.batch} 批证书，2021 年度只申报第一至第四批。",
            application.origin.at("certificate"),
        )


RULE = Rule(
    id="CRT011",
    title="证书在本年度申报的批次之中",
    level=Severity.WARNING,
    clause="一（二）1",
    doc=__doc__,
    hint="核对证书目录里的批次，或改报第一至第四批的证书。",
    check_application=batch_not_open,
    reads=("certificate",),
)
