"""## 查什么
“联系人手机号”是不是 11 位手机号。

## 为什么
秘书处用它联系校级对接人（指南二（一）2），错一位就联系不上。

## 例子

不通过：`1380000000`（10 位）、`0771-2345678`（座机）。

通过：`13800000000`、`138 0000 0000`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule
from .formats import is_mobile


def contact_phone_malformed(case: Case) -> Iterator[Answer]:
    """Fails a contact's number that is no mobile number."""
    phone = case.school.contact_phone
    if not phone:
        yield NotApplicable("联系人手机号没有填写。")
    elif not is_mobile(phone):
        digits = sum(character.isdigit() for character in phone)
        count = f"（{digits} 位数字）" if digits != 11 else ""
        yield Fail(
            f"联系人手机号“{phone}”{count}不是 11 位、以 13–19 开头的手机号。", case.school.origin.at("contact_phone")
        )


RULE = Rule(
    id="SCH004",
    title="联系人手机号格式正确",
    level=Severity.ERROR,
    clause="二（一）2",
    doc=__doc__,
    hint="填校级联系人的 11 位手机号，不填座机。",
    check_school=contact_phone_malformed,
    reads=("contact_phone",),
)
