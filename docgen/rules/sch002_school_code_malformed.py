"""## 查什么
“院校代码”是不是 10 位数字。

## 为什么
指南二（二）1（2）：申请账号要提交“10 位数识别码”，即学校（机构）标识码：2 位类别、2 位省份（广西为 45）、6 位顺序号。它不是 5 位的招生代码。

## 例子
不通过：`14684`（5 位的招生代码）、`41450146`（少了两位）。

通过：`4145099999`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule


def school_code_malformed(case: Case) -> Iterator[Answer]:
    """Fails a school code that is not ten digits (JY/T 1001-2012)."""
    code, source = case.school.code, case.school.origin.at("code")
    if not code:
        yield NotApplicable("院校代码没有填写。")
        return
    if code.isascii() and code.isdigit() and len(code) == 10:
        return
    if code.isascii() and code.isdigit() and len(code) == 5:
        yield Fail(
            f"院校代码“{code}”只有 5 位，是招生用的代码，不是 10 位的学校标识码。",
            source,
            "填 10 位的学校标识码；普通高校的标识码一般是 4145、0 和这 5 位依次相连，请向学校统计部门核实。",
        )
    elif code.isascii() and code.isdigit():
        yield Fail(f"院校代码“{code}”是 {len(code)} 位，应为 10 位。", source)
    else:
        yield Fail(f"院校代码“{code}”里有数字以外的字符，应为 10 位数字。", source)


RULE = Rule(
    id="SCH002",
    title="院校代码为 10 位数字",
    level=Severity.ERROR,
    clause="二（二）1（2）",
    doc=__doc__,
    hint="填 10 位的学校标识码，可向学校统计部门或教务处核实。",
    check_school=school_code_malformed,
    reads=("code",),
)
