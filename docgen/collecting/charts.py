"""The charts of 汇总.xlsx: cumulative progress over the periods, and how far each certificate has come."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model.source import column_letters

from .records import Collection

_SERIES: tuple[tuple[str, Any, Any], ...] = (
    ("000000", "lgDash", "none"),
    ("12355B", "solid", "circle"),
    ("7A4B00", "dash", "square"),
    ("2F6F4F", "sysDot", "triangle"),
    ("B3261E", "lgDashDot", "diamond"),
)
_TOP = 2
_MOST_BARS = 24
_MOST_CHARTS = 40
"""More certificates than these would make a page that nobody reads; their rows are there all the same."""


def add_charts(sheet: Worksheet, progress: Worksheet, totals: Worksheet, collection: Collection) -> None:
    """Put the charts onto the overview, below its figures."""
    if any(entry.line.counts for entry in collection.entries):
        rows = (_TOP + 1, progress.max_row)
        sheet.add_chart(_progress_chart(progress, "全部院校累计进度", 3, rows, (10, 22)), "A13")
        sheet.add_chart(_certificate_chart(totals), "A35")


def add_certificate_charts(sheet: Worksheet) -> None:
    """A chart beside the rows of each certificate, two in a row, each as tall as the rows that it needs."""
    rows: dict[str, list[int]] = {}
    for number in range(_TOP + 1, sheet.max_row + 1):
        if sheet.cell(number, 2).value is not None:
            rows.setdefault(str(sheet.cell(number, 1).value), []).append(number)
    for index, (label, found) in enumerate(rows.items()):
        if index >= _MOST_CHARTS:
            break
        chart = _progress_chart(sheet, label, 4, (found[0], found[-1]), (8, 15))
        sheet.add_chart(chart, f"{'LU'[index % 2]}{2 + 17 * (index // 2)}")


def _progress_chart(
    data: Worksheet, title: str, column: int, rows: tuple[int, int], size: tuple[float, float]
) -> LineChart:
    """Cumulative numbers by period, told apart by dash and mark; `column` is that of the persons approved."""
    chart = LineChart()
    _title(chart, title)
    chart.height, chart.width = size  # type: ignore[assignment]  # centimetres, which its stubs take for whole
    for number in range(column, column + 5):
        chart.add_data(Reference(data, min_col=number, min_row=rows[0], max_row=rows[1]))
        name = f"'{data.title}'!${column_letters(number)}${_TOP}"
        chart.series[-1].tx = SeriesLabel(strRef=StrRef(name))
    chart.set_categories(Reference(data, min_col=column - 1, min_row=rows[0], max_row=rows[1]))
    for line, (colour, dash, mark) in zip(chart.series, _SERIES, strict=True):
        line.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=colour, w=20000, prstDash=dash))
        line.marker.symbol, line.smooth = mark, False
        if mark != "none":
            line.marker.size = 6
            fill = "FFFFFF" if mark in ("square", "triangle") else colour
            line.marker.graphicalProperties = GraphicalProperties(solidFill=fill, ln=LineProperties(solidFill=colour))
    chart.x_axis.number_format = 'm"月"d"日"'
    _axes(chart, "人数")
    return chart


def _certificate_chart(data: Worksheet) -> BarChart:
    """Approved, trained and certified by school type and certificate."""
    chart = BarChart()
    chart.type = "bar"
    _title(chart, "各类型院校、各证书：批准、培训、取证人数")
    last = min(data.max_row - 1, _TOP + _MOST_BARS)
    chart.height, chart.width = max(8, 1.1 * (last - _TOP) + 4), 22
    for column, (colour, _, _) in ((5, _SERIES[0]), (6, _SERIES[1]), (9, _SERIES[4])):
        chart.add_data(Reference(data, min_col=column, min_row=_TOP, max_row=last), titles_from_data=True)
        series = chart.series[-1]
        shade = "BFBFBF" if column == 5 else colour
        series.graphicalProperties = GraphicalProperties(solidFill=shade, ln=LineProperties(solidFill="333333", w=6000))
    chart.set_categories(Reference(data, min_col=12, min_row=_TOP + 1, max_row=last))
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"  # with the first bar on top, the numbers would else stand above
    chart.gapWidth = 50
    _axes(chart, "人数")
    return chart


def _title(chart: Any, text: str) -> None:
    """A title in the size of a caption: the programs' own fills a fifth of the chart."""
    run = RegularTextRun(rPr=CharacterProperties(sz=1200, b=True), t=text)
    chart.title = Title(tx=Text(rich=RichText(p=[Paragraph(pPr=ParagraphProperties(), r=[run])])), overlay=False)


def _axes(chart: Any, title: str) -> None:
    chart.y_axis.title = title
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.scaling.min = 0
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.x_axis.tickLblPos = "low"
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="D9D9D9"))
    chart.legend.position = "t"
    chart.layout = Layout(
        manualLayout=ManualLayout(
            x=0.1 if isinstance(chart, LineChart) else 0.3,
            y=0.2,
            w=0.86 if isinstance(chart, LineChart) else 0.66,
            h=0.62,
            xMode="edge",
            yMode="edge",
        )
    )
