"""## 查什么

“往年试点”里的证书名称，是不是和目录里的证书或今年申报的证书只差一两个字。

## 为什么

指南二（一）1、二（二）2（5）：往年试点情况写进申报书；名称写错一个字，今年的申报就和往年的数字对不上。
目录里有的名称不查；目录里没有、也没有相近的，可能是以前的证书，也不查。

## 例子

提醒：往年试点的证书名称写 `网店运营推厂`（是不是“网店运营推广”？）。

通过：写 `网店运营推广`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.source import Source

from .applied import meaning
from .base import Answer, Fail, NotApplicable, Rule
from .nearness import is_slip
from .words import cells, meant


def past_certificate_misspelt(case: Case) -> Iterator[Answer]:
    """Fails names in 往年试点 that are a slip of a certificate's; the same slip in several rows is told once."""
    if not any(row.certificate for row in case.past_pilots):
        yield NotApplicable("没有往年试点。")
    applied = {meaning(case, row.certificate): row.certificate for row in case.applications if row.certificate}
    places: dict[str, list[Source]] = {}
    for row in case.past_pilots:
        unknown = row.certificate and case.catalogue.certificate(row.certificate) is None
        if unknown and meaning(case, row.certificate) not in applied:
            places.setdefault(row.certificate, []).append(row.origin.at("certificate"))
    for name, sources in places.items():
        candidates = dict.fromkeys((*applied.values(), *case.catalogue.similar_certificates(name)))
        near = tuple(known for known in candidates if is_slip(name, known))
        if near:
            yield Fail(f"{cells(sources)}：往年试点的证书“{name}”，{meant(near)}", sources[0], also=sources)


RULE = Rule(
    id="CRT012",
    title="往年试点的证书名称没有写错",
    level=Severity.WARNING,
    clause="二（一）1",
    doc=__doc__,
    hint="改成证书的全称，与“申报证书”写得一致。",
    check_school=past_certificate_misspelt,
)
