"""Choices as people write them: 中级证书 → 中级, 高职高专 → 高职, √ → 是. What could mean two things is not guessed."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from docgen.model.records import CertificateLevel, EquipmentKind, EvidenceKind, SchoolType
from docgen.model.review import Conclusion
from docgen.model.schema import Column
from docgen.model.season import Matter
from docgen.model.text import fold, tidy_name

from .grid import Cell
from .matters import matter_of
from .trouble import CHOICE, Trouble, shown

_SCHOOL_TYPES = {
    "中职": "中专 中等职业 中等职业教育 中等专业 职高 职业高中 职业中专 中等职业技术 中职中专",
    "高职": "高职高专 高专 大专 专科 高等职业 高等职业教育 高等职业技术 高职专科 高等专科 专科层次",
    "本科": "普通本科 应用型本科 职业本科 高职本科 职教本科 大学 本科层次",
}
_EVIDENCE_KINDS = {
    "教师": "师资 老师 师资培训 教师证书 师资证书 师资队伍 教师资格",
    "场地": "教学场地 实训场地 实训室 场所 培训场地 考核场地",
    "设备": "设施 设施设备 软硬件设备 软硬件 仪器设备 实训设备 器材",
    "其他": "其它 其余 另外",
}
_EQUIPMENT_KINDS = {"硬件": "硬件设备 硬 硬件类 硬件设施", "软件": "软件平台 软 软件系统 软件类 系统软件 应用软件"}
_CONCLUSIONS = {
    "同意": "通过 批准 准予 同意试点 同意申报 审核通过 评审通过",
    "调整": "调整人数 核减 调减 调整后同意 同意（调整） 部分同意 核减人数",
    "不同意": "不通过 不批准 未通过 不予批准 不予通过 不予同意 否决",
    "退回修改": "退回 退回重报 退回补充 修改后再报 修改",
}
_MATTERS = {
    "学生培训": "培训 学员培训 开展培训 学生培训人数 培训人数 新增培训人数 学习培训 培训学生",
    "考核报名": "报名 报考 考试报名 报名考核 考证报名 报名人数 考生报名",
    "考核": "考试 参加考核 参加考试 考核人数 参考 应考 考证 认证考试 正式考核",
    "取证": "获证 发证 取得证书 通过 取证人数 获证人数 证书发放 合格 考核通过 证书签发",
    "师资培训": "教师培训 师资 教师参训 培训教师 骨干教师培训 教师",
    "教材设备购置": "设备购置 教材购置 购置 采购 教材 设备 设备采购 教材采购 购置设备 教材设备",
    "场地建设": "场地 实训室建设 实训室 建设 场地改造 考点建设 考场建设",
    "经费支出": "经费 支出 资金支出 费用 经费使用 资金 经费投入",
    "其他": "其它 其他工作 会议 宣传 制度建设",
}
_YES = "是 √ ✓ ✔ ☑ y yes true 有 对 1 首次 牵头 是的"
_NO = "否 × ✗ ✘ x n no false 无 非 0 不是 没有 不 非首次 不牵头"
_SUFFIXES = re.compile(
    r"(?:佐证材料|证明材料|佐证|材料|照片|资料|学校|院校|学院|类院校|类|等级证书|等级|证书|水平|性|中职|职业院校)$"
)
_LEVEL = re.compile(
    r"(?:职业技能|技能)?(?:等级)?[(\[]?([初中高])[级等]?[)\]]?(?:职业技能)?(?:等级)?(?:证书)?(?:\([^)]*\))?"
)
_STARS = re.compile(r"([一二三四五1-5])(?:星级?|个星)?")


@lru_cache(maxsize=64)
def _words(column: Column) -> dict[str, str]:
    """Every spelling that stands for a choice of the column, folded → the choice's text."""
    options = [str(choice) for choice in column.choices]
    words = {fold(option): option for option in options}
    tables: dict[object, dict[str, str]] = {
        SchoolType: _SCHOOL_TYPES,
        EvidenceKind: _EVIDENCE_KINDS,
        EquipmentKind: _EQUIPMENT_KINDS,
        Conclusion: _CONCLUSIONS,
        Matter: _MATTERS,
    }
    for option, spellings in tables.get(column.choices, {}).items():
        words |= {fold(spelling): option for spelling in spellings.split()}
    return words


def _said(text: str, column: Column) -> str:
    """The choice that a text means, "" if none or several."""
    key = fold(text)
    words = _words(column)
    for _ in range(3):
        if key in words:
            return words[key]
        shorter = _SUFFIXES.sub("", key)
        if shorter == key or not shorter:
            break
        key = shorter
    key = fold(text)
    if column.choices is CertificateLevel:
        match = _LEVEL.fullmatch(key)
        return f"{match.group(1)}级" if match else ""
    if column.choices is Matter:
        return str(matter_of(text) or "")
    if column.choices and str(next(iter(column.choices))) == "一星级":
        match = _STARS.fullmatch(_SUFFIXES.sub("", key))
        return (
            f"{'一二三四五'[int(match.group(1)) - 1] if match.group(1).isdigit() else match.group(1)}星级"
            if match
            else ""
        )
    return ""


def read_choice(value: Cell, column: Column) -> str | Trouble:
    """The choice that a cell means, as a member of the column's enumeration, or as text where the choices are texts."""
    text = (
        tidy_name(value)
        if isinstance(value, str)
        else format(value, ".15g")
        if isinstance(value, float)
        else str(value)
    )
    said = _said(text, column)
    if said:
        return column.choices(said) if isinstance(column.choices, type) else said
    options = [str(choice) for choice in column.choices]
    allowed = "、".join(options[:-1]) + f"或{options[-1]}"
    if column.choices is CertificateLevel and len(set(re.findall("[初中高](?=、|,|/|和|与|及|级|等|中|高)", text))) > 1:
        return Trouble(
            CHOICE, f"写了不止一个等级“{shown(text)}”", "同一证书的不同等级要分开申报：每个等级各占一行，各有编号。"
        )
    near = nearest(text, options)
    return Trouble(
        CHOICE, f"写的是“{shown(text)}”，只能填{allowed}", f"是不是“{near}”？请改正。" if near else f"请改成{allowed}。"
    )


def read_yes_no(value: Cell) -> bool | Trouble:
    """Yes or no out of a cell that is not blank."""
    if isinstance(value, bool):
        return value
    text = (
        tidy_name(value)
        if isinstance(value, str)
        else format(value, ".15g")
        if isinstance(value, float)
        else str(value)
    )
    key = fold(text)
    if key in {fold(word) for word in _YES.split()}:
        return True
    if key in {fold(word) for word in _NO.split()}:
        return False
    return Trouble(CHOICE, f"写的是“{shown(text)}”，只能填是或否", "请改成“是”或“否”。")


def nearest(text: str, options: list[str], least: float = 60) -> str:
    """The one option that a person most likely meant, "" if none is near."""
    found = process.extractOne(fold(text), options, scorer=fuzz.ratio, processor=fold, score_cutoff=least)
    return str(found[0]) if found else ""
