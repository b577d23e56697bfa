"""Labels of a report and what stands beside them, wherever they stand: 填报单位：…, 期次 | 5, a title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docgen.load.cells import as_text
from docgen.load.grid import Cell, Grid, Place, Row
from docgen.load.headers import header_key
from docgen.load.progress.measures import Measure, meaning_of
from docgen.model.text import tidy

_NAMES = {
    "school": "院校名称 学校名称 填报单位 填报院校 填报学校 单位名称 报送单位 试点院校 院校 学校 单位 学校全称 院校全称 试点单位 填报单位(盖章) 单位(盖章)",
    "type": "院校类型 学校类型 办学类型 学校类别 院校类别 学校性质 院校性质 办学层次",
    "code": "院校代码 学校代码 学校标识码 院校标识码",
    "period": "期次 期数 第几期 报告期 起止日期 起止时间 报告周期 填报周期 时间段 统计时间 报告时间 报送期次 周报期次 统计时段 统计周期 双周报期次 报告期次 时段 报告期间 日期范围",
    "start": "开始日期 起始日期 开始时间 起始时间",
    "end": "结束日期 截止日期 结束时间 截止时间 数据截止日期 统计截止日期",
    "filled": "填报日期 报送日期 填表日期 上报日期 填报时间 报送时间 上报时间 填表时间 提交日期",
    "reporter": "填报人 填表人 报送人 联系人 经办人",
    "reviewer": "审核人 负责人 审核领导 分管领导",
    "phone": "联系电话 电话 手机 联系方式",
}  # fmt: skip
_BY_KEY = {header_key(name): what for what, names in _NAMES.items() for name in names.split()}
_ANY = "|".join(
    sorted(map(re.escape, {name for names in _NAMES.values() for name in names.split()}), key=len, reverse=True)
)
_INLINE = re.compile(rf"(?P<label>{_ANY})\s*[:：]\s*(?P<value>.*?)(?=(?:[\s,，;；]*(?:{_ANY})\s*[:：])|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """A label's meaning, what stands beside it, and where that is."""

    what: str
    value: Cell
    grid: str
    place: Place


def labelled(grids: Iterable[Grid]) -> Iterator[Said]:
    """Every label of the grids with its value, in reading order; a label without a value is left out."""
    for grid in grids:
        for index, row in enumerate(grid.rows):
            for column, value in row.filled():
                if not isinstance(value, str):
                    continue
                text = tidy(value)
                what = _BY_KEY.get(header_key(text))
                if what is not None:
                    found = _beside(grid, index, row, column)
                    if found is not None:
                        yield Said(what, found[1], grid.name, found[0])
                elif ":" in text or "：" in text:
                    for match in _INLINE.finditer(text):
                        inner = match["value"].strip(" \t　_")
                        if inner:
                            yield Said(_BY_KEY[header_key(match["label"])], inner, grid.name, row.place(column))


def is_label(value: Cell) -> bool:
    """Whether a cell names something rather than says it."""
    if not isinstance(value, str):
        return False
    return header_key(value) in _BY_KEY or meaning_of(value) is not None


def _beside(grid: Grid, index: int, row: Row, column: int) -> tuple[Place, Cell] | None:
    """What answers a label: the next filled cell of its row, unless that is a label too; then the cell below."""
    for other, value in row.filled():
        if other > column:
            if is_label(value):
                break
            return row.place(other), value
    if any(isinstance(meaning_of(as_text(value)), Measure) for _, value in row.filled() if isinstance(value, str)):
        return None  # the header of a table: what stands below is one row's of many
    below = grid.rows[index + 1] if index + 1 < len(grid.rows) else None
    if below is not None and below.number == row.number + 1:
        value = below.at(column)
        if value != "" and not is_label(value):
            return below.place(column), value
    return None
