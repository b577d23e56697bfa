"""## 查什么
docgen.toml 里的每一条豁免（`[[waive]]`）是不是真的对应着一个问题。

## 为什么
豁免的理由会印在主管领导审核页上。问题改好以后，豁免应当删掉；编号写错的豁免，也会在这里露出来。

## 例子

提醒：豁免了 A01 的 EVI005（理由“不需要”），而 A01 的设备佐证材料已经补齐。

通过：豁免了 A01 的 EVI005（理由“评价组织不要求”），而 A01 确实没有设备佐证材料。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity

from .base import Answer, Fail, NotApplicable, Rule, WaiverUse
from .waivers import is_known_application, is_known_rule

_LOADING = "DAT"


def waiver_waives_nothing(use: WaiverUse) -> Iterator[Answer]:
    """Fails waivers that met no finding; those of findings that only a build can make are left alone."""
    if not use.waivers:
        yield NotApplicable("没有豁免。")
    for waiver in use.idle:
        family = waiver.rule[:3]
        if family not in use.families and family != _LOADING:
            continue
        if is_known_rule(waiver, use) and is_known_application(waiver, use):
            where = f"{waiver.application} 的 {waiver.rule}" if waiver.application else waiver.rule
            yield Fail(f"豁免 {where}（理由：{waiver.reason}）没有用上：没有这个问题。", waiver.source)


RULE = Rule(
    id="WVR002",
    title="豁免都用得上",
    level=Severity.WARNING,
    clause="",
    doc=__doc__,
    hint="问题已经改好的，从 docgen.toml 删除这条豁免。",
    check_waivers=waiver_waives_nothing,
)
