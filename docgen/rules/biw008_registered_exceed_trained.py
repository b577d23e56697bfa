"""## 查什么
每个证书等级，到每一期为止，累计考核报名人数是不是超过了累计学生培训人数。

## 为什么
一般先培训后报名。社会考生、往年已培训的学生直接报名的，报名会多于培训，请核实。

## 例子
提醒：累计报名 50 人，累计培训 40 人。

通过：累计报名 40 人，累计培训 42 人。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.season import Matter
from docgen.season.figures import Line, Progress

from .base import About, Answer, Rule
from .season_words import overtaken


def registered_exceed_trained(progress: Progress, line: Line) -> Iterator[Answer]:
    """Fails a line at the first period by whose end more people are at a later stage than at the one before it."""
    yield from overtaken(progress, line, Matter.REGISTRATION, Matter.TRAINING)


RULE = Rule(
    id="BIW008",
    title="报名人数不超过培训人数",
    level=Severity.WARNING,
    clause="三",
    doc=__doc__,
    hint="核对培训和报名的人数；有往年已培训的学生的，在“工作情况”里说明。",
    about=About.SEASON,
    check_part=registered_exceed_trained,
)
