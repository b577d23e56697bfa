"""## 查什么
“详细地址”够不够详细：要有市、县（区）、乡镇、路、街、村、号之类。

## 为什么
指南二（一）2：注册要填详细地址，寄送材料和证书要用。

## 例子

提醒：`南宁`、`广西钦州校本部`。

通过：`广西南宁市青秀区某某路1号`。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule

_PARTS = re.compile("[市县区州盟旗镇乡村屯路街道巷弄号]|大道|开发区|园")
_SHORTEST = 6


def address_too_brief(case: Case) -> Iterator[Answer]:
    """Fails an address that no letter would arrive at."""
    address = case.school.address
    if not address:
        yield NotApplicable("详细地址没有填写。")
    elif len(address) < _SHORTEST or len(set(_PARTS.findall(address))) < 2:
        yield Fail(f"详细地址“{address}”不够详细。", case.school.origin.at("address"))


RULE = Rule(
    id="SCH017",
    title="详细地址写到门牌号",
    level=Severity.WARNING,
    clause="二（一）2",
    doc=__doc__,
    hint="写到自治区、市、区（县）、路、号。",
    check_school=address_too_brief,
    reads=("address",),
)
