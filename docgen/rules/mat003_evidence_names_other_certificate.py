"""## 查什么
佐证材料里的文字（PDF、Office 文件）写的是不是这项申报的证书。文字里只提到另一个证书、通篇没有提到本证书的，列出来。

只看明确说到证书的地方（名称后面有“职业技能等级证书”“初级”“师资培训”等字样），“物流管理专业”这样的说法不算。同时也提到本证书的，不算错。扫描件和照片没有文字，写明没有核查。

## 为什么
指南二（二）2（5）第二条：佐证材料要与申报的证书一一对应。最常见的差错，就是把甲证书的材料放进了乙证书的那一册。

## 例子

提醒：`A01/教师/培训证书.pdf` 写的是“数据采集职业技能等级证书师资培训结业证书”，A01 申报的是“网店运营推广”。

通过：材料里写着“网店运营推广职业技能等级证书（中级）师资培训，数据采集职业技能等级证书另行安排”，或者没有提到任何证书。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import EvidenceKind

from .base import Answer, Rule
from .certificate_mentions import certificate_key, is_plain, known_names, mentions, speaks_of
from .evidence_texts import Page, Reading, applications_of, nothing_to_compare, readings, told_for, unread
from .nearness import is_slip
from .words import quoted

_MANY = 3
"""From that many other certificates on a document is a list or a plan, which may well leave one out."""


def evidence_names_other_certificate(case: Case) -> Iterator[Answer]:
    """Fails texts that name another certificate and never the one applied for; on a page of its own it is told less."""
    yield from nothing_to_compare(case.evidence)
    names = known_names(case)
    common = {key: bool(case.catalogue.majors(name)) for key, name in names.items()}
    for reading in readings(case.evidence):
        own = {
            certificate_key(application.certificate): application.certificate
            for application in applications_of(case, reading.item)
            if application.certificate
        }
        if own:
            yield from _of_file(case, reading, own, names, common)
    yield from unread(case.evidence)


def _of_file(
    case: Case, reading: Reading, own: Mapping[str, str], names: Mapping[str, str], common: Mapping[str, bool]
) -> Iterator[Answer]:
    spoken = {page.number for page in reading.pages if any(speaks_of(page, key) for key in own)}
    alien = {page.number: _others(page, own, names, common) for page in reading.pages if page.number not in spoken}
    alien = {number: keys for number, keys in alien.items() if keys}
    if not alien:
        return
    item, number = reading.item, min(alien)
    wanted = quoted(own.values())
    owners = "本校申报的" if item.scope.everywhere else f"{item.scope}申报的"
    if not spoken:
        every = list(dict.fromkeys(key for keys in alien.values() for key in keys))
        what = quoted(names[key] for key in every)
        message = f"“{item.path}”第{number}页写的是{what}证书，通篇没有提到{owners}{wanted}。"
        level = Severity.INFO if item.scope.everywhere or len(every) >= _MANY else Severity.WARNING
        yield from told_for(case, item, message, number, level)
    elif item.kind is EvidenceKind.TEACHER:
        for number, keys in alien.items():
            if len(keys) == 1:
                message = (
                    f"“{item.path}”第{number}页写的是{quoted(names[key] for key in keys)}证书，而{owners}是{wanted}。"
                )
                yield from told_for(case, item, message, number, Severity.INFO)


def _others(page: Page, own: Mapping[str, str], names: Mapping[str, str], common: Mapping[str, bool]) -> list[str]:
    """The keys of certificates that the page plainly speaks of and that are none of `own`, not even misspelt there."""
    found = [
        mention.key
        for mention in mentions(page, names)
        if mention.key not in own and is_plain(page, mention, is_common=common[mention.key])
    ]
    return [key for key in dict.fromkeys(found) if not any(is_slip(key, mine) for mine in own)]


RULE = Rule(
    id="MAT003",
    title="佐证材料写的是所申报的证书",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="打开这一页核对：放错了的，移到对应证书的文件夹；确实用得上的，可以不改。",
    check_school=evidence_names_other_certificate,
)
