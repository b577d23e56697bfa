"""## 查什么
佐证材料的“对应名称”（证明哪位教师、哪处场地、哪种设备），在相应的工作表里有没有。

## 为什么
指南二（二）2（5）第二条：佐证材料要与申报信息一一对应。

## 例子

提醒：类别为教师，对应名称写“张丽花”，教师工作表里是张丽华。

通过：对应名称与工作表里的名称一致，多个用顿号隔开；或空着。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Equipment, EvidenceKind, Teacher, Venue
from docgen.model.source import Source
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .evidence import subjects
from .nearness import near_misses
from .words import cells, meant


def evidence_subject_unknown(case: Case) -> Iterator[Answer]:
    """Fails names that the sheet of their kind lacks; each is told once, with its cells."""
    rows: Mapping[EvidenceKind, Sequence[Teacher | Venue | Equipment]] = {
        EvidenceKind.TEACHER: case.teachers,
        EvidenceKind.VENUE: case.venues,
        EvidenceKind.EQUIPMENT: case.equipment,
    }
    listed = {kind: [row.name for row in records if row.name] for kind, records in rows.items()}
    if not any(item.subject for item in case.evidence):
        yield NotApplicable("没有填写对应名称。")
    keys = {kind: {fold(name) for name in names} for kind, names in listed.items()}
    unknown: dict[tuple[EvidenceKind, str], list[Source]] = {}
    for item in case.evidence:
        if item.kind is None or not listed.get(item.kind):
            continue
        known = keys[item.kind]
        if fold(item.subject) in known:
            continue
        for name in subjects(item):
            if fold(name) not in known:
                unknown.setdefault((item.kind, name), []).append(item.origin.at("subject"))
    for (kind, name), sources in unknown.items():
        near = near_misses(name, listed[kind])
        yield Fail(f"{cells(sources)}：对应名称“{name}”不在“{kind}”工作表里。{meant(near)}", sources[0], also=sources)
    for kind, records in rows.items():
        if records and not listed[kind] and any(item.kind is kind and item.subject for item in case.evidence):
            yield NotEvaluated(f"“{kind}”工作表里没有读到一个名称，核对不了对应名称。")


RULE = Rule(
    id="EVI010",
    title="佐证材料的对应名称已登记",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="改成工作表里的名称，或在工作表里补上；拿不准时可以留空。",
    check_school=evidence_subject_unknown,
)
