"""## 查什么
“佐证材料”工作表的每一行有没有填类别（教师、场地、设备、其他）。

## 为什么
指南二（二）2（4）：同类佐证材料放到一个文件中。不知道类别的材料不会进入任何一册。

## 例子
不通过：类别空着。

通过：`场地`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .words import cells


def evidence_without_kind(case: Case) -> Iterator[Answer]:
    """Fails rows without a kind; all of them are one finding."""
    if not case.evidence:
        yield NotApplicable("没有登记佐证材料。")
    unreadable = [item for item in case.evidence if item.kind is None and "kind" in item.origin.unreadable]
    if unreadable:
        yield NotEvaluated("有的“类别”读不出来，没有核查。", unreadable[0].origin.at("kind"))
    missing = [item.origin.at("kind") for item in case.evidence if item.kind is None and item not in unreadable]
    if missing:
        yield Fail(
            f"{len(missing)} 件佐证材料没有填类别（{cells(missing)}），不会进入任何一册。", missing[0], also=missing
        )


RULE = Rule(
    id="EVI011",
    title="佐证材料已填类别",
    level=Severity.ERROR,
    clause="二（二）2（4）",
    doc=__doc__,
    hint="填教师、场地、设备或其他。",
    check_school=evidence_without_kind,
)
