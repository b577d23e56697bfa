"""## 查什么
佐证材料（工作表里的行，或按文件夹放的文件）所属的申报编号，在“申报证书”里有没有。

## 为什么
指南二（二）2（5）第二条：避免把 A 证书的材料传到 B 证书处。编号写错的材料不会进入任何一册，等于漏交。

## 例子
不通过：文件夹名是 `佐证材料/A09/教师/`，而没有 A09 这项申报。

通过：每个编号都在“申报证书”工作表里。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.source import Source

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .doubts import REPEATED_NUMBERS, may_be_lost_number
from .words import cells


def evidence_for_unknown_application(case: Case) -> Iterator[Answer]:
    """Fails numbers that no application has; each is told once, with its cells or files."""
    known = {application.number for application in case.applications if application.number}
    if not case.evidence or not known:
        yield NotApplicable("没有佐证材料，或没有申报编号。")
        return
    unknown: dict[str, list[Source]] = {}
    for item in case.evidence:
        for number in item.scope.numbers:
            if number not in known:
                in_sheet = bool(item.origin.sheet)
                place = item.origin.at("scope") if in_sheet else Source(f"{case.settings.evidence_folder}/{item.path}")
                unknown.setdefault(number, []).append(place)
    for number, sources in unknown.items():
        if may_be_lost_number(case, number):
            yield NotEvaluated(REPEATED_NUMBERS, sources[0])
            continue
        yield Fail(
            f"{len(sources)} 件佐证材料属于“{number}”，“申报证书”里没有这个编号（{cells(sources, 3)}）。",
            sources[0],
            also=sources,
        )


RULE = Rule(
    id="EVI006",
    title="佐证材料属于已有的申报",
    level=Severity.ERROR,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="改正申报编号（或文件夹名）；不再申报的，移走这些材料。",
    check_school=evidence_for_unknown_application,
)
