"""`docgen check` on real workspaces: formats, exit codes, and what it refuses to overwrite."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.cli.main import main

SAMPLE = Path(__file__).parents[2] / "samples" / "school"


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["check", *arguments])
    return int(ended.value.code or 0)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the sample without its evidence: every application then has errors."""
    home = tmp_path / "学校"
    shutil.copytree(SAMPLE, home, ignore=shutil.ignore_patterns("佐证材料", "成品"))
    (home / "佐证材料").mkdir()
    return home


def test_the_sample_has_no_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(SAMPLE)) == 0
    assert "没有错误" in capsys.readouterr().out


def test_errors_end_with_1_and_name_what_to_do(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(workspace)) == 1
    shown = capsys.readouterr().out
    assert "错误 EVI001　佐证材料文件“" in shown
    assert "怎么办：" in shown
    assert "\x1b" not in shown


def test_a_waiver_for_everything_that_fails_ends_with_0(workspace: Path) -> None:
    run(str(workspace), "--format", "json", "-o", str(workspace / "r.json"))
    findings = json.loads((workspace / "r.json").read_text("utf-8"))["findings"]
    failing = sorted({row["rule"] for row in findings if row["level"] == "error" and row["kind"] == "fail"})
    assert failing
    text = "".join(f'[[waive]]\nrule = "{rule}"\nreason = "评价组织不要求"\n' for rule in failing)
    settings = workspace / "docgen.toml"
    settings.write_text(f"{settings.read_text('utf-8')}\n{text}", encoding="utf-8")
    assert run(str(workspace)) == 0


def test_json_goes_to_standard_output(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(workspace), "--format", "json") == 1
    document = json.loads(capsys.readouterr().out)
    assert document["rules"]["EVI001"] == "fail"
    assert document["summary"]["errors"] > 0


@pytest.mark.parametrize("name", ["结果.html", "结果.sarif", "结果.json", "结果.txt", "结果.xlsx"])
def test_the_form_follows_the_file_name(workspace: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    output = workspace.parent / name
    assert run(str(workspace), "-o", str(output)) == 1
    data = output.read_bytes()
    starts = {".html": b"<!DOCTYPE html>", ".sarif": b"{", ".json": b"{", ".txt": "核查结果".encode(), ".xlsx": b"PK"}
    assert data.startswith(starts[output.suffix])
    if output.suffix == ".xlsx":
        names = load_workbook(output).sheetnames
        assert (names[1], names[-1]) == ("院校信息", "核查结果")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert name in captured.err


def test_xlsx_wants_a_file(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(workspace), "--format", "xlsx") == 2
    assert "-o" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["申报数据.xlsx", "docgen.toml", "佐证材料/报告.xlsx", "别名.xlsx"])
def test_the_users_own_files_are_never_overwritten(
    workspace: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    book = workspace / "申报数据.xlsx"
    (workspace / "别名.xlsx").symlink_to(book)
    before = {path: path.read_bytes() for path in sorted(workspace.rglob("*")) if path.is_file()}
    assert run(str(workspace), "--format", "xlsx", "-o", str(workspace / place)) == 3
    assert {path: path.read_bytes() for path in sorted(workspace.rglob("*")) if path.is_file()} == before
    assert "-o" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_one_clear_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(tmp_path / "没有")) == 3
    assert "没有" in capsys.readouterr().err
