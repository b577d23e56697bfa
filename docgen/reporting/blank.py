"""A blank official form → a template: tags are put where its labels and headers say what belongs there."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import pairwise
from typing import Any

from docx import Document
from docx.table import Table, _Cell, _Row
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.errors import InputError
from docgen.load.cells import as_text
from docgen.load.grid import Grid
from docgen.load.headers import header_key
from docgen.load.progress.documents import table_grid
from docgen.load.progress.measures import Measure, Role, Scope
from docgen.load.progress.tables import header_of
from docgen.load.workbook import book_of
from docgen.plan.season import STAGE_NAMES

_FOR, _END = "{%tr for 行 in 证书 %}", "{%tr endfor %}"
_NAMES = ("名称", "等级", "专业")
"""Fields of a row that a totals row does not have."""
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "院校.院校名称": (
        "院校名称",
        "学校名称",
        "填报单位",
        "填报院校",
        "单位名称",
        "报送单位",
        "试点院校",
        "单位",
        "学校",
        "院校",
    ),
    "院校.院校类型": ("院校类型", "学校类型", "办学类型"),
    "院校.院校代码": ("院校代码", "学校代码", "学校标识码"),
    "期.期次": ("期次", "期数", "第几期"),
    "期.起止": ("起止日期", "起止时间", "报告期", "报告周期", "时间段", "统计时间", "报告时间", "填报周期", "统计周期"),
    "期.开始日期": ("开始日期", "起始日期"),
    "期.结束日期": ("结束日期", "截止日期"),
    "填报.填报人": ("填报人", "填表人", "联系人", "经办人"),
    "填报.审核人": ("审核人", "负责人", "分管领导"),
    "填报.联系电话": ("联系电话", "电话", "联系方式"),
    "日期": ("填报日期", "报送日期", "填表日期", "上报日期"),
    "工作情况.工作进展": ("工作进展", "工作进展情况", "主要工作", "本期工作进展", "进展情况", "工作情况"),
    "工作情况.存在问题": ("存在问题", "存在的问题", "问题与困难", "问题", "存在困难", "困难和问题"),
    "工作情况.下一步计划": ("下一步计划", "下一步工作计划", "下期计划", "下一步工作", "下步计划"),
    "工作情况.意见建议": ("意见建议", "意见和建议", "意见与建议", "建议"),
}
_BY_KEY = {header_key(name): field for field, names in _FIELDS.items() for name in names}
_ANY = "|".join(sorted((re.escape(name) for names in _FIELDS.values() for name in names), key=len, reverse=True))
_INLINE = re.compile(rf"(?P<label>(?:{_ANY})(?:[(（][^()（）]*[)）])?\s*[:：])(?P<gap>[\s_＿　]*)(?=$|(?:{_ANY}))")
_NUMBER = re.compile(r"第[\s_＿　]+期")
_DAYS = re.compile(
    r"[\s_＿　]*年[\s_＿　]+月[\s_＿　]+日\s*(?:至|到|—+|–|-|~|～)\s*(?:[\s_＿　]*年)?[\s_＿　]+月[\s_＿　]+日"
)


def tag_of(field: str) -> str:
    """The tag that prints a field; the remarks are several paragraphs."""
    return f"{{{{ {field} | join('\\n') }}}}" if field.startswith("工作情况.") else f"{{{{ {field} }}}}"


def tagged_word(form: bytes) -> bytes | None:
    """The blank Word form with tags; None where it has no place that is known."""
    document: Any = Document(io.BytesIO(form))
    count = 0
    for table in document.tables:
        count += _table(table)
    for holder in _paragraphs(document):
        text = holder.text
        changed = _inline(text)
        if changed != text:
            count += 1
            _say(holder, changed)
    if not count:
        return None
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _paragraphs(document: Any) -> Iterator[Any]:
    yield from document.paragraphs
    for table in document.tables:
        seen = set()
        for row in table.rows:
            for cell in row.cells:
                if cell._tc not in seen:
                    seen.add(cell._tc)
                    yield from cell.paragraphs


def _inline(text: str) -> str:
    """Labels with a blank behind them, in running text, with the tags in the blanks."""
    if "{{" in text or "{%" in text:
        return text
    text = _DAYS.sub("{{ 期.起止 }}", text)
    text = _NUMBER.sub("第{{ 期.期次 }}期", text)

    def filled(match: re.Match[str]) -> str:
        name = re.sub(r"[(（][^()（）]*[)）]|[\s:：]", "", match["label"])
        gap = "　　" if len(match["gap"]) > 2 and match.end() < len(match.string) else ""
        return f"{match['label']}{tag_of(_BY_KEY[header_key(name)])}{gap}"

    return _INLINE.sub(filled, text)


def _say(paragraph: Any, text: str) -> None:
    """Let a paragraph read so, in the looks of its first run."""
    runs = paragraph.runs
    if not runs:
        paragraph.add_run(text)
        return
    runs[0].text = text
    for run in runs[1:]:
        run.text = ""


def _fill(cell: _Cell, text: str) -> None:
    _say(cell.paragraphs[0], text)


def _table(table: Table) -> int:
    """Put tags into one table of a Word form; how many."""
    grid = table_grid(table._tbl)
    found = header_of(grid)
    count = _labels(table, found[1:] if found else None)
    if found is None:
        return count
    columns, _, last = found
    body = [row for row in table.rows[last:] if not any(cell.text.strip() for cell in row.cells)]
    if not body:
        raise InputError(
            "官方模板的表头下面没有空行，不知道证书填在哪里。", "在表头下面留一行空行，再放进 templates/biweekly。"
        )
    model = body[0]
    for column, field in _row_fields(columns, grid).items():
        if column <= len(model.cells):
            _fill(model.cells[column - 1], f"{{{{ {field} }}}}")
            count += 1
    for text, place in ((_FOR, model._tr.addprevious), (_END, model._tr.addnext)):
        tag = deepcopy(model._tr)
        place(tag)
        for number, cell in enumerate(_Row(tag, table).cells):
            _fill(cell, text if number == 0 else "")
    for row in body[1:]:
        table._tbl.remove(row._tr)
    for row in table.rows[last:]:
        if re.fullmatch(r"(?:总计|合\s*计|小计)", row.cells[0].text.strip()):
            for column, field in _row_fields(columns, grid).items():
                if not field.endswith(_NAMES) and column <= len(row.cells) and not row.cells[column - 1].text.strip():
                    _fill(row.cells[column - 1], f"{{{{ {field.replace('行.', '合计.', 1)} }}}}")
    return count


def _labels(table: Table, header: tuple[int, int] | None) -> int:
    count = 0
    for number, row in enumerate(table.rows, 1):
        if header and header[0] <= number <= header[1]:
            continue
        cells = list(dict.fromkeys(cell._tc for cell in row.cells))
        for left, right in pairwise(cells):
            field = _BY_KEY.get(header_key(_Cell(left, table).text))
            if field and not _Cell(right, table).text.strip():
                _fill(_Cell(right, table), tag_of(field))
                count += 1
    return count


def _row_fields(columns: Mapping[int, Measure | Role], grid: Grid) -> dict[int, str]:
    """Column → the field that belongs into it; columns that the report has no figure for stay blank."""
    titles = {column: "".join(as_text(row.at(column)) for row in grid.rows[:4]) for column in columns}
    fields: dict[int, str] = {}
    has_level = Role.LEVEL in columns.values()
    for column, what in columns.items():
        title = titles[column]
        if what is Role.CERTIFICATE:
            fields[column] = "行.证书名称" if has_level else "行.名称"
        elif what is Role.LEVEL:
            fields[column] = "行.等级"
        elif what is Role.NOTE and "专业" in title:
            fields[column] = "行.试点专业"
        elif what is Role.IGNORED and "完成率" in title:
            fields[column] = f"行.{next((name for name in STAGE_NAMES.values() if name in title), '培训')}完成率"
        elif isinstance(what, Measure):
            field = _figure_field(what)
            if field:
                fields[column] = field
    return fields


def _figure_field(what: Measure) -> str:
    if what.scope is Scope.PLANNED:
        return "行.批准人数"
    if what.matter is None or what.matter not in STAGE_NAMES:
        return ""
    # A form that says neither asks for what is new: it is a report of two weeks.
    scope = "本期" if what.scope is Scope.UNSAID else what.scope.value
    return f"行.{scope}{STAGE_NAMES[what.matter]}"


def tagged_excel(form: bytes, name: str) -> bytes | None:
    """The blank workbook with tags; None where it has no place that is known. Raises InputError for too few blank rows."""
    grids = {grid.name: grid for grid in book_of(form, name).grids}
    book = load_workbook(io.BytesIO(form))
    count = sum(_sheet(sheet, grids.get(sheet.title, Grid(sheet.title)), name) for sheet in book.worksheets)
    if not count:
        return None
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _sheet(sheet: Worksheet, grid: Grid, name: str) -> int:
    count = 0
    found = header_of(grid)
    for row in grid.rows:
        if found and found[1] <= row.number <= found[2]:
            continue
        for column, value in row.filled():
            text = as_text(value)
            field = _BY_KEY.get(header_key(text))
            beside = _beside(sheet, row.number, column)
            if field and beside is not None and beside.value in (None, ""):
                beside.value = tag_of(field)
                count += 1
            elif isinstance(value, str) and (changed := _inline(value)) != value:
                sheet.cell(row.number, column).value = changed
                count += 1
    return count + (_rows(sheet, grid, found[0], found[2], name) if found else 0)


def _beside(sheet: Worksheet, row: int, column: int) -> Any:
    """The cell to the right of a label, past the label's own merge."""
    own = next((area for area in sheet.merged_cells.ranges if (row, column) == (area.min_row, area.min_col)), None)
    cell = sheet.cell(row, (own.max_col if own else column) + 1)
    return cell if type(cell).__name__ == "Cell" else None


