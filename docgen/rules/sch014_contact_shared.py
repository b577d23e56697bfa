"""## 查什么
联系人和各项申报的负责人中，不同的人是不是填了同一个手机号或邮箱；自加的列（负责人邮箱、教师手机号、主管领导电话）也查。
座机可以共用，教务处之类的公用邮箱（jwc@…）也可以，不查。

## 为什么
指南二（一）2、二（二）2（8）：联系人和负责人要各自联系得上。两个人同一个手机号，总有一个填错了。

## 例子

提醒：A01 的负责人赵敏和 A02（数据采集）的负责人韦明，电话都是 `13907711234`。

通过：各填各的手机号；或都填系部的座机。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.source import Source
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule
from .formats import is_mail, mobile_digits

_PHONE = re.compile("手机|电话|联系方式")
_MAIL = re.compile("邮箱|邮件|e-?mail", re.IGNORECASE)
_OFFICE = re.compile(r"^(?:jwc|jwk|jxk|office|xzb|bgs|admin|info|service)\b", re.IGNORECASE)
"""The mailbox of an office, which people may share."""

_Said = tuple[str, str, Source, str]


def contact_shared(case: Case) -> Iterator[Answer]:
    """Fails mobile numbers and mail addresses that stand beside several names; each is told once."""
    said = list(_said(case))
    phones = _by_value((mobile_digits(text), *rest) for text, *rest in said)
    mails = _by_value(
        (text.casefold() if is_mail(text) and not _OFFICE.search(text) else "", *rest) for text, *rest in said
    )
    if not phones and not mails:
        yield NotApplicable("没有填写手机号和邮箱。")
    for what, values in (("手机号", phones), ("邮箱", mails)):
        for value, people in values.items():
            if len(people) > 1:
                named = "、".join(f"{label}“{name}”" for name, label, _ in people.values())
                places = [place for *_, place in people.values()]
                yield Fail(f"{named}的{what}都是 {value}。", places[1], also=places)


def _said(case: Case) -> Iterator[_Said]:
    """(number or address, name, place, whose) of everybody of whom one is given, in columns of the school's own, too."""
    school = case.school
    for attribute in ("contact_phone", "contact_mail"):
        yield getattr(school, attribute), school.contact_name, school.origin.at(attribute), "联系人"
    for header, text in school.extra.items():
        leader = re.search("领导|院长|校长", header)
        if leader and (_PHONE.search(header) or _MAIL.search(header)):
            yield text, school.leader_name, school.origin.at(header), "主管领导"
    for row in case.applications:
        yield row.responsible_phone, row.responsible, row.origin.at("responsible_phone"), f"{row.label}负责人"
        for header, text in row.extra.items():
            if _PHONE.search(header) or _MAIL.search(header):
                yield text, row.responsible, row.origin.at(header), f"{row.label}负责人"
    for teacher in case.teachers:
        for header, text in teacher.extra.items():
            if _PHONE.search(header) or _MAIL.search(header):
                yield text, teacher.name, teacher.origin.at(header), "教师"


def _by_value(said: Iterable[Sequence[Any]]) -> dict[str, dict[str, tuple[str, str, Source]]]:
    """Who has each number or address: by it, then by the folded name; what is no number or address is "" and left out."""
    found: dict[str, dict[str, tuple[str, str, Source]]] = {}
    for value, name, source, label in said:
        if name and value:
            found.setdefault(value, {}).setdefault(fold(name), (name, label, source))
    return found


RULE = Rule(
    id="SCH014",
    title="不同的人手机号、邮箱不同",
    level=Severity.WARNING,
    clause="二（二）2（8）",
    doc=__doc__,
    hint="核对各人的手机号和邮箱。",
    check_school=contact_shared,
)
