"""## 查什么
各个工作表里有没有错别字：同音字、形近字、多字、漏字、搭配不当、重复的字词（`的的`）。姓名、证书和专业名称由别的规则核对。

## 为什么
指南二（二）2（5）第三条：检查是否有错别字。

只认得有把握的错误，没有找到不等于没有错别字。本校自己的说法被误认的，写进 docgen.toml：`[text]` 一节的 `glossary = ["词语"]`。

## 例子
提醒：申报理由写“学校已布署培训工作”（应为“部署”）。

通过：“学校已部署培训工作”。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.prose import SlipKind

from .base import Answer, Rule
from .prose import slips

_KINDS = frozenset(
    (
        SlipKind.SOUND,
        SlipKind.SHAPE,
        SlipKind.EXTRA,
        SlipKind.MISSING,
        SlipKind.USAGE,
        SlipKind.PHRASE,
        SlipKind.BROKEN,
        SlipKind.DOUBLED,
    )
)


def wrong_words(case: Case) -> Iterator[Answer]:
    """Fails words that are plainly others misspelt, and words written twice."""
    yield from slips(case, _KINDS)


RULE = Rule(
    id="TXT003",
    title="没有错别字",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="对照建议改正。",
    check_school=wrong_words,
)
