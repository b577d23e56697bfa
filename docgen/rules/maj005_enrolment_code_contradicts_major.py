"""## 查什么
“招生”工作表里的专业代码，是不是所写专业的代码。

## 为什么
专业名称和专业代码对不上，总有一个抄错了（指南二（二）2（5）：申报信息要相互匹配）。

2020 级及以前的学生可能用旧目录（2015 年）的代码，只作说明；比 6 位长的代码（自设方向）、本科专业的代码，目录里没有时不查。

## 例子
不通过：专业写电子商务，代码是市场营销的 `530605`；或少写了一位：`53070`。

通过：专业写电子商务，代码为 `530701`。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Enrolment, SchoolType
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule
from .maj010_enrolment_of_unknown_major import is_name_slip
from .words import cells

_DIGITS = 6
_LAST_OF_OLD = 2020


def enrolment_code_contradicts_major(case: Case) -> Iterator[Answer]:
    """Fails a code of other majors, of too few digits, or of none; the same slip in several rows is told once."""
    if not any(row.major_code for row in case.enrolments):
        yield NotApplicable("招生表里没有专业代码。")
    slips: dict[tuple[str, str], list[Enrolment]] = {}
    for row in case.enrolments:
        if row.major_code and row.major:
            slips.setdefault((row.major, row.major_code), []).append(row)
    enrolled = {fold(row.major) for row in case.enrolments}
    for (major, code), rows in slips.items():
        entries, owners = case.catalogue.majors(major), case.catalogue.majors_of_code(code)
        if any(fold(owner.name) == fold(major) or is_name_slip(case, major, owner.name) for owner in owners):
            continue
        message = _wrong(case, major, code, bool(entries), [owner.name for owner in owners])
        if message:
            right = "、".join(f"{entry.code}（{entry.stage}）" for entry in entries)
            known = f"“{major}”的代码是 {right}。" if right else ""
            sources = [row.origin.at("major_code") for row in rows]
            # Until 2020 another catalogue held, whose codes mean other majors today.
            old = all(_entered(row) <= _LAST_OF_OLD for row in rows) and not any(
                fold(o.name) in enrolled for o in owners
            )
            hint = "2020 级以前的学生如用旧目录的代码，不必改；否则改正名称或代码。" if old else ""
            level = Severity.INFO if old and len(code) == _DIGITS else None
            yield Fail(f"{cells(sources)}：{message}{known}", sources[0], hint, level, also=sources)


def _wrong(case: Case, major: str, code: str, is_known: bool, owners: list[str]) -> str:
    """What is wrong with a code that is not the major's, "" where nothing can be told."""
    if owners:
        return f"“{major}”的专业代码写的是 {code}，这是“{owners[0]}”的代码。"
    if len(re.sub(r"[^0-9]", "", code)) < _DIGITS:
        return f"“{major}”的专业代码写的是 {code}，不足 6 位数字。"
    is_own_sort = case.school.type is not SchoolType.UNDERGRADUATE and is_known
    if is_own_sort and code.isdigit() and len(code) == _DIGITS:
        return f"“{major}”的专业代码写的是 {code}，专业目录里没有这个代码。"
    return ""


def _entered(row: Enrolment) -> int:
    """The year in 年级 (2020级), a late one where there is none."""
    match = re.search(r"20\d\d", row.grade)
    return int(match.group()) if match else 9999


RULE = Rule(
    id="MAJ005",
    title="专业代码与专业名称相符",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="核对专业名称和专业代码，改正其中一个。",
    check_school=enrolment_code_contradicts_major,
)
