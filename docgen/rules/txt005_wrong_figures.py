"""## 查什么
申报理由、保障措施、用途、说明里的数字、计量单位、日期和文号：全角和半角混用、不规范的单位、没有的日期、文号的括号（应为〔〕）。

## 为什么
指南二（二）2（5）第三条：检查文字。不存在的日期、写错的单位会使材料失去可信；文号按 GB/T 9704-2012 用六角括号。

## 例子

提醒：`方案于2021年2月30日制定。`、`教职成厅函[2021]5号`。

通过：`2021年2月28日制定`、`教职成厅函〔2021〕5号`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.prose import SlipKind

from .base import Answer, Rule
from .prose import slips

_KINDS = frozenset((SlipKind.DIGITS, SlipKind.UNIT, SlipKind.DOCUMENT_NUMBER, SlipKind.DATE))


def wrong_figures(case: Case) -> Iterator[Answer]:
    """Fails dates that there are not, and figures, units and document numbers in wrong form."""
    yield from slips(case, _KINDS, sentences_only=True)


RULE = Rule(
    id="TXT005",
    title="数字、单位、日期的写法正确",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="对照建议改正。",
    check_school=wrong_figures,
)
