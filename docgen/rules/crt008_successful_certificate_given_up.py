"""## 查什么
往年最近一次试点较为成功的证书，今年有没有再申报。培训 20 人以上、取证人数达到培训人数六成的，算较为成功。

## 为什么
指南一（二）1：建议参考往年工作经验，保留已经获得过试点并且较为成功的证书。

六成、20 人是本规则自定的界限：人数太少看不出成效。牵头的证书由 CRT007 说明。

## 例子

有说明：2020 年数据采集培训 80 人、取证 70 人，今年没有申报它的任何等级。

没有说明：今年至少申报了它的一个等级；或者往年取证不到六成。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import PastPilot

from .applied import meaning
from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .doubts import means_certificate, repeated_certificates

_FEW = 20


def successful_certificate_given_up(case: Case) -> Iterator[Answer]:
    """Tells of certificates whose latest pilot went well and that the school does not apply for."""
    rows = [row for row in case.past_pilots if row.certificate and row.year is not None]
    if not rows or not case.applications:
        yield NotApplicable("没有往年试点，或没有申报。")
        return
    if repeated_certificates(case):
        yield NotEvaluated("有两项申报的证书和等级相同（见 CRT005），改正后再核查。")
        return
    latest: dict[str, list[PastPilot]] = {}
    led = set()
    for row in sorted(rows, key=lambda row: row.year or 0):
        key = meaning(case, row.certificate)
        if key in latest and latest[key][0].year != row.year:
            latest[key] = []
        latest.setdefault(key, []).append(row)
        if row.lead:
            led.add(key)
    for key, members in latest.items():
        trained = sum(row.trained or 0 for row in members)
        certified = sum(row.certified or 0 for row in members)
        successful = key not in led and trained >= _FEW and certified * 10 >= trained * 6
        if successful and not means_certificate(case, key, members[0].certificate):
            yield Fail(
                f"{members[0].year}年“{members[0].certificate}”培训 {trained} 人、取证 {certified} 人，今年没有申报。",
                members[0].origin.at("certificate"),
            )


RULE = Rule(
    id="CRT008",
    title="试点成功的证书继续申报",
    level=Severity.INFO,
    clause="一（二）1",
    doc=__doc__,
    hint="确定不再试点的不必改；漏了的，在“申报证书”补上。",
    check_school=successful_certificate_given_up,
)
