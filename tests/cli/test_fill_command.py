"""docgen fill on the command line: what a person reads, and exit codes."""

import json

import pytest
from form_maker import word_form

from docgen.cli import main

DATA = {"院校": {"院校名称": "示例职业技术学院", "联系人姓名": "李某某"}}


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(argument) for argument in arguments])
    return int(stop.value.code or 0)


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "表.docx"
    path.write_bytes(word_form(["单位名称 | | 负责人（签字） | ", "联系人 | | 单位性质 | "]))
    (tmp_path / "数据.json").write_text(json.dumps(DATA), "utf-8")
    return path


def test_filling_says_what_was_filled_and_what_was_not(form, tmp_path, capsys):
    assert run("fill", form, "--data", tmp_path / "数据.json", "-o", tmp_path / "好.docx") == 0
    out, err = capsys.readouterr()
    assert "已填2处，待定0处，留空2处" in out
    assert "签字" in out
    assert "对照表写在" in err
    assert (tmp_path / "好.docx").exists()


def test_columns_of_a_list_that_stay_empty_are_told(tmp_path, capsys):
    rows = ["序号 | 姓名 | 职称 | 培训证书 | 所持专利 | 备注", " | | | | | ", " | | | | | "]
    (tmp_path / "表.docx").write_bytes(word_form("教师一览表", rows))
    teachers = [{"姓名": "张某某", "职称": "讲师", "培训证书": ""}]
    (tmp_path / "数据.json").write_text(json.dumps({"教师": teachers}), "utf-8")
    ask = ("fill", tmp_path / "表.docx", "--data", tmp_path / "数据.json", "-o", tmp_path / "好.docx")
    assert run(*ask) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if "留空  " in line]
    assert len(said) == 1 and "列“培训证书”、“所持专利”（" in said[0]
    run(*ask, "--force", "--plan")
    assert "已填；培训证书、所持专利留空" in capsys.readouterr().out
    run(*ask, "--force", "--json")
    assert json.loads(capsys.readouterr().out)["forms"][0]["places"][0]["emptyColumns"] == ["培训证书", "所持专利"]


def test_a_plan_is_a_table_and_writes_no_form(form, tmp_path, capsys):
    assert run("fill", form, "--data", tmp_path / "数据.json", "--plan") == 0
    out = capsys.readouterr().out
    assert [word in out for word in ("标签", "院校.院校名称", "示例职业技术学院", "1.00")] == [True] * 4
    assert sorted(path.name for path in tmp_path.iterdir()) == ["数据.json", "表.docx"]


def test_json_for_programs(form, tmp_path, capsys):
    run("fill", form, "--data", tmp_path / "数据.json", "-o", tmp_path / "好.docx", "--json")
    places = json.loads(capsys.readouterr().out)["forms"][0]["places"]
    assert [(place["at"], place["state"]) for place in places][:2] == [
        ("表1 第1行第2格", "已填"),
        ("表1 第1行第4格", "留空"),
    ]


def test_a_form_that_cannot_be_used_ends_with_3(tmp_path, capsys):
    (tmp_path / "旧.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    (tmp_path / "数据.json").write_text("{}", "utf-8")
    assert run("fill", tmp_path / "旧.docx", "--data", tmp_path / "数据.json", "-o", tmp_path / "好.docx") == 3
    assert "另存为" in capsys.readouterr().err
