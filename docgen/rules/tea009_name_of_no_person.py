"""## 查什么

“教师”工作表的姓名，联系人、主管领导、工作组组长和各项申报负责人的姓名，有没有混进数字、问号、单个字母之类，或只有一个字。
外籍教师的外文名、少数民族和外国人名里的间隔号（·）、生僻字都不算。没写完的“XX”“某某”由 TXT001 指出。

## 为什么

指南二（二）2（5）：检查申报信息；姓名写错了，培训证书、审核签字就对不上人。

## 例子

提醒：姓名写 `韦明1`、`陆?`、`黄X`。

通过：`韦明`、`买买提·艾力`、`David Smith`。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.source import Source

from .base import Answer, Fail, NotApplicable, Rule

_FOREIGN = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ.'’\- ·]+[A-Za-zÀ-ÿ.]")
_STRANGE = re.compile(r"[0-9?？!！*＊_%@#$&+=/\\<>|~^,，。；;:：A-Za-z]")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]$")
_KEEPS_A_PLACE = re.compile(r"[XxＸｘ×]{2,}|某某|[?？]{2,}|_{3,}|\*{3,}|待定|待补")
"""TXT001 tells of these."""


def name_of_no_person(case: Case) -> Iterator[Answer]:
    """Fails names with characters that no name has, or of one character."""
    people = list(_people(case))
    if not people:
        yield NotApplicable("没有填写姓名。")
    for what, name, source in people:
        bare = _BRACKETED.sub("", name).strip()
        if _FOREIGN.fullmatch(bare) or _KEEPS_A_PLACE.search(name):
            continue
        match = _STRANGE.search(bare)
        if match:
            yield Fail(f"{what}“{name}”里有“{match.group()}”，不像姓名。", source)
        elif len(bare) == 1:
            yield Fail(f"{what}“{name}”只有一个字，不像姓名。", source)


def _people(case: Case) -> Iterator[tuple[str, str, Source]]:
    school = case.school
    for what, attribute in (("联系人", "contact_name"), ("主管领导", "leader_name"), ("工作组组长", "group_head")):
        if getattr(school, attribute):
            yield what, getattr(school, attribute), school.origin.at(attribute)
    for row in case.applications:
        if row.responsible and not re.search("[、，,]", row.responsible):
            yield f"{row.label}负责人", row.responsible, row.origin.at("responsible")
    for teacher in case.teachers:
        if teacher.name:
            yield "教师姓名", teacher.name, teacher.origin.at("name")


RULE = Rule(
    id="TEA009",
    title="姓名是人的姓名",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="改成身份证上的姓名；生僻字用能显示的字体录入，不要用问号或拼音代替。",
    check_school=name_of_no_person,
)
