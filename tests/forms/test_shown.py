"""What LibreOffice shows of filled forms: as many pages as before; and old .xls forms that it turns into .xlsx."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pypdf
import pytest
import xlwt
from form_data import DATA
from form_layouts import form_of
from form_maker import excel_form, word_form

from docgen.filling import fill
from docgen.forms.opening import open_form
from docgen.tools import libreoffice

LAYOUTS = ("01-基本信息表", "02-申报表竖排", "04-联系人矩阵", "11-封面", "10-账号申请")
HERE = Path(__file__).parent / "layouts"
PROGRAM = libreoffice.find()
needs_libreoffice = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")


@needs_libreoffice
def test_filled_forms_keep_their_pages_and_show_their_values(tmp_path):
    blank, filled = tmp_path / "空", tmp_path / "满"
    documents = []
    for folder in (blank, filled):
        folder.mkdir()
    for name in LAYOUTS:
        form, _ = form_of((HERE / f"{name}.txt").read_text("utf-8"))
        (blank / f"{name}-空.docx").write_bytes(form)
        (filled / f"{name}-满.docx").write_bytes(open_form(form, name).fill(DATA).data)
        documents += [blank / f"{name}-空.docx", filled / f"{name}-满.docx"]
    libreoffice.convert(PROGRAM, documents, tmp_path, seconds=120)
    for name in LAYOUTS:
        before, after = (pypdf.PdfReader(tmp_path / f"{name}-{state}.pdf") for state in ("空", "满"))
        assert len(after.pages) == len(before.pages), name
    shown = pypdf.PdfReader(tmp_path / "02-申报表竖排-满.pdf").pages[0].extract_text()
    assert all(word in shown for word in ("示例职业技术学院", "王某某", "网店运营推广", "13900000000"))


@needs_libreoffice
def test_an_old_xls_is_filled_as_xlsx(tmp_path):
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("登记表")
    for row, label in enumerate(("院校名称", "联系人", "联系电话")):
        sheet.write(row, 0, label, xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin"))
        sheet.write(row, 1, "", xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin"))
    form = tmp_path / "登记表.xls"
    book.save(str(form))
    data = tmp_path / "数据.json"
    data.write_text('{"学校名称": "甲校", "联系人": "张三", "联系人电话": "13800000000"}', "utf-8")
    filled = fill(form, data, tmp_path / "填好的")
    assert [each.path.name for each in filled.forms] == ["登记表-已填.xlsx"]
    result = openpyxl.load_workbook(io.BytesIO(filled.forms[0].path.read_bytes())).active
    assert [result.cell(row, 2).value for row in (1, 2, 3)] == ["甲校", "张三", "13800000000"]


def test_a_large_form_and_a_form_with_macros(tmp_path):
    pages = word_form(*[text for _ in range(300) for text in ("正文" * 200, "联系人：＿＿＿＿")])
    result = open_form(pages, "很长.docx").fill(DATA)
    assert len([each for each in result.proposals if each.value == "李某某"]) == 300
    buffer = io.BytesIO(excel_form(["院校名称 | "]))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf macros")
    result = open_form(buffer.getvalue(), "宏.xlsm").fill(DATA)
    assert "FRM005" in {finding.rule for finding in result.findings}
    assert zipfile.ZipFile(io.BytesIO(result.data)).read("xl/vbaProject.bin") == b"\xd0\xcf macros"
