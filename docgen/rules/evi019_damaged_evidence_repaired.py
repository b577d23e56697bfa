"""## 查什么
佐证 PDF 的结构、照片里记的拍摄方向有没有损坏。PDF 能修复、每一页都读得出来的，照片只是不知道该不该转正的，在这里提醒；缺了页的见 EVI020，修不好的见 EVI002。

## 为什么
损坏的 PDF 在有的软件里打不开。修复后的内容要有人看过才放心（指南二（二）2（5））。

## 例子
提醒：`A01/教师/培训证明.pdf` 下载时断过，目录信息损坏。

通过：重新扫描或重新导出的 PDF。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import NoteKind

from .base import Answer, Rule
from .notes import noted


def damaged_evidence_repaired(case: Case) -> Iterator[Answer]:
    """Fails files of which inspection noted it."""
    return noted(case, NoteKind.REPAIRED)


RULE = Rule(
    id="EVI019",
    title="佐证 PDF 完好，不需要修复",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="在分册里核对这份材料的页数和内容；不对的，重新扫描或重新导出。",
    check_school=damaged_evidence_repaired,
)