def _rows(sheet: Worksheet, grid: Grid, columns: Mapping[int, Measure | Role], last: int, name: str) -> int:
    filled = [row.number for row in grid.rows if row.number > last]
    until = min(filled, default=last + 4)
    if until - last - 1 < 3:
        raise InputError(
            f"官方模板“{name}”的表头下面只有 {until - last - 1} 行空行。",
            "在表头下面至少留 3 行空行，再放进 templates/biweekly。",
        )
    fields = _row_fields(columns, grid)
    sheet.cell(last + 1, min(columns)).value = _FOR
    sheet.cell(last + 3, min(columns)).value = _END
    for column, field in fields.items():
        sheet.cell(last + 2, column).value = f"{{{{ {field} }}}}"
    total = next((row for row in grid.rows if row.number > last and _is_total(row)), None)
    if total is not None:
        for column, field in fields.items():
            cell = sheet.cell(total.number, column)
            if type(cell).__name__ == "Cell" and cell.value in (None, "") and not field.endswith(_NAMES):
                cell.value = f"{{{{ {field.replace('行.', '合计.', 1)} }}}}"
    return len(fields)


def _is_total(row: Any) -> bool:
    first = next(row.filled(), None)
    return first is not None and bool(re.fullmatch(r"(?:总计|合\s*计|小计)", as_text(first[1]).strip()))
