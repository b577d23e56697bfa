"""## 查什么
时间过了三分之一以后，按目前每期培训的人数（全程平均和最近四期平均取快的），到结束时能不能达到批准人数。

## 为什么
指南二（二）2（3）、三：试点完成率要达到要求，本年度的试点工作要在12月31日前完成。早知道慢，还来得及加班次。

## 例子
提醒：批准 100 人；已过 7 期培训 35 人，平均每期 5 人；还剩 65 人、6 期，每期要 10.8 人。照目前的速度到结束约 65 人。

通过：批准 100 人，已过 7 期培训 70 人。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.season import Matter
from docgen.season.figures import Line, Progress

from .base import About, Answer, Fail, NotApplicable, Rule
from .season_words import plain

_RECENT = 4


def pace_too_slow(progress: Progress, line: Line) -> Iterator[Answer]:
    """Fails a line that will not reach its number by the last period, with the arithmetic."""
    if not line.approved:
        yield NotApplicable("没有批准人数。")
        return
    gone, whole = len(progress.told), len(progress.periods)
    if gone * 3 < whole:
        yield NotApplicable("时间还没有过三分之一。")
        return
    trained = progress.total(line.key, Matter.TRAINING, gone)
    missing, left = line.approved - trained, whole - gone
    if missing <= 0:
        return
    recent = trained - progress.total(line.key, Matter.TRAINING, max(gone - _RECENT, 0))
    pace = max(trained / gone, recent / min(gone, _RECENT))
    if left == 0:
        yield Fail(
            f"各期已过完，累计培训 {plain(trained)} 人，比批准的 {line.approved} 人少 {plain(missing)} 人。",
            line.origin.at("approved"),
        )
    elif trained + pace * left < line.approved:
        reach = int(trained + pace * left)
        yield Fail(
            f"已过 {gone} 期，累计培训 {plain(trained)} 人，最快平均每期 {pace:.1f} 人；还剩 {plain(missing)} 人、{left} 期，"
            f"每期要 {missing / left:.1f} 人。照目前的速度到结束约 {reach} 人，是批准的 {line.approved} 人的 {reach * 100 // line.approved}%。",
            line.origin.at("approved"),
        )


RULE = Rule(
    id="BIW014",
    title="按目前的进度能够完成计划",
    level=Severity.WARNING,
    clause="三",
    doc=__doc__,
    hint="加开班次，或早与秘书处说明；数据没有登记全的，先补记。",
    about=About.SEASON,
    check_part=pace_too_slow,
)
