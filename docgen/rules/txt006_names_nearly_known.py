"""## 查什么
申报理由、保障措施、用途、说明里，有没有和已知名称（本校、证书、培训评价组织、专业、院系、教师）只差一两个字的名称。四个字以上的名称才比较。

## 为什么
指南二（二）2（5）：检查是否有错别字、信息是否相互匹配。名称写错一个字，最容易漏看，也最显得不认真。

## 例子

提醒：申报理由写“网店运赢推广与课程内容一致”（应为“网店运营推广”）。

通过：“网店运营推广证书与课程一致”。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.prose import SlipKind

from .base import Answer, Rule
from .prose import slips

_KINDS = frozenset((SlipKind.NAME,))


def names_nearly_known(case: Case) -> Iterator[Answer]:
    """Fails names in sentences that are a known one but for a character or two."""
    yield from slips(case, _KINDS, sentences_only=True)


RULE = Rule(
    id="TXT006",
    title="文中的名称没有写错",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="改成正确的名称。",
    check_school=names_nearly_known,
)
