"""## 查什么
佐证材料里的文字（PDF、Office 文件）在证书名称旁边写的等级，与申报的等级是否一致。

教师的培训证书可以高于申报的等级，低于的才提醒；场地、设备等材料写着别的等级，只作说明。同时写着几个等级、其中有申报的那一个的，不算错。扫描件和照片没有文字，写明没有核查。

## 为什么
指南二（二）2（5）第二条：等级、佐证材料与证书要一一对应；同一证书申报几个等级时，材料最容易放错。

## 例子

提醒：A01 申报中级，教师材料里写的是“网店运营推广职业技能等级证书（初级）师资培训”。

通过：写的是“网店运营推广职业技能等级证书（高级）师资培训”，或者没有写等级。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import CertificateLevel, EvidenceKind

from .base import Answer, Rule
from .certificate_mentions import certificate_key, known_names, levels_named
from .doubts import is_level_doubtful
from .evidence_texts import applications_of, nothing_to_compare, readings, told_for, unread


def evidence_names_other_level(case: Case) -> Iterator[Answer]:
    """Fails texts that state another level of the certificate than that applied for (for teachers: a lower one)."""
    yield from nothing_to_compare(case.evidence)
    names = known_names(case)
    for reading in readings(case.evidence):
        wanted: dict[str, set[CertificateLevel]] = {}
        for application in applications_of(case, reading.item):
            if application.certificate and application.level and not is_level_doubtful(case, application):
                wanted.setdefault(certificate_key(application.certificate), set()).add(application.level)
        item, teacher = reading.item, reading.item.kind is EvidenceKind.TEACHER
        for key, levels in wanted.items():
            stated = {page.number: levels_named(page, key, names) for page in reading.pages}
            wrong = {number: found for number, found in stated.items() if found and not _fits(found, levels, teacher)}
            right = any(found and number not in wrong for number, found in stated.items())
            if not wrong or (right and not teacher):
                continue
            level = Severity.WARNING if teacher and not right else Severity.INFO
            owners = "本校" if item.scope.everywhere else str(item.scope)
            for number, found in wrong.items() if right else list(wrong.items())[:1]:
                message = f"“{item.path}”第{number}页写的是“{names[key]}”{_joined(found)}，{owners}申报的是{_joined(levels)}。"
                yield from told_for(case, item, message, number, level)
    yield from unread(case.evidence)


def _fits(stated: set[CertificateLevel], wanted: set[CertificateLevel], teacher: bool) -> bool:
    if stated & wanted:
        return True
    return teacher and max(level.rank for level in stated) >= min(level.rank for level in wanted)


def _joined(levels: set[CertificateLevel]) -> str:
    return "、".join(level for level in CertificateLevel if level in levels)


RULE = Rule(
    id="MAT004",
    title="佐证材料写的是所申报的等级",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="打开这一页核对：放错了的，换成对应等级的材料；几个等级共用的，可以不改。",
    check_school=evidence_names_other_level,
)
