"""docgen templates: list, eject, fields, lint; and a build that is refused because of a template."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document

from docgen.cli.main import main
from docgen.errors import TemplateError
from docgen.pipeline import build
from docgen.render.lint import require_sound
from docgen.render.templates import template_folders


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main(["templates", *arguments])
    shown = capsys.readouterr()
    return int(caught.value.code or 0), shown.out, shown.err


def break_template(school: Path) -> Path:
    folder = school / "templates" / "申报书"
    document = Document()
    document.add_paragraph("院校名称：{{ 院校.名字 }}")
    document.save(str(folder / "template.docx"))
    return folder / "template.docx"


def test_eject_copies_a_kind_and_never_overwrites(capsys: pytest.CaptureFixture[str], school: Path) -> None:
    code, out, _ = run(capsys, "eject", "application", str(school))
    assert code == 0
    assert "templates/申报书/template.docx" in out
    assert f"docgen templates lint 申报书 --data {school}" in out
    assert {path.name for path in (school / "templates" / "申报书").iterdir()} == {
        "manifest.toml",
        "narrative.toml",
        "template.docx",
        "template.html",
    }
    kept = break_template(school).read_bytes()
    code, _, err = run(capsys, "eject", "申报书", str(school))
    assert code == 2
    assert "已经有了，没有覆盖" in err
    assert (school / "templates" / "申报书" / "template.docx").read_bytes() == kept
    _, out, _ = run(capsys, "list", "--data", str(school))
    assert "申报书 [application]（学校自己的）" in out


def test_eject_wants_a_folder_that_is_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "eject", "申报书", str(tmp_path / "无"))
    assert (code, "没有文件夹" in err) == (2, True)


def test_fields_tell_nesting_loops_and_examples(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "fields", "申报书")
    lines = [line.strip() for line in out.splitlines()]
    assert code == 0
    assert "统计.教师数：本项申报的教师人数，例如 3" in lines
    assert "循环：{% for 行 in 教师 %} … {% endfor %}" in lines
    assert "行.姓名：教师姓名，例如 张某某" in lines
    assert "循环：{% for 项 in 行.条目 %} … {% endfor %}" in lines
    assert "项.文件：文件的位置，例如 A01/教师/张某某培训证书.jpg" in lines


def test_fields_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "fields", "主管领导审核页", "--json")
    content = json.loads(out)
    assert content["kind"] == "approval"
    assert "总摘要" in content["required"]
    fields = {field["path"]: field for field in content["fields"]}
    assert fields["文件"]["rows"] is True
    assert fields["文件[].页数"]["meaning"] == "页数，Word 文件没有"


@pytest.mark.parametrize("title", sorted(folder.title for folder in template_folders()))
def test_lint_of_a_shipped_kind_is_clean(capsys: pytest.CaptureFixture[str], title: str) -> None:
    assert run(capsys, "lint", title)[:2] == (0, f"“{title}”没有发现问题。\n")


def test_an_ejected_layout_of_notices_is_used_as_it_is(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, out, _ = run(capsys, "eject", "official", str(tmp_path))
    assert f"docgen notice {tmp_path}" in out
    require_sound(template_folders(tmp_path))


def test_lint_says_place_and_what_was_meant(capsys: pytest.CaptureFixture[str], school: Path) -> None:
    run(capsys, "eject", "申报书", str(school))
    path = break_template(school)
    for arguments in ((str(path),), ("申报书", "--data", str(school)), (str(path.parent),)):
        code, out, _ = run(capsys, "lint", *arguments)
        assert code == 1
        assert "“院校名称：{{ 院校.名字 }}”这一段\n   没有“院校.名字”这个字段。您是不是要写 院校.院校名称？" in out
        assert "提醒　" in out  # what an application ought to show and this one does not


def test_lint_of_a_lone_file_wants_to_know_its_kind(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "我的.docx"
    document = Document()
    document.add_paragraph("{{ 院校.名字 }}")
    document.save(str(path))
    code, out, _ = run(capsys, "lint", str(path))
    assert code == 0
    assert "没有核对变量名" in out
    code, out, _ = run(capsys, "lint", str(path), "--kind", "院校信息表", "--json")
    assert code == 1
    assert json.loads(out)[0]["hint"] == "您是不是要写 院校.院校名称？"


def test_lint_of_what_is_no_template(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(b"no zip")
    assert run(capsys, "lint", str(path))[0] == 3
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF")
    assert run(capsys, "lint", str(path))[0] == 2


def test_a_build_does_not_start_with_a_broken_template(capsys: pytest.CaptureFixture[str], school: Path) -> None:
    run(capsys, "eject", "申报书", str(school))
    break_template(school)
    with pytest.raises(TemplateError) as caught:
        build(school, school / "成品")
    assert caught.value.message == (
        "模板“申报书”有1处要改：template.docx “院校名称：{{ 院校.名字 }}”这一段：没有“院校.名字”这个字段。您是不是要写 院校.院校名称？"
    )
    assert not (school / "成品").exists()


def test_lint_of_a_file_that_is_not_there_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, said = run(capsys, "lint", str(tmp_path / "没有.docx"))
    assert code == 3
    assert "找不到模板文件" in said
