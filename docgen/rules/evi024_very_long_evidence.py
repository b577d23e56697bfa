"""## 查什么
有没有页数特别多的佐证材料。

## 为什么
指南二（二）2（4）：佐证材料只要能说明情况的部分。把几百页的手册整本放进来，审核人找不到要看的那一页，文件也太大。

## 例子
有说明：`A07/设备/产品手册.pdf` 有 800 页。

没有说明：只放手册里用得上的几页。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import NoteKind

from .base import Answer, Rule
from .notes import noted


def very_long_evidence(case: Case) -> Iterator[Answer]:
    """Fails files of which inspection noted it."""
    return noted(case, NoteKind.LONG)


RULE = Rule(
    id="EVI024",
    title="佐证材料的页数适当",
    level=Severity.INFO,
    clause="二（二）2（4）",
    doc=__doc__,
    hint="确认每一页都是要交的材料，删去不要的页。",
    check_school=very_long_evidence,
)
