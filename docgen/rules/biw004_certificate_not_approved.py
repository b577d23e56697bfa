"""## 查什么
“进展”里的证书名称和等级，“计划”里有没有；学生培训、考核报名、考核、取证写了证书没有。

## 为什么
指南三：按审批结果开展试点；同一个证书的初、中、高级是分开批准的。写错一个字，人数就算到了别的证书上。

## 例子
不通过：计划里是“网店运营推广（中级）”，进展里写“网店运营推广（初级）”。

通过：与“计划”里的证书名称、等级一字不差。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.season.figures import Progress

from .base import About, Answer, Fail, NotEvaluated, Rule
from .nearness import is_slip
from .words import meant


def certificate_not_approved(progress: Progress) -> Iterator[Answer]:
    """Fails stage entries of certificates or levels that the plan does not have, one finding for each, and of none."""
    if not progress.season.plan:
        yield NotEvaluated("没有计划，不知道哪些证书获批。")
        return
    planned = [line for line in progress.lines if line.planned]
    names = {line.key[0]: line.certificate for line in planned}
    for line in progress.lines:
        if line.planned:
            continue
        count = len(progress.entries_of(line))
        place = line.origin.at("certificate")
        if not line.certificate:
            yield Fail(f"{count} 行按人数累计的进展没有写证书名称（第一行在这里）。", place)
            continue
        levels = [other.level.value for other in planned if other.key[0] == line.key[0] and other.level]
        if levels:
            said = f"批准的是{'、'.join(levels)}" if line.level else f"批准了{'、'.join(levels)}，没有写是哪一级"
            yield Fail(f"{line.label}不在计划里（{said}）；共 {count} 行。", place, application=line.label)
            continue
        near = tuple(name for key, name in names.items() if is_slip(line.key[0], key))
        yield Fail(f"{line.label}不在计划里；共 {count} 行。{meant(near[:3])}", place, application=line.label)


RULE = Rule(
    id="BIW004",
    title="进展里的证书和等级都已获批",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="与批复核对，改成“计划”里的写法；确已获批的，补进“计划”工作表。",
    about=About.SEASON,
    check_subject=certificate_not_approved,
)
