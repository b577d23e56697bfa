"""## 查什么
佐证 PDF 的每一页是不是都读得出来。

## 为什么
指南二（二）2（5）第一条：检查佐证材料是否完整。读不出来的页进不了分册，等于漏交。

## 例子
不通过：`A01/设备/采购合同.pdf` 共 5 页，第 3 页的数据已损坏。

通过：每一页都读得出来。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import NoteKind

from .base import Answer, Rule
from .notes import noted


def pages_of_evidence_lost(case: Case) -> Iterator[Answer]:
    """Fails files of which inspection noted it."""
    return noted(case, NoteKind.PAGES_LOST)


RULE = Rule(
    id="EVI020",
    title="佐证 PDF 每一页都读得出来",
    level=Severity.ERROR,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="重新扫描或重新导出这份材料，换掉原文件。",
    check_school=pages_of_evidence_lost,
)
