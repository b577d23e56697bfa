"""Transforms the school's applications into 申报汇总表.xlsx: styled, filterable, with totals that Excel recalculates."""

from __future__ import annotations

import datetime
import io
import math
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from docgen.tools.zips import stable_zip

_EPOCH = datetime.datetime(1980, 1, 1)
_COLUMNS: tuple[tuple[str, int, str], ...] = (
    ("申报编号", 7, "@"),
    ("证书名称", 22, "@"),
    ("等级", 6, "@"),
    ("试点专业", 24, "@"),
    ("培训人数", 7, "#,##0"),
    ("每期人数", 7, "#,##0"),
    ("期数", 6, "#,##0"),
    ("申报院系", 13, "@"),
    ("负责人", 9, "@"),
    ("负责人电话", 14, "@"),
    ("教师数", 7, "#,##0"),
    ("场地数", 7, "#,##0"),
    ("工位数", 7, "#,##0"),
    ("设备台数", 7, "#,##0"),
    ("在校生数", 7, "#,##0"),
    ("教师佐证", 7, "#,##0"),
    ("场地佐证", 7, "#,##0"),
    ("设备佐证", 7, "#,##0"),
    ("错误", 6, "#,##0"),
    ("提醒", 6, "#,##0"),
    ("状态", 9, "@"),
)
_SHORT = ("申报编号", "等级", "负责人", "负责人电话", "状态")
_SUMMED = ("培训人数", "错误", "提醒")
"""Teachers, rooms and students serve several applications: their sum over applications would count them twice."""

_LINE = Side(style="thin", color="BFC8D2")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD_ROW = 3


def _row_values(row: Mapping[str, Any]) -> tuple[Any, ...]:
    figures, evidence = row["统计"], row["佐证件数"]
    return (
        row["申报编号"],
        row["证书名称"],
        row["等级"],
        "、".join(row["试点专业"]),
        row["培训人数"],
        row["每期人数"],
        row["期数"],
        row["申报院系"],
        row["负责人"],
        row["负责人电话"],
        figures["教师数"],
        figures["场地数"],
        figures["总工位"],
        figures["设备台数"],
        figures["在校生数"],
        evidence["教师"],
        evidence["场地"],
        evidence["设备"],
        row["错误数"],
        row["提醒数"],
        "草稿" if row["草稿"] else "可以送审",
    )


def _lines(values: tuple[Any, ...]) -> int:
    """How many lines the fullest cell of a row wraps to; a column's width counts half-width characters."""
    texts = [(str(value or ""), width) for value, (_, width, form) in zip(values, _COLUMNS, strict=True) if form == "@"]
    return max(math.ceil(sum(1 if char < "\u2000" else 2 for char in text) / (width - 1)) or 1 for text, width in texts)


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> Cell:
    """Write a value; a text is a text even if it begins with =."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - merged cells are never written to here
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _heading(sheet: Worksheet, context: Mapping[str, Any]) -> None:
    school = context["院校"]
    year = f"{school['申报年度']}年度" if school["申报年度"] else ""
    last = get_column_letter(len(_COLUMNS))
    title = _put(sheet, 1, 1, f"{school['院校名称']}{year}1+X证书试点申报汇总表")
    title.font = Font(name="微软雅黑", size=16, bold=True)
    title.alignment = Alignment(horizontal="center", vertical="center")
    sheet.merge_cells(f"A1:{last}1")
    sheet.row_dimensions[1].height = 32
    note = _put(sheet, 2, 1, "教师、场地、设备和在校生可能同时用于几项申报，所以这几列不合计。")
    note.font = Font(name="微软雅黑", size=9, color="666666")
    sheet.merge_cells(f"A2:{last}2")
    for index, (name, width, _) in enumerate(_COLUMNS, 1):
        cell = _put(sheet, _HEAD_ROW, index, name)
        cell.font = Font(name="微软雅黑", size=10, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1A4480")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _BORDER
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.row_dimensions[_HEAD_ROW].height = 32


def _body(sheet: Worksheet, context: Mapping[str, Any]) -> None:
    first = _HEAD_ROW + 1
    for number, row in enumerate(context["申报"], first):
        for index, value in enumerate(_row_values(row), 1):
            cell = _put(sheet, number, index, value)
            form = _COLUMNS[index - 1][2]
            cell.number_format = form
            cell.border = _BORDER
            cell.font = Font(name="微软雅黑", size=10, color="B3261E" if value == "草稿" else "1C2733")
            side = "right" if form != "@" else "center" if _COLUMNS[index - 1][0] in _SHORT else "left"
            cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=form == "@")
        sheet.row_dimensions[number].height = 8 + 14 * _lines(_row_values(row))
    end = _HEAD_ROW + len(context["申报"])
    for index, (name, _, form) in enumerate(_COLUMNS, 1):
        letter = get_column_letter(index)
        # SUBTOTAL follows the filter: what is hidden is not counted.
        summed = name in _SUMMED and end >= first
        cell = _put(sheet, end + 1, index, "合计" if index == 1 else None)
        if summed:
            cell.value = f"=SUBTOTAL(109,{letter}{first}:{letter}{end})"
        cell.number_format = form
        cell.font = Font(name="微软雅黑", size=10, bold=True)
        cell.fill = PatternFill("solid", fgColor="EEF2F7")
        cell.border = _BORDER
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{get_column_letter(len(_COLUMNS))}{max(end, _HEAD_ROW)}"


def _footer(sheet: Worksheet) -> None:
    footer = sheet.HeaderFooter.oddFooter
    if footer is not None and footer.center is not None:
        footer.center.text = "第 &P 页 共 &N 页"


def render_summary(context: Mapping[str, Any]) -> bytes:
    """The workbook's bytes from the school's context (院校, 申报). The same context gives the same bytes."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "申报汇总"
    _heading(sheet, context)
    _body(sheet, context)
    sheet.freeze_panes = f"C{_HEAD_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.print_options.horizontalCentered = True
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    _footer(sheet)
    workbook.properties.creator = "docgen"
    workbook.properties.created = _EPOCH
    workbook.properties.modified = _EPOCH
    buffer = io.BytesIO()
    workbook.save(buffer)
    return stable_zip(buffer.getvalue())
