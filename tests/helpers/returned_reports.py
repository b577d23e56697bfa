"""Schools' returned reports in mixed shapes, with the totals that they add up to: what collecting has to find out."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlwt
from docx import Document
from openpyxl import Workbook

STAGES = ("培训", "报名", "考核", "取证")
CERTIFICATES = (("网店运营推广", "中级"), ("建筑信息模型（BIM）", "初级"), ("工业机器人应用编程", "高级"))
START = datetime.date(2021, 8, 30)


@dataclass
class Report:
    """One school's report of one period. `rows`: certificate, level, approved, then this and cumulative by stage."""

    school: str
    type: str
    number: int
    rows: list[tuple[str, str, int, dict[str, int], dict[str, int]]]
    filled: datetime.date
    start: datetime.date = field(init=False)
    end: datetime.date = field(init=False)

    def __post_init__(self) -> None:
        self.start = START + datetime.timedelta(14 * (self.number - 1))
        self.end = self.start + datetime.timedelta(13)

    @property
    def days(self) -> str:
        """2021年8月30日—9月12日."""
        return f"{self.start.year}年{self.start.month}月{self.start.day}日—{self.end.month}月{self.end.day}日"


def report(index: int, number: int = 2) -> Report:
    """School number `index`'s report; figures follow from the two numbers alone."""
    kind = ("中职", "高职", "本科")[index % 3]
    name = f"虚构第{index:02}{ {'中职': '职业技术学校', '高职': '职业技术学院', '本科': '大学'}[kind] }"
    rows = []
    for place, (certificate, level) in enumerate(CERTIFICATES[: 1 + index % 3]):
        approved = 60 + 10 * ((index + place) % 5)
        added = [{stage: max(0, 12 + (index * 7 + period * 5 + place * 3) % 9 - 3 * order) for order, stage in enumerate(STAGES)} for period in range(1, number + 1)]  # fmt: skip
        total = {stage: sum(each[stage] for each in added) for stage in STAGES}
        rows.append((certificate, level, approved, added[-1], total))
    return Report(name, kind, number, rows, START + datetime.timedelta(14 * number + index % 9))


def _flat(row: tuple[str, str, int, dict[str, int], dict[str, int]]) -> list[Any]:
    return [*row[:3], *(value for stage in STAGES for value in (row[3][stage], row[4][stage]))]


def _header() -> list[str]:
    return ["证书名称", "等级", "批准人数", *(f"{scope}{stage}人数" for stage in STAGES for scope in ("本期", "累计"))]


def _saved(rows: Sequence[Sequence[Any]], merges: Sequence[str] = (), title: str = "双周报") -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for area in merges:
        sheet.merge_cells(area)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def plain(r: Report) -> bytes:
    """Labels above, one header row, a totals row inside."""
    sums = [sum(column) for column in zip(*(_flat(row)[2:] for row in r.rows), strict=True)]
    head = [
        ["1+X证书试点双周报"],
        ["院校名称", r.school, None, "院校类型", r.type],
        ["期次", r.number, None, "起止日期", r.days],
        ["填报日期", r.filled],
    ]
    return _saved([*head, [], _header(), *map(_flat, r.rows), ["合计", None, *sums], [], ["填报人", "某某"]])


def two_rows(r: Report) -> bytes:
    """A header in two rows with merged cells, the certificate and level in one cell, figures with units."""
    head = [
        [f"{r.school}1+X试点双周报（第{r.number}期）"],
        [f"填报单位：{r.school}　　学校类型：{r.type}　　填报日期：{r.filled:%Y/%m/%d}"],
    ]
    top = ["序号", "证书及等级", "计划人数", *(text for stage in STAGES for text in (stage, None)), "备注"]
    below = [None, None, None, *(scope for _ in STAGES for scope in ("本期", "累计")), None]
    body = [
        [n, f"{row[0]}（{row[1]}）", *(f"{value}人" for value in _flat(row)[2:]), ""] for n, row in enumerate(r.rows, 1)
    ]
    return _saved(
        [*head, top, below, *body], ["A1:L1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:G3", "H3:I3", "J3:K3", "L3:L4"]
    )


