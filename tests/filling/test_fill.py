"""`fill` from end to end: a workspace, JSON or a sheet; one form or many; the map kept in the workspace."""

import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from form_maker import excel_form, word_form
from PIL import Image

from docgen.errors import InputError, OutputError, UsageError
from docgen.filling import fill

SAMPLE = Path(__file__).parents[2] / "samples" / "school"
FORM = word_form(
    ["院校名称 | | 院校代码 | ", "证书名称 | | 等级 | □初级 □中级 □高级", "联系人 | | 邮政编码 | "],
    "师资情况",
    ["姓名 | 职称 | 培训证书", " | | "],
)


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forms") / "school"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("佐证材料"))
    (folder / "佐证材料").mkdir()
    return folder


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "申报表.docx"
    path.write_bytes(FORM)
    return path


def cells(path: Path, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(str(path)).tables[table].rows]


def test_one_application_and_then_all_of_them(form, school, tmp_path):
    filled = fill(form, school, tmp_path / "一份.docx", applications=["a01"])
    assert cells(tmp_path / "一份.docx")[:2] == [
        ["院校名称", "广西澄江职业技术学院", "院校代码", "4145099061"],
        ["证书名称", "建筑信息模型（BIM）", "等级", "☑初级 □中级 □高级"],
    ]
    assert not filled.known
    assert filled.map_file == school / "表单对照" / "申报表.toml"
    every = fill(form, school, tmp_path / "多份", each=True)
    assert every.known
    assert len(every.forms) == len(list((tmp_path / "多份").iterdir())) == 9
    assert form.read_bytes() == FORM


def test_without_an_application_what_belongs_to_one_waits(form, school, tmp_path):
    (filled,) = fill(form, school, tmp_path / "学校.docx").forms
    assert "用 --application 说明是哪一项" in next(
        each.why for each in filled.result.proposals if each.field == "申报.证书名称"
    )


def test_a_corrected_map_in_the_workspace_is_used_at_once(form, school, tmp_path):
    fill(form, school, tmp_path / "甲.docx", applications=["A01"], force=True)
    kept = school / "表单对照" / "申报表.toml"
    before = kept.read_text("utf-8")
    kept.write_text(before.replace('field = "院校.联系人姓名"', 'field = "院校.工作组组长"'), "utf-8")
    fill(form, school, tmp_path / "乙.docx", applications=["A01"])
    assert cells(tmp_path / "乙.docx")[2][1] == "罗建明"
    assert "工作组组长" in kept.read_text("utf-8")
    kept.write_text(before, "utf-8")


def test_json_data_by_whatever_names(form, tmp_path):
    data = tmp_path / "数据.json"
    data.write_text(
        json.dumps(
            {"学校": "甲校", "联系人": "张三", "邮政编码": "530000", "教师": [{"姓名": "李四", "职称": "讲师"}]}
        ),
        "utf-8",
    )
    fill(form, data, tmp_path / "甲.docx")
    assert cells(tmp_path / "甲.docx")[::2] == [
        ["院校名称", "甲校", "院校代码", ""],
        ["联系人", "张三", "邮政编码", "530000"],
    ]
    assert cells(tmp_path / "甲.docx", 1)[1] == ["李四", "讲师", ""]


def test_a_bare_phone_in_the_data_is_that_of_the_person_before_it(tmp_path):
    form = tmp_path / "表.docx"
    form.write_bytes(word_form(["联系人 | | 手机 | ", "项目负责人 | | 负责人电话 | "]))
    data = tmp_path / "数据.json"
    row = {"联系人": "李某某", "手机": "13800000000", "负责人": "赵某某", "电话": "13900000000"}
    data.write_text(json.dumps(row), "utf-8")
    fill(form, data, tmp_path / "填.docx")
    assert [row[3] for row in cells(tmp_path / "填.docx")] == ["13800000000", "13900000000"]


def test_one_form_a_row_of_a_sheet(tmp_path):
    form = tmp_path / "登记表.xlsx"
    form.write_bytes(excel_form(["学校名称 | ", "联系人 | ", "传真 | "]))
    book = openpyxl.Workbook()
    for row in (["单位", "联系人", "传真"], ["甲校", "张三", "0771"], ["乙校", "李四", None]):
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    filled = fill(form, tmp_path / "名单.xlsx", tmp_path / "填好的")
    assert [each.path.name for each in filled.forms] == ["登记表-001-甲校.xlsx", "登记表-002-乙校.xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(filled.forms[0].path.read_bytes())).active
    assert [sheet.cell(row, 2).value for row in (1, 2, 3)] == ["甲校", "张三", "0771"]


def test_what_is_asked_wrongly_is_refused(form, school, tmp_path):
    with pytest.raises(UsageError, match="没有申报编号“A99”"):
        fill(form, school, tmp_path / "甲.docx", applications=["A99"])
    with pytest.raises(UsageError, match="放在哪里"):
        fill(form, school, None)
    with pytest.raises(OutputError, match="空白表格本身"):
        fill(form, school, form, force=True)
    for name in ("甲.pdf", "甲.xlsx", "甲.doc"):
        with pytest.raises(UsageError, match=r"仍是 \.docx 文件"):
            fill(form, school, tmp_path / name)
        assert not (tmp_path / name).exists()
    Image.new("RGB", (40, 30)).save(tmp_path / "拍的.jpg")
    with pytest.raises(InputError, match="是 JPG 照片"):
        fill(tmp_path / "拍的.jpg", school, tmp_path / "甲.docx")
    with pytest.raises(InputError, match="打不开"):
        fill(tmp_path / "没有.docx", school, tmp_path / "甲.docx")
    with pytest.raises(InputError, match="JSON"):
        (tmp_path / "坏.json").write_text("{", "utf-8")
        fill(form, tmp_path / "坏.json", tmp_path / "甲.docx")
    (tmp_path / "有了.docx").write_bytes(b"")
    with pytest.raises(OutputError, match="已经有了"):
        fill(form, school, tmp_path / "有了.docx")


def test_a_photo_goes_into_its_cell(tmp_path):
    Image.new("RGB", (250, 350), "navy").save(tmp_path / "张三.jpg")
    form = tmp_path / "登记.docx"
    form.write_bytes(word_form(["姓名 | | 照片", "性别 | | ^"]))
    data = tmp_path / "人员.json"
    data.write_text(json.dumps({"姓名": "张三", "性别": "男", "照片": "张三.jpg"}), "utf-8")
    (filled,) = fill(form, data, tmp_path / "好.docx").forms
    document = Document(str(filled.path))
    assert cells(filled.path) == [["姓名", "张三", ""], ["性别", "男", ""]]
    (shape,) = document.inline_shapes
    assert shape.height / shape.width == pytest.approx(1.4, abs=0.01)
    photo = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert photo.blob == (tmp_path / "张三.jpg").read_bytes()
    data.write_text(json.dumps({"照片": "../别处.jpg"}), "utf-8")
    with pytest.raises(InputError, match="不在数据所在的文件夹里"):
        fill(form, data, tmp_path / "乙.docx")
