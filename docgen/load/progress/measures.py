"""What a column (or row, or label) of a progress table counts: 本期新增培训人数 → training, this period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from docgen.model.season import Matter

from ..headers import header_key


class Scope(StrEnum):
    """What a figure is summed over."""

    PERIOD = "本期"
    CUMULATIVE = "累计"
    PREVIOUS = "上期"
    PLANNED = "计划"
    UNSAID = ""


class Role(StrEnum):
    """What a column is for where it holds no figure."""

    CERTIFICATE = "证书名称"
    LEVEL = "等级"
    PERIOD = "期次"
    START = "开始日期"
    END = "结束日期"
    SCHOOL = "院校名称"
    UNIT = "单位"
    NOTE = "说明"
    IGNORED = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure: of which matter (None for the number approved), summed over what. `unit` is the header's: 万元 of 经费（万元）."""

    matter: Matter | None
    scope: Scope
    unit: str = ""


_RATE = re.compile(r"率|%|％|占比|比例|百分比|排名")
_NEXT = re.compile(r"应考|应参加|缺考|未通过|下期|下一期|下一步|下阶段|下周|下两周|下双周|拟|预计")
_CERTIFICATE = re.compile(
    r"(?:试点|申报|获批)?(?:1\+x|x)?(?:职业技能)?(?:等级)?证书(?:名称|及等级|名称及等级|\(等级\)|名称\(等级\)|/等级|名称/等级)?|证书\(?级别\)?|项目名称|试点项目"
)
_LEVEL = re.compile(r"(?:证书|职业技能)?(?:等级|级别)|层级")
_PERIOD = re.compile(r"期次|期数|第几期|周期|报告期|报告周期|双周|统计周期|填报周期|周报期次|报送期次|期别|第.{1,3}期")
_DATES = re.compile(
    r"(?:报告|统计|填报)?(?:起止|起讫)(?:日期|时间)?|时间段|日期|时间|统计时间|报告时间|日期范围|统计时段|报告期间|时段"
)
_START = re.compile(r"(?:开始|起始|起)(?:日期|时间)|开始")
_END = re.compile(r"(?:结束|截止|截至|终止|止)(?:日期|时间)|结束")
_SCHOOL = re.compile(r"(?:院校|学校|单位|填报单位|试点院校|报送单位)(?:名称|全称)?")
_NOTE = re.compile(r"备注|说明|备 注|专业|试点专业|培训评价组织|评价组织|负责人|联系人|序号|编号|no\.?")
_PLANNED = re.compile(r"计划|批准|核准|任务|目标|审批|获批|指标|申报人数|批复")
_CUMULATIVE = re.compile(r"累计|累积|截至|截止|至今|总数|总计|合计|总人数|总量|年度|全年|迄今|以来|历期|^总")
_THIS = re.compile(r"本期|本周期|新增|本次|本双周|当期|本阶段|本两周|近两周|两周内|本周|本报告期|本月|期内|增加|这期")
_LAST = re.compile(r"上期|上次|前期|上一期|上双周|上周期|前一期|期初")
_UNIT = re.compile(
    r"[(]([^()]*(?:万元|元|人次|人|台套|台|套|册|间|平方米|㎡|本))[)]|[/]([万千]?元|人)$|[,，](?:单位[:：]?)?(万元|元|人)$"
)

_MATTERS: tuple[tuple[re.Pattern[str], Matter], ...] = (
    (re.compile(r"师资|教师|老师"), Matter.TEACHERS),
    (re.compile(r"经费|资金|支出|费用|投入"), Matter.SPENDING),
    (re.compile(r"教材|设备|购置|采购"), Matter.EQUIPMENT),
    (re.compile(r"场地|实训室|场所|考场建设|考点建设|建设"), Matter.VENUES),
    (re.compile(r"报名|报考"), Matter.REGISTRATION),
    (re.compile(r"取证|获证|发证|取得证书|获得证书|领证|通过|合格|拿证|颁证|持证|证书发放|证书数|发放证书|证书人数"), Matter.CERTIFICATE),
    (re.compile(r"考核|考试|参考|应考|实考|参评|认证|鉴定"), Matter.EXAM),
    (re.compile(r"培训|参训|学员|参培|受训|学生"), Matter.TRAINING),
)  # fmt: skip


@lru_cache(maxsize=4096)
def meaning_of(label: str) -> Measure | Role | None:
    """What a header or label stands for; None where it says nothing of progress. The parts of a header in two rows come joined."""
    key = header_key(label)
    if not key or len(key) > 40:
        return None
    if _RATE.search(key) or _NEXT.search(key):
        return Role.IGNORED
    role = _role(key)
    if role is not None:
        return role
    return _measure(key)


def _role(key: str) -> Role | None:
    bare = re.sub(r"\([^()]*\)$", "", key) or key
    for pattern, role in (
        (_CERTIFICATE, Role.CERTIFICATE),
        (_LEVEL, Role.LEVEL),
        (_PERIOD, Role.PERIOD),
        (_DATES, Role.PERIOD),
        (_START, Role.START),
        (_END, Role.END),
        (_SCHOOL, Role.SCHOOL),
        (_NOTE, Role.NOTE),
    ):
        if pattern.fullmatch(key) or pattern.fullmatch(bare):
            return role
    return Role.UNIT if key in ("单位", "计量单位") else None


def _measure(key: str) -> Measure | None:
    said = _UNIT.search(key)
    unit = next((part for part in said.groups() if part), "") if said else ""
    matter = next((matter for pattern, matter in _MATTERS if pattern.search(key)), None)
    if _PLANNED.search(key) and (matter in (None, Matter.TRAINING) or re.match(r"计划|批准|核准|任务|目标", key)):
        # 计划考核人数 is a plan too, but not the one that the pilot was approved for.
        planned = matter in (None, Matter.TRAINING)
        return Measure(None, Scope.PLANNED) if planned else None
    if matter is None:
        return None
    scope = Scope.UNSAID
    if _LAST.search(key):
        scope = Scope.PREVIOUS
    elif _CUMULATIVE.search(key) and not _THIS.search(key):
        scope = Scope.CUMULATIVE
    elif _THIS.search(key):
        # 本期累计 is read as this period's only where nothing else says so; people write 本期末累计.
        scope = Scope.CUMULATIVE if re.search(r"本期末|本期止|至本期|截至本期|期末", key) else Scope.PERIOD
    return Measure(matter, scope, unit)
