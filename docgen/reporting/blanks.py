"""The places of a blank form that ask for something else than figures: labels, gaps in running text, room below a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docgen.forms.structure import Cell, Line, Table
from docgen.load.headers import header_key

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "院校.院校名称": (
        "院校名称", "学校名称", "填报单位", "填报院校", "填报学校", "单位名称", "报送单位", "试点院校", "试点单位", "学校全称",
        "单位", "学校", "院校",
    ),
    "院校.院校类型": ("院校类型", "学校类型", "办学类型", "学校类别", "院校类别"),
    "院校.院校代码": ("院校代码", "学校代码", "学校标识码"),
    "期.期次": ("期次", "期数", "第几期", "报送期次", "报告期次"),
    "期.起止": (
        "起止日期", "起止时间", "报告期", "报告周期", "报送周期", "时间段", "统计时间", "报告时间", "填报周期", "统计周期",
        "统计时段", "报告时段", "统计区间", "报告期间", "时段", "周期",
    ),
    "期.开始日期": ("开始日期", "起始日期", "开始时间"),
    "期.结束日期": ("结束日期", "截止日期", "结束时间", "统计截止日期"),
    "填报.填报人": ("填报人", "填表人", "联系人", "经办人", "报送人"),
    "填报.审核人": ("审核人", "负责人", "分管领导", "审核领导"),
    "填报.联系电话": ("联系电话", "电话", "联系方式", "手机"),
    "日期": ("填报日期", "报送日期", "填表日期", "上报日期", "填报时间", "报送时间", "填表时间"),
    "工作情况.工作进展": (
        "工作进展", "工作进展情况", "主要工作", "本期工作进展", "进展情况", "工作情况", "本期工作", "本期主要工作", "工作开展情况",
        "主要工作进展", "本期工作情况",
    ),
    "工作情况.存在问题": (
        "存在问题", "存在的问题", "问题与困难", "问题", "存在困难", "困难和问题", "问题和困难", "存在的困难", "主要问题",
        "存在的问题与困难", "存在的问题及困难", "存在问题及困难",
    ),
    "工作情况.下一步计划": (
        "下一步计划", "下一步工作计划", "下期计划", "下一步工作", "下步计划", "下一步工作打算", "下期工作计划", "下步工作计划",
        "下一步打算", "下阶段工作计划", "下一期计划",
    ),
    "工作情况.意见建议": ("意见建议", "意见和建议", "意见与建议", "建议", "意见及建议", "有关建议", "工作建议"),
}  # fmt: skip
_BY_KEY = {header_key(name): field for field, names in _FIELDS.items() for name in names}
_ANY = "|".join(sorted((re.escape(name) for names in _FIELDS.values() for name in names), key=len, reverse=True))
_INLINE = re.compile(rf"(?:{_ANY})(?:[(（][^()（）]*[)）])?\s*[:：](?P<gap>[\s_＿　]*)(?=$|(?:{_ANY}))")
_LABEL = re.compile(r"[(（][^()（）]*[)）]|[\s:：]")
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}[、.．]|[(（][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[、.．])\s*"
)
_BLANK = r"[\s_＿　]*"
_SOME = r"[\s_＿　]+"
_NUMBER = re.compile(rf"第(?P<gap>{_SOME})期")
_DAY = rf"(?:20)?{_BLANK}年{_SOME}月{_SOME}日"
_DAYS = re.compile(rf"{_DAY}\s*(?:至|到|—+|–|-|~|～)\s*(?:(?:20)?{_BLANK}年)?{_SOME}月{_SOME}日")
_DATED = re.compile(rf"(?:填报|报送|填表|上报|填写)(?:日期|时间)\s*[:：]?(?P<gap>{_DAY})")


def value_of(context: Mapping[str, Any], field: str) -> Any:
    """The value of a field such as 院校.院校名称; the remarks with their paragraphs below one another."""
    value: Any = context
    for name in field.split("."):
        value = value[name]
    return "\n".join(value) if isinstance(value, list) else value


def _field(text: str) -> str:
    key = header_key(_NUMBERING.sub("", text.strip()))
    return _BY_KEY.get(key) or _BY_KEY.get(header_key(_LABEL.sub("", key)), "")


def said_beside(table: Table, context: Mapping[str, Any]) -> Iterator[tuple[Cell, Cell, Any]]:
    """Labels with the empty cells to their right, or below those that reach over the whole table, and what belongs there."""
    for cell in table.cells:
        field = "" if cell.empty else _field(cell.text)
        if not field:
            continue
        answer = table.cell(cell.row, cell.right + 1)
        if answer is None and cell.columns >= table.width:
            answer = table.cell(cell.bottom + 1, cell.column)
            if answer is not None and answer.columns < table.width:
                answer = None
        if isinstance(answer, Cell) and answer.empty:
            value = value_of(context, field)
            if value not in (None, ""):
                yield cell, answer, value


def gaps(text: str, context: Mapping[str, Any]) -> list[tuple[int, int, str]]:
    """The gaps of a line with what belongs into them, from left to right: (start, end, text)."""
    found: list[tuple[int, int, str]] = []
    for pattern, field in ((_DAYS, "期.起止"), (_NUMBER, "期.期次"), (_DATED, "日期")):
        for match in pattern.finditer(text):
            start, end = match.span("gap") if "gap" in pattern.groupindex else match.span()
            value = value_of(context, field)
            if value not in (None, ""):
                found.append((start, end, str(value)))
    for match in _INLINE.finditer(text):
        name = re.split("[:：]", match.group(0))[0]
        value = value_of(context, _field(name)) if _field(name) else ""
        start, end = match.span("gap")
        if value in (None, "") or any(start < other[1] and end > other[0] for other in found):
            continue
        # Two labels in a line stay apart.
        room = "　　" if end - start > 2 and end < len(text) else ""
        found.append((start, end, f"{value}{room}"))
    return sorted(found)


def after_heading(blocks: tuple[Line | Table, ...], context: Mapping[str, Any]) -> Iterator[tuple[Line, str]]:
    """Empty paragraphs below a heading that asks for remarks (二、存在问题), with the remarks."""
    before: Line | None = None
    for block in blocks:
        if not isinstance(block, Line):
            before = None
            continue
        field = _field(before.text) if before is not None and before.text.strip() else ""
        if field.startswith("工作情况.") and not block.text.strip():
            value = value_of(context, field)
            if value:
                yield block, value
        before = block
