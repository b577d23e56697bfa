"""## 查什么
佐证 PDF 里有没有一般看不到的内容：关着的图层、只有个别软件才显示的动态表单。

## 为什么
审核人看到的和您看到的可能不一样；合并后只有一般看得到的内容（指南二（二）2（5））。

## 例子
提醒：`A02/场地/平面图.pdf` 有一个图层是关着的。

通过：看到的就是全部内容；或用阅读器“打印为 PDF”以后再放进来。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import NoteKind

from .base import Answer, Rule
from .notes import noted


def hidden_content_in_evidence(case: Case) -> Iterator[Answer]:
    """Fails files of which inspection noted it."""
    return noted(case, NoteKind.HIDDEN)


RULE = Rule(
    id="EVI021",
    title="佐证 PDF 里没有看不到的内容",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="要给人看的内容，请显示出来后“打印为 PDF”，换掉原文件。",
    check_school=hidden_content_in_evidence,
)
