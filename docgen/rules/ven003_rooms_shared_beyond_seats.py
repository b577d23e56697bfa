"""## 查什么
几项申报共用的场地，如果各项同时开班，工位够不够。每项申报先坐满自己别的场地，坐不下的才算到共用的场地上。

错开时段轮流使用是常事，所以只是说明；全年要满员轮用 10 次以上的，提醒再核对。

## 为什么
指南一（二）1、2：场地要达到条件，不虚报。评审会把几份申报书里同一间实训室的工位加起来看。

试点从批准到年底约半年、20 个教学周，每期至少两周，最多轮用 10 次。

## 例子

有说明：网店运营实训室 40 个工位，A01 和 A02（数据采集）都只有这一处场地，每期各 40 人。

没有说明：A02 另有一处 40 个工位的场地；或两项每期各 20 人。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule
from .sharing import overbooked
from .words import quoted

_MOST_ROUNDS = 10


def rooms_shared_beyond_seats(case: Case) -> Iterator[Answer]:
    """Tells of rooms that cannot seat a run of each of their applications at once, with the sums."""
    if not case.venues:
        yield NotApplicable("没有场地。")
    for found in overbooked(case, case.venues, lambda venue: venue.seats):
        labels = [application.label for application in found.applications]
        named = "、".join(labels[:6]) + (f"等 {len(labels)} 项" if len(labels) > 6 else "")
        often = found.rounds > _MOST_ROUNDS
        rounds = f"全年共要满员轮用约 {found.rounds:.0f} 次，" if often else ""
        yield Fail(
            f"{named}共用{quoted(row.name for row in found.rows)}，工位共 {found.places} 个；同时开班还要在这里坐 "
            f"{found.wanted} 人，{rounds}要错开时段轮流使用。",
            found.rows[0].origin.at("seats"),
            level=Severity.WARNING if often else None,
        )


RULE = Rule(
    id="VEN003",
    title="共用的场地坐得下",
    level=Severity.INFO,
    clause="一（二）2",
    doc=__doc__,
    hint="在保障措施里写明怎样错开使用；排不开的，减少每期人数或补上别的场地。",
    check_school=rooms_shared_beyond_seats,
)
