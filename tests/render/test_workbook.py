"""The school's workbook, read back by openpyxl, by calamine, and as raw XML."""

import io
import os
import subprocess
import sys
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook

from docgen.model.schema import APPLICATIONS, EXAMPLE_MARK, GUIDE_SHEETS, SCHOOL, SHEETS
from docgen.render.workbook import school_workbook

TABLES = [sheet for sheet in SHEETS if not sheet.vertical]


def cells(data: bytes, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet).to_python()


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def rule_at(page: Any, cell: str) -> DataValidation:
    return next(rule for rule in page.data_validations.dataValidation if cell in rule.sqref)


def test_sheets_are_those_of_the_contract_between_guide_and_options() -> None:
    assert opened(school_workbook()).sheetnames == [GUIDE_SHEETS[0], *(sheet.name for sheet in SHEETS), GUIDE_SHEETS[1]]


@pytest.mark.parametrize("sheet", TABLES, ids=lambda sheet: sheet.name)
def test_a_table_has_the_exact_headers_and_one_marked_example_row(sheet: Any) -> None:
    header, *rows = cells(school_workbook(), sheet.name)
    assert header == [column.header for column in sheet.columns]
    assert len(rows) == 1
    assert rows[0][0].startswith(EXAMPLE_MARK)


def test_the_school_sheet_keeps_its_examples_beside_the_empty_cells() -> None:
    header, *rows = cells(school_workbook(), "院校信息")
    assert header == ["项目", "内容", "填写示例", "说明"]
    assert [row[0] for row in rows] == [column.header for column in SCHOOL.columns]
    assert {row[1] for row in rows} == {""}
    assert rows[0][2] == "广西某某职业技术学院"


def test_rows_are_written_below_the_example() -> None:
    application = {"申报编号": "A01", "培训人数": 120, "负责人电话": 13800000000, "试点专业": ("电子商务", "市场营销")}
    data = school_workbook({"申报证书": [application], "院校信息": [{"院校名称": "甲校", "是否首次申报": False}]})
    row = dict(zip(*(cells(data, "申报证书")[index] for index in (0, 2)), strict=True))
    assert (row["申报编号"], row["培训人数"], row["负责人电话"]) == ("A01", 120, "13800000000")
    assert row["试点专业"] == "电子商务、市场营销"
    school = {item: value for item, value, *_ in cells(data, "院校信息")}
    assert (school["院校名称"], school["是否首次申报"]) == ("甲校", "否")


def test_without_examples_the_data_begins_in_row_two() -> None:
    data = school_workbook({"场地": [{"场地名称": "实训室", "面积（㎡）": Decimal("80.5")}]}, examples=False)
    assert cells(data, "场地")[1][:3] == ["实训室", "", 80.5]
    assert cells(data, "教师")[1:] == []


def test_a_header_of_the_users_own_becomes_a_column_or_an_item() -> None:
    data = school_workbook({"教师": [{"姓名": "张三", "学历": "硕士"}], "院校信息": [{"办学规模": "一万人"}]})
    assert cells(data, "教师")[0][-1] == "学历"
    assert cells(data, "教师")[2][-1] == "硕士"
    assert ["办学规模", "一万人"] in [row[:2] for row in cells(data, "院校信息")]


def test_an_unknown_sheet_is_refused() -> None:
    with pytest.raises(ValueError, match="师生"):
        school_workbook({"师生": []})


@pytest.mark.parametrize("text", ["=1+1", "+86 771", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_no_text_becomes_a_formula(text: str) -> None:
    data = school_workbook({"场地": [{"场地名称": "室", "用途": text}]}, certificates=[text])
    assert cells(data, "场地")[2][4] == text
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.text(
            st.characters(codec="utf-8", exclude_characters="_", exclude_categories=["Cc", "Cn", "Cs"]), min_size=1
        ),
        max_size=20,
    )
)
def test_what_is_written_is_read_back(texts: list[str]) -> None:
    data = school_workbook({"申报证书": [{"申报编号": "A01", "申报理由": text} for text in texts]})
    assert [row[10] for row in cells(data, "申报证书")[2:]] == texts


def test_characters_that_no_workbook_can_hold_are_left_out() -> None:
    data = school_workbook({"教师": [{"姓名": "张\x00三\x0b", "职称": "甲\r\n乙\r丙"}]})
    assert cells(data, "教师")[2][0] == "张三"
    assert cells(data, "教师")[2][2] == "甲\n乙\n丙"


