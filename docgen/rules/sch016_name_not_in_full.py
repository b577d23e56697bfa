"""## 查什么
院校名称是不是全称（以学校、学院、大学、中学、中专、中心等结尾）。

## 为什么
指南二（二）1（2）：开账号要提交学校全称；全称与公章一致，印在每份文书上。

## 例子
提醒：`广西澄江职院`、`澄江职校`。

通过：`广西澄江职业技术学院`、`某某市职业教育中心`。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule

_ENDINGS = re.compile(r"(?:学校|学院|大学|中学|高中|中专|中心|校区|分校|分院|基地|学部|集团|技校)$")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]$")


def name_not_in_full(case: Case) -> Iterator[Answer]:
    """Fails a name that ends as no school's full name does."""
    name = case.school.name
    if not name:
        yield NotApplicable("院校名称没有填写。")
    elif not _ENDINGS.search(_BRACKETED.sub("", name)):
        yield Fail(f"院校名称“{name}”不像全称。", case.school.origin.at("name"))


RULE = Rule(
    id="SCH016",
    title="院校名称是全称",
    level=Severity.WARNING,
    clause="二（二）1（2）",
    doc=__doc__,
    hint="填学校全称，与公章一致，不用简称。",
    check_school=name_not_in_full,
    reads=("name",),
)
