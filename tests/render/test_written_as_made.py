"""The school's own documents are written piece by piece: the same bytes as in one piece, in little memory."""

from __future__ import annotations

import gc
import io
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from openpyxl import load_workbook

from docgen.catalogue import load_catalogue
from docgen.findings import Evaluation, Finding, FindingKind, Outcome, Severity
from docgen.model.case import Case
from docgen.model.records import Application, School
from docgen.model.source import Origin, Source
from docgen.plan.context import Checked, school_context
from docgen.render.excel import excel_template
from docgen.render.pdf import html_pieces, render_html
from docgen.render.report_html import html_report_pieces, render_html_report
from docgen.render.report_xlsx import render_xlsx_report, xlsx_report_pieces
from docgen.render.templates import find_template
from docgen.tools.packed import PackedRows

BOOK = "申报数据.xlsx"
COUNT = 600


def peak(pieces: Callable[[], Iterator[str | bytes]]) -> tuple[int, int]:
    """What making all pieces takes, in bytes, and how long they are together. The first time is not counted: templates."""
    next(pieces())
    gc.collect()
    tracemalloc.start()
    try:
        size = sum(len(piece) for piece in pieces())
        return tracemalloc.get_traced_memory()[1], size
    finally:
        tracemalloc.stop()


def folders() -> Iterator[dict[str, Any]]:
    for number in range(COUNT):
        files = [
            {"名称": f"文件{place}.pdf", "地址": "x", "页数": 3, "大小": "1.0 KB", "摘要": f"{number:064x}"}
            for place in range(8)
        ]
        state = {"草稿": number % 5 == 0, "错误数": 0, "提醒数": 1, "问题": []}
        yield {"编号": f"A{number}", "文件夹": f"A{number}-数据采集-初级", **state, "文件": files}


def test_the_list_of_files() -> None:
    folder = find_template("index")
    shown: dict[str, Any] = {"院校": {"院校名称": "某校", "申报年度": 2021}, "草稿": False, "问题": [], "学校文件": []}
    context = shown | {"资料夹": PackedRows(folders())}
    whole = render_html(folder, shown | {"资料夹": list(folders())})
    assert "".join(html_pieces(folder, context)) == whole
    assert f"<b>{COUNT // 5}</b>还是草稿" in whole
    taken, size = peak(lambda: html_pieces(folder, context))
    assert size == len(whole) > 700_000
    assert taken < 900_000


@pytest.fixture(scope="module")
def found() -> tuple[Case, Evaluation]:
    rows = tuple(Application(Origin(BOOK, "申报证书", row + 2), f"A{row:04}", "数据采集") for row in range(COUNT))
    case = Case(School(Origin(BOOK, "院校信息"), name="某校", year=2021), None, applications=rows)  # type: ignore[arg-type]
    levels = list(Severity)
    findings = [
        Finding(f"R{place:03}", levels[place % 3], f"=第{place}处“{row}”\x01不对", "改。", f"A{row:04}", "二", Source(BOOK, "申报证书", f"B{row + 2}"))
        for row in range(COUNT)
        for place in range(5)
    ]  # fmt: skip
    findings.append(Finding("R900", Severity.ERROR, "不知道。", application="A0001", kind=FindingKind.NOT_EVALUATED))
    return case, Evaluation(tuple(findings), {("R001", "A0001"): Outcome.FAIL}, {})


def test_the_check_report_as_a_page(found: tuple[Case, Evaluation]) -> None:
    folder = find_template("check-report")
    taken, size = peak(lambda: html_report_pieces(*found, folder))
    assert size == len(render_html_report(*found)) > 700_000
    assert taken < 1_500_000


def test_the_check_report_as_a_workbook(found: tuple[Case, Evaluation]) -> None:
    taken, size = peak(lambda: xlsx_report_pieces(*found))
    assert taken < 2_000_000
    data = render_xlsx_report(*found)
    assert len(data) == size
    sheet = load_workbook(io.BytesIO(data))["核查结果"]
    assert sheet.dimensions == f"A1:H{3 + 5 * COUNT + 1}"
    assert sheet.auto_filter.ref == f"A3:H{3 + 5 * COUNT + 1}"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=8)]
    assert [row[3] for row in rows] == [f"=第{place}处“0”不对" for place in (0, 3, 1, 4, 2)]
    assert (rows[0][0], rows[0][1]) == ("A0000　数据采集（未填等级）", "错误")
    assert {sheet.cell(row, 4).data_type for row in range(4, 9)} == {"s"}
    assert [sheet.cell(row, 2).fill.fgColor.rgb[-6:] for row in (4, 6, 8, 3 + 5 * COUNT + 1)] == [
        "F8D7DA",
        "FFF3CD",
        "DBEAFE",
        "ECEFF3",
    ]
    assert sheet.row_dimensions[4].height == 36  # the heading takes two lines


def test_the_summary_workbook() -> None:
    rows = tuple(
        Application(Origin(BOOK, "申报证书", row + 2), f"A{row:04}", "数据采集", persons=60) for row in range(COUNT)
    )
    case = Case(School(Origin(BOOK), name="某校", year=2021), load_catalogue(), applications=rows)
    context = school_context(case, Checked())
    context = {**context, "申报": PackedRows(context["申报"])}
    template = excel_template(find_template("summary").file("template.xlsx"))
    taken, size = peak(lambda: template.pieces(context))
    assert taken < 2_500_000
    data = template.render(context)
    assert len(data) == size
    sheet = load_workbook(io.BytesIO(data)).active
    assert [sheet.cell(3 + COUNT, column).value for column in (1, 5)] == [f"A{COUNT - 1:04}", 60]
