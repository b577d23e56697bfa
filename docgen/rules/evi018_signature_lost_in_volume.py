"""## 查什么
佐证 PDF 有没有电子签名。

## 为什么
指南二（二）2（4）要求同一类材料合并成一个 PDF。电子签名只对原来的文件有效，任何合并都会使它失效：签名的样子留在页面上，但不能再验证。docgen 把原文件作为附件收在分册里，需要验证时可以取出来。

## 例子
提醒：`A03/设备/电子合同.pdf` 由电子签章系统签过。

通过：没有电子签名的 PDF，或盖章后扫描的 PDF。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import NoteKind

from .base import Answer, Rule
from .notes import noted


def signature_lost_in_volume(case: Case) -> Iterator[Answer]:
    """Fails files of which inspection noted it."""
    return noted(case, NoteKind.SIGNED)


RULE = Rule(
    id="EVI018",
    title="佐证 PDF 没有合并后会失效的电子签名",
    level=Severity.WARNING,
    clause="二（二）2（4）",
    doc=__doc__,
    hint="保存好原文件；评价组织要求验证签名的，把原文件单独上传。",
    check_school=signature_lost_in_volume,
)
