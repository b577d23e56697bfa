"""## 查什么
填了教师培训证书的学校，有没有哪项申报的教师都没有这个证书的培训证书。

## 为什么
指南二（一）1：申报书要说明师资培训情况。培训证书是否必需由培训评价组织规定，所以只是说明；整张表都没有填培训证书的不查；有教师写了认不出的证书或别的证书的申报，也不查（见 TEA004）。

## 例子

有说明：A01 的教师有中级的“网店运营推广师资培训合格证书”，A02 数据采集的教师韦明没有培训证书。

没有说明：每项申报至少有一位教师有这个证书的培训证书。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .applied import covered, meaning, trained_in
from .base import Answer, Fail, NotApplicable, Rule


def no_teacher_trained(case: Case) -> Iterator[Answer]:
    """Tells once of all applications whose teachers have no training for their certificate."""
    if not any(teacher.training_certificate for teacher in case.teachers):
        yield NotApplicable("没有填写培训证书。")
        return
    has_teachers: set[str] = set()
    trained: set[tuple[str, str]] = set()
    unclear: set[str] = set()
    applied = {row.number: meaning(case, row.certificate) for row in case.applications if row.certificate}
    for teacher in case.teachers:
        key = trained_in(case, teacher.training_certificate) if teacher.training_certificate else ""
        numbers = list(covered(case, teacher))
        doubtful = bool(teacher.training_certificate) and key not in {applied[n] for n in numbers if n in applied}
        for number in numbers:
            has_teachers.add(number)
            trained.add((number, key))
            if doubtful:
                unclear.add(number)
    lacking = [
        row
        for row in case.applications
        if row.certificate and row.number in has_teachers - unclear and (row.number, applied[row.number]) not in trained
    ]
    if lacking:
        labels = "、".join(row.label for row in lacking[:8]) + (f"等 {len(lacking)} 项" if len(lacking) > 8 else "")
        yield Fail(f"{labels}的教师都没有所申报证书的培训证书。", lacking[0].origin.at("certificate"))


RULE = Rule(
    id="TEA006",
    title="每项申报都有受过培训的教师",
    level=Severity.INFO,
    clause="二（一）1",
    doc=__doc__,
    hint="有培训证书的补填；没有的，先问清培训评价组织对师资的要求。",
    check_school=no_teacher_trained,
)
