"""## 查什么
联系人和各项申报的负责人中，同一个姓名的两个手机号是不是只差一位。

## 为什么
指南二（二）2（8）：材料有误要退回时，须能联系上人。同一个人的两个号码只差一位，多半有一个抄错了。

## 例子
提醒：赵敏在 A01 的电话是 `13907711234`，在 A02 是 `13907711235`。

通过：两处都是 `13907711234`；或者两个号码完全不同。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.source import Source
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule
from .formats import mobile_digits


def numbers_of_one_person_differ_slightly(case: Case) -> Iterator[Answer]:
    """Fails a second mobile number of a person that is the first but for one digit; each pair is told once."""
    people: dict[str, dict[str, tuple[str, Source]]] = {}
    school = case.school
    said = [(school.contact_name, school.contact_phone, school.origin.at("contact_phone"), "联系人")]
    said += [
        (row.responsible, row.responsible_phone, row.origin.at("responsible_phone"), row.label)
        for row in case.applications
    ]
    for name, phone, source, label in said:
        digits = mobile_digits(phone)
        if name and digits:
            people.setdefault(fold(name), {}).setdefault(digits, (label, source))
    if not people:
        yield NotApplicable("没有填写手机号。")
    for phones in people.values():
        listed = list(phones.items())
        for place, (digits, (label, source)) in enumerate(listed):
            for earlier, (first, _) in listed[:place]:
                if sum(one != other for one, other in zip(digits, earlier, strict=True)) == 1:
                    yield Fail(f"同一个人的手机号，{first}写的是 {earlier}，{label}写的是 {digits}，只差一位。", source)


RULE = Rule(
    id="APR005",
    title="同一个人的手机号前后一致",
    level=Severity.WARNING,
    clause="二（二）2（8）",
    doc=__doc__,
    hint="核对是哪一个号码，把另一处改成一样。",
    check_school=numbers_of_one_person_differ_slightly,
)
