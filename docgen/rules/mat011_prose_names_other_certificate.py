"""## 查什么
申报理由、保障措施里写的“……证书”是不是所申报的证书。写了别的证书、而通篇没有提到所申报的证书的，才提醒。

## 为什么
指南二（二）2（5）：检查各项信息是否一一对应，避免把 A 证书的信息填到 B 证书处。

## 例子
提醒：A01 申报网店运营推广，申报理由写“数据采集职业技能等级证书与本专业课程一致”。

通过：“网店运营推广证书与本专业课程一致”；或者不提证书的名称；或者比较两个证书。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .applied import meaning
from .base import Answer, Fail, NotApplicable, Rule
from .certificate_mentions import is_plain, known_names, mentions, names_within, speaks_of
from .evidence_texts import page_of
from .words import quoted


def prose_names_other_certificate(case: Case, application: Application) -> Iterator[Answer]:
    """Fails a text that plainly names other certificates than the one applied for, and never that."""
    texts = [
        (header, getattr(application, a), application.origin.at(a)) for a, header in _PROSE if getattr(application, a)
    ]
    if not application.certificate or not texts:
        yield NotApplicable("证书名称没有填写，或没有申报理由和保障措施。")
        return
    own = meaning(case, application.certificate)
    names = known_names(case)
    for header, text, source in texts:
        if header == "申报理由" and _is_copy(case, application):
            continue  # MAT010 tells of it
        page = page_of(1, text)
        if speaks_of(page, own):
            continue
        keys = names_within(case, page.tight)
        other = [each for each in mentions(page, keys) if is_plain(page, each, is_common=True)]
        strong = [
            each for each in other if meaning(case, names[each.key]) != own and _NAMED.match(page.tight, each.end)
        ]
        if strong:
            listed = quoted((names[each.key] for each in strong), 3)
            yield Fail(f"{header}里写的是{listed}证书，没有提到所申报的“{application.certificate}”。", source)


def _is_copy(case: Case, application: Application) -> bool:
    """Whether another application has the very same reason, and is about the certificate that it names."""
    # A province has thousands of applications: each different reason is read once for all that have it.
    spoken: dict[str, set[str]] = case.remembered("certificates that reasons speak of", dict)
    reason = application.reason
    if reason not in spoken:
        names = case.remembered("reasons", lambda: _by_reason(case))[reason]
        page = page_of(1, reason)
        spoken[reason] = {key for key in {meaning(case, name) for name in names if name} if speaks_of(page, key)}
    return bool(spoken[reason] - {meaning(case, application.certificate)})


def _by_reason(case: Case) -> dict[str, set[str]]:
    """The certificates of all applications that give a reason."""
    found: dict[str, set[str]] = {}
    for row in case.applications:
        found.setdefault(row.reason, set()).add(row.certificate)
    return found


_PROSE = (("reason", "申报理由"), ("safeguards", "保障措施"))
_NAMED = re.compile(r"[)\"》”]*(?:\([^()]{0,12}\))?(?:\(?[初中高]级\)?)?(?:职业技能等级证书|职业技能|等级证书|证书)")


RULE = Rule(
    id="MAT011",
    title="申报理由写的是所申报的证书",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="改成这项申报的证书，或检查是不是从别的申报复制来的。",
    check_application=prose_names_other_certificate,
    reads=("certificate",),
)
