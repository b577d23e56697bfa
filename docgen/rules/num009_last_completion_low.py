"""## 查什么
同一证书、同一等级最近一年试点的取证人数不到培训人数的一半，或培训人数不到计划人数的一半，而今年申报的人数不比那时少。

## 为什么
指南一（二）1、二（二）2（3）：不虚报，充分评估完成能力；过高的人数试点完成率难以达到要求。

一半是本规则自定的界限。人数不到 10 人的不查；前后矛盾的数字由 NUM005 指出。

## 例子

提醒：2020 年计划 100 人、培训 40 人、考核 40 人、取证 38 人，今年申报 120 人。

通过：2020 年培训 80 人、取证 70 人；或者取证少，而今年申报的人数也减少了。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .doubts import PERSONS_TOO_MANY, are_persons_too_many

_FEW = 10


def last_completion_low(case: Case, application: Application) -> Iterator[Answer]:
    """Fails as many persons as last time, when last time less than half was done."""
    rows = [row for row in case.past_pilots_of(application) if row.level is application.level and row.year is not None]
    if not application.persons or not rows:
        yield NotApplicable("没有同一证书、同一等级的往年试点。")
        return
    if are_persons_too_many(case, application):
        yield NotEvaluated(PERSONS_TOO_MANY, application.origin.at("persons"))
        return
    last = max(rows, key=lambda row: row.year or 0)
    steps = (("培训", last.trained, "取证", last.certified), ("计划", last.planned, "培训", last.trained))
    for before, whole, after, part in steps:
        if whole is not None and part is not None and whole >= _FEW and part * 2 < whole <= application.persons:
            yield Fail(
                f"{last.year}年{before} {whole} 人、{after} {part} 人，完成率 {part * 100 // whole}%；"
                f"今年又申报 {application.persons} 人。",
                application.origin.at("persons"),
            )
            return


RULE = Rule(
    id="NUM009",
    title="往年完成率低的没有照样申报",
    level=Severity.WARNING,
    clause="一（二）1",
    doc=__doc__,
    hint="按实际完成能力改小培训人数；情况已经改善的，在申报理由里写明，可在 docgen.toml 中写明理由。",
    check_application=last_completion_low,
    reads=("certificate", "level", "persons"),
)
