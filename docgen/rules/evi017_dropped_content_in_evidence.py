"""## 查什么
佐证 PDF 里有没有脚本、附件、多媒体，或者会启动程序、提交数据的按钮。

## 为什么
上交的材料只应是可以看、可以印的页面；这些内容会被平台或审核人的软件拦下，所以合并时去掉，页面上看得到的内容不变。附件如果也是佐证材料，就要另外放进来，否则漏交（指南二（二）2（5））。

## 例子
有说明：`A01/设备/验收单.pdf` 里夹带着一个 Excel 附件。

没有说明：PDF 里只有页面。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import NoteKind

from .base import Answer, Rule
from .notes import noted


def dropped_content_in_evidence(case: Case) -> Iterator[Answer]:
    """Fails files of which inspection noted it."""
    return noted(case, NoteKind.DROPPED)


RULE = Rule(
    id="EVI017",
    title="佐证 PDF 里没有带不走的内容",
    level=Severity.INFO,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="附件如果也是佐证材料，请取出来，放进佐证材料文件夹。",
    check_school=dropped_content_in_evidence,
)
