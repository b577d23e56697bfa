"""`docgen init`, as a person runs it and as a library function."""

import io
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from docgen.catalogue import load_catalogue
from docgen.cli.init_command import command
from docgen.errors import OutputError, UsageError
from docgen.load import load, load_review
from docgen.load.settings import read_settings
from docgen.model.settings import EvidenceSettings, Settings
from docgen.workspace import init, settings_text


def test_a_new_workspace_has_workbook_settings_and_evidence_folders(tmp_path: Path) -> None:
    result = init(tmp_path / "学校")
    folders = [f"佐证材料/{owner}/{kind}/" for owner in ("公共", "A01") for kind in ("教师", "场地", "设备")]
    assert result.made == (*folders, "docgen.toml", "申报数据.xlsx", "双周报数据.xlsx", "佐证材料/说明.txt")
    assert result.kept == ()
    book = load_workbook(io.BytesIO((tmp_path / "学校" / "申报数据.xlsx").read_bytes()))
    assert "网店运营推广" in [cell.value for cell in book["选项"]["A"]]
    assert "A01/教师/" in (tmp_path / "学校" / "佐证材料" / "说明.txt").read_text(encoding="utf-8-sig")


def test_a_new_workspace_loads_empty_and_without_a_finding(tmp_path: Path) -> None:
    init(tmp_path)
    loaded = load(tmp_path, load_catalogue())
    assert (loaded.case.applications, loaded.case.teachers, loaded.case.evidence) == ((), (), ())
    assert loaded.case.school.name == ""
    assert (loaded.case.stray_files, loaded.findings) == ((), ())


def test_certificates_that_the_user_imported_are_offered(tmp_path: Path) -> None:
    (tmp_path / "目录").mkdir()
    (tmp_path / "目录" / "证书.csv").write_text("证书名称\n宠物护理\n", encoding="utf-8")
    init(tmp_path)
    book = load_workbook(tmp_path / "申报数据.xlsx")
    assert book["选项"]["A2"].value == "宠物护理"
    book.close()


def test_nothing_is_overwritten_and_what_is_kept_is_named(tmp_path: Path) -> None:
    (tmp_path / "申报数据.xlsx").write_bytes(b"mine")
    answer = CliRunner().invoke(command, [str(tmp_path)])
    assert answer.exit_code == 0
    made, kept = answer.output.split("已有，原样保留：")
    assert "docgen.toml" in made
    assert "申报数据.xlsx" in kept.split("接下来")[0]
    assert (tmp_path / "申报数据.xlsx").read_bytes() == b"mine"
    again = CliRunner().invoke(command, [str(tmp_path)])
    assert (again.exit_code, "没有新建任何东西" in again.output) == (0, True)


def test_the_next_steps_can_be_pasted_even_with_a_space_in_the_name(tmp_path: Path) -> None:
    answer = CliRunner().invoke(command, [str(tmp_path / "我的 学校")])
    assert f'docgen build "{tmp_path / "我的 学校"}"' in answer.output


def test_a_secretariat_gets_its_own_workbook_and_settings(tmp_path: Path) -> None:
    made = init(tmp_path / "处", "secretariat").made
    assert set(made) == {"院校申报材料/", "docgen.toml", "评审结果.xlsx", "院校申报材料/说明.txt"}
    loaded = load_review(tmp_path / "处", load_catalogue(tmp_path / "处"))
    assert loaded.findings == ()
    assert (loaded.review.schools, loaded.review.decisions, loaded.review.accounts) == ((), (), ())
    assert init(tmp_path / "处", "secretariat").made == ()


def test_another_kind_of_workspace_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="学院"):
        init(tmp_path / "处", "学院")
    assert not (tmp_path / "处").exists()


def test_a_file_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "学校").write_bytes(b"")
    with pytest.raises(OutputError, match="是一个文件"):
        init(tmp_path / "学校")


def test_the_settings_file_says_every_default_and_is_read_as_such(tmp_path: Path) -> None:
    (tmp_path / "docgen.toml").write_text(settings_text(), encoding="utf-8")
    assert read_settings(tmp_path) == (Settings(), ())
    document = tomllib.loads(settings_text())
    assert document["kind"] == "school"
    assert document["evidence"].keys() == {field.name for field in fields(EvidenceSettings)}
    said = sum(len(document[table]) for table in ("workspace", "documents", "text", "report")) + len(
        ("evidence", "waivers")
    )
    assert said == len(fields(Settings))


def test_the_waiver_in_the_comment_works_once_its_marks_are_taken_away() -> None:
    lines = settings_text().split("# [[waive]]")
    document = tomllib.loads("[[waive]]" + lines[1].replace("# ", ""))
    assert document["waive"][0].keys() == {"rule", "application", "reason"}


def test_two_new_workspaces_are_equal_file_by_file(tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        init(tmp_path / name)
    for path in (tmp_path / "甲").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "乙" / path.relative_to(tmp_path / "甲")).read_bytes()
