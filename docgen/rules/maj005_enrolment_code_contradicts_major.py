"""## 查什么
“招生”工作表里的专业代码，是不是所写专业的代码。

## 为什么
专业名称和专业代码对不上，总有一个抄错了（指南二（二）2（5）：申报信息要相互匹配）。

目录里没有的代码不查：院校可能用自设方向的代码。

## 例子
不通过：专业写电子商务，代码是市场营销的 `530605`。

通过：专业写电子商务，代码为 `530701`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule
from .words import cells


def enrolment_code_contradicts_major(case: Case) -> Iterator[Answer]:
    """Fails a code that the catalogue gives to other majors only; the same slip in several rows is told once."""
    if not any(row.major_code for row in case.enrolments):
        yield NotApplicable("招生表里没有专业代码。")
    slips: dict[tuple[str, str], list[int]] = {}
    for index, row in enumerate(case.enrolments):
        named = case.catalogue.majors_of_code(row.major_code) if row.major_code and row.major else ()
        if named and fold(row.major) not in {fold(major.name) for major in named}:
            slips.setdefault((row.major, row.major_code), []).append(index)
    for (major, code), rows in slips.items():
        owner = case.catalogue.majors_of_code(code)[0].name
        right = "、".join(f"{entry.code}（{entry.stage}）" for entry in case.catalogue.majors(major))
        sources = [case.enrolments[index].origin.at("major_code") for index in rows]
        known = f"“{major}”的代码是 {right}。" if right else ""
        yield Fail(f"{cells(sources)}：“{major}”的专业代码写的是 {code}，这是“{owner}”的代码。{known}", sources[0])


RULE = Rule(
    id="MAJ005",
    title="专业代码与专业名称相符",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="核对专业名称和专业代码，改正其中一个。",
    check_school=enrolment_code_contradicts_major,
)
