"""## 查什么
设备的“存放场地”在“场地”工作表里有没有。

## 为什么
指南二（二）2（5）：申报信息要相互匹配。设备放在一处没有登记的场地，说明场地漏填了，或名称写得不一样。

## 例子

提醒：存放场地写“网店运营实验室”，场地工作表里是“网店运营实训室”。

通过：两处名称一致；或存放场地空着。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.source import Source
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, Rule
from .nearness import near_misses
from .words import cells, meant


def equipment_in_unknown_venue(case: Case) -> Iterator[Answer]:
    """Fails names of venues that the sheet of venues lacks; each name is told once, with its cells."""
    if not case.venues or not any(piece.venue for piece in case.equipment):
        yield NotApplicable("没有填写存放场地，或没有场地。")
        return
    known = {fold(venue.name) for venue in case.venues} | {fold(venue.place) for venue in case.venues if venue.place}
    unknown: dict[str, list[Source]] = {}
    for piece in case.equipment:
        names = [part for part in piece.venue.replace("，", "、").replace(",", "、").split("、") if part]
        for name in names if fold(piece.venue) not in known else ():
            if fold(name) not in known:
                unknown.setdefault(name, []).append(piece.origin.at("venue"))
    for name, sources in unknown.items():
        near = near_misses(name, [venue.name for venue in case.venues])
        yield Fail(f"{cells(sources)}：存放场地“{name}”不在“场地”工作表里。{meant(near)}", sources[0], also=sources)


RULE = Rule(
    id="EQP003",
    title="设备存放场地已登记",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="改成“场地”工作表中的场地名称，或在“场地”工作表补上这处场地。",
    check_school=equipment_in_unknown_venue,
)
