"""What a column (or row, or label) of a progress table counts: 本期新增培训人数 → training, this period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from docgen.model.season import Matter

from ..headers import header_key
from ..matters import MATTER_WORDS, matter_named, no_figure


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
    MATTER = "事项"
    AMOUNT = "数量"
    YEAR = "年"
    MONTH = "月"
    DAY = "日"
    OTHER = "填报人"
    IGNORED = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure: of which matter (None for the number approved), summed over what. `unit` is the header's: 万元 of 经费（万元）."""

    matter: Matter | None
    scope: Scope
    unit: str = ""


_CERTIFICATE = re.compile(
    r"(?:试点|申报|获批)?(?:1\+x|x)?(?:职业技能)?(?:等级)?证书(?:[一二三四五六七八九十\d]{1,2}(?=名称))?(?:名称|及等级|名称及等级|\(等级\)|名称\(等级\)|/等级|名称/等级)?|证书\(级别\)|项目名称|试点项目"
)
_LEVEL = re.compile(r"(?:证书|职业技能)?(?:等级|级别)|层级")
_PERIOD = re.compile(r"期次|期数|第几期|周期|报告期|报告周期|双周|统计周期|填报周期|周报期次|报送期次|期别|期|期号")
_DATES = re.compile(
    r"(?:报告|统计|填报|报送)?(?:起止|起讫)(?:日期|时间)?|时间段|日期范围|报告期间|时段|(?:报告|统计|填报|报送)(?:周期|时间|时段|区间|期间)|(?:发生|完成|登记|实施|办理)?(?:日期|时间)"
)
_START = re.compile(r"(?:开始|起始|起)(?:日期|时间)|开始")
_END = re.compile(r"(?:结束|截止|截至|终止|止)(?:日期|时间)|结束")
_SCHOOL = re.compile(r"(?:院校|学校|单位|填报单位|试点院校|报送单位)(?:名称|全称)?")
_MATTER_TITLE = re.compile(
    r"(?:统计|工作|实施|进展)?(?:指标|事项|项目|类别|内容|类型)(?:名称|类别)?|(?:事项|工作)(?:内容|分类)"
)
_AMOUNT = re.compile(
    r"(?:新增|本次|完成)?(?:人数|数量|金额|数值|数|人次|数据)(?:或(?:金额|数量|人数))*|完成(?:数|情况|量)|(?:人数|数量)[(（].*[)）]"
)
_OTHER = re.compile(
    r"(?:填报|填表|报送|联系|经办|审核|负责|制表|统计)(?:人|人员|领导)(?:姓名|签字|签名)?|(?:联系)?电话|手机号?|联系方式"
    r"|(?:填报|报送|填表|上报|提交|制表)(?:日期|时间)|(?:院校|学校)(?:类型|代码|类别|性质|标识码)|办学类型|办学层次|邮箱"
)
_NOTE = re.compile(
    r"备注|说明|备 注|专业|试点专业|面向专业|对应专业|相关专业|培训评价组织|评价组织|负责人|联系人|序号|编号|no\.?"
)
_PLANNED = re.compile(r"计划|批准|核准|任务|目标|审批|获批|指标|申报人数|批复|规模")
_CUMULATIVE = re.compile(r"累计|累积|截至|截止|至今|总数|总计|合计|总人数|总量|年度|全年|迄今|以来|历期|^总")
_THIS = re.compile(
    r"本期|本周期|新增|本次|本双周|当期|本阶段|本两周|近两周|两周内|本周|本报告期|本月|期内|增加|这期|近两个?周|本旬|当月"
)
_LAST = re.compile(r"上期|上次|前期|上一期|上双周|上周期|前一期|期初")
_UNIT = re.compile(
    r"[(]([^()]*(?:万元|元|人次|人|台套|台|套|册|间|平方米|㎡|本))[)]|[/]([万千]?元|人)$|[,，](?:单位[:：]?)?(万元|元|人)$"
)

_SINGLE = {"单位": Role.UNIT, "计量单位": Role.UNIT, "年": Role.YEAR, "年份": Role.YEAR, "月": Role.MONTH, "月份": Role.MONTH,
           "日": Role.DAY, "日期(日)": Role.DAY}  # fmt: skip
