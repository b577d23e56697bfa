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

from .base import Answer, Fail, Rule
from .evidence import is_usable

_MOST = 3


def more_than_three_volumes(case: Case, application: Application) -> Iterator[Answer]:
    """Fails an application whose evidence makes more files than the guide advises."""
    kinds = [kind for kind in EvidenceKind if any(map(is_usable, case.evidence_of(application, kind)))]
    if len(kinds) > _MOST:
        names = "、".join(kind.value for kind in kinds)
        yield Fail(
            f"佐证材料有 {len(kinds)} 类（{names}），会成为 {len(kinds)} 个文件；以 1–3 个为宜。",
            application.origin.at("number"),
        )


RULE = Rule(
    id="EVI008",
    title="佐证材料不超过三册",
    level=Severity.WARNING,
    clause="二（二）2（4）",
    doc=__doc__,
    hint="把“其他”类的材料归到教师、场地或设备类。",
    check_application=more_than_three_volumes,
    by_number=True,
)
