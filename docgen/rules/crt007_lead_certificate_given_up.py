"""## 查什么
往年本校牵头（“是否牵头”填了是）的证书，今年有没有再申报。

## 为什么
指南一（二）1：建议保留已经获得过试点且较为成功的证书，特别是牵头证书。不再申报不是错误，只是提醒别漏了。

## 例子

有说明：2020 年本校牵头数据采集，今年的申报里没有这个证书。

没有说明：今年至少申报了它的一个等级。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import PastPilot

from .applied import meaning
from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .doubts import means_certificate, repeated_certificates


def lead_certificate_given_up(case: Case) -> Iterator[Answer]:
    """Tells of certificates that the school led once and does not apply for; each once, at its latest row."""
    leads = [row for row in case.past_pilots if row.lead and row.certificate]
    if not leads or not case.applications:
        yield NotApplicable("没有牵头过证书，或没有申报。")
        return
    if repeated_certificates(case):
        yield NotEvaluated("有两项申报的证书和等级相同（见 CRT005），改正后再核查。")
        return
    latest: dict[str, PastPilot] = {}
    for row in leads:
        key = meaning(case, row.certificate)
        if key not in latest or (row.year or 0) > (latest[key].year or 0):
            latest[key] = row
    for key, row in latest.items():
        if not means_certificate(case, key, row.certificate):
            when = f"{row.year}年" if row.year else "往年"
            yield Fail(f"{when}本校牵头的“{row.certificate}”今年没有申报。", row.origin.at("certificate"))


RULE = Rule(
    id="CRT007",
    title="牵头的证书继续申报",
    level=Severity.INFO,
    clause="一（二）1",
    doc=__doc__,
    hint="确定不再试点的不必改；漏了的，在“申报证书”补上。",
    check_school=lead_certificate_given_up,
)
