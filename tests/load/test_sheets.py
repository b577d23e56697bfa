"""Sheets as people lay them out: every value is found, and its cell is told rightly."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from docgen.findings import Severity
from docgen.model.records import Scope
from docgen.model.schema import SHEETS
from docgen.render.workbook import school_workbook

TEACHERS = ["姓名", "职称", "从教年限", "申报编号"]


def test_a_plain_workbook_is_read_without_a_word(workspace, told) -> None:
    loaded = workspace.sheets(教师=[TEACHERS, ["张三", "讲师", 8, "A01"]]).load()
    teacher = loaded.case.teachers[0]
    assert (teacher.name, teacher.title, teacher.years, teacher.scope) == ("张三", "讲师", Decimal(8), Scope(("A01",)))
    assert loaded.case.school.name == "甲职业学院"
    assert [application.number for application in loaded.case.applications] == ["A01", "A02"]
    assert str(teacher.origin.at("years")) == "申报数据.xlsx 工作表“教师” 单元格 C2"
    assert told(loaded) == []


def test_the_workbook_of_init_has_no_finding_and_no_data(workspace) -> None:
    workspace.put("申报数据.xlsx", school_workbook())
    workspace.put("佐证材料/说明.txt", "x")
    loaded = workspace.load()
    assert loaded.findings == ()
    assert not (loaded.case.applications or loaded.case.teachers or loaded.case.evidence or loaded.case.stray_files)


def test_addresses_are_right_where_the_data_begins_at_c5(workspace, told) -> None:
    blank = [[]] * 4
    rows = [*blank, ["", "", "姓名", "从教年限", "申报编号"], ["", "", "张三", "许多", "A01"]]
    loaded = workspace.sheets(教师=rows).load()
    assert told(loaded) == [("DAT013", "D6")]
    assert loaded.case.teachers[0].origin.at("scope").cell == "E6"
    assert loaded.case.teachers[0].origin.unreadable == {"years"}


def test_titles_above_two_header_rows_and_merged_cells(workspace, told) -> None:
    rows = [
        ["证书申报一览表"],
        ["申报\n编号", "*证书名称", "等 级", "规模", "", ""],
        ["", "", "", "培训人数（人）", "每期人数", "期数"],
        ["A01", "网店运营推广", "中级", 120, 40, 3],
        ["", "", "初级", 80, 40, 2],
    ]
    merges = ["A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:F2", "B4:B5"]
    loaded = workspace.sheets({"申报证书": merges}, 申报证书=rows).load()
    first, second = loaded.case.applications
    assert (first.number, first.persons, first.persons_per_run, first.runs) == ("A01", 120, 40, 3)
    assert (second.number, second.certificate, second.persons) == ("", "网店运营推广", 80)
    assert second.origin.at("certificate").cell == "B4"
    assert told(loaded) == [("DAT011", "A5")]


def test_a_merged_application_number_holds_for_each_row_but_not_for_blank_ones(workspace) -> None:
    rows = [TEACHERS, ["张三", "", 8, "A01"], ["李四", "", 9, ""], ["", "", "", ""]]
    loaded = workspace.sheets({"教师": ["D2:D4"]}, 教师=rows).load()
    assert [(teacher.name, teacher.scope) for teacher in loaded.case.teachers] == [
        ("张三", Scope(("A01",))),
        ("李四", Scope(("A01",))),
    ]


def test_aliases_order_and_unknown_columns(workspace, told) -> None:
    rows = [["备注", "所属申报", "教龄", "教师姓名"], ["双师型", "全部", "8年", "张　三"]]
    loaded = workspace.sheets(师资情况=rows).load()
    teacher = loaded.case.teachers[0]
    assert (teacher.name, teacher.years, teacher.scope.everywhere) == ("张三", 8, True)
    assert teacher.extra == {"备注": "双师型"}
    assert teacher.origin.sheet == "师资情况"
    assert told(loaded) == []


def test_blank_rows_totals_remarks_and_second_headers_are_no_data(workspace, told) -> None:
    rows = [TEACHERS, [], ["张三", "", 8, "A01"], [" ", "", "　"], TEACHERS, ["李四", "", 9, "A01"],
            ["合  计", "", 17], ["注：以上均为专任教师"]]  # fmt: skip
    loaded = workspace.sheets(教师=rows).load()
    assert [teacher.name for teacher in loaded.case.teachers] == ["张三", "李四"]
    assert told(loaded) == [("DAT010", "A7"), ("DAT010", "A8")]


def test_rows_that_are_only_numbered_are_blank_and_columns_without_header_are_told(workspace, told) -> None:
    rows = [["序号", *TEACHERS], [1, "张三", "", 8, "A01"], [2, "李四", "", 9, "A01", "骨干"], [3], [4]]
    loaded = workspace.sheets(教师=rows).load()
    assert [teacher.name for teacher in loaded.case.teachers] == ["张三", "李四"]
    assert told(loaded) == [("DAT026", "F3")]


def test_example_rows_are_no_data_but_data_typed_into_one_is_told(workspace, told) -> None:
    example = ["示例：张某某", "副教授", 8, "A01"]
    typed = ["示例：王五", "讲师", 5, "A02"]
    loaded = workspace.sheets(教师=[TEACHERS, example, typed, ["张三", "", 8, "A01"]]).load()
    assert [teacher.name for teacher in loaded.case.teachers] == ["张三"]
    assert told(loaded) == [("DAT009", "A3")]


def test_missing_sheets_and_columns_are_one_sentence_each(workspace) -> None:
    loaded = workspace.sheets(申报证书=None, 申报书证=[["x"]], 教师=[["姓名", "职称"], ["张三", "讲师"]]).load()
    messages = {found.rule: found for found in loaded.findings}
    assert "“申报证书”" in messages["DAT001"].message
    assert "申报书证" in messages["DAT001"].hint
    assert messages["DAT003"].source.sheet == "申报书证"
    teachers = [found for found in loaded.findings if found.source.sheet == "教师"]
    assert [(found.rule, found.source.cell) for found in teachers] == [("DAT005", "A1"), ("DAT006", "A1")]
    assert "“申报编号”" in teachers[0].message
    assert sum(found.rule == "DAT002" for found in loaded.findings) == 6 - 1
    # A first pilot has no earlier ones, and folders alone may place the evidence: their sheets may lack.
    light = [found.message for found in loaded.findings if found.rule == "DAT002" and found.level is Severity.INFO]
    assert light == [
        "工作簿里没有工作表“佐证材料”，佐证材料只按所在的文件夹归类。",
        "工作簿里没有工作表“往年试点”，按没有试点经验处理。",
    ]


def test_a_misspelled_header_is_recognised_as_what_was_meant(workspace) -> None:
    rows = [["申报编号", "证书名称", "等级", "试点专业名"], ["A01", "甲", "中级", "会计"]]
    loaded = workspace.sheets(申报证书=rows).load()
    hint = next(found.hint for found in loaded.findings if found.rule == "DAT005" and found.source.sheet == "申报证书")
    assert "“试点专业名”是不是“试点专业”" in hint
    assert loaded.case.applications[0].extra["试点专业名"] == "会计"


def test_a_header_that_says_something_else_is_named_beside_the_missing_one(workspace) -> None:
    loaded = workspace.sheets(教师=[["名子", "职称", "申报编号"], ["张三", "讲师", "A01"]]).load()
    (missing,) = [found for found in loaded.findings if found.rule == "DAT005" and found.source.sheet == "教师"]
    assert missing.message == "缺少必填的列：“姓名”。"
    assert "不认识的表头有“名子”" in missing.hint


def test_doubled_headers_sheets_and_numbers(workspace, told) -> None:
    loaded = workspace.sheets(
        {},
        申报证书=[["申报编号", "证书名称", "等级", "等级"], ["A01", "甲", "中级", "高级"], ["ａ01", "乙", "中级", ""]],
        **{"教师": [TEACHERS, ["张三", "", 8, "A01"]], "教师 (2)": [TEACHERS, ["李四", "", 8, "A01"]]},
    ).load()
    assert sorted(told(loaded)) == [("DAT004", ""), ("DAT008", "D1"), ("DAT012", "A3")]
    assert [application.level for application in loaded.case.applications] == ["中级", "中级"]
    assert [teacher.name for teacher in loaded.case.teachers] == ["张三"]


def test_a_sheet_without_a_header_row_is_told(workspace, told) -> None:
    loaded = workspace.sheets(教师=[["张三", "讲师", 8, "A01"], ["李四", "讲师", 8, "A01"]]).load()
    assert told(loaded) == [("DAT007", "")]


def test_an_unreadable_cell_weighs_as_much_as_its_column(workspace) -> None:
    rows = [["设备名称", "类别", "数量", "单价（元）", "申报编号"], ["工作站", "金件", "若干", "面议", "A02"]]
    loaded = workspace.sheets(设备=rows).load()
    found = {
        f.source.cell: f for f in loaded.findings if f.source.cell and f.source.sheet == "设备" and f.rule != "DAT006"
    }
    assert {cell: (f.rule, f.level, f.application) for cell, f in found.items()} == {
        "B2": ("DAT014", Severity.ERROR, "A02"),
        "C2": ("DAT013", Severity.ERROR, "A02"),
        "D2": ("DAT013", Severity.WARNING, "A02"),
    }
    assert "金件" in found["B2"].message
    assert loaded.case.equipment[0].origin.unreadable == {"kind", "count", "price"}


def test_error_values_and_formulas_without_result(workspace, told) -> None:
    book = openpyxl.load_workbook(
        workspace.sheets(教师=[TEACHERS, ["张三", "", "", "A01"]]).directory / "申报数据.xlsx"
    )
    book["教师"]["C2"].value, book["教师"]["B2"].value = "#REF!", "=1+1"
    book.save(workspace.directory / "申报数据.xlsx")
    loaded = workspace.load()
    assert told(loaded) == [("DAT017", "C2"), ("DAT018", "B2")]
    assert "#REF!" in next(found.message for found in loaded.findings if found.rule == "DAT017")


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["项目", "内容", "填写示例", "说明"],
            ["院校名称", "甲学院", "乙学院", "全称"],
            ["学校类型", "中专"],
            ["食堂", "二"],
        ],
        [["院校基本信息"], ["院校名称", "甲学院"], ["院校类型：", "中职学校"], ["校训", "勤"], ["年度", ""]],
        [["院校名称", "院校类型", "年度", "手机", "食堂"], ["甲学院", "中职", "", "", "二"]],
        [["项目", "内容", "项目", "内容"], ["院校名称", "甲学院", "院校类型", "中职"]],
    ],
)
def test_the_school_may_stand_downwards_or_sideways(workspace, rows) -> None:
    school = workspace.sheets(院校信息=rows).load().case.school
    assert (school.name, school.type) == ("甲学院", "中职")


def test_the_school_knows_its_cells_and_keeps_unknown_items(workspace, told) -> None:
    rows = [[], ["", "项目", "内容"], ["", "院校名称", "甲学院"], ["", "申报年度", "今年"], ["", "食堂", "二"],
            ["", "院校名称", "乙"]]  # fmt: skip
    loaded = workspace.sheets(院校信息=rows).load()
    assert loaded.case.school.extra == {"食堂": "二"}
    assert loaded.case.school.origin.at("name").cell == "C3"
    assert told(loaded) == [("DAT008", "C6"), ("DAT015", "C4")]


def test_xls_is_read_with_merges(workspace, told) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in {
        "院校信息": [["院校名称", "甲学院"], ["院校代码", 4145099999]],
        "申报证书": [["申报编号", "证书名称", "等级"], ["A01", "甲", "中级"]],
        "教师": [TEACHERS, ["张三", "", 8, "A01"], ["李四", "", "九年", ""]],
    }.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if name == "教师" and column == 3 and number:
                    continue
                sheet.write(number, column, value)
    sheet.write_merge(1, 2, 3, 3, "A01")
    out = io.BytesIO()
    book.save(out)
    workspace.put("申报数据.xlsx", out.getvalue())  # an .xls under another name is read as what it is
    loaded = workspace.load()
    assert loaded.case.school.code == "4145099999"
    assert [(t.name, t.years, str(t.scope)) for t in loaded.case.teachers] == [("张三", 8, "A01"), ("李四", 9, "A01")]
    assert told(loaded) == []


def _ods(tables: dict[str, list[list[object]]]) -> bytes:
    document = OpenDocumentSpreadsheet()
    for name, rows in tables.items():
        table = Table(name=name)
        for row in rows:
            line = TableRow()
            for value in row:
                if value == "<covered>":
                    line.addElement(CoveredTableCell())
                    continue
                span = 2 if isinstance(value, str) and value.startswith("<2>") else 1
                kind = "string" if isinstance(value, str) else "float"
                options = {"value": value} if kind == "float" else {}
                cell = TableCell(valuetype=kind, numberrowsspanned=span, **options)
                cell.addElement(P(text=str(value).removeprefix("<2>")))
                line.addElement(cell)
            table.addElement(line)
        table.addElement(TableRow(numberrowsrepeated=1_048_000))
        document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_ods_is_read_with_merges_and_errors(workspace, told) -> None:
    data = _ods(
        {
            "院校信息": [["院校名称", "甲学院"], ["院校类型", "高职"]],
            "申报证书": [["申报编号", "证书名称", "等级"], ["A01", "甲", "中级"]],
            "教师": [TEACHERS, ["张三", "", 8, "<2>A01"], ["李四", "", "#DIV/0!", "<covered>"]],
        }
    )
    workspace.put("申报数据.ods", data)
    workspace.put("docgen.toml", '[workspace]\nworkbook = "申报数据.ods"\n')
    loaded = workspace.load()
    assert [(t.name, str(t.scope)) for t in loaded.case.teachers] == [("张三", "A01"), ("李四", "A01")]
    assert told(loaded) == [("DAT017", "C3")]
    assert set(loaded.case.inputs) == {"docgen.toml", "申报数据.ods"}


def test_every_column_of_the_schema_is_read_from_its_own_example(workspace, told) -> None:
    sheets = {}
    for sheet in SHEETS:
        cells = [(column.header, column.example) for column in sheet.columns]
        sheets[sheet.name] = (
            [["项目", "内容"], *cells] if sheet.vertical else [[h for h, _ in cells], [e for _, e in cells]]
        )
    loaded = workspace.sheets({}, **sheets).load()
    assert told(loaded) == []
    for record in (
        loaded.case.applications[0],
        loaded.case.equipment[0],
        loaded.case.past_pilots[0],
        loaded.case.school,
    ):
        blank = [name for name in record.origin.places if getattr(record, name) in ("", None, ())]
        assert blank in ([], ["star_grade"])


def test_the_origin_of_a_zip_member_is_not_trusted(workspace) -> None:
    """A sheet that names an external entity is read without it."""
    data = workspace.sheets().directory.joinpath("申报数据.xlsx").read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/workbook.xml":
                trap = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
                part = trap + part[part.index(b"?>") + 2 :] if part.startswith(b"<?xml") else trap + part
            new.writestr(name, part)
    workspace.put("申报数据.xlsx", out.getvalue())
    assert workspace.load().case.school.name == "甲职业学院"
