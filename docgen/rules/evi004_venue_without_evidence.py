"""## 查什么
每项申报有没有场地佐证材料：“佐证材料”工作表里类别为场地、申报编号写着它（或“全部”）的一行，或放在 `佐证材料/申报编号/场地/`、`佐证材料/公共/场地/` 里的文件。

## 为什么
指南二（一）1 要求准备相应的佐证材料（照片），二（二）2（5）要求提交前检查有没有缺漏。场地的照片等没有，这一册就是空的。

确实不需要的（先与培训评价组织联系，见二（二）2（4）），可以在 docgen.toml 中写明理由。

## 例子
不通过：A03 没有任何场地类的佐证材料。

通过：`佐证材料/A03/场地/` 里有一张照片。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application, EvidenceKind

from .base import Answer, Rule
from .evidence import without_evidence


def venue_without_evidence(case: Case, application: Application) -> Iterator[Answer]:
    """Fails an application without evidence of this kind."""
    return without_evidence(case, application, EvidenceKind.VENUE)


RULE = Rule(
    id="EVI004",
    title="有场地佐证材料",
    level=Severity.ERROR,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="把文件放进佐证材料文件夹中这项申报的“场地”文件夹，或在“佐证材料”工作表登记。",
    check_application=venue_without_evidence,
    by_number=True,
)
