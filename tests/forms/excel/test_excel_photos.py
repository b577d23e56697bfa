"""Photos into the cells of a sheet."""

import io
import zipfile

import openpyxl
from form_data import DATA
from form_maker import excel_form
from lxml import etree
from PIL import Image

from docgen.forms.opening import open_form
from docgen.forms.results import State
from docgen.forms.values import FormData, Picture


def photo(colour: str = "navy", form: str = "JPEG") -> Picture:
    buffer = io.BytesIO()
    Image.new("RGB", (250, 350), colour).save(buffer, form)
    return Picture(f"一寸.{form.lower()}", buffer.getvalue())


def with_photo(form: bytes, data: FormData = DATA) -> bytes:
    result = open_form(form, "表.xlsx").fill(FormData({**data.content, "照片": photo()}))
    assert any(each.field == "照片" and each.state is State.FILLED for each in result.proposals)
    return result.data


def test_a_photo_lies_within_its_cell_and_its_words_are_gone():
    data = with_photo(excel_form(["姓名 | | 照片", "院校名称 | | ^", "地址 | | ^", "手机 | | ^", "备注 | | ^"]))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    (image,) = sheet._images
    at = image.anchor._from
    assert (at.col, sheet["C1"].value) == (2, None)
    assert image.anchor.ext.height <= 5 * 15 * 12_700
    assert abs(image.anchor.ext.width / image.anchor.ext.height - 250 / 350) < 0.01
    assert sheet["B2"].value == "示例职业技术学院"


def test_a_photo_moves_with_the_rows_that_a_list_grows_by_and_other_pictures_stay():
    rows = ["教师名单 | < | <", "姓名 | 职称 | 从教年限", " | | ", " | | ", "照片 | < | <"]
    book = openpyxl.load_workbook(io.BytesIO(excel_form(rows)))
    book.active.add_image(openpyxl.drawing.image.Image(io.BytesIO(photo("red", "PNG").data)), "E1")
    buffer = io.BytesIO()
    book.save(buffer)
    data = with_photo(buffer.getvalue(), FormData({**DATA.content, "教师": [*DATA.rows("教师"), *DATA.rows("教师")]}))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sorted((each.anchor._from.row, each.anchor._from.col) for each in sheet._images) == [(0, 4), (8, 1)]
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert sum(name.startswith("xl/drawings/drawing") for name in names) == 1


def test_what_is_no_photo_is_told_and_left_out():
    form = excel_form(["照片 | ", "院校名称 | "])
    result = open_form(form, "表.xlsx").fill(FormData({**DATA.content, "照片": Picture("甲.gif", b"GIF89a")}))
    assert any("不是能用的照片" in each.message for each in result.findings)
    assert not openpyxl.load_workbook(io.BytesIO(result.data)).active._images


def test_the_drawing_stands_before_what_must_follow_it():
    data = with_photo(excel_form(["照片 | "]))
    archive = zipfile.ZipFile(io.BytesIO(data))
    root = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    assert [etree.QName(child).localname for child in root][-1] == "drawing"
    assert b'PartName="/xl/drawings/drawing1.xml"' in archive.read("[Content_Types].xml")
