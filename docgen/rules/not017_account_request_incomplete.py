"""## 查什么
“账号申请”每一行的院校代码是不是 10 位数字，学校全称、类型有没有填，中职学校有没有星级。

## 为什么
缺了信息不能在系统中录入；星级决定由秘书处还是教育厅办理（指南二（二）1（2））。

## 例子
不通过：中职学校没有填星级。

通过：院校代码10位，类型“中职”，星级“三星级”。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.records import SchoolType
from docgen.model.review import Review

from .base import About, Answer, Fail, NotApplicable, Rule


def account_request_incomplete(review: Review) -> Iterator[Answer]:
    """Fails a request for an account that cannot be entered."""
    if not review.accounts:
        yield NotApplicable("没有账号申请。")
    for request in review.accounts:
        name = request.label
        if not re.fullmatch(r"\d{10}", request.code) and "code" not in request.origin.unreadable:
            said = f"“{request.code}”不是10位数字" if request.code else "没有填写"
            yield Fail(f"“{name}”的院校代码{said}。", request.origin.at("code"), application=name)
        if request.type is None and "type" not in request.origin.unreadable:
            yield Fail(f"“{name}”没有填院校类型。", request.origin.at("type"), application=name)
        if request.type is SchoolType.SECONDARY and not request.star_grade:
            yield Fail(f"“{name}”是中职学校，没有填星级。", request.origin.at("star_grade"), application=name)


RULE = Rule(
    id="NOT017",
    title="账号申请的信息齐全",
    level=Severity.WARNING,
    clause="二（二）1（2）",
    doc=__doc__,
    hint="向学校问清后补填；docgen notice 会把这些学校列入“信息待补充”，并写好请它补充的答复。",
    check_subject=account_request_incomplete,
    about=About.REVIEW,
)
