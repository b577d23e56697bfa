"""双周报 as a workbook: the report itself, and the cumulative figures with a native chart."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.chart import LineChart, Reference
from openpyxl.chart.axis import DateAxis
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_FACE = "微软雅黑"
_LINE = Side(style="thin", color="BFC8D2")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="1A4480")
_SUM = PatternFill("solid", fgColor="EEF2F7")
_STAGES = ("培训", "报名", "考核", "取证")
_WIDTHS = (30, 8, 10, *([8] * 8), 11)
_LAST = len(_WIDTHS)
_SERIES = (("12355B", 28000, "solid", "circle"), ("7A4B00", 17000, "dash", "square"), ("2F6F4F", 17000, "sysDot", "triangle"), ("B3261E", 24000, "lgDashDot", "diamond"))  # fmt: skip


def _put(sheet: Worksheet, row: int, column: int, text: object, look: str = "") -> None:
    cell = sheet.cell(row, column, text)
    cell.font = Font(
        name=_FACE, size=10, bold=look in ("head", "sum", "label"), color="FFFFFF" if look == "head" else "1C2733"
    )
    cell.border = _BORDER
    if look == "head":
        cell.fill = _HEAD
    elif look in ("sum", "label"):
        cell.fill = _SUM
    centred = look in ("head", "short")
    right = look in ("number", "sum") and column > 1
    cell.alignment = Alignment(
        horizontal="center" if centred else "right" if right else "left", vertical="center", wrap_text=True
    )


def _span(sheet: Worksheet, row: int, first: int, last: int, text: object, look: str = "") -> None:
    for column in range(first, last + 1):
        _put(sheet, row, column, text if column == first else None, look)
    sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)


def _section(sheet: Worksheet, row: int, text: str) -> None:
    cell = sheet.cell(row, 1, text)
    cell.font = Font(name=_FACE, size=11, bold=True, color="1A4480")
    sheet.row_dimensions[row].height = 24


def _title(sheet: Worksheet) -> int:
    sheet["A1"] = "1+X证书制度试点工作双周报"
    sheet["A1"].font = Font(name=_FACE, size=16, bold=True)
    sheet["A2"] = "{{ 期.年度 }}年度{{ 期.名称 }}　{{ 期.起止 }}{% if 草稿 %}　（草稿）{% endif %}"
    sheet["A2"].font = Font(name=_FACE, size=10, color="666666")
    for row in (1, 2):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=_LAST)
        sheet.cell(row, 1).alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 32
    pairs = (
        (("院校名称", "院校.院校名称"), ("院校类型", "院校.院校类型")),
        (("填报人", "填报.填报人"), ("联系电话", "填报.联系电话")),
        (("审核人", "填报.审核人"), ("填报日期", "日期")),
    )
    for row, (left, right) in enumerate(pairs, 3):
        _put(sheet, row, 1, left[0], "label")
        _span(sheet, row, 2, 6, f"{{{{ {left[1]} }}}}")
        _span(sheet, row, 7, 8, right[0], "label")
        _span(sheet, row, 9, _LAST, f"{{{{ {right[1]} }}}}")
    return 6


def _figures(sheet: Worksheet, row: int) -> int:
    _section(sheet, row, "一、学生培训与考核取证")
    names = (
        "证书名称",
        "等级",
        "批准人数",
        *(f"{scope}{name}" for name in _STAGES for scope in ("本期", "累计")),
        "培训完成率",
    )
    for column, name in enumerate(names, 1):
        _put(sheet, row + 1, column, name, "head")
    sheet.row_dimensions[row + 1].height = 32
    sheet.cell(row + 2, 1, "{%tr for 行 in 证书 %}")
    for column, name in enumerate(names, 1):
        field = "培训完成比" if name == "培训完成率" else name
        _put(
            sheet, row + 3, column, f"{{{{ 行.{field} }}}}", "number" if column > 2 else "short" if column == 2 else ""
        )
        letter = get_column_letter(column)
        total = "合计" if column == 1 else None if column == 2 else f"=SUM({letter}{row + 3}:{letter}{row + 3})"
        if name == "培训完成率":
            total = f'=IF(C{row + 5}>0,E{row + 5}/C{row + 5},"")'
        _put(sheet, row + 5, column, total, "sum")
        for place in (row + 3, row + 5):
            sheet.cell(place, column).number_format = "0.0%" if name == "培训完成率" else "#,##0"
    sheet.cell(row + 4, 1, "{%tr endfor %}")
    return row + 7


def _work(sheet: Worksheet, row: int) -> int:
    _section(sheet, row, "二、师资、购置、建设与经费")
    for first, last, name in ((1, 1, "事项"), (2, 4, "本期"), (5, 8, "累计"), (9, _LAST, "单位")):
        _span(sheet, row + 1, first, last, name, "head")
    sheet.cell(row + 2, 1, "{%tr for 行 in 工作 %}")
    for first, last, name in ((1, 1, "事项"), (2, 4, "本期"), (5, 8, "累计"), (9, _LAST, "单位")):
        look = "number" if name in ("本期", "累计") else "" if name == "事项" else "short"
        _span(sheet, row + 3, first, last, f"{{{{ 行.{name} }}}}", look)
        sheet.cell(row + 3, first).number_format = "#,##0.##" if look == "number" else "@"
    for first in (2, 5):
        sheet.cell(row + 3, first).number_format = "General"
    sheet.cell(row + 4, 1, "{%tr endfor %}")
    return row + 6


def _corrections(sheet: Worksheet, row: int) -> int:
    sheet.cell(row, 1, "{%tr if 更正 %}")
    _section(sheet, row + 1, "更正（以前报过的数）")
    parts = ((1, 1, "证书"), (2, 3, "期次"), (4, 6, "事项"), (7, 8, "原报"), (9, 10, "更正为"), (11, _LAST, "相差"))
    for first, last, name in parts:
        _span(sheet, row + 2, first, last, name, "head")
    sheet.cell(row + 3, 1, "{%tr for 行 in 更正 %}")
    for first, last, name in parts:
        _span(
            sheet,
            row + 4,
            first,
            last,
            f"{{{{ 行.{name} }}}}",
            "number" if first >= 7 else "short" if first > 1 else "",
        )
    sheet.cell(row + 5, 1, "{%tr endfor %}")
    sheet.cell(row + 6, 1, "{%tr endif %}")
    return row + 7


def _remarks(sheet: Worksheet, row: int) -> int:
    _section(sheet, row, "三、工作情况")
    for offset, name in enumerate(("工作进展", "存在问题", "下一步计划", "意见建议"), 1):
        _put(sheet, row + offset, 1, name, "label")
        _span(sheet, row + offset, 2, _LAST, f"{{{{ 工作情况.{name} | join('\n') }}}}")
        sheet.row_dimensions[row + offset].height = 38
        sheet.cell(row + offset, 2).alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
    _put(sheet, row + 6, 1, "填报人：{{ 填报.填报人 }}")
    _span(sheet, row + 6, 2, _LAST, "审核人（签字）：　　　　　　　　审核日期：　　　年　　月　　日")
    sheet.row_dimensions[row + 6].height = 34
    return row + 7


def _page(sheet: Worksheet) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0  # as many pages as there are certificates for, each as wide as the paper
    sheet.page_margins.left = sheet.page_margins.right = sheet.page_margins.top = sheet.page_margins.bottom = 0.4
    sheet.print_options.horizontalCentered = True
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _chart(sheet: Worksheet) -> LineChart:
    chart = LineChart()
    chart.title = None
    chart.height, chart.width = 9.5, 24
    chart.y_axis.title, chart.x_axis.title = "人数（累计）", None
    chart.y_axis.scaling.min = 0
    chart.y_axis.number_format, chart.y_axis.majorGridlines.spPr = (
        "0",
        GraphicalProperties(ln=LineProperties(solidFill="D9D9D9")),
    )
    chart.x_axis = DateAxis(crossAx=100)
    chart.x_axis.number_format, chart.x_axis.majorTimeUnit = 'm"月"d"日"', "days"
    chart.x_axis.majorUnit = 28
    chart.x_axis.baseTimeUnit = "days"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblPos = "low"
    chart.y_axis.crossAx = 500
    chart.legend.position = "t"
    chart.layout = Layout(manualLayout=ManualLayout(x=0.07, y=0.14, w=0.9, h=0.7, xMode="edge", yMode="edge"))
    chart.add_data(Reference(sheet, min_col=3, max_col=7, min_row=2, max_row=4), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=2, min_row=4, max_row=4))
    target, *lines = chart.series
    target.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill="000000", w=14000, prstDash="lgDash"))
    target.marker.symbol, target.smooth = "none", False
    for line, (colour, width, dash, mark) in zip(lines, _SERIES, strict=True):
        line.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=colour, w=width, prstDash=dash))
        line.marker.symbol, line.marker.size = mark, 7
        hollow = mark in ("square", "triangle")
        line.marker.graphicalProperties = GraphicalProperties(
            solidFill="FFFFFF" if hollow else colour, ln=LineProperties(solidFill=colour)
        )
        line.smooth = False
    for series in chart.series:
        # The row with the loop's tag vanishes: figures begin right below it.
        series.val.numRef.f = series.val.numRef.f.replace("$3:", "$4:")
    return chart


def _progress(sheet: Worksheet) -> None:
    sheet["A1"] = "各期末累计人数（{{ 院校.院校名称 }}）"
    sheet["A1"].font = Font(name=_FACE, size=12, bold=True)
    names = ("期次", "截止日期", "批准人数", *(f"累计{name}" for name in _STAGES))
    for column, name in enumerate(names, 1):
        _put(sheet, 2, column, name, "head")
        sheet.column_dimensions[get_column_letter(column)].width = 13
        _put(sheet, 4, column, f"{{{{ 行.{name} }}}}", "short" if column < 3 else "number")
        sheet.cell(4, column).number_format = "yyyy-mm-dd" if name == "截止日期" else "@" if column == 1 else "#,##0"
    sheet.cell(3, 1, "{%tr for 行 in 进度 %}")
    sheet.cell(5, 1, "{%tr endfor %}")
    sheet.add_chart(_chart(sheet), "A8")


def make() -> Workbook:
    """The template as a workbook."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "双周报"
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    row = _title(sheet)
    row = _figures(sheet, row)
    row = _work(sheet, row)
    row = _corrections(sheet, row)
    _remarks(sheet, row)
    _page(sheet)
    progress = workbook.create_sheet("累计进度")
    _progress(progress)
    _page(progress)
    return workbook
