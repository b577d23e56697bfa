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
from docgen.model.records import SchoolType

from .base import Answer, Fail, NotApplicable, Rule

_CATEGORIES = {"36": "中等职业学校", "41": "普通高等学校", "42": "成人高等学校", "93": "中职培训机构"}
_EXPECTED = {
    SchoolType.SECONDARY: ("36", "93"),
    SchoolType.HIGHER_VOCATIONAL: ("41", "42"),
    SchoolType.UNDERGRADUATE: ("41", "42"),
}
_GUANGXI = "45"


def contradicts(code: str, school_type: SchoolType) -> bool:
    """Whether a code's category is one of another type of school; a code of no known category contradicts nothing."""
    return code[:2] in _CATEGORIES and code[:2] not in _EXPECTED[school_type]


def school_code_contradicts_type(case: Case) -> Iterator[Answer]:
    """Fails a code whose category does not fit the school's type, or whose province is another."""
    school, source = case.school, case.school.origin.at("code")
    code = school.code
    if not (len(code) == 10 and code.isascii() and code.isdigit()):
        yield NotApplicable("院校代码没有填写，或不是 10 位数字。")
        return
    category, province = code[:2], code[2:4]
    if school.type is not None and category not in _EXPECTED[school.type]:
        means = f"表示{_CATEGORIES[category]}" if category in _CATEGORIES else "不是职业院校或高校的类别"
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
