"""## 查什么
一项申报的佐证材料是不是超过三册（教师、场地、设备之外还有“其他”）。

## 为什么
指南二（二）2（4）：上传的文件以 1–3 个为宜，同类材料放到一个文件中。

## 例子
提醒：A01 四类佐证材料都有，会生成四个 PDF。

通过：把“其他”里的材料归到教师、场地或设备。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application, EvidenceKind
from docgen.model.source import Source

from .base import Answer, Fail, NotApplicable, Rule
from .evidence import is_usable, place_of

_MOST = 3


def more_than_three_volumes(case: Case) -> Iterator[Answer]:
    """Fails applications whose evidence makes more files than the guide advises; shared evidence is told of once."""
    crowded = [
        application for application in case.applications if application.number and _volumes(case, application) > _MOST
    ]
    if not case.evidence:
        yield NotApplicable("没有登记佐证材料。")
    elif len(crowded) > 1 and all(_others_are_shared(case, application) for application in crowded):
        numbers = "、".join(application.number for application in crowded)
        yield Fail(
            f"公共的“其他”类材料使 {numbers} 的佐证材料各有 4 个文件；以 1–3 个为宜。", _first_other(case, crowded[0])
        )
    else:
        for application in crowded:
            yield Fail(
                "佐证材料有 4 类（教师、场地、设备、其他），会成为 4 个文件；以 1–3 个为宜。",
                _first_other(case, application),
                application=application.number,
            )


def _volumes(case: Case, application: Application) -> int:
    return sum(any(map(is_usable, case.evidence_of(application, kind))) for kind in EvidenceKind)


def _others_are_shared(case: Case, application: Application) -> bool:
    return all(item.scope.everywhere for item in case.evidence_of(application, EvidenceKind.OTHER))


def _first_other(case: Case, application: Application) -> Source:
    return place_of(case, case.evidence_of(application, EvidenceKind.OTHER)[0])


RULE = Rule(
    id="EVI008",
    title="佐证材料不超过三册",
    level=Severity.WARNING,
    clause="二（二）2（4）",
    doc=__doc__,
    hint="把“其他”类的材料归到教师、场地或设备类。",
    check_school=more_than_three_volumes,
)
