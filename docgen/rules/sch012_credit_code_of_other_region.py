"""## 查什么
统一社会信用代码的第 3–8 位（登记机关所在的区划）是不是广西的 45 开头，与院校代码的省份是不是一致。登记在国家机关的（100000）不算。

## 为什么
指南二（一）2 把两个代码都列为注册要填的；GB 32100-2015 规定第 3–8 位是登记机关的行政区划。区划不对，多半是填成了别的单位的代码。

信用代码本身写错的，由 SCH003 指出，这里不重复。

## 例子

提醒：`12440000MB1A000095`（44 是广东），院校代码为 `4145099999`。

通过：`12450000MB1A000099`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule
from .sch003_credit_code_wrong import is_right

_GUANGXI = "45"
_NATIONAL = "10"


def credit_code_of_other_region(case: Case) -> Iterator[Answer]:
    """Fails a right credit code that was given in another province."""
    code = case.school.credit_code.upper()
    if not is_right(code):
        yield NotApplicable("统一社会信用代码没有填写，或写得不对（见 SCH003）。")
    elif code[2:4] not in (_GUANGXI, _NATIONAL):
        other = case.school.code[2:4] == _GUANGXI
        contrast = f"，而院校代码“{case.school.code}”是广西的" if other else "，不是广西的 45"
        yield Fail(f"统一社会信用代码的第 3、4 位是 {code[2:4]}{contrast}。", case.school.origin.at("credit_code"))


RULE = Rule(
    id="SCH012",
    title="信用代码的区划与院校代码一致",
    level=Severity.WARNING,
    clause="二（一）2",
    doc=__doc__,
    hint="对照事业单位法人证书核对，确认是本校的代码；确在外省登记的，可在 docgen.toml 中写明理由。",
    check_school=credit_code_of_other_region,
    reads=("credit_code", "code"),
)
