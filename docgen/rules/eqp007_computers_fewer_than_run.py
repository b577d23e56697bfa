"""## 查什么
一项申报登记了学生用计算机（名称里有计算机、电脑、工作站等，一行 10 台以上）的，总台数是不是少于每期人数。

## 为什么
指南一（二）2：设备要达到条件。两人一台不一定不行，所以只是说明。工位也不够的，由 NUM004 提醒，这里不重复。

## 例子
有说明：每期 40 人，工位 40 个，台式计算机 30 台。

没有说明：每期 40 人，台式计算机 40 台；或者没有登记学生用计算机。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, NotApplicable, Rule
from .sharing import is_student_computer


def computers_fewer_than_run(case: Case, application: Application) -> Iterator[Answer]:
    """Tells of fewer computers than a run has people, where the rooms have the seats."""
    each = application.persons_per_run
    computers = [piece for piece in case.equipment_of(application) if is_student_computer(piece)]
    counts = [piece.count or 0 for piece in computers]
    if not each or not counts:
        yield NotApplicable("每期人数没有填写，或没有学生用计算机。")
    elif sum(counts) < each <= sum(venue.seats or 0 for venue in case.venues_of(application)):
        yield Fail(
            f"每期 {each} 人，学生用计算机一共 {sum(counts)} 台。",
            application.origin.at("persons_per_run"),
            also=[piece.origin.at("count") for piece in computers],
        )


RULE = Rule(
    id="EQP007",
    title="学生用计算机够一人一台",
    level=Severity.INFO,
    clause="一（二）2",
    doc=__doc__,
    hint="核对设备数量、补上漏填的设备；几人一台的，在保障措施里写明怎样分组。",
    check_application=computers_fewer_than_run,
    reads=("persons_per_run",),
    by_number=True,
)
