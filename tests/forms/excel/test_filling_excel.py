"""Excel forms filled: what openpyxl reads in them afterwards, and that nothing else has moved."""

import io
import re
import zipfile

import openpyxl
import pytest
from form_data import DATA
from form_maker import excel_form
from openpyxl.worksheet.datavalidation import DataValidation

from docgen.forms.opening import open_form
from docgen.forms.results import FillResult, State
from docgen.forms.values import FormData


def fill(form: bytes, **options: bool) -> FillResult:
    return open_form(form, "表.xlsx").fill(DATA, **options)


def values(result: FillResult, sheet: int = 0) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(result.data))
    return [list(row) for row in book.worksheets[sheet].iter_rows(values_only=True)]


def reworked(form: bytes, change) -> bytes:
    """A form that openpyxl spoils further."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_cells_beside_labels_take_text_and_numbers():
    form = excel_form(
        [
            "申报表 | < | < | <",
            "院校名称 | | 院校代码： | ",
            "院校类型 | □中职□高职□本科 | 培训人数（人） | ",
            "联系人： | | 联系电话 | ",
        ]
    )
    assert values(fill(form))[1:] == [
        ["院校名称", "示例职业技术学院", "院校代码：", "4145099999"],
        ["院校类型", "□中职☑高职□本科", "培训人数（人）", 120],
        ["联系人：", "李某某", "联系电话", "13800000000"],
    ]


def test_a_sheet_without_borders_is_filled_in_the_next_column():
    assert values(fill(excel_form(["学校名称", "联系人"], borders=False))) == [
        ["学校名称", "示例职业技术学院"],
        ["联系人", "李某某"],
    ]


def test_text_in_a_cell_keeps_what_stands_around_it():
    form = excel_form(["填报单位（盖章）：　　　　　　填报日期：　　年　　月　　日 | <"])
    assert values(fill(form))[0][0] == "填报单位（盖章）：示例职业技术学院  填报日期：2021年7月5日"


def test_drop_downs_take_one_of_their_options():
    def change(book):
        sheet = book.active
        for cell, options in (("B1", '"初级,中级,高级"'), ("B2", '"公办,民办"')):
            rule = DataValidation(type="list", formula1=options)
            sheet.add_data_validation(rule)
            rule.add(cell)

    result = fill(reworked(excel_form(["证书等级 | ", "学校类型 | "]), change))
    assert values(result) == [["证书等级", "中级"], ["学校类型", None]]
    assert [proposal.state for proposal in result.proposals] == [State.FILLED, State.PROPOSED]


def test_rows_are_inserted_and_formulas_follow():
    def change(book):
        sheet = book.active
        sheet["C5"] = "=SUM(C3:C4)"
        sheet["B7"] = "=C5*2"

    rows = ["教学场地 | < | <", "场地名称 | 地点 | 工位数", " | | ", " | | ", "合计 | | ", "备注 | < | <", "两倍 | | "]
    form = reworked(excel_form(rows), change)
    data = DATA.content | {"场地": [{"场地名称": f"实训室{number}", "工位数": number} for number in range(1, 6)]}
    result = open_form(form, "表.xlsx").fill(FormData(data))
    book = openpyxl.load_workbook(io.BytesIO(result.data))
    sheet = book.active
    assert [sheet.cell(row, 3).value for row in range(3, 9)] == [1, 2, 3, 4, 5, "=SUM(C3:C7)"]
    assert sheet["B10"].value == "=C8*2"
    assert "A9:C9" in {str(area) for area in sheet.merged_cells.ranges}
    assert sheet["A7"].border.left.style == "thin"
    assert book.calculation.fullCalcOnLoad


def test_a_list_with_only_a_header_takes_all_rows():
    assert values(fill(excel_form(["证书名称 | 等级 | 试点专业 | 培训人数 | 负责人"])))[1] == [
        "网店运营推广",
        "中级",
        "电子商务、市场营销",
        120,
        "赵某某",
    ]


def test_locked_cells_and_formulas_are_left_alone():
    def change(book):
        sheet = book.active
        sheet["B2"] = '="甲"&"乙"'
        sheet["B3"].protection = openpyxl.styles.Protection(locked=False)
        sheet.protection.enable()

    result = fill(reworked(excel_form(["院校名称 | ", "院校代码 | ", "联系人 | "]), change))
    assert values(result) == [["院校名称", None], ["院校代码", '="甲"&"乙"'], ["联系人", "李某某"]]
    assert "FRM008" in {finding.rule for finding in result.findings}


def test_a_value_that_looks_like_a_formula_stays_text():
    data = FormData({"院校": {"院校名称": "=HYPERLINK(1)", "联系人姓名": "+86"}})
    result = open_form(excel_form(["院校名称 | ", "联系人 | "]), "表.xlsx").fill(data)
    sheet = openpyxl.load_workbook(io.BytesIO(result.data)).active
    assert [(sheet["B1"].value, sheet["B1"].data_type), (sheet["B2"].value, sheet["B2"].data_type)] == [
        ("=HYPERLINK(1)", "s"),
        ("+86", "s"),
    ] or sheet["B1"].data_type in ("s", "inlineStr")


def test_apart_from_the_sheet_the_parts_are_the_same():
    form = excel_form(["院校名称学校全称 | ", "其他 | "], ["说明"])
    result = fill(form)
    before, after = (zipfile.ZipFile(io.BytesIO(each)) for each in (form, result.data))
    assert before.namelist() == after.namelist()
    assert [name for name in before.namelist() if before.read(name) != after.read(name)] in (
        [],
        ["xl/worksheets/sheet1.xml"],
    )


@pytest.mark.parametrize("rows", [["审核意见 | ", "负责人（签字） | "], ["四、主管部门意见 | <", "单位名称 | "]])
def test_opinions_and_signatures_are_left_blank(rows):
    assert fill(excel_form(rows)).of(State.FILLED) == ()


def test_gaps_in_data_are_not_blanks_of_a_form():
    form = excel_form(["证书名称 | 等级 | 联系人", "电子商务数据分析 | 初级 | ", "网店运营推广 | | 王某"])
    assert fill(form).of(State.FILLED) == ()


def test_comments_and_tables_move_with_the_rows_that_a_list_grows_by():
    rows = ["教师名单 | <", "姓名 | 职称", " | ", " | ", "审核人 | ", "备注 | "]
    book = openpyxl.load_workbook(io.BytesIO(excel_form(rows)))
    sheet = book.active
    sheet["A5"].comment = openpyxl.comments.Comment("由教务处填", "某人")
    sheet["A1"].comment = openpyxl.comments.Comment("一人一行", "某人")
    sheet.add_table(openpyxl.worksheet.table.Table(displayName="T1", ref="A2:B4"))
    buffer = io.BytesIO()
    book.save(buffer)
    result = open_form(buffer.getvalue(), "表.xlsx").fill(
        FormData({**DATA.content, "教师": [*DATA.rows("教师"), *DATA.rows("教师")]})
    )
    filled = openpyxl.load_workbook(io.BytesIO(result.data)).active
    assert [filled.cell(row, 1).value for row in range(3, 10)] == [*(["孙某某", "周某某", "吴某某"] * 2), "审核人"]
    assert {cell.coordinate: cell.comment.text for row in filled for cell in row if cell.comment} == {
        "A1": "一人一行",
        "A9": "由教务处填",
    }
    assert filled.tables["T1"].ref == filled.tables["T1"].autoFilter.ref == "A2:B8"
    archive = zipfile.ZipFile(io.BytesIO(result.data))
    boxes = archive.read(next(name for name in archive.namelist() if name.endswith(".vml")))
    assert sorted(re.findall(rb"<(?:\w+:)?Row>(\d+)<", boxes)) == [b"0", b"8"]
