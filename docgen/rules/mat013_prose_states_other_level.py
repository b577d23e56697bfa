"""## 查什么
申报理由、保障措施里写的“申报 … 级”，是不是所申报的等级。通篇没有提到所申报的等级的，才提醒。

## 为什么
指南二（二）2（5）：检查申报证书的等级等是否一一对应；同一证书几个等级的申报，理由很容易复制以后忘了改。

## 例子

提醒：A01 申报中级，保障措施写“拟申报初级试点，安排固定课时。”

通过：“拟申报中级试点”；或“已有初级试点经验，拟申报中级”。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .doubts import is_level_doubtful

_PROSE = (("reason", "申报理由"), ("safeguards", "保障措施"))
_APPLIED = re.compile(
    r"(?:申报|开展|组织)[^，。；,;不已曾过]{0,24}?([初中高]级)(?:证书|试点|等级|培训|考核|的|[，。；,;]|$)"
)
_EARLIER = re.compile(r"(?:20\d\d年|往年|去年|上年|已|曾|以前)[^，。；,;]{0,12}$")


def prose_states_other_level(case: Case, application: Application) -> Iterator[Answer]:
    """Fails a text that speaks of applying for another level, and never of the one applied for."""
    texts = [
        (header, getattr(application, a), application.origin.at(a)) for a, header in _PROSE if getattr(application, a)
    ]
    if application.level is None or not texts:
        yield NotApplicable("等级没有填写，或没有申报理由和保障措施。")
        return
    if is_level_doubtful(case, application):
        yield NotEvaluated("等级本身看来填错了（见 CRT002、CRT004），没有核查。", application.origin.at("level"))
        return
    for header, text, source in texts:
        if application.level in text:
            continue
        for match in _APPLIED.finditer(text):
            if not _EARLIER.search(text[: match.start()]):
                yield Fail(f"{header}里写“{match.group().rstrip('，。；,;')}”，而申报的是{application.level}。", source)
                break


RULE = Rule(
    id="MAT013",
    title="申报理由写的等级与申报的等级一致",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="改成所申报的等级，或检查是不是从别的申报复制来的。",
    check_application=prose_states_other_level,
    reads=("level",),
)
