"""## 查什么
每个证书等级，到每一期为止，累计考核人数是不是超过了累计考核报名人数。

## 为什么
指南三：考核报名在平台上完成，没有报名的不能参加考核。

## 例子
不通过：累计考核 40 人，累计报名 38 人。

通过：累计考核 38 人，累计报名 40 人。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.season import Matter
from docgen.season.figures import Line, Progress

from .base import About, Answer, Rule
from .season_words import overtaken


def examined_exceed_registered(progress: Progress, line: Line) -> Iterator[Answer]:
    """Fails a line at the first period by whose end more people are at a later stage than at the one before it."""
    yield from overtaken(progress, line, Matter.EXAM, Matter.REGISTRATION)


RULE = Rule(
    id="BIW007",
    title="考核人数不超过报名人数",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="核对考核和报名的人数；报名漏记的，补记一行。",
    about=About.SEASON,
    check_part=examined_exceed_registered,
)