def turned(r: Report) -> bytes:
    """Certificates in columns, labels down the side, far from the corner."""
    labels = _header()
    columns = list(zip(*map(_flat, r.rows), strict=True))
    rows: list[list[Any]] = [
        [],
        [None, "学校", r.school],
        [None, "学校类型", r.type],
        [None, "报告期", f"{r.start}至{r.end}"],
        [],
    ]
    rows += [[None, None, label, *values] for label, values in zip(labels, columns, strict=True)]
    return _saved(
        [*rows, [], [None, "填报日期", f"{r.filled.year}年{r.filled.month}月{r.filled.day}日"]], title="Sheet1"
    )


def block(r: Report) -> bytes:
    """One block of labels and values a certificate, two pairs a row."""
    rows: list[list[Any]] = [
        ["双周报"],
        ["报送单位", r.school, "期次", f"第{r.number}期"],
        ["学校类型", r.type, "报送日期", f"{r.filled:%Y%m%d}"],
    ]
    for row in r.rows:
        rows += [[], ["证书名称", row[0], "等级", row[1]], ["批准人数", row[2]]]
        rows += [[f"本期新增{stage}人数", row[3][stage], f"累计{stage}人数", row[4][stage]] for stage in STAGES]
    return _saved(rows)


def old(r: Report) -> bytes:
    """An .xls of Excel 97."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("双周报")
    rows = [
        ["院校名称", r.school, "院校类型", r.type],
        ["期次", f"{r.number}", "填报日期", r.filled.isoformat()],
        [],
        _header(),
        *map(_flat, r.rows),
    ]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def word(r: Report) -> bytes:
    """Word: a title, a line of labels, one table with a totals row."""
    document = Document()
    document.add_heading(f"{r.school}双周报", 1)
    document.add_paragraph(f"（第{r.number}期：{r.days}）")
    document.add_paragraph(f"院校类型：{r.type}    填报日期：{r.filled.year}.{r.filled.month}.{r.filled.day}")
    lines = [_header(), *map(_flat, r.rows)]
    table = document.add_table(rows=0, cols=len(lines[0]))
    for line in lines:
        for cell, value in zip(table.add_row().cells, line, strict=True):
            cell.text = str(value)
    document.add_paragraph("存在问题：无。")
    return _document(document)


def word_merged(r: Report) -> bytes:
    """Word: labels in a table of their own, a header in two rows, vertical merges."""
    document = Document()
    labels = document.add_table(rows=2, cols=4)
    for cells, texts in zip(
        labels.rows,
        (("单位名称", r.school, "院校类型", r.type), ("期次", f"第{r.number}期", "填表日期", r.filled.isoformat())),
        strict=True,
    ):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    table = document.add_table(rows=2, cols=11)
    for column, text in ((0, "证书"), (1, "级别"), (2, "核准人数")):
        table.cell(0, column).merge(table.cell(1, column)).text = text
    for index, stage in enumerate(STAGES):
        table.cell(0, 3 + 2 * index).merge(table.cell(0, 4 + 2 * index)).text = stage
        table.cell(1, 3 + 2 * index).text, table.cell(1, 4 + 2 * index).text = "新增", "累计"
    for row in r.rows:
        for cell, value in zip(table.add_row().cells, _flat(row), strict=True):
            cell.text = str(value)
    return _document(document)


def _document(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


SHAPES: tuple[tuple[str, Callable[[Report], bytes]], ...] = (
    (".xlsx", plain), (".xlsx", two_rows), (".xlsx", turned), (".xlsx", block), (".xls", old), (".docx", word), (".docx", word_merged),
)  # fmt: skip


def write_returns(folder: Path, count: int, number: int = 2) -> list[Report]:
    """So many schools' returns of one period, each in the next shape; the reports as they are meant."""
    folder.mkdir(parents=True, exist_ok=True)
    reports = [report(index, number) for index in range(1, count + 1)]
    for index, each in enumerate(reports):
        suffix, shape = SHAPES[index % len(SHAPES)]
        (folder / f"{index + 1:03}{suffix}").write_bytes(shape(each))
    return reports
