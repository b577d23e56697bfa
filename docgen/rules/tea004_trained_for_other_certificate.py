"""## 查什么
教师的“培训证书”是不是这位教师所属申报的证书。认得出是另一个证书的，或与所属申报的证书只差一两个字的，才提醒。

## 为什么
指南一（二）2、二（一）1：师资要符合证书的要求；二（二）2（5）：避免把 A 证书的信息填到 B 证书处。

“双师型”之类通用的证书、目录里没有的名称不查。

## 例子

提醒：张丽华只属于 A01 网店运营推广，培训证书写的是“数据采集师资培训证书”。

通过：培训证书写 `网店运营推广`、`网店运营推广师资培训合格证书`。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .applied import covered, meaning, nearly_trained_in, trained_in
from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .certificate_mentions import known_names
from .doubts import repeated_certificates
from .nearness import is_slip
from .words import meant, quoted


def trained_for_other_certificate(case: Case) -> Iterator[Answer]:
    """Fails teachers whose training is for a certificate that none of their applications is about."""
    if not any(teacher.training_certificate for teacher in case.teachers):
        yield NotApplicable("没有填写培训证书。")
        return
    repeated, names = repeated_certificates(case), known_names(case)
    counts = Counter(row.number for row in case.applications)  # of a repeated number (DAT012) nobody knows whose it is
    applied = {row.number: row for row in case.applications if row.certificate and counts[row.number] == 1}
    for teacher in case.teachers:
        own = {meaning(case, applied[n].certificate): applied[n] for n in covered(case, teacher) if n in applied}
        if not teacher.training_certificate or not own:
            continue
        trained = trained_in(case, teacher.training_certificate)
        source = teacher.origin.at("training_certificate")
        wanted = [row.certificate for row in own.values()]
        near = () if trained else nearly_trained_in(teacher.training_certificate, wanted)
        if trained and (any(is_slip(name, names.get(trained, trained)) for name in wanted) or repeated & set(own)):
            yield NotEvaluated(f"“{teacher.name}”所属申报的证书名称要先改正（见 CRT001、CRT005），没有核查。", source)
        elif trained and trained not in own:
            yield Fail(
                f"“{teacher.name}”的培训证书是“{teacher.training_certificate}”，而所属的申报是{quoted(wanted, 3)}。",
                source,
            )
        elif near:
            yield Fail(f"“{teacher.name}”的培训证书写的是“{teacher.training_certificate}”，{meant(near)}", source)


RULE = Rule(
    id="TEA004",
    title="教师的培训证书属于所申报的证书",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="核对培训证书的名称，或这位教师的申报编号。",
    check_school=trained_for_other_certificate,
)
