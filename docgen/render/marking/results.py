"""The sheet 核查结果 of a marked workbook: one row a finding, with a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from docgen.model.schema import RESULT_SHEET
from docgen.model.source import column_letters
from docgen.tools.spreadsheetml import q

from ..report_view import Line, ReportView
from .parts import Parts, new_root
from .styles import LEVEL_COLOURS, Styles

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_COLUMNS = (("", 24), ("级别", 9), ("编号", 10), ("内容", 60), ("位置", 30), ("怎么办", 48), ("豁免理由", 24))
_PLACE = 5
_HEADER_ROW = 3
_MOST_LETTERS = 32_000
_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report, the heading that it stands under, and where it leads: (sheet, cell), None for nowhere."""

    line: Line
    heading: str
    target: tuple[str, str] | None


def write_results(parts: Parts, styles: Styles, view: ReportView, rows: Sequence[Row]) -> None:
    """Put the sheet into the workbook, in place of one that an earlier marking put there, and open it first."""
    part = _place(parts)
    root = new_root("worksheet")
    _view(root)
    data = etree.SubElement(root, q("sheetData"))
    plain = 'vertical="top" wrapText="1"'
    looks = {
        "title": styles.cell(font='<b/><sz val="16"/><color rgb="FF1F3864"/>', alignment='vertical="center"'),
        "verdict": styles.cell(font='<b/><sz val="10"/>', alignment='vertical="center"'),
        "header": styles.cell(
            font='<b/><sz val="10"/><color rgb="FFFFFFFF"/>',
            fill="FF1F3864",
            border=True,
            alignment='horizontal="center" vertical="center"',
        ),
        "body": styles.cell(border=True, alignment=plain),
        "link": styles.cell(font='<u/><sz val="10"/><color rgb="FF0563C1"/>', border=True, alignment=plain),
        "quiet": styles.cell(fill="FFECEFF3", border=True, alignment='horizontal="center" vertical="top"'),
    }
    levels = {
        level: styles.cell(fill=colour, border=True, alignment='horizontal="center" vertical="top"')
        for level, colour in LEVEL_COLOURS.items()
    }
    _row(data, 1, [(f"{RESULT_SHEET}　{view.school}　{view.year}".rstrip("　"), looks["title"])], 30)
    _row(data, 2, [(view.verdict, looks["verdict"])], 20)
    _row(data, _HEADER_ROW, [(title or view.group, looks["header"]) for title, _ in _COLUMNS], 22)
    links = []
    last = _HEADER_ROW
    for last, row in enumerate(rows, _HEADER_ROW + 1):
        line = row.line
        level = levels[line.severity] if line.level in ("错误", "提醒", "说明") else looks["quiet"]
        values = (row.heading, line.level, line.rule, line.message, line.place, line.hint, line.waived)
        styled = [(value, looks["body"]) for value in values]
        styled[1] = (line.level, level)
        if row.target:
            styled[_PLACE - 1] = (line.place, looks["link"])
            links.append((f"{column_letters(_PLACE)}{last}", *row.target))
        _row(data, last, styled, _height(values))
    if last == _HEADER_ROW:
        last += 1
        _row(data, last, [("", looks["body"])] * 3 + [("没有发现问题。", looks["body"])], 20)
    _finish(root, links, last)
    if part in parts.contents:
        parts.replace(part, root)
    else:
        parts.add(part, root, _TYPE)


