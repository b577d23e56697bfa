"""## 查什么
“招生”里的专业代码，是不是与院校类型相符的层次的代码。同名的专业，中职和高职的代码不同。

## 为什么
指南二（二）2（2）、二（二）2（5）：专业要选准，信息要相互匹配。代码属于别的层次，多半是查错了目录。

只查目录里两个层次都有的同名专业；只有别的层次才有的专业由 MAJ001 提醒。

## 例子
提醒：高职院校的电子商务写了 `730701`（这是中职的代码）。

通过：高职院校的电子商务写 `530701`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.source import Source
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .schools import TYPE_IN_DOUBT, is_type_misfilled
from .stages import STAGES
from .words import cells


def enrolment_code_of_other_stage(case: Case) -> Iterator[Answer]:
    """Fails a code of the right name but another stage; the same slip in several rows is told once."""
    school_type = case.school.type
    if school_type is None or not any(row.major_code for row in case.enrolments):
        yield NotApplicable("院校类型没有填写，或招生表里没有专业代码。")
        return
    if is_type_misfilled(case):
        yield NotEvaluated(TYPE_IN_DOUBT)
        return
    slips: dict[tuple[str, str], list[Source]] = {}
    for row in case.enrolments:
        if row.major and row.major_code:
            slips.setdefault((row.major, row.major_code), []).append(row.origin.at("major_code"))
    for (major, code), sources in slips.items():
        entries = case.catalogue.majors(major)
        own = [entry for entry in entries if entry.stage in STAGES[school_type]]
        other = [entry for entry in entries if fold(entry.code) == fold(code)]
        if own and other and not any(entry in own for entry in other):
            yield Fail(
                f"{cells(sources)}：“{major}”的专业代码 {code} 是{other[0].stage}的，"
                f"{own[0].stage}的是 {own[0].code}，而本校是{school_type}。",
                sources[0],
                also=sources,
            )


RULE = Rule(
    id="MAJ008",
    title="专业代码的层次与院校类型相符",
    level=Severity.WARNING,
    clause="二（二）2（2）",
    doc=__doc__,
    hint="改成本校层次的专业代码；确实是贯通培养的学生，可在 docgen.toml 中写明理由。",
    check_school=enrolment_code_of_other_stage,
    reads=("type",),
)