_SCOPES = (
    (re.compile(r"本期末累计|(?:年度|本年)?(?:累计|累积|总计|总)(?:完成|新增)?|截[至止](?:到)?(?:目前|本期末?|现在|期末)?(?:累计|累积|总计)?|至今(?:累计)?|期末(?:累计)?|至本期末?(?:累计)?"), Scope.CUMULATIVE),
    (re.compile(r"本期|本周期|新增|本次|本双周|当期|本阶段|本两周|近两周|本报告期|本期新增|本期完成"), Scope.PERIOD),
    (re.compile(r"上期|上一期|上双周|上周期|前期"), Scope.PREVIOUS),
)  # fmt: skip
_SCOPE_TAIL = re.compile(r"(?:新增|完成|实际|进展)*(?:数量?|人数|情况|值|人次|合计)?(?:[(](.*)[)])?$")

_WEAK = re.compile(r"学员|学生")


def scope_of(label: str) -> Scope | None:
    """The scope that a label says without saying of what: 本期, 累计完成; None where it says something else."""
    key = header_key(label)
    for pattern, scope in _SCOPES:
        match = pattern.match(key)
        if match and _SCOPE_TAIL.fullmatch(key[match.end() :]):
            return scope
    return None


@lru_cache(maxsize=4096)
def joined_meaning(parts: tuple[str, ...]) -> Measure | Role | None:
    """What the parts of a header say together, from the topmost to the lowest: 教师 over 培训 is teachers' training.

    The lowest part that names a matter decides; what stands above only adds what is left out (培训 over 本期).
    """
    if len(parts) < 2:
        return meaning_of(parts[0]) if parts else None
    whole = meaning_of("".join(parts))
    if isinstance(whole, Role):
        return whole
    own = [meaning_of(part) for part in parts]
    if own[-1] is Role.IGNORED or any(what is Role.IGNORED for what in own):
        return Role.IGNORED
    named = [
        (part, what)
        for part, what in zip(reversed(parts), reversed(own), strict=True)
        if isinstance(what, Measure) and (what.matter is not None or what.scope is Scope.PLANNED)
    ]
    if not named:
        return whole if whole is not None else own[-1]
    strong = next(((part, what) for part, what in named if not _only_weak(part)), named[0])
    matter = strong[1].matter
    if matter is Matter.TRAINING and any(re.search("师资|教师|老师", part) for part in parts):
        matter = Matter.TEACHERS
    scopes: list[Scope] = [
        what.scope for what in reversed(own) if isinstance(what, Measure) and what.scope is not Scope.UNSAID
    ]
    scopes += [said for part in reversed(parts) if (said := scope_of(part)) is not None]
    if isinstance(whole, Measure) and whole.scope is not Scope.UNSAID:
        scopes.append(whole.scope)
    scope = scopes[0] if scopes else Scope.UNSAID
    if scope is Scope.PLANNED or strong[1].scope is Scope.PLANNED:
        planned = matter in (None, Matter.TRAINING)
        return Measure(None, Scope.PLANNED) if planned else Role.IGNORED
    unit = next((what.unit for what in reversed(own) if isinstance(what, Measure) and what.unit), "")
    if not unit and isinstance(whole, Measure):
        unit = whole.unit
    return Measure(matter, scope, unit)


def _only_weak(part: str) -> bool:
    """Whether a part speaks of students without saying what they do."""
    key = header_key(part)
    return bool(_WEAK.search(key)) and not any(pattern.search(_WEAK.sub("", key)) for pattern, _ in MATTER_WORDS)


@lru_cache(maxsize=4096)
def meaning_of(label: str) -> Measure | Role | None:
    """What a header or label stands for; None where it says nothing of progress. The parts of a header in two rows come joined."""
    key = header_key(label)
    if not key or len(key) > 40:
        return None
    if no_figure(key):
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
        (_OTHER, Role.OTHER),
        (_NOTE, Role.NOTE),
        (_MATTER_TITLE, Role.MATTER),
        (_AMOUNT, Role.AMOUNT),
    ):
        if pattern.fullmatch(key) or pattern.fullmatch(bare):
            return role
    return _SINGLE.get(key)


def _measure(key: str) -> Measure | None:
    said = _UNIT.search(key)
    unit = next((part for part in said.groups() if part), "") if said else ""
    matter = matter_named(key)
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
