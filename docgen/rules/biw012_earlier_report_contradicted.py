"""## 查什么
以前各期已经生成的报告里的数，与现在的数据算出来的是不是相同。

## 为什么
报出去的数改了要说明。不同的地方会列在这一期报告的“更正”里：哪一期、原来报多少、现在是多少、相差多少。

## 例子
有说明：第3期报告里网店运营推广（中级）考核 12 人，现在的数据是 10 人，相差 -2。

没有说明：数据与已经生成的报告相同。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.season.figures import Progress, corrections

from .base import About, Answer, Fail, NotApplicable, Rule
from .season_words import plain


def earlier_report_contradicted(progress: Progress) -> Iterator[Answer]:
    """Fails (as information) each figure that an earlier report gave otherwise."""
    if not progress.issued:
        yield NotApplicable("还没有生成过报告。")
        return
    number = progress.told[-1].number if progress.told else 0
    for each in corrections(progress, number):
        yield Fail(
            f"第{each.number}期报告里{each.matter.value} {plain(each.was)} 人，现在的数据是 {plain(each.now)} 人，"
            f"相差 {plain(each.now - each.was)} 人；列入第{number}期的“更正”。",
            progress.season.info.origin.at(""),
            application=each.label,
        )


RULE = Rule(
    id="BIW012",
    title="与已经生成的报告一致",
    level=Severity.INFO,
    clause="三",
    doc=__doc__,
    hint="改得对的不必理会，报告会列出更正；改错了的，恢复原来的数据。",
    about=About.SEASON,
    check_subject=earlier_report_contradicted,
)
