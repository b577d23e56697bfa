"""## 查什么
“联系人邮箱”是不是一个完整的电子邮箱地址。

## 为什么
注册和找回账号都要用它（指南二（一）2）。

## 例子

不通过：`lwj.example.edu.cn`（没有 @）、`lwj@example`（@ 后面不完整）。

通过：`lxr@example.edu.cn`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule
from .formats import is_mail


def contact_mail_malformed(case: Case) -> Iterator[Answer]:
    """Fails a contact's mail address that cannot be one."""
    mail = case.school.contact_mail
    if not mail:
        yield NotApplicable("联系人邮箱没有填写。")
    elif not is_mail(mail):
        why = "里没有 @" if "@" not in mail else "不是一个完整的邮箱地址"
        yield Fail(f"联系人邮箱“{mail}”{why}。", case.school.origin.at("contact_mail"))


RULE = Rule(
    id="SCH005",
    title="联系人邮箱格式正确",
    level=Severity.ERROR,
    clause="二（一）2",
    doc=__doc__,
    hint="填一个常用邮箱，形如 名字@单位.edu.cn。",
    check_school=contact_mail_malformed,
    reads=("contact_mail",),
)
