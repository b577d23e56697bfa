"""## 查什么
有没有同一个证书申报了几个等级。

## 为什么
指南一（二）1：同一学校是否可以同时申报某一个证书的初、中、高级，各培训评价组织政策不同，要向它咨询。分开申报本身是对的（二（二）2（1）），这里只提醒先问清楚。

## 例子
有说明：A01 是网店运营推广中级，A02 是网店运营推广高级。

没有说明：每个证书只申报一个等级。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .applied import meaning
from .base import Answer, Fail, NotApplicable, Rule


def several_levels_of_one_certificate(case: Case) -> Iterator[Answer]:
    """Tells once of all certificates that are applied for at more than one level."""
    groups: dict[str, list[Application]] = {}
    for application in case.applications:
        if application.certificate and application.level is not None:
            groups.setdefault(meaning(case, application.certificate), []).append(application)
    several = [rows for rows in groups.values() if len({row.level for row in rows}) > 1]
    if not groups:
        yield NotApplicable("证书名称或等级没有填写。")
    elif several:
        listed = [f"“{rows[0].certificate}”（{'、'.join(row.label for row in rows)}）" for rows in several]
        names = "、".join(listed[:5]) + (f"等 {len(listed)} 个证书" if len(listed) > 5 else "")
        yield Fail(f"{names}同时申报了几个等级。", several[0][1].origin.at("level"))


RULE = Rule(
    id="CRT009",
    title="每个证书只申报一个等级",
    level=Severity.INFO,
    clause="一（二）1",
    doc=__doc__,
    hint="向培训评价组织问清能否同时申报几个等级；已经问清的不必改。",
    check_school=several_levels_of_one_certificate,
)
