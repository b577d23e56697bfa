"""## 查什么
佐证图片里有没有动图（会动的 GIF、PNG、WebP）。

## 为什么
纸面上只能放一幅画面，其余的不会出现在分册里（指南二（二）2（4））。

## 例子
有说明：`A01/场地/实训室.gif` 有 12 幅画面，分册里只有其中一幅。

没有说明：普通照片。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import NoteKind

from .base import Answer, Rule
from .notes import noted


def one_frame_of_evidence_shown(case: Case) -> Iterator[Answer]:
    """Fails files of which inspection noted it."""
    return noted(case, NoteKind.FRAMES)


RULE = Rule(
    id="EVI022",
    title="佐证图片不是动图",
    level=Severity.INFO,
    clause="二（二）2（4）",
    doc=__doc__,
    hint="要另一幅画面的，截取后存为 JPG，换掉原文件。",
    check_school=one_frame_of_evidence_shown,
)
