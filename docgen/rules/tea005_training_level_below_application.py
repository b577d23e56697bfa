"""## 查什么
教师的“培训证书等级”是不是低于所属申报的等级。

## 为什么
指南一（二）2：了解证书的师资要求，达到条件再申报。一般来说，教中级的教师至少要有中级的培训证书；培训评价组织另有规定的，可以在 docgen.toml 中写明理由。

这项申报另有教师达到等级的，只是说明；一位也没有的，是提醒。培训证书是另一个证书的，由 TEA004 提醒。

## 例子

提醒：A01 申报中级，张丽华的“网店运营推广师资培训合格证书”是初级。

通过：培训证书等级是中级或高级。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application, Teacher

from .applied import covered, meaning, quoted_labels, trained_in
from .base import Answer, Fail, NotApplicable, Rule
from .doubts import is_level_doubtful


def training_level_below_application(case: Case) -> Iterator[Answer]:
    """Fails teachers whose training is below an application of the same certificate; each teacher is told once."""
    if not any(teacher.training_level for teacher in case.teachers):
        yield NotApplicable("没有填写培训证书等级。")
        return
    best: dict[str, int] = {}
    below: list[tuple[Teacher, list[Application]]] = []
    # A level that is wrong itself is CRT002's and CRT004's to tell.
    applied = {
        row.number: row
        for row in case.applications
        if row.number and row.certificate and row.level and not is_level_doubtful(case, row)
    }
    for teacher in case.teachers:
        rows = [applied[number] for number in covered(case, teacher) if number in applied]
        own = _of_training(case, teacher, rows) if teacher.training_level else []
        rank = teacher.training_level.rank if teacher.training_level else 0
        for row in own:
            best[row.number] = max(best.get(row.number, 0), rank)
        above = [row for row in own if row.level and row.level.rank > rank]
        if above:
            below.append((teacher, above))
    for teacher, above in below:
        met = all(row.level is None or best[row.number] >= row.level.rank for row in above)
        listed = quoted_labels([f"{row.number}（{row.level}）" for row in above])
        yield Fail(
            f"“{teacher.name}”的培训证书是{teacher.training_level}，低于{listed}申报的等级。",
            teacher.origin.at("training_level"),
            level=Severity.INFO if met else None,
        )


def _of_training(case: Case, teacher: Teacher, rows: list[Application]) -> list[Application]:
    """Those of the applications that the teacher's training is for; all of them where it names no certificate."""
    if not teacher.training_certificate:
        return rows
    trained = trained_in(case, teacher.training_certificate)
    return [row for row in rows if trained and meaning(case, row.certificate) == trained]


RULE = Rule(
    id="TEA005",
    title="教师的培训等级不低于申报的等级",
    level=Severity.WARNING,
    clause="一（二）2",
    doc=__doc__,
    hint="换上等级足够的教师，或从这位教师的申报编号里去掉这项申报；等级填错的改正。",
    check_school=training_level_below_application,
)
