"""## 查什么
申报理由、保障措施、用途、说明里的标点：括号和引号是否成对，汉字之间有没有半角标点、重复的标点、多余的空格。

## 为什么
指南二（二）2（5）第三条：检查文字。标点会原样印进申报书；不影响意思，所以只是说明。

## 例子

有说明：`由教务处统筹,安排专人负责。`、`由教务处统筹（见附件。`

没有说明：`由教务处统筹，安排专人负责（见附件）。`
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.prose import SlipKind

from .base import Answer, Rule
from .prose import slips

_KINDS = frozenset((SlipKind.PAIR, SlipKind.PUNCTUATION, SlipKind.SPACE))


def wrong_marks(case: Case) -> Iterator[Answer]:
    """Tells of marks that are unpaired, doubled or of the wrong width in sentences."""
    yield from slips(case, _KINDS, sentences_only=True)


RULE = Rule(
    id="TXT004",
    title="标点符号正确",
    level=Severity.INFO,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="对照建议改正。",
    check_school=wrong_marks,
)
