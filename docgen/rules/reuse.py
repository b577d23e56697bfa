"""Whether two pieces of evidence with the same (or nearly the same) content are used for different things."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from docgen.model.case import Case
from docgen.model.records import Equipment, EvidenceItem, EvidenceKind, Scope, Teacher, Venue
from docgen.model.text import fold

from .evidence import subjects


class Clash(StrEnum):
    """In what two uses of one content contradict each other."""

    THINGS = "things"  # other names in 对应名称
    KINDS = "kinds"  # other 类别
    APPLICATIONS = "applications"  # other applications, and nothing says that it is shared


def meet(one: Scope, other: Scope) -> bool:
    """Whether two rows have an application in common."""
    return one.everywhere or other.everywhere or bool(set(one.numbers) & set(other.numbers))


def is_same_volume(one: EvidenceItem, other: EvidenceItem) -> bool:
    """Whether both come into one volume of some application."""
    return one.kind is other.kind and meet(one.scope, other.scope)


def clash(case: Case, one: EvidenceItem, other: EvidenceItem) -> Clash | None:
    """What contradicts in two uses of one content, None where nothing does.

    A use is declared as shared by 全部 or 公共, by a row that names both numbers, or where the teacher (venue,
    equipment) that both prove is itself listed for both applications.
    """
    if one.kind is None or other.kind is None:
        return None
    first, second = ({fold(name) for name in subjects(item)} for item in (one, other))
    if one.kind is not other.kind:
        return Clash.KINDS
    if first and second and not first & second:
        return Clash.THINGS
    if meet(one.scope, other.scope) or not one.scope.numbers or not other.scope.numbers:
        return None
    rows: dict[EvidenceKind, Sequence[Teacher | Venue | Equipment]] = {
        EvidenceKind.TEACHER: case.teachers,
        EvidenceKind.VENUE: case.venues,
        EvidenceKind.EQUIPMENT: case.equipment,
    }
    shared = first & second
    for row in rows.get(one.kind, ()):
        if fold(row.name) in shared and meet(row.scope, one.scope) and meet(row.scope, other.scope):
            return None
    return Clash.APPLICATIONS


def contradiction(clash: Clash, one: EvidenceItem, other: EvidenceItem) -> str:
    """The contradiction in words: 分别用来证明“甲”和“乙”."""
    if clash is Clash.THINGS:
        return f"却分别用来证明“{one.subject}”和“{other.subject}”"
    if clash is Clash.KINDS:
        return f"却既是{one.kind}佐证材料，又是{other.kind}佐证材料"
    return f"分别用于{one.scope}和{other.scope}，没有登记为共用"
