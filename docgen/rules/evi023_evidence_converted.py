"""## 查什么
有没有 Word、Excel、PowerPoint 文件。它们由 LibreOffice 转换成 PDF 后放进分册。

## 为什么
指南二（二）2（4）：能上传的是 PDF。转换后字体、分页可能与原来略有不同，要有人看一眼。

## 例子
有说明：`A01/设备/设备清单.xlsx`。

没有说明：`A01/设备/设备清单.pdf`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import NoteKind

from .base import Answer, Rule
from .notes import noted


def evidence_converted(case: Case) -> Iterator[Answer]:
    """Fails files of which inspection noted it."""
    return noted(case, NoteKind.CONVERTED)


RULE = Rule(
    id="EVI023",
    title="佐证材料不需要转换格式",
    level=Severity.INFO,
    clause="二（二）2（4）",
    doc=__doc__,
    hint="在分册里看一看这份材料；版面不对的，用原来的程序另存为 PDF，换掉原文件。",
    check_school=evidence_converted,
)
