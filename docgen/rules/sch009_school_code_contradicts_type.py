"""## 查什么
10 位院校代码的前两位（机构类别）和院校类型是否相符，第 3、4 位（省份）是不是 45（广西）。

## 为什么
学校标识码（JY/T 1001-2012）由 2 位类别、2 位省份、6 位顺序号组成：36 为中等职业学校，41 为普通高等学校，42 为成人高等学校，93 为中职培训机构。对不上，多半是代码抄错或院校类型选错，开账号时会被退回。

## 例子
不通过：院校类型为中职，代码为 `4145099999`（41 是高等学校）。

通过：院校类型为高职，代码为 `4145099999`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule
from .schools import CATEGORIES, EXPECTED, is_type_misfilled, told_by_name

_GUANGXI = "45"


def school_code_contradicts_type(case: Case) -> Iterator[Answer]:
    """Fails a code whose category does not fit the school's type, or whose province is another."""
    school, source = case.school, case.school.origin.at("code")
    code = school.code
    if not (len(code) == 10 and code.isascii() and code.isdigit()):
        yield NotApplicable("院校代码没有填写，或不是 10 位数字。")
        return
    category, province = code[:2], code[2:4]
    if school.type is not None and category not in EXPECTED[school.type]:
        means = f"表示{CATEGORIES[category]}" if category in CATEGORIES else "不是职业院校或高校的类别"
        if is_type_misfilled(case):
            also = "院校名称" if told_by_name(school.name) else "招生的专业"
            yield Fail(
                f"院校类型填的是{school.type}，而院校代码“{code}”的前两位 {category} {means}，{also}也不是{school.type}的。",
                school.origin.at("type"),
                "院校类型选错了的，改正；代码和名称抄成别校的，改成本校的。",
            )
        else:
            yield Fail(f"院校代码“{code}”的前两位 {category} {means}，而院校类型填的是{school.type}。", source)
    if province != _GUANGXI:
        yield Fail(f"院校代码“{code}”的第 3、4 位是 {province}，不是广西的 45。", source)


RULE = Rule(
    id="SCH009",
    title="院校代码与院校类型相符",
    level=Severity.WARNING,
    clause="二（二）1（2）",
    doc=__doc__,
    hint="核对院校代码和院校类型，改正其中抄错的一个。",
    check_school=school_code_contradicts_type,
    reads=("code", "type"),
)
