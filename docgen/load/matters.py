"""What people call the matters of the progress sheet: 组织学生培训, 通过考核取得证书, 骨干教师培训."""

from __future__ import annotations

import re

from docgen.model.season import Matter
from docgen.model.text import fold

_RATE = re.compile(r"率|%|％|占比|比例|百分比|排名")
_NEXT = re.compile(r"应考|应参加|缺考|未通过|下期|下一期|下一步|下阶段|下周|下两周|下双周|拟|预计")
_PASSED_TRAINING = re.compile(r"(?:培训|结业|课程).{0,2}(?:合格|通过)")
MATTER_WORDS: tuple[tuple[re.Pattern[str], Matter], ...] = (
    (re.compile(r"师资|教师|老师"), Matter.TEACHERS),
    (re.compile(r"经费|资金|支出|费用|投入"), Matter.SPENDING),
    (re.compile(r"教材|设备|购置|采购"), Matter.EQUIPMENT),
    (re.compile(r"场地|实训室|场所|考场建设|考点建设|建设"), Matter.VENUES),
    (re.compile(r"报名|报考"), Matter.REGISTRATION),
    (re.compile(r"取证|获证|发证|取得证书|获得证书|领证|通过|合格|拿证|颁证|持证|证书发放|证书数|发放证书|证书人数"), Matter.CERTIFICATE),
    (re.compile(r"考核|考试|参考|应考|实考|参评|认证|鉴定"), Matter.EXAM),
    (re.compile(r"培训|参训|学员|参培|受训|学生"), Matter.TRAINING),
)  # fmt: skip
"""The first that is found in a text decides: 通过考核 is a certificate, 考核报名 a registration."""
_LONGEST = 24


def no_figure(key: str) -> bool:
    """Whether a label tells of a share, or of what is still to come."""
    return bool(_RATE.search(key) or _NEXT.search(key))


def matter_named(key: str) -> Matter | None:
    """The matter that a folded label names; None where it names none."""
    matter = next((matter for pattern, matter in MATTER_WORDS if pattern.search(key)), None)
    # Who passed the course has no certificate yet.
    return None if matter is Matter.CERTIFICATE and _PASSED_TRAINING.search(key) else matter


def matter_of(text: str) -> Matter | None:
    """What an entry is about, by its own words; None where they name nothing that is counted."""
    key = fold(text)
    if re.fullmatch("其[他它](?:工作|事项)?", key):
        return Matter.OTHER
    if not key or len(key) > _LONGEST or no_figure(key) or re.search("计划|准备|目标", key):
        return None
    return matter_named(key)
