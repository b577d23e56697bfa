"""## 查什么
“证书名称”在证书目录里找不找得到。有没有“职业技能等级证书”几个字、括号是全角还是半角，都不影响。

## 为什么
指南一（二）1：只能申报公布的证书。名称写错一个字，平台上就对不上。

docgen 自带的只是起步目录，不是全部证书：找不到而又和某个证书只差一两个字的，报错误；完全没有相近的，只提醒去核实。导入秘书处的完整目录（`docgen catalogue import`）以后，找不到的一律报错误。

## 例子
不通过：`网店运营推厂`（是不是“网店运营推广”？）。

通过：`网店运营推广`、`网店运营推广职业技能等级证书`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, NotApplicable, Rule
from .nearness import is_slip
from .words import meant


def certificate_unknown(case: Case, application: Application) -> Iterator[Answer]:
    """Fails a certificate that the catalogue does not have; how gravely depends on what the catalogue claims."""
    name, source = application.certificate, application.origin.at("certificate")
    if not name:
        yield NotApplicable("证书名称没有填写。")
        return
    if case.catalogue.certificate(name) is not None:
        return
    similar = case.catalogue.similar_certificates(name)
    slips = tuple(known for known in similar if is_slip(name, known))
    if slips:
        yield Fail(f"目录里没有证书“{name}”，{meant(slips)}", source, "改成目录里的名称，一字不差。", Severity.ERROR)
    elif case.catalogue.complete:
        yield Fail(
            f"证书目录里没有“{name}”。{meant(similar)}",
            source,
            "用 docgen catalogue find 查找正确的名称；一字不差地填写。",
            Severity.ERROR,
        )
    else:
        yield Fail(f"docgen 自带的起步目录里没有证书“{name}”，无法核实名称。{meant(similar)}", source)


RULE = Rule(
    id="CRT001",
    title="证书在目录中",
    level=Severity.WARNING,
    clause="一（二）1",
    doc=__doc__,
    hint="在平台上核对证书名称；用 docgen catalogue import 导入秘书处的完整目录后可以自动核对。",
    check_application=certificate_unknown,
    reads=("certificate",),
)
