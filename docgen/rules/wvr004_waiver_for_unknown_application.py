"""## 查什么
豁免里的申报编号，在“申报证书”里有没有。

## 为什么
申报编号改过以后，旧编号的豁免就不起作用了。

## 例子

提醒：豁免了 `application = "A09"` 的 EVI005（理由“不需要”），而申报证书里没有 A09。

通过：`application = "a01"` 的 EVI005（理由“不需要”），申报证书里有 A01（大小写不论）；整个学校的豁免不写 application。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity

from .base import Answer, Fail, NotApplicable, Rule, WaiverUse
from .waivers import is_known_application


def waiver_for_unknown_application(use: WaiverUse) -> Iterator[Answer]:
    """Fails waivers for applications that are not there."""
    if not use.waivers:
        yield NotApplicable("没有豁免。")
    for waiver in use.waivers:
        if not is_known_application(waiver, use):
            yield Fail(f"豁免 {waiver.rule} 的申报编号“{waiver.application}”在“申报证书”里没有。", waiver.source)


RULE = Rule(
    id="WVR004",
    title="豁免的申报编号存在",
    level=Severity.WARNING,
    clause="",
    doc=__doc__,
    hint="改正 docgen.toml 中的 application；对整个学校的豁免不写 application。",
    check_waivers=waiver_for_unknown_application,
)
