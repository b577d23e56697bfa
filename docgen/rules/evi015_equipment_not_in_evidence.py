"""## 查什么
这项申报登记的每种设备，是不是都能在设备佐证材料的“对应名称”、说明、文件名或文字里找到。

## 为什么
指南二（二）2（5）：佐证材料要完整，要与申报信息一一对应。

各件材料都没有写名称的（看不出各自证明什么），这一项不查；有扫描的清单、合同，里面可能写着的，写明没有核查。佐证材料是“如有必要”才上传的（二（二）2（4）），所以只作说明。

## 例子

有说明：登记了台式计算机、直播补光灯，设备佐证材料里只出现过台式计算机。

通过：每种设备都有一件材料，文件名为“台式计算机.jpg”；或者一份 PDF 清单里写着全部设备。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application, EvidenceKind

from .base import Answer, Fail, NotEvaluated, Rule
from .evidence import is_usable, unnamed
from .words import quoted


def equipment_not_in_evidence(case: Case, application: Application) -> Iterator[Answer]:
    """Fails an application some of whose rows no evidence of the kind names; all of them are one finding."""
    rows = case.equipment_of(application)
    missing, answer = unnamed(case, application, EvidenceKind.EQUIPMENT, [row.name for row in rows])
    if answer is not None:
        yield answer
        return
    if not missing:
        return
    source = next(row.origin.at("name") for row in rows if row.name in missing)
    said = f"{len(missing)} 种设备没有对应的佐证材料：{quoted(missing, counted=False)}"
    lists = [
        item.path
        for item in case.evidence_of(application, EvidenceKind.EQUIPMENT)
        if item.file is not None
        and is_usable(item)
        and not item.file.media.startswith("image/")
        and not all(text.strip() for text in item.file.texts or ("",))
    ]
    if lists:
        yield NotEvaluated(f"{said}；{quoted(lists)}没有可比对的文字，里面可能有。", source)
    else:
        yield Fail(f"{said}。", source)


RULE = Rule(
    id="EVI015",
    title="每种设备都有佐证材料",
    level=Severity.INFO,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="补上材料，或在“佐证材料”工作表的“对应名称”里写明它证明哪些设备。",
    check_application=equipment_not_in_evidence,
    by_number=True,
)
