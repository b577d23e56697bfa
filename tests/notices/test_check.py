"""`docgen check` of a secretariat's workspace: the decisions held against one another, in three formats."""

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


def test_a_list_goes_into_a_file_and_never_over_the_data(place: Path, tmp_path: Path) -> None:
    run(place, "-o", tmp_path / "核查.xlsx")
    sheet = load_workbook(tmp_path / "核查.xlsx").active
    assert "NOT006" in [row[1].value for row in sheet.iter_rows(min_row=2)]
    assert isinstance(run(place, "-o", place / "评审结果.xlsx").exception, OutputError)
    assert isinstance(run(place, "--format", "sarif").exception, UsageError)
