"""## 查什么
这项申报登记的每处场地，是不是都能在场地佐证材料的“对应名称”、说明或文件名里找到。

## 为什么
指南二（二）2（5）：佐证材料要完整，要与申报信息一一对应。

各件材料都没有写名称的（看不出各自证明什么），这一项不查。佐证材料是“如有必要”才上传的（二（二）2（4）），所以只作说明。

## 例子

有说明：登记了网店运营实训室、直播间，场地佐证材料里只出现过网店运营实训室。

通过：每处场地都有一件材料，文件名为“网店运营实训室.jpg”，或对应名称写着“网店运营实训室”。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application, EvidenceKind

from .base import Answer, Fail, Rule
from .evidence import unnamed
from .words import quoted


def venue_not_in_evidence(case: Case, application: Application) -> Iterator[Answer]:
    """Fails an application some of whose rows no evidence of the kind names; all of them are one finding."""
    rows = case.venues_of(application)
    missing, answer = unnamed(case, application, EvidenceKind.VENUE, [row.name for row in rows])
    if answer is not None:
        yield answer
    elif missing:
        source = next(row.origin.at("name") for row in rows if row.name in missing)
        yield Fail(f"{len(missing)} 处场地没有对应的佐证材料：{quoted(missing, counted=False)}。", source)


RULE = Rule(
    id="EVI014",
    title="每处场地都有佐证材料",
    level=Severity.INFO,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="补上材料，或在“佐证材料”工作表的“对应名称”里写明它证明谁（哪里）。",
    check_application=venue_not_in_evidence,
    by_number=True,
)
