"""## 查什么
“进展”里有没有两行的日期、证书、等级、事项、数量、说明都相同。

## 为什么
重复登记一次，累计人数就多算一次，完成率跟着虚高。

## 例子
提醒：第 12 行和第 18 行都是 2021-09-03 网店运营推广（中级）学生培训 35 人、第一期。

通过：同一天开了两个班的，在“说明”里写明是哪个班。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.season import key_of
from docgen.model.text import fold
from docgen.season.figures import Progress

from .base import About, Answer, Fail, Rule
from .season_words import told


def entry_twice(progress: Progress) -> Iterator[Answer]:
    """Fails the later of two entries that say the same, and says where the first is."""
    seen: dict[object, str] = {}
    for entry in progress.season.entries:
        if entry.amount is None or (entry.date is None and entry.number is None):
            continue
        key = (
            entry.date,
            entry.number,
            key_of(entry.certificate, entry.level),
            entry.matter,
            entry.amount,
            fold(entry.note),
        )
        place = entry.origin.at("amount")
        earlier = seen.setdefault(key, f"{place.sheet} {place.cell}")
        if earlier != f"{place.sheet} {place.cell}":
            yield Fail(f"与 {earlier} 完全相同（{told(entry)}），算了两次。", place)


RULE = Rule(
    id="BIW011",
    title="同一件事没有登记两次",
    level=Severity.WARNING,
    clause="三",
    doc=__doc__,
    hint="重复的删去一行；确是两件事的，在“说明”里写清楚。",
    about=About.SEASON,
    check_subject=entry_twice,
)
