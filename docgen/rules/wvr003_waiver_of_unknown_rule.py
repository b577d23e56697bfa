"""## 查什么
豁免里的规则编号是不是真有这条规则。

## 为什么
编号写错的豁免不起作用，而写的人以为它起了作用。

## 例子

提醒：`rule = "EV1005"`（是不是“EVI005”？），理由“不需要”。

通过：`rule = "EVI005"`，理由“不需要”；全部编号见 `docgen rules`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity

from .base import Answer, Fail, NotApplicable, Rule, WaiverUse
from .nearness import is_slip
from .waivers import is_known_rule
from .words import meant


def waiver_of_unknown_rule(use: WaiverUse) -> Iterator[Answer]:
    """Fails waivers of ids that no rule has."""
    if not use.waivers:
        yield NotApplicable("没有豁免。")
    for waiver in use.waivers:
        if not is_known_rule(waiver, use):
            near = tuple(rule for rule in sorted(use.known_rules) if is_slip(waiver.rule, rule))
            yield Fail(f"豁免里的规则编号“{waiver.rule}”不存在。{meant(near[:3])}", waiver.source)


RULE = Rule(
    id="WVR003",
    title="豁免的规则编号存在",
    level=Severity.WARNING,
    clause="",
    doc=__doc__,
    hint="用 docgen rules 查看全部规则编号，改正 docgen.toml。",
    check_waivers=waiver_of_unknown_rule,
)
