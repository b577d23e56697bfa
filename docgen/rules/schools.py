"""Of which type a school is, by its code and by its name, and whether the type that was filled in can be right."""

from __future__ import annotations

import re

from docgen.model.case import Case
from docgen.model.records import SchoolType

from .stages import STAGES

CATEGORIES = {"36": "中等职业学校", "41": "普通高等学校", "42": "成人高等学校", "93": "中职培训机构"}
"""The first two digits of a school's code (JY/T 1001-2012)."""
EXPECTED = {
    SchoolType.SECONDARY: ("36", "93"),
    SchoolType.HIGHER_VOCATIONAL: ("41", "42"),
    SchoolType.UNDERGRADUATE: ("41", "42"),
}
_ENDINGS = (
    (re.compile(r"大学$"), SchoolType.UNDERGRADUATE),
    (re.compile(r"(?:职业技术学院|职业学院|高等专科学校|专科学校)$"), SchoolType.HIGHER_VOCATIONAL),
    (
        re.compile(
            r"(?:职业技术学校|职业学校|中等专业学校|中专学校|中专|中学|职业高中|技工学校|职教中心|职业教育中心)$"
        ),
        SchoolType.SECONDARY,
    ),
)
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]$")


def told_by_name(name: str) -> SchoolType | None:
    """The type that a school's name tells, None where it may be any (某某学院, 技师学院)."""
    bare = _BRACKETED.sub("", name)
    return next((told for ending, told in _ENDINGS if ending.search(bare)), None)


def contradicts(code: str, school_type: SchoolType) -> bool:
    """Whether a code's category is one of another type of school; a code of no known category contradicts nothing."""
    return code[:2] in CATEGORIES and code[:2] not in EXPECTED[school_type]


def is_type_misfilled(case: Case) -> bool:
    """Whether 院校类型 itself is what must be wrong: name (or majors) and code agree on another type.

    SCH009 or SCH015 tells of it; rules that go by the type say nothing then.
    """
    school = case.school
    if school.type is None:
        return False
    told = told_by_name(school.name)
    if told is not None:
        return told is not school.type and not contradicts(school.code, told)
    return contradicts(school.code, school.type) and _are_majors_of_other_stage(case)


def _are_majors_of_other_stage(case: Case) -> bool:
    """Whether most of the majors with students are in the catalogue, but not for the type that was filled in."""
    known = [case.catalogue.majors(major) for major in dict.fromkeys(row.major for row in case.enrolments)]
    stages = STAGES[case.school.type] if case.school.type else ()
    other = [entries for entries in known if entries and not any(entry.stage in stages for entry in entries)]
    return len(other) * 2 > len([entries for entries in known if entries])


TYPE_IN_DOUBT = "院校类型看来填错了（见 SCH009、SCH015），没有核查。"
