"""## 查什么
联系人和各项申报的负责人中，不同的人是不是填了同一个手机号。座机可以共用，不查。

## 为什么
指南二（一）2、二（二）2（8）：联系人和负责人要各自联系得上。两个人同一个手机号，总有一个填错了。

## 例子

提醒：A01 的负责人赵敏和 A02（数据采集）的负责人韦明，电话都是 `13907711234`。

通过：各填各的手机号；或都填系部的座机。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.source import Source
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule
from .formats import mobile_digits


def mobile_number_shared(case: Case) -> Iterator[Answer]:
    """Fails mobile numbers that stand beside several names; each number is told once."""
    school = case.school
    said = [(school.contact_name, school.contact_phone, school.origin.at("contact_phone"), "联系人")]
    said += [
        (row.responsible, row.responsible_phone, row.origin.at("responsible_phone"), f"{row.label}负责人")
        for row in case.applications
    ]
    numbers: dict[str, dict[str, tuple[str, str, Source]]] = {}
    for name, phone, source, label in said:
        digits = mobile_digits(phone)
        if name and digits:
            numbers.setdefault(digits, {}).setdefault(fold(name), (name, label, source))
    if not numbers:
        yield NotApplicable("没有填写手机号。")
    for digits, people in numbers.items():
        if len(people) > 1:
            named = "、".join(f"{label}“{name}”" for name, label, _ in people.values())
            places = [place for *_, place in people.values()]
            yield Fail(f"{named}的手机号都是 {digits}。", places[1], also=places)


RULE = Rule(
    id="SCH014",
    title="不同的人手机号不同",
    level=Severity.WARNING,
    clause="二（二）2（8）",
    doc=__doc__,
    hint="核对各人的手机号。",
    check_school=mobile_number_shared,
)
