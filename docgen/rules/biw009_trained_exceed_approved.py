"""## 查什么
每个证书等级的累计培训人数是不是超过了批准人数。

## 为什么
指南三：按审批结果开展试点。超过批准人数的，多半是重复登记，或者把别的等级的学生也算进来了；确实多培训的，要向秘书处说明。

## 例子
提醒：批准 100 人，累计培训 118 人。

通过：批准 120 人，累计培训 118 人。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.season import Matter
from docgen.season.figures import Line, Progress

from .base import About, Answer, Fail, NotApplicable, Rule
from .season_words import last_place, plain


def trained_exceed_approved(progress: Progress, line: Line) -> Iterator[Answer]:
    """Fails a line at the first period by whose end more were trained than approved."""
    if line.approved is None:
        yield NotApplicable("没有批准人数。")
        return
    for period in progress.told:
        trained = progress.total(line.key, Matter.TRAINING, period.number)
        if trained > line.approved:
            place = last_place(progress, line, Matter.TRAINING, period)
            yield Fail(f"到{period.label}累计培训 {plain(trained)} 人，超过批准的 {line.approved} 人。", place)
            return


RULE = Rule(
    id="BIW009",
    title="培训人数不超过批准人数",
    level=Severity.WARNING,
    clause="三",
    doc=__doc__,
    hint="核对有没有重复登记；确实超过的，在“工作情况”里说明。",
    about=About.SEASON,
    check_part=trained_exceed_approved,
)
