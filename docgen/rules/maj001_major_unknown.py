"""## 查什么
“试点专业”里的每个专业，在《职业教育专业目录》里有没有，层次是否与院校类型相符（中职学校查中职专业，高职院校查高职专业）。

## 为什么
指南二（二）2（2）：慎重选择试点专业，切不可随意选看起来相似的专业名称。

和目录里某个专业只差一两个字的报错误；带专业方向的、属于别的层次的、目录里没有的只提醒。本科院校的普通本科专业不在这个目录里，找不到时记为“未能核查”。

## 例子
不通过：`电子商物`（是不是“电子商务”？）。

通过：`电子商务、市场营销`。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application, SchoolType

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .nearness import is_slip
from .schools import TYPE_IN_DOUBT, is_type_misfilled
from .stages import STAGES
from .words import meant

_DIRECTION = re.compile(r"[（(【\[].*[）)】\]]$")


def major_unknown(case: Case, application: Application) -> Iterator[Answer]:
    """One answer for each pilot major that the catalogue lacks, or has only for another stage."""
    if not application.majors:
        yield NotApplicable("试点专业没有填写。")
    for major in application.majors:
        yield from _about(case, application, major)


def _about(case: Case, application: Application, major: str) -> Iterator[Answer]:
    source, school_type = application.origin.at("majors"), case.school.type
    found = case.catalogue.majors(major)
    if found:
        stages = tuple(entry.stage for entry in found)
        if is_type_misfilled(case):
            yield NotEvaluated(TYPE_IN_DOUBT)
        elif school_type is not None and not set(stages) & set(STAGES[school_type]):
            yield Fail(f"“{major}”是{'、'.join(stages)}的专业，而本校是{school_type}。", source)
        return
    similar = case.catalogue.similar_majors(major, school_type)
    slips = tuple(known for known in similar if is_slip(major, known))
    bare = _DIRECTION.sub("", major)
    if bare != major and case.catalogue.majors(bare):
        yield Fail(f"专业目录里的名称是“{bare}”，写的“{major}”带有专业方向。", source, "只填专业目录中的全称。")
    elif school_type is SchoolType.UNDERGRADUATE:
        # 财务管理 is a university's own major, not a slip of the vocational 财富管理.
        yield NotEvaluated(f"目录只收职业教育专业，普通本科专业“{major}”请自行核对名称。{meant(slips)}", source)
    elif slips:
        yield Fail(f"专业目录里没有“{major}”，{meant(slips)}", source, level=Severity.ERROR)
    else:
        yield Fail(f"专业目录里没有“{major}”。{meant(similar)}", source)


RULE = Rule(
    id="MAJ001",
    title="试点专业在专业目录中",
    level=Severity.WARNING,
    clause="二（二）2（2）",
    doc=__doc__,
    hint="填专业目录中的全称；系统里没有所需专业的，联系培训评价组织确认，不要选相似的代替。",
    check_application=major_unknown,
    reads=("majors",),
)
