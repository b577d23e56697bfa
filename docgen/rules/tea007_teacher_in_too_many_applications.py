"""## 查什么
一位教师是不是列在四个以上不同证书的申报里。同一证书的几个等级只算一个；申报编号写“全部”的（公共课、实训管理人员）不算。

## 为什么
指南一（二）1、2：不虚报，师资要达到条件。一个人同时承担许多证书的培训，评审会怀疑能否做到。界限是本规则自定的：三个以内常见。

## 例子

提醒：张丽华的申报编号是 `A01、A02、A03、A04`，分别是网店运营推广、数据采集、智能估价、海水养殖四个证书。

通过：张丽华的申报编号是 `A01、A02`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .applied import meaning
from .base import Answer, Fail, NotApplicable, Rule

_MOST = 3


def teacher_in_too_many_applications(case: Case) -> Iterator[Answer]:
    """Fails teachers named for more than three certificates."""
    if not case.teachers:
        yield NotApplicable("没有教师。")
    applied = {row.number: meaning(case, row.certificate) for row in case.applications if row.number}
    for teacher in case.teachers:
        if teacher.scope.everywhere or len(teacher.scope.numbers) <= _MOST:
            continue
        numbers = [number for number in teacher.scope.numbers if number in applied]
        certificates = {applied[number] for number in numbers} - {""}
        if len(certificates) > _MOST:
            yield Fail(
                f"“{teacher.name}”列在 {len(certificates)} 个证书的申报里（{'、'.join(numbers[:6])}"
                f"{'等' if len(numbers) > 6 else ''}）。",
                teacher.origin.at("scope"),
            )


RULE = Rule(
    id="TEA007",
    title="一位教师没有承担过多的证书",
    level=Severity.WARNING,
    clause="一（二）2",
    doc=__doc__,
    hint="只留下这位教师确实承担培训的申报；各项申报共用的填“全部”。",
    check_school=teacher_in_too_many_applications,
)
