"""## 查什么
各个工作表里有没有乱码（`锟斤拷`、`烫烫烫`、`�`、`Ã` 之类）。

## 为什么
从别的系统复制来的文字有时会变成乱码，印进文书就成了废话（指南二（二）2（5）第三条：检查错别字）。

## 例子
不通过：`锟斤拷锟斤拷实训室`。

通过：重新录入的文字。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, Rule
from .texts import texts_of

_GARBLED = re.compile("锟斤拷|锟斤|烫烫|屯屯屯|\ufffd|(?:[ÃÂåæçèéä][\u0080-\u00bf]){2,}|[\ue000-\uf8ff]")


def garbled_text(case: Case) -> Iterator[Answer]:
    """Fails cells with the traces of a wrong encoding, or with characters that no font has."""
    for cell in texts_of(case):
        match = None if cell.text.isascii() else _GARBLED.search(cell.text)
        if match:
            shown = match.group() if match.group().isprintable() else f"U+{ord(match.group()[0]):04X}"
            yield Fail(f"单元格里有乱码“{shown}”。", cell.source, application=cell.application)


RULE = Rule(
    id="TXT002",
    title="没有乱码",
    level=Severity.ERROR,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="重新录入这一格的文字。",
    check_school=garbled_text,
)
