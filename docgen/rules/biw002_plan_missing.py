"""## 查什么
有没有计划（批准的证书、等级、人数），每一行的批准人数填了没有，同一个证书等级有没有写两行。

## 为什么
指南三：按教育厅的审批结果开展试点。没有批准人数，完成率算不出来，也不知道哪些证书可以报。

## 例子
不通过：“计划”里网店运营推广（中级）的批准人数空着。

通过：每个获批的证书等级一行，批准人数都填了。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.season import key_of
from docgen.season.figures import Progress

from .base import About, Answer, Fail, Rule


def plan_missing(progress: Progress) -> Iterator[Answer]:
    """Fails a season without a plan, and rows of it without a number or for the second time."""
    season = progress.season
    if not season.plan:
        yield Fail("没有计划：不知道批准了哪些证书、多少人。", season.info.origin.at(""))
    seen: dict[tuple[str, str], str] = {}
    for row in season.plan:
        if row.approved is None and "approved" not in row.origin.unreadable:
            yield Fail("批准人数没有填。", row.origin.at("approved"), application=row.label)
        place = row.origin.at("certificate")
        earlier = seen.setdefault(key_of(row.certificate, row.level), place.cell)
        if earlier != place.cell:
            yield Fail(
                f"{row.label}写了两行（另一行在 {earlier}），只按前一行的批准人数计算。", place, application=row.label
            )


RULE = Rule(
    id="BIW002",
    title="批准的证书和人数已填写",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="在“计划”工作表里按批复填写；或把秘书处发的“评审结果.xlsx”放进本文件夹。",
    about=About.SEASON,
    check_subject=plan_missing,
)
