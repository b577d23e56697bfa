"""## 查什么
几项申报共用的学生用计算机（名称里有计算机、电脑、工作站等，一行 10 台以上），如果各项同时开班，够不够一人一台。场地已经不够的，由 VEN003 说明，这里不重复。

## 为什么
指南一（二）2：设备要达到条件。轮流使用不是错误，所以只是说明。

其他设备是几人共用一台，没有通用的标准，不比较；申报编号写“全部”的（公共机房）也不比较。

## 例子

有说明：台式计算机 40 台供 A01 和 A02（数据采集）共用，每期各 40 人，而 A02 另有自己的直播间（实训楼302）。

没有说明：台式计算机 80 台；或两项每期各 20 人。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .applied import quoted_labels
from .base import Answer, Fail, NotApplicable, Rule
from .sharing import is_student_computer, overbooked
from .words import quoted


def computers_shared_beyond_count(case: Case) -> Iterator[Answer]:
    """Tells of computers too few for a run of each of their applications at once, where the rooms would do."""
    computers = [piece for piece in case.equipment if is_student_computer(piece) and not piece.scope.everywhere]
    if not computers:
        yield NotApplicable("没有学生用计算机。")
        return
    crowded = {
        application.number
        for found in overbooked(case, case.venues, lambda venue: venue.seats)
        for application in found.applications
    }
    for found in overbooked(case, computers, lambda piece: piece.count):
        labels = [application.label for application in found.applications]
        if not crowded.intersection(application.number for application in found.applications):
            yield Fail(
                f"{quoted_labels(labels)}共用{quoted(row.name for row in found.rows)}共 {found.places} 台；"
                f"同时开班还要 {found.wanted} 台，要错开时段轮流使用。",
                found.rows[0].origin.at("count"),
            )


RULE = Rule(
    id="EQP004",
    title="共用的计算机够用",
    level=Severity.INFO,
    clause="一（二）2",
    doc=__doc__,
    hint="在保障措施里写明怎样错开使用；或核对数量、补上漏填的设备。",
    check_school=computers_shared_beyond_count,
)
