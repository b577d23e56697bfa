"""## 查什么

教师的“职称”和某个通用的职称名称是不是只差一个同音字或形近字。

## 为什么

指南二（二）2（5）第三条：检查错别字；职称印在申报书的师资表里。别的行业的职称、技能等级不查。

## 例子

提醒：职称写 `付教授`、`讲帅`。

通过：`副教授`、`讲师`、`高级工程师`、`二级建造师`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.source import Source
from docgen.prose.alike import look_alike, sound_alike

from .base import Answer, Fail, NotApplicable, Rule
from .words import cells

_TITLES = frozenset(
    (
        "教授",
        "副教授",
        "讲师",
        "助教",
        "正高级讲师",
        "高级讲师",
        "助理讲师",
        "教员",
        "正高级教师",
        "高级教师",
        "一级教师",
        "二级教师",
        "三级教师",
        "研究员",
        "副研究员",
        "助理研究员",
        "高级工程师",
        "正高级工程师",
        "工程师",
        "助理工程师",
        "技术员",
        "高级技师",
        "技师",
        "高级技工",
        "高级实验师",
        "实验师",
        "助理实验师",
        "正高级实习指导教师",
        "高级实习指导教师",
        "实习指导教师",
        "一级实习指导教师",
        "二级实习指导教师",
        "三级实习指导教师",
        "高级会计师",
        "会计师",
        "助理会计师",
        "高级经济师",
        "经济师",
        "助理经济师",
        "高级农艺师",
        "农艺师",
        "主任医师",
        "副主任医师",
        "主治医师",
        "医师",
        "主管护师",
        "副主任护师",
        "主任护师",
        "护师",
        "护士",
        "主管药师",
        "药师",
        "副主任药师",
        "高级工艺美术师",
        "工艺美术师",
        "馆员",
        "副研究馆员",
    )
)


def title_misspelt(case: Case) -> Iterator[Answer]:
    """Fails titles that are a common one but for one character taken for another; each slip is told once."""
    if not any(teacher.title for teacher in case.teachers):
        yield NotApplicable("没有填写职称。")
    places: dict[str, list[Source]] = {}
    for teacher in case.teachers:
        if teacher.title and teacher.title not in _TITLES:
            places.setdefault(teacher.title, []).append(teacher.origin.at("title"))
    for title, sources in places.items():
        right = next((known for known in sorted(_TITLES) if _is_slip(title, known)), "")
        if right:
            where = f"{cells(sources)}：" if len(sources) > 1 else ""
            yield Fail(f"{where}职称“{title}”是不是“{right}”？", sources[0], also=sources)


def _is_slip(written: str, known: str) -> bool:
    if len(written) != len(known):
        return False
    wrong = [(one, other) for one, other in zip(written, known, strict=True) if one != other]
    return len(wrong) == 1 and (sound_alike(*wrong[0]) or look_alike(*wrong[0]))


RULE = Rule(
    id="TEA010",
    title="职称没有写错",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="改成规范的职称名称。",
    check_school=title_misspelt,
)
