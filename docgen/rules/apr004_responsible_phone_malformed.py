"""## 查什么
各项申报的“负责人电话”是不是 11 位手机号，或带区号的座机。

## 为什么
评审和退回修改时要找得到人（指南二（二）2（8））。

## 例子
提醒：`1390000000`（10 位）。

通过：`13900000000`、`0771-2345678`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, NotApplicable, Rule
from .formats import is_phone


def responsible_phone_malformed(case: Case, application: Application) -> Iterator[Answer]:  # noqa: ARG001
    """Fails a number that is neither mobile nor landline."""
    phone = application.responsible_phone
    if not phone:
        yield NotApplicable("负责人电话没有填写。")
    elif not is_phone(phone):
        yield Fail(
            f"负责人电话“{phone}”不是 11 位手机号，也不是带区号的座机。", application.origin.at("responsible_phone")
        )


RULE = Rule(
    id="APR004",
    title="负责人电话格式正确",
    level=Severity.WARNING,
    clause="二（二）2（8）",
    doc=__doc__,
    hint="填 11 位手机号，或带区号的座机（0771-…）。",
    check_application=responsible_phone_malformed,
    reads=("responsible_phone",),
)
