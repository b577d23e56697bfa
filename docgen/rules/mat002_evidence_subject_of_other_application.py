"""## 查什么
佐证材料证明的教师、场地或设备，是不是属于同一项申报。

## 为什么
指南二（二）2（5）第二条：避免把 A 证书的佐证材料传到 B 证书处。这是最常见、也最难用眼睛看出来的错误。

写“全部”或放在公共文件夹里的材料不查。

## 例子

不通过：佐证材料一行的申报编号为 A02，对应名称为张丽华，而张丽华在教师工作表里只属于 A01。

通过：张丽华的申报编号为 `A01、A02`。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Equipment, EvidenceKind, Scope, Teacher, Venue
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule
from .evidence import subjects


def evidence_subject_of_other_application(case: Case) -> Iterator[Answer]:
    """Fails evidence for an application that does not have the teacher, venue or equipment which it names."""
    lists: dict[EvidenceKind, Sequence[Teacher | Venue | Equipment]] = {
        EvidenceKind.TEACHER: case.teachers,
        EvidenceKind.VENUE: case.venues,
        EvidenceKind.EQUIPMENT: case.equipment,
    }
    scopes: dict[tuple[EvidenceKind, str], list[Scope]] = {}
    for kind, rows in lists.items():
        for row in rows:
            scopes.setdefault((kind, fold(row.name)), []).append(row.scope)
    if not any(item.subject for item in case.evidence):
        yield NotApplicable("没有填写对应名称。")
    numbers = {application.number for application in case.applications}
    for item in case.evidence:
        if item.kind is None or item.scope.everywhere:
            continue
        for name in subjects(item):
            owners = [scope for scope in scopes.get((item.kind, fold(name)), ()) if scope.everywhere or scope.numbers]
            for number in item.scope.numbers:
                if owners and number in numbers and not any(owner.covers(number) for owner in owners):
                    belongs = "、".join(dict.fromkeys(str(owner) for owner in owners))
                    yield Fail(
                        f"“{item.path}”是{number}的{item.kind}佐证材料，证明的“{name}”却只属于{belongs}。",
                        item.origin.at("subject"),
                        application=number,
                    )


RULE = Rule(
    id="MAT002",
    title="佐证材料没有放到别的申报里",
    level=Severity.ERROR,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="改正佐证材料的申报编号；这位教师（场地、设备）也属于这项申报的，在其工作表里补上编号。",
    check_school=evidence_subject_of_other_application,
)
