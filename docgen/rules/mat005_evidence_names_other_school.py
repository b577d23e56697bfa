"""## 查什么
佐证材料里的文字（PDF、Office 文件）在“单位”“工作单位”“甲方”“采购单位”“使用单位”等处写的学校，是不是本校。

发证单位、培训单位、主办单位、供货单位是别人的，不看；本校的二级学院、简称也不算错。曾用名请在“院校信息”工作表加一项“曾用名”。材料里另外写着本校名称的，不算错。扫描件和照片没有文字，写明没有核查。

## 为什么
指南二（二）2（5）：佐证材料要与申报信息一一对应。别校的合同、证明不能证明本校的条件。

## 例子

提醒：`A01/设备/采购合同.pdf` 写着“设备采购合同　甲方：柳州某地职业技术学院”，不是本校。

通过：甲方是本校，或者没有写明学校。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, NotEvaluated, Rule
from .evidence_texts import nothing_to_compare, readings, told_for, unread
from .named_people import is_same_school, schools_named
from .words import quoted

_OTHER_NAMES = ("曾用名", "原名", "简称", "别名", "英文名")
_SEVERAL = re.compile(r"[、,，;；/／\n]")


def evidence_names_other_school(case: Case) -> Iterator[Answer]:
    """Fails texts that name another school in the place of this one, and this one nowhere."""
    yield from nothing_to_compare(case.evidence)
    if not case.school.name:
        if case.evidence:
            yield NotEvaluated("没有填写院校名称，无法比对。", case.school.origin.at("name"))
        return
    names = [case.school.name]
    for header, value in case.school.extra.items():
        if any(word in header for word in _OTHER_NAMES):
            names += [name.strip() for name in _SEVERAL.split(value) if name.strip()]
    for reading in readings(case.evidence):
        if any(reading.says(name) for name in names):
            continue
        for page in reading.pages:
            others = [name for name in schools_named(page) if not is_same_school(name, names)]
            if others:
                item = reading.item
                message = f"“{item.path}”第{page.number}页写的单位是{quoted(others)}，不是本校“{case.school.name}”。"
                yield from told_for(case, item, message, page.number)
                break
    yield from unread(case.evidence)


RULE = Rule(
    id="MAT005",
    title="佐证材料写的是本校",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="打开这一页核对：放错了的换掉；是本校曾用名的，在“院校信息”工作表加一项“曾用名”。",
    check_school=evidence_names_other_school,
    reads=("name",),
)
