"""`docgen check` of a secretariat's workspace: the decisions held against one another, in every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from docgen.cli.main import group
from docgen.errors import OutputError, UsageError
from docgen.render.workbook import review_workbook

ROW = {"院校名称": "甲学院", "证书名称": "网店运营推广", "等级": "中级", "申报人数": 120, "结论": "不同意"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "docgen.toml").write_text('kind = "secretariat"\n', "utf-8")
    school = {"院校名称": "甲学院", "院校类型": "高职", "邮箱": "a@example.cn"}
    (tmp_path / "评审结果.xlsx").write_bytes(review_workbook({"院校": [school], "评审结果": [ROW]}))
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["check", *map(str, arguments)], standalone_mode=False)


def test_a_terminal_is_told_what_and_where_and_what_to_do(place: Path) -> None:
    done = run(place)
    assert done.return_value == 1
    assert "NOT006" in done.output and "单元格 G3" in done.output and "怎么办：在“评审意见”里写明理由" in done.output


def test_programs_get_the_json_of_every_check(place: Path) -> None:
    told = json.loads(run(place, "--format", "json").stdout)
    assert told["rules"]["NOT006"] == "fail" and told["rules"]["NOT001"] == "notApplicable"
    assert told["summary"]["applications"] == 1
    assert not any(rule.startswith(("TEA", "SCH", "BIW")) for rule in told["rules"])


def test_a_file_of_any_kind_tells_the_fault_and_never_takes_the_place_of_the_data(place: Path, tmp_path: Path) -> None:
    page = run(place, "--format", "html").stdout
    assert (
        "甲学院" in page and "单元格 G3" in page and "1+X证书制度试点评审结果" in page and "<b>1</b>项评审结果" in page
    )
    (log,) = json.loads(run(place, "--format", "sarif").stdout)["runs"]
    (found,) = [result for result in log["results"] if result["ruleId"] == "NOT006"]
    assert found["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "评审结果!G3"
    run(place, "-o", tmp_path / "核查.xlsx")
    book = load_workbook(tmp_path / "核查.xlsx")
    rows = [[cell.value for cell in row] for row in book["核查结果"].iter_rows()]
    assert rows[2][:3] == ["院校", "级别", "编号"]
    assert ["甲学院", "错误", "NOT006"] in [row[:3] for row in rows]
    assert "NOT006" in book["评审结果"]["G3"].comment.text  # the user's own workbook, marked
    assert isinstance(run(place, "-o", place / "评审结果.xlsx").exception, OutputError)


def test_what_is_there_for_schools_alone_is_refused_in_words(place: Path) -> None:
    assert isinstance(run(place, "--explain", "A01").exception, UsageError)
