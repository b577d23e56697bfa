"""The check report in each of its forms, over one case with a fault of each weight, a waiver and an open question."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser

import pytest
from openpyxl import load_workbook

from docgen.findings import Evaluation, Finding, FindingKind, FindingType, Outcome, Severity
from docgen.model.case import Case
from docgen.model.records import Application, CertificateLevel, School
from docgen.model.source import Origin, Source
from docgen.render.report_html import render_html_report
from docgen.render.report_json import render_json_report, render_sarif_report
from docgen.render.report_text import render_text_report
from docgen.render.report_view import make_view
from docgen.render.report_xlsx import render_xlsx_report

BOOK = "申报数据.xlsx"
CASE = Case(
    School(Origin(BOOK, "院校信息"), name="广西<b>海洋</b>学院", year=2021),
    None,  # type: ignore[arg-type]  # no report asks the catalogue
    applications=(
        Application(Origin(BOOK, "申报证书", 2), "A02", "网店运营推广", CertificateLevel.INTERMEDIATE),
        Application(Origin(BOOK, "申报证书", 3), "A01", "数据采集"),
    ),
)
CELL = Source(BOOK, "申报证书", "E2")
FINDINGS = (
    Finding(
        "SCH003", Severity.ERROR, "代码“<script>”不对。", "逐位核对。", "", "二（一）2", Source(BOOK, "院校信息", "B4")
    ),
    Finding(
        "CRT004",
        Severity.WARNING,
        "报了高级。",
        "评估。",
        "A02",
        "一（二）1",
        CELL,
        also=(Source(BOOK, "申报证书", "E3"),),
    ),
    Finding("NUM001", Severity.ERROR, "培训人数是 0。", "填人数。", "A02", "二（二）2（3）", CELL),
    Finding("EVI013", Severity.INFO, "1 位教师没有材料。", "补上。", "A01"),
    Finding("EVI005", Severity.ERROR, "=1+1", "放进来。", "A01", waived="评价组织不要求"),
    Finding("CRT002", Severity.ERROR, "不知道有哪些等级。", application="A01", kind=FindingKind.NOT_EVALUATED),
    Finding("SCH008", Severity.INFO, "不适用。", kind=FindingKind.NOT_APPLICABLE),
)
FOUND = Evaluation(
    FINDINGS,
    {
        ("SCH003", ""): Outcome.FAIL,
        ("NUM001", "A01"): Outcome.PASS,
        ("NUM001", "A02"): Outcome.FAIL,
        ("APR001", ""): Outcome.PASS,
        ("CRT002", "A01"): Outcome.NOT_EVALUATED,
        ("CRT002", "A02"): Outcome.PASS,
        ("SCH008", ""): Outcome.NOT_APPLICABLE,
    },
    {"SCH003": FindingType("SCH003", "信用代码正确", Severity.ERROR, "二（一）2", "## 查什么\n代码。")},
)
CLEAN = Evaluation((), {("APR001", ""): Outcome.PASS}, {})


def test_the_school_comes_first_then_applications_as_in_the_sheet_the_gravest_first() -> None:
    groups = make_view(CASE, FOUND).groups
    assert [group.heading for group in groups] == ["全校", "A02　网店运营推广（中级）", "A01　数据采集（未填等级）"]
    assert [[line.rule for line in group.lines] for group in groups] == [
        ["SCH003"],
        ["NUM001", "CRT004"],
        ["EVI013", "EVI005"],
    ]


def test_findings_of_a_number_that_no_application_has_are_not_lost() -> None:
    stray = Evaluation((Finding("DAT013", Severity.ERROR, "读不出来。", application="A09"),))
    assert "A09" in make_view(CASE, stray).groups[0].heading


def test_what_could_not_be_evaluated_for_one_reason_is_one_line() -> None:
    same = {
        "message": "“等级”这一格读不出来。",
        "application": "A01",
        "source": CELL,
        "kind": FindingKind.NOT_EVALUATED,
    }
    findings = [Finding(rule, Severity.ERROR, **same) for rule in ("CRT002", "CRT003")]  # type: ignore[arg-type]
    assert [line.rule for line in make_view(CASE, Evaluation(tuple(findings))).unknown] == ["CRT002、CRT003"]


def test_text_says_what_where_and_what_to_do() -> None:
    text = render_text_report(CASE, FOUND)
    assert (
        "  错误 NUM001　培训人数是 0。\n       位置：申报数据.xlsx 工作表“申报证书” 单元格 E2\n       怎么办：填人数。（指南二（二）2（3））"
        in text
    )
    assert "豁免理由：评价组织不要求" in text
    assert "未能核查（不等于通过，请自行核对）\n  CRT002　A01　不知道有哪些等级。" in text
    assert text.endswith(
        "共 2 处错误、1 处提醒、1 条说明、1 处豁免。有错误的申报只能生成草稿，改正后再核查一次。另有 1 项未能核查。\n"
    )
    assert "不适用" not in text
    assert "\x1b" not in text


def test_colours_change_nothing_but_colours() -> None:
    coloured = render_text_report(CASE, FOUND, colour=True)
    assert "\x1b[1;31m错误 NUM001" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render_text_report(CASE, FOUND)


def test_a_clean_report_says_so_in_a_sentence() -> None:
    assert "没有发现问题：2 项申报都可以生成正式材料。" in render_text_report(CASE, CLEAN)
    assert "没有发现问题" in render_html_report(CASE, CLEAN)


def test_json_is_as_design_says() -> None:
    document = json.loads(render_json_report(CASE, FOUND))
    assert list(document) == ["findings", "rules", "summary"]
    assert document["findings"][1] == {
        "rule": "CRT004",
        "level": "warning",
        "kind": "fail",
        "application": "A02",
        "message": "报了高级。",
        "hint": "评估。",
        "clause": "一（二）1",
        "source": {"file": BOOK, "sheet": "申报证书", "cell": "E2"},
        "also": [{"file": BOOK, "sheet": "申报证书", "cell": "E3"}],
    }
    assert document["rules"] == {
        "APR001": "pass",
        "CRT002": "notEvaluated",
        "NUM001": "fail",
        "SCH003": "fail",
        "SCH008": "notApplicable",
    }
    assert document["summary"] == {
        "errors": 2,
        "warnings": 1,
        "infos": 1,
        "waived": 1,
        "notEvaluated": 1,
        "applications": 2,
    }


def test_sarif_refers_to_its_rules_and_suppresses_what_is_waived() -> None:
    (run,) = json.loads(render_sarif_report(CASE, FOUND))["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert (result["level"] == "none") == (result["kind"] != "fail")
    by_id = {result["ruleId"]: result for result in run["results"]}
    assert by_id["EVI005"]["suppressions"] == [{"kind": "external", "justification": "评价组织不要求"}]
    assert by_id["CRT002"]["kind"] == "open"
    assert by_id["EVI013"]["level"] == "note"
    location = by_id["NUM001"]["locations"][0]
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "申报证书!E2"
    assert location["physicalLocation"]["artifactLocation"]["uri"].isascii()


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.found += [value or "" for name, value in attrs if name in ("src", "href")]


def test_html_needs_nothing_from_outside_and_escapes_what_people_wrote() -> None:
    page = render_html_report(CASE, FOUND)
    links = _Links()
    links.feed(page)
    assert all(link.startswith("#") for link in links.found)
    assert "http" not in page
    assert "&lt;script&gt;" in page
    assert "广西&lt;b&gt;海洋&lt;/b&gt;学院" in page
    assert page.count("<article") == 6
    assert '<option value="A02">A02　网店运营推广（中级）</option>' in page
    assert 'data-level="waived" data-application="A01"' in page


def test_each_finding_leads_to_its_rules_page_in_the_same_file() -> None:
    page = render_html_report(CASE, FOUND)
    assert 'href="#rule-SCH003"' in page
    assert re.search(r'<details id="rule-SCH003">.*?<h3>查什么</h3><p>代码。</p>', page, re.DOTALL)
    assert "SCH008" not in page  # a rule that does not apply has nothing to lead from


def test_every_place_of_a_fault_is_told() -> None:
    (run,) = json.loads(render_sarif_report(CASE, FOUND))["runs"]
    (result,) = (each for each in run["results"] if each["ruleId"] == "CRT004")
    names = [place["logicalLocations"][0]["fullyQualifiedName"] for place in result["locations"]]
    assert names == ["申报证书!E2", "申报证书!E3"]


def test_the_workbook_holds_a_row_a_finding_and_no_formula() -> None:
    sheet = load_workbook(io.BytesIO(render_xlsx_report(CASE, FOUND)))["核查结果"]
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [row[2] for row in rows] == ["SCH003", "NUM001", "CRT004", "EVI013", "EVI005", "CRT002"]
    assert rows[1][:2] == ["A02　网店运营推广（中级）", "错误"]
    assert sheet["D8"].value == "=1+1"
    assert sheet["D8"].data_type == "s"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:H9")
    assert load_workbook(io.BytesIO(render_xlsx_report(CASE, CLEAN)))["核查结果"]["D4"].value == "没有发现问题。"


@pytest.mark.parametrize(
    "render", [render_text_report, render_json_report, render_html_report, render_xlsx_report, render_sarif_report]
)
def test_the_same_findings_give_the_same_bytes(render) -> None:
    assert render(CASE, FOUND) == render(CASE, FOUND)