def _place(parts: Parts) -> str:
    """The part of the sheet; a new one is entered into the workbook as its last sheet."""
    known = [(part, element) for title, part, element in parts.sheets() if title == RESULT_SHEET]
    book = parts.linked("", "officeDocument")
    tree = parts.tree(book)
    sheets = tree.find(q("sheets"))
    if sheets is None:
        raise ValueError("没有工作表")
    if known:
        part = known[0][0]
    else:
        part = parts.free_name("xl/worksheets/sheet{}.xml")
        link = parts.link(book, part, "worksheet")
        numbers = [int(element.get("sheetId", "0")) for element in sheets]
        sheet = etree.SubElement(sheets, q("sheet"), name=RESULT_SHEET, sheetId=str(max(numbers, default=0) + 1))
        sheet.set(_RELATIONSHIP, link)
    index = [element.get("name") for element in sheets].index(RESULT_SHEET)
    for view in tree.iter(q("workbookView")):
        view.set("activeTab", str(index))
        _drop(view, "firstSheet")
    for title, other, _ in parts.sheets():
        if title != RESULT_SHEET:
            for view in parts.tree(other).iter(q("sheetView")):
                _drop(view, "tabSelected")
    return part


def _drop(element: etree._Element, attribute: str) -> None:
    if attribute in element.attrib:
        del element.attrib[attribute]


def _view(root: etree._Element) -> None:
    properties = etree.SubElement(root, q("sheetPr"))
    etree.SubElement(properties, q("tabColor"), rgb="FFC00000")
    etree.SubElement(properties, q("pageSetUpPr"), fitToPage="1")
    views = etree.SubElement(root, q("sheetViews"))
    view = etree.SubElement(views, q("sheetView"), showGridLines="0", tabSelected="1", workbookViewId="0")
    below = f"A{_HEADER_ROW + 1}"
    etree.SubElement(
        view, q("pane"), ySplit=str(_HEADER_ROW), topLeftCell=below, activePane="bottomLeft", state="frozen"
    )
    etree.SubElement(root, q("sheetFormatPr"), defaultRowHeight="16")
    columns = etree.SubElement(root, q("cols"))
    for number, (_, width) in enumerate(_COLUMNS, 1):
        place = str(number)
        etree.SubElement(columns, q("col"), min=place, max=place, width=str(width), customWidth="1")


def _row(data: etree._Element, number: int, cells: Sequence[tuple[str, int]], height: float) -> None:
    row = etree.SubElement(data, q("row"), r=str(number), ht=f"{height:g}", customHeight="1")
    for column, (value, style) in enumerate(cells, 1):
        # Text stays text: a message that begins with "=" must not become a formula.
        cell = etree.SubElement(row, q("c"), r=f"{column_letters(column)}{number}", s=str(style), t="inlineStr")
        words = etree.SubElement(etree.SubElement(cell, q("is")), q("t"))
        words.text = value.translate(_ILLEGAL)[:_MOST_LETTERS]
        words.set(_SPACE, "preserve")


def _height(values: Sequence[str]) -> float:
    lines = max(_lines(value, width) for value, (_, width) in zip(values, _COLUMNS, strict=True))
    return float(min(16 * lines + 4, 400))


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of that width (a Chinese character is two wide)."""
    return sum(-(-max(sum(2 if ord(c) > 0x2E7F else 1 for c in part), 1) // (width - 2)) for part in text.split("\n"))


def _finish(root: etree._Element, links: Sequence[tuple[str, str, str]], last: int) -> None:
    """The filter, the links and the page set-up, each where the schema wants it."""
    etree.SubElement(root, q("autoFilter"), ref=f"A{_HEADER_ROW}:{column_letters(len(_COLUMNS))}{last}")
    if links:
        holder = etree.SubElement(root, q("hyperlinks"))
        for cell, sheet, target in links:
            where = "'" + sheet.replace("'", "''") + f"'!{target}"
            etree.SubElement(holder, q("hyperlink"), ref=cell, location=where, display=where)
    etree.SubElement(
        root, q("pageMargins"), left="0.5", right="0.5", top="0.7", bottom="0.7", header="0.3", footer="0.3"
    )
    etree.SubElement(root, q("pageSetup"), paperSize="9", orientation="landscape", fitToHeight="0")
    foot = etree.SubElement(root, q("headerFooter"))
    etree.SubElement(foot, q("oddFooter")).text = "&L&A&R第 &P 页，共 &N 页"
