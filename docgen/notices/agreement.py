"""Holds what is printed against itself: the annexes of the general notice and the notices of the schools add up alike."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.findings import Finding, FindingType, Severity
from docgen.model.review import Review
from docgen.model.source import Source

from .figures import totals
from .records import Item

DISAGREEMENT = FindingType(
    "NOT011",
    "附件的合计与各校通知之和一致",
    Severity.ERROR,
    "三",
    """## 查什么
公布名单的通知里三个附件的合计，与各院校通知附件的合计加起来、与“评审结果”全部各行的合计，是否都相等。

## 为什么
名单、统计表和各校收到的数对不上，就不知道以哪一个为准（指南三）。查的是已经排好的文书，不是另算一遍。

## 例子
不通过：有一行没有写院校名称，它的人数不在任何院校的通知里，合计少了80人。

通过：三个附件都是39660人，各校通知加起来也是39660人。
""",
)
FINDING_TYPES = (DISAGREEMENT,)


def disagreements(review: Review, items: Sequence[Item]) -> tuple[Finding, ...]:
    """A finding for each wrong sum, with all the places in the documents that have it."""
    persons = totals(review.decisions).persons_granted
    sums: dict[str, int] = {}
    for item in items:
        if item.kind == "notice":
            for annex in item.document.annexes:
                sums |= {
                    _name(annex.title, table.caption): _last(table.totals) for table in annex.tables if table.totals
                }
        elif item.kind == "notice-school":
            name = "各院校通知附件之和"
            sums[name] = sums.get(name, 0) + sum(
                _last(table.totals) for annex in item.document.annexes for table in annex.tables
            )
    found: dict[int, list[str]] = {}
    for name, total in sums.items():
        if total != persons:
            found.setdefault(total, []).append(name)
    source = Source(review.notice.origin.file, "评审结果")
    hint = "核对“评审结果”里有没有不写院校名称的行，“院校”里有没有重复的院校。"
    return tuple(
        Finding(
            DISAGREEMENT.id,
            DISAGREEMENT.level,
            f"批准人数合计不一致：“评审结果”共{persons}人，{'、'.join(names)}是{total}人。",
            hint,
            clause=DISAGREEMENT.clause,
            source=source,
        )
        for total, names in found.items()
    )


def _name(title: str, caption: str) -> str:
    return f"附件“{title}”{f'（{caption}）' if caption else ''}"


def _last(texts: Sequence[str]) -> int:
    """The persons approved in a row of sums: its last number."""
    return next((int(text) for text in reversed(texts) if text.isdecimal()), 0)
