"""## 查什么
“院校信息”工作表中，院校在平台注册时要填的九项是不是都填了：院校名称、院校类型、统一社会信用代码、院校代码、院校网址、详细地址、联系人姓名、联系人手机号、联系人邮箱。

## 为什么
指南二（一）2：首次申报的院校要凭这九项在系统中注册；缺一项就注册不了。申报书和院校信息表也要印出这九项。

## 例子
不通过：“联系人邮箱”右边的单元格空着。

通过：九项右边都填了内容。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.schema import SCHOOL, column_of

from .base import Answer, Fail, NotEvaluated, Rule

NINE_ITEMS = (
    "name",
    "type",
    "credit_code",
    "code",
    "website",
    "address",
    "contact_name",
    "contact_phone",
    "contact_mail",
)
"""The attributes that a school registers with, in the order of guide 二（一）2."""


def school_items_missing(case: Case) -> Iterator[Answer]:
    """One Fail for each of the nine items that has no value; items that the sheet does not list were told on loading."""
    school = case.school
    if not school.origin.places:
        yield NotEvaluated("没有读到“院校信息”工作表，无法核查这一项。")
        return
    for attribute in NINE_ITEMS:
        if getattr(school, attribute):
            continue
        header = column_of(SCHOOL, attribute).header
        source = school.origin.at(attribute)
        if attribute in school.origin.unreadable:
            yield NotEvaluated(f"“{header}”这一格读不出来，没有核查。", source)
        elif attribute not in school.origin.places:
            yield NotEvaluated(f"工作表里没有“{header}”这一项，没有核查。")
        else:
            yield Fail(f"“{header}”没有填写。", source, f"在“{header}”的“内容”一栏填写。")


RULE = Rule(
    id="SCH001",
    title="院校信息九项填齐",
    level=Severity.ERROR,
    clause="二（一）2",
    doc=__doc__,
    hint="在“院校信息”工作表的“内容”一栏填写。",
    check_school=school_items_missing,
)
