"""## 查什么
每件教师、场地、设备佐证材料，能不能看出证明的是谁（哪里、什么）：“对应名称”写着，文件名、文件夹名里有，或者材料的文字里有登记过的名称。

同一类材料全都没有写名称的，这一项不查。

## 为什么
指南二（二）2（5）：佐证材料要与申报信息一一对应。看不出证明什么的材料，审核人也对不上。

## 例子
有说明：`A01/教师/IMG_2031.jpg`，没有填对应名称，而其他教师材料都写了姓名。

通过：文件名改为 `张某某培训证书.jpg`，或在“佐证材料”工作表里填上对应名称。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application, Equipment, EvidenceItem, EvidenceKind, Teacher, Venue
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule
from .evidence import folded_text, is_usable
from .evidence_texts import page_source
from .words import quoted

_ASKED = {EvidenceKind.TEACHER: "哪位教师", EvidenceKind.VENUE: "哪处场地", EvidenceKind.EQUIPMENT: "什么设备"}


def evidence_proves_nothing_named(case: Case, application: Application) -> Iterator[Answer]:
    """Fails evidence of which nothing says what it proves, where other evidence of the kind does; a finding a kind."""
    rows: dict[EvidenceKind, Sequence[Teacher | Venue | Equipment]] = {
        EvidenceKind.TEACHER: case.teachers_of(application),
        EvidenceKind.VENUE: case.venues_of(application),
        EvidenceKind.EQUIPMENT: case.equipment_of(application),
    }
    asked = False
    for kind, listed in rows.items():
        names = [row.name for row in listed if row.name]
        items = [item for item in case.evidence_of(application, kind) if is_usable(item)]
        lost = [item for item in items if not _names(item, names)]
        if not names or len(lost) == len(items):
            continue
        asked = True
        if lost:
            paths = [item.path for item in lost]
            message = f"{len(set(paths))} 件{kind}佐证材料看不出证明{_ASKED[kind]}：{quoted(paths, counted=False)}。"
            yield Fail(message, page_source(case, lost[0]))
    if not asked:
        yield NotApplicable("没有佐证材料，或没有按名称登记。")


def _names(item: EvidenceItem, names: Sequence[str]) -> bool:
    """Whether 对应名称 is filled in, or the note, the path or the text holds one of the names."""
    if item.subject:
        return True
    said = fold(f"{item.note}|{item.path}") + folded_text(item.file.texts if item.file else ())
    return any(fold(name) in said for name in names)


RULE = Rule(
    id="EVI016",
    title="每件材料都看得出证明什么",
    level=Severity.INFO,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="在“佐证材料”工作表填上“对应名称”，或把文件名改成它证明的教师（场地、设备）的名称。",
    check_application=evidence_proves_nothing_named,
    by_number=True,
)
