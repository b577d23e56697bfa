"""docgen extract on the command line."""

import io
import json

import openpyxl
import pytest
from form_data import DATA
from form_maker import excel_form, word_form

from docgen.cli import main
from docgen.forms.opening import open_form


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(argument) for argument in arguments])
    return int(stop.value.code or 0)


@pytest.fixture
def folder(tmp_path):
    forms = tmp_path / "收到"
    forms.mkdir()
    word = word_form(["单位名称 | | 联系人 | "], "师资情况", ["姓名 | 职称", " | "])
    (forms / "甲.docx").write_bytes(open_form(word, "甲").fill(DATA).data)
    (forms / "乙.xlsx").write_bytes(open_form(excel_form(["学校名称 | ", "证书名称 | "]), "乙").fill(DATA).data)
    return forms


def test_one_form_as_json(folder, capsys):
    assert run("extract", folder / "甲.docx") == 0
    content = json.loads(capsys.readouterr().out)
    assert content["data"]["院校"] == {"院校名称": "示例职业技术学院", "联系人姓名": "李某某"}
    assert content["values"][0] | {"score": 1} == {
        "at": "表1 第1行第2格",
        "label": "单位名称",
        "field": "院校.院校名称",
        "value": "示例职业技术学院",
        "score": 1,
    }


def test_many_forms_in_one_workbook(folder, tmp_path, capsys):
    (folder / "坏.docx").write_bytes(b"PK")
    assert run("extract", folder, "-o", tmp_path / "汇总.xlsx") == 1
    assert "没有读" in capsys.readouterr().err
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "汇总.xlsx").read_bytes()))
    assert [list(row) for row in book["汇总"].iter_rows(values_only=True)] == [
        ["文件", "院校名称", "证书名称", "联系人姓名"],
        ["乙.xlsx", "示例职业技术学院", "网店运营推广", None],
        ["甲.docx", "示例职业技术学院", None, "李某某"],
    ]
    assert book["教师"].max_row == 4


def test_what_is_there_is_not_overwritten(folder, tmp_path, capsys):
    (tmp_path / "有.json").write_text("x")
    assert run("extract", folder / "甲.docx", "-o", tmp_path / "有.json") == 3
    assert run("extract", folder / "甲.docx", "-o", folder / "甲.docx", "--force") == 3
    assert run("extract", tmp_path / "没有.docx") == 3
    assert capsys.readouterr().err.count("怎么办") == 3
