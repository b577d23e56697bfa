"""## 查什么
每个证书等级，到每一期为止，累计取证人数是不是超过了累计考核人数。

## 为什么
取证的人都参加过考核，取证人数不会比考核人数多。

## 例子
不通过：累计取证 33 人，累计考核 31 人。

通过：累计取证 31 人，累计考核 38 人。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.season import Matter
from docgen.season.figures import Line, Progress

from .base import About, Answer, Rule
from .season_words import overtaken


def certified_exceed_examined(progress: Progress, line: Line) -> Iterator[Answer]:
    """Fails a line at the first period by whose end more people are at a later stage than at the one before it."""
    yield from overtaken(progress, line, Matter.CERTIFICATE, Matter.EXAM)


RULE = Rule(
    id="BIW006",
    title="取证人数不超过考核人数",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="核对取证和考核的人数；考核漏记的，补记一行。",
    about=About.SEASON,
    check_part=certified_exceed_examined,
)