def test_every_header_has_a_note_that_cites_its_clause() -> None:
    book = opened(school_workbook())
    for sheet in SHEETS:
        for number, column in enumerate(sheet.columns, 1):
            place = (number + 1, 1) if sheet.vertical else (1, number)
            note = book[sheet.name].cell(*place).comment.text
            assert column.note in note
            assert (f"（指南 {column.clause}）" in note) == bool(column.clause)
            assert ("必填" in note) == column.required


def test_choices_are_drop_downs_that_refuse_other_values() -> None:
    book = opened(school_workbook())
    level = rule_at(book["申报证书"], "C3")
    assert (level.type, level.formula1, level.errorStyle) == ("list", '"初级,中级,高级"', "stop")
    assert "初级、中级、高级" in level.error
    assert rule_at(book["院校信息"], "B3").formula1 == '"中职,高职,本科"'
    assert rule_at(book["往年试点"], "H3").formula1 == '"是,否"'
    assert rule_at(book["教师"], "B9").formula1 == '"男,女"'


def test_certificate_names_come_from_the_hidden_sheet_and_others_may_be_typed() -> None:
    names = [f"证书{number}" for number in range(300)]
    book = opened(school_workbook(certificates=names))
    rule = rule_at(book["申报证书"], "B3")
    assert (rule.formula1, rule.errorStyle) == ("选项!$A$2:$A$301", "warning")
    assert book["选项"].sheet_state == "hidden"
    assert [cell.value for cell in book["选项"]["A"]] == ["证书名称", *names]
    assert rule_at(book["往年试点"], "B3").formula1 == rule_at(book["教师"], "E3").formula1 == rule.formula1


def test_numbers_and_venues_are_offered_from_their_sheets_but_anything_may_be_typed() -> None:
    book = opened(school_workbook())
    numbers, venues = rule_at(book["教师"], "H3"), rule_at(book["设备"], "F3")
    assert numbers.formula1 == "OFFSET(申报证书!$A$3,0,0,MAX(1,COUNTA(申报证书!$A$3:$A$5000)),1)"
    assert venues.formula1 == "OFFSET(场地!$A$3,0,0,MAX(1,COUNTA(场地!$A$3:$A$5000)),1)"
    assert not numbers.showErrorMessage
    assert not venues.showErrorMessage


def test_without_certificates_there_is_no_empty_drop_down() -> None:
    page = opened(school_workbook())["申报证书"]
    assert not any("B3" in rule.sqref for rule in page.data_validations.dataValidation)


def test_numbers_are_checked_with_a_chinese_message() -> None:
    book = opened(school_workbook())
    count = rule_at(book["申报证书"], "E3")
    assert (count.type, count.operator, count.formula1) == ("whole", "greaterThanOrEqual", "0")
    assert "整数" in count.error
    assert rule_at(book["设备"], "E3").type == "decimal"


def test_messages_fit_what_excel_allows() -> None:
    # Excel calls a file damaged whose validation title is over 32 or message over 225 characters.
    for page in opened(school_workbook(certificates=["甲"])).worksheets:
        for rule in page.data_validations.dataValidation:
            assert len(rule.errorTitle or "") <= 32
            assert len(rule.error or "") <= 225
            assert len(rule.formula1) <= 255


def test_codes_and_phones_are_text_and_numbers_have_formats() -> None:
    book = opened(school_workbook({"申报证书": [{"申报编号": "A01", "负责人电话": "13800000000", "培训人数": 1200}]}))
    page = book["申报证书"]
    assert page["J3"].number_format == "@"
    assert page["J3"].value == "13800000000"
    assert page["E3"].number_format == "#,##0"
    assert page.column_dimensions["J"].number_format == "@"
    assert book["设备"].column_dimensions["E"].number_format == "#,##0.00"
    assert book["院校信息"]["B4"].number_format == "@"


@pytest.mark.parametrize("sheet", TABLES, ids=lambda sheet: sheet.name)
def test_a_table_is_frozen_filterable_and_prints_across_a_page(sheet: Any) -> None:
    page = opened(school_workbook())[sheet.name]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref.startswith("A1:")
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == ("landscape", 9, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$1:$1"


def test_required_columns_differ_in_colour() -> None:
    page = opened(school_workbook())["申报证书"]
    colours = {
        required: {
            page.cell(1, number).fill.fgColor.rgb
            for number, column in enumerate(APPLICATIONS.columns, 1)
            if column.required is required
        }
        for required in (True, False)
    }
    assert all(len(colour) == 1 for colour in colours.values())
    assert colours[True] != colours[False]


def test_the_same_bytes_in_another_process() -> None:
    script = (
        "import hashlib; from docgen.render.workbook import school_workbook as make;"
        "print(hashlib.sha256(make({'教师': [{'姓名': '张三', '学历': '硕士'}]}, certificates=['甲'])).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script], env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
