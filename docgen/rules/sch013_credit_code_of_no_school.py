"""## 查什么
统一社会信用代码的前两位（登记部门和机构类别）是不是学校会有的：公办学校是 12（事业单位），民办学校是 52（民办非企业单位）或 91（企业）等。

## 为什么
指南二（一）2：注册要填学校自己的代码。GB 32100-2015 里 11 是机关，51 是社会团体，53 是基金会，92 是个体工商户，93 是农民专业合作社，都不是学校。

信用代码本身写错的，由 SCH003 指出。

## 例子

提醒：`11450000MB1A00009C`（11 是机关，可能填成了教育局的代码）。

通过：`12450000MB1A000099`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule
from .sch003_credit_code_wrong import is_right

_NO_SCHOOLS = {"11": "机关", "51": "社会团体", "53": "基金会", "92": "个体工商户", "93": "农民专业合作社"}


def credit_code_of_no_school(case: Case) -> Iterator[Answer]:
    """Fails a right credit code of a kind of body that is no school."""
    code = case.school.credit_code.upper()
    if not is_right(code):
        yield NotApplicable("统一社会信用代码没有填写，或写得不对（见 SCH003）。")
    elif code[:2] in _NO_SCHOOLS:
        yield Fail(
            f"统一社会信用代码的前两位是 {code[:2]}，表示{_NO_SCHOOLS[code[:2]]}，不是学校。",
            case.school.origin.at("credit_code"),
        )


RULE = Rule(
    id="SCH013",
    title="信用代码是学校的代码",
    level=Severity.WARNING,
    clause="二（一）2",
    doc=__doc__,
    hint="填学校自己的统一社会信用代码，不是主管部门或校办企业、社团的。",
    check_school=credit_code_of_no_school,
    reads=("credit_code",),
)
