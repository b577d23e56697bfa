"""## 查什么
申报理由、保障措施里写的“计划培训 … 人”“拟培训 … 人”，是不是等于培训人数。每期、每班、每年度的人数和往年的人数不比。

## 为什么
指南二（二）2（5）：检查申报证书的人数等是否一一对应。同一份申报书里出现两个人数，评审会要求说明。

## 例子
提醒：培训人数 120，申报理由写“本年度计划培训学生 100 人”。

通过：培训人数 120，申报理由写“本年度计划培训学生120人”。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .doubts import PERSONS_TOO_MANY, are_persons_too_many

_PROSE = (("reason", "申报理由"), ("safeguards", "保障措施"))
_PLANNED = re.compile(
    r"(?:计划|拟|预计|申报)(?:在?本?(?:年度?|次)|今年|全年)?(?:内|累计|共|共计|合计|总共)?(?:组织|开展)?培训(?:学生|学员|人数)?(?:为|共|约|累计)?\s*(\d{1,5})\s*(?:名|人)"
)
_PART = re.compile(
    r"每(?:期|班|批|次|学期)[^，。；,;]{0,12}$|(?:第[一二三四五]|首|前)(?:期|批)[^，。；,;]{0,12}$|20\d\d年[^，。；,;]{0,12}$"
)


def prose_states_other_persons(case: Case, application: Application) -> Iterator[Answer]:
    """Fails a planned number in the prose that is not the number applied for."""
    texts = [
        (header, getattr(application, a), application.origin.at(a)) for a, header in _PROSE if getattr(application, a)
    ]
    if not application.persons or not texts:
        yield NotApplicable("培训人数没有填写，或没有申报理由和保障措施。")
        return
    if are_persons_too_many(case, application):
        yield NotEvaluated(PERSONS_TOO_MANY, application.origin.at("persons"))
        return
    for header, text, source in texts:
        for match in _PLANNED.finditer(text):
            of_this_year = f"{case.school.year}年" in text[max(0, match.start() - 12) : match.start()]
            if int(match.group(1)) == application.persons or application.persons_per_run == int(match.group(1)):
                continue
            if of_this_year or not _PART.search(text[: match.start()]):
                yield Fail(f"{header}里写“{match.group()}”，而培训人数填的是 {application.persons} 人。", source)


RULE = Rule(
    id="MAT012",
    title="申报理由写的人数与培训人数一致",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="核对后改成同一个数。",
    check_application=prose_states_other_persons,
    reads=("persons",),
)
