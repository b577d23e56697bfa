"""Excel templates: what a reader of the finished sheet sees, what moves along, what is refused and how it is said."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

from docgen.errors import InputError
from docgen.render.excel import ExcelTemplate
from docgen.tools.references import Formula

Rows = list[list[Any]]
LOOP: Rows = [["名称", "人数"], ["{%tr for 行 in 申报 %}"], ["{{ 行.名 }}", "{{ 行.数 }}"], ["{%tr endfor %}"]]
THREE = {"申报": [{"名": "甲", "数": 3}, {"名": "乙", "数": 4}, {"名": "丙", "数": 5}]}
NONE: dict[str, Any] = {"申报": []}


def template(folder: Path, rows: Rows, more: Callable[[Workbook, Worksheet], None] | None = None) -> ExcelTemplate:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "表"
    for row in rows:
        sheet.append(row)
    if more:
        more(workbook, sheet)
    path = folder / "模板.xlsx"
    workbook.save(path)
    return ExcelTemplate(path)


def sheet_of(data: bytes, name: str = "表") -> Worksheet:
    sheet: Worksheet = load_workbook(io.BytesIO(data))[name]
    return sheet


def rows_of(data: bytes) -> list[tuple[Any, ...]]:
    return list(sheet_of(data).iter_rows(values_only=True))


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def test_rows_repeat_and_tag_rows_vanish(tmp_path: Path) -> None:
    data = template(tmp_path, LOOP).render(THREE)
    assert rows_of(data) == [("名称", "人数"), ("甲", 3), ("乙", 4), ("丙", 5)]


def test_nested_loops_conditions_and_loop_numbers(tmp_path: Path) -> None:
    rows: Rows = [
        ["{%tr for 组 in 组们 %}"],
        ["{{ loop.index }}、{{ 组.名 }}"],
        ["{%tr for 人 in 组.人 %}"],
        ["{{ loop.index }}", "{{ 人 }}"],
        ["{%tr else %}"],
        ["没有人"],
        ["{%tr endfor %}"],
        ["{%tr if 组.人 | length > 1 %}"],
        ["人多"],
        ["{%tr endif %}"],
        ["{%tr endfor %}"],
    ]
    data = template(tmp_path, rows).render({"组们": [{"名": "一组", "人": ["甲", "乙"]}, {"名": "二组", "人": []}]})
    assert rows_of(data) == [
        ("1、一组", None),
        (1, "甲"),
        (2, "乙"),
        ("人多", None),
        ("2、二组", None),
        ("没有人", None),
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "=1+1"),
        ("甲 & <b>", "甲 & <b>"),
        ("{{ x }}", "{{ x }}"),
        ("一\n二", "一\n二"),
        ("  空格  ", "  空格  "),
        ("坏\x01字", "坏\ufffd字"),
        (3, 3),
        (2.5, 2.5),
        (Decimal("12.30"), 12.3),
        (True, True),
        (None, None),
        ("", None),
        (320102199001011234, "320102199001011234"),
        (datetime.date(2021, 7, 5), datetime.datetime(2021, 7, 5)),
        (datetime.datetime(2021, 7, 5, 12), datetime.datetime(2021, 7, 5, 12)),
        (datetime.time(12), datetime.time(12)),
        (datetime.date(1899, 1, 1), "1899-01-01"),
    ],
)
def test_a_cell_of_one_expression_keeps_the_values_type(tmp_path: Path, value: Any, shown: Any) -> None:
    cell = sheet_of(template(tmp_path, [["{{ 值 }}"]]).render({"值": value}))["A1"]
    assert cell.value == shown
    assert cell.data_type != "f"


def test_text_around_a_tag_makes_text(tmp_path: Path) -> None:
    data = template(tmp_path, [["共{{ 数 }}项"], ["{% if 数 > 1 %}多{% else %}少{% endif %}"]]).render({"数": 2})
    assert rows_of(data) == [("共2项",), ("多",)]


def test_text_that_looks_like_excels_escapes_stays(tmp_path: Path) -> None:
    data = template(tmp_path, [["{{ 值 }}"]]).render({"值": "_x0041_"})
    assert "_x005F_x0041_" in part(data, "xl/worksheets/sheet1.xml")


def test_styles_heights_and_merged_cells_repeat(tmp_path: Path) -> None:
    def more(_: Workbook, sheet: Worksheet) -> None:
        sheet["A3"].font = Font(bold=True, color="FFB3261E")
        sheet["B3"].number_format = "#,##0.00"
        sheet.row_dimensions[3].height = 30
        sheet.merge_cells("B3:C3")
        sheet.merge_cells("A5:C6")
        sheet["A5"] = "合计"
        sheet.column_dimensions["A"].width = 40

    sheet = sheet_of(template(tmp_path, LOOP, more).render(THREE))
    assert [sheet.cell(row, 1).font.b for row in (2, 3, 4)] == [True] * 3
    assert [sheet.cell(row, 2).number_format for row in (2, 3, 4)] == ["#,##0.00"] * 3
    assert [sheet.row_dimensions[row].height for row in (2, 3, 4)] == [30] * 3
    assert {str(area) for area in sheet.merged_cells.ranges} == {"B2:C2", "B3:C3", "B4:C4", "A5:C6"}
    assert sheet.column_dimensions["A"].width == 40


def test_merged_cells_around_a_loop_grow(tmp_path: Path) -> None:
    data = template(tmp_path, LOOP, lambda _, sheet: sheet.merge_cells("C2:C4")).render(THREE)
    assert {str(area) for area in sheet_of(data).merged_cells.ranges} == {"C2:C4"}


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("=SUM(B3:B3)", "=SUM(B2:B4)"),
        ("=SUM(B2:B4)", "=SUM(B2:B4)"),
        ("=SUM(B3)", "=SUM(B2:B4)"),
        ("=SUM(B$1:B$4)", "=SUM(B$1:B$4)"),
        ("=SUBTOTAL(109,$B$3:$B$3)", "=SUBTOTAL(109,$B$2:$B$4)"),
        ("=SUM(B:B)", "=SUM(B:B)"),
        ("=SUM(3:3)", "=SUM(2:4)"),
        ('="A3"&B7', '="A3"&B7'),
        ("=LOG10(B6)", "=LOG10(B6)"),
        ("=表!B3+'别的'!B3", "=表!B2:B4+'别的'!B3"),
        ("=A1", "=A1"),
    ],
)
def test_formulas_below_a_loop(tmp_path: Path, written: str, becomes: str) -> None:
    def more(workbook: Workbook, sheet: Worksheet) -> None:
        workbook.create_sheet("别的")
        sheet["B5"] = written

    assert sheet_of(template(tmp_path, LOOP, more).render(THREE))["B5"].value == becomes


def test_formulas_in_a_loop_follow_their_row_and_dollars_mean_the_whole_loop(tmp_path: Path) -> None:
    rows = [*LOOP[:2], ["{{ 行.名 }}", "{{ 行.数 }}", "=B3*$B$5", "=B3/SUM(B$3:B$3)", "=SUM(B$3:B3)"], LOOP[3], ["", 7]]
    sheet = sheet_of(template(tmp_path, rows).render(THREE))
    assert [cell.value for cell in sheet[3]][2:] == ["=B3*$B$5", "=B3/SUM(B$2:B$4)", "=SUM(B$2:B3)"]
    assert sheet["B5"].value == 7


def test_formulas_of_a_group_cover_that_group(tmp_path: Path) -> None:
    rows: Rows = [
        ["{%tr for 组 in 组们 %}"],
        ["{%tr for 数 in 组 %}"],
        ["{{ 数 }}"],
        ["{%tr endfor %}"],
        ["=SUM(A3:A3)"],
        ["{%tr endfor %}"],
    ]
    data = template(tmp_path, rows).render({"组们": [[1, 2], [3]]})
    assert [row[0] for row in rows_of(data)] == [1, 2, "=SUM(A1:A2)", 3, "=SUM(A4:A4)"]


def test_an_empty_loop_sums_up_to_nothing_and_refers_to_no_cell_of_its_own(tmp_path: Path) -> None:
    data = template(tmp_path, [*LOOP, ["合计", "=SUM(B3:B3)"]]).render(NONE)
    assert rows_of(data)[1:] == [("合计", "=SUM(B1048576:B1048576)")]


def test_formulas_of_other_sheets_and_names_follow(tmp_path: Path) -> None:
    def more(workbook: Workbook, sheet: Worksheet) -> None:
        workbook.create_sheet("汇总")["A1"] = "=SUM(表!B3:B3)+表!B5"
        workbook.defined_names["人数"] = DefinedName("人数", attr_text="表!$B$3:$B$3")
        sheet["B5"] = "=SUM(B3:B3)"
        sheet.print_area = "A1:C5"
        sheet.print_title_rows = "1:1"
        sheet.auto_filter.ref = "A1:B4"

    data = template(tmp_path, LOOP, more).render(THREE)
    assert sheet_of(data, "汇总")["A1"].value == "=SUM(表!B2:B4)+表!B5"
    workbook = load_workbook(io.BytesIO(data))
    assert workbook.defined_names["人数"].attr_text == "表!$B$2:$B$4"
    assert workbook["表"].print_area == "'表'!$A$1:$C$5"
    assert workbook["表"].print_title_rows == "$1:$1"
    assert workbook["表"].auto_filter.ref == "A1:B4"
    assert workbook.calculation.fullCalcOnLoad
    assert "<v>" not in re.sub(r"<c [^>]*><v>.*?</v></c>", "", part(data, "xl/worksheets/sheet2.xml"))


def test_formats_checks_links_notes_and_breaks_follow(tmp_path: Path) -> None:
    def more(_: Workbook, sheet: Worksheet) -> None:
        sheet["A5"] = "合计"
        sheet.conditional_formatting.add(
            "B3", CellIsRule("greaterThan", ["$B$5"], fill=PatternFill(bgColor="FFFF0000"))
        )
        check = DataValidation("list", formula1="$A$5:$A$6")
        check.add("A3")
        check.add("A5")
        sheet.add_data_validation(check)
        sheet["A3"].hyperlink = "#表!A5"
        sheet["B3"].comment = Comment("说明", "docgen")
        sheet["B5"].comment = Comment("合计的说明", "docgen")
        sheet.row_breaks.append(Break(id=5))
        sheet.freeze_panes = "A2"

    context = {"申报": [*THREE["申报"], {"名": "丁", "数": 6}]}
    data = template(tmp_path, LOOP, more).render(context)
    sheet = sheet_of(data)
    formats = {str(found.sqref): found.rules[0].formula for found in sheet.conditional_formatting}
    assert formats == {"B2:B5": ["$B$6"]}
    (check,) = sheet.data_validations.dataValidation
    assert (str(check.sqref), check.formula1) == ("A2:A6", "$A$6:$A$7")
    assert [cell.hyperlink is not None for cell in sheet["A"]] == [False, True, True, True, True, False]
    assert [cell.comment is not None for cell in sheet["B"]] == [False, True, True, True, True, True]
    assert [found.id for found in sheet.row_breaks.brk] == [6]
    assert sheet.freeze_panes == "A2"
    shapes = next(name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if name.endswith(".vml"))
    assert re.findall(r"Row>(\d+)<", part(data, shapes)) == ["1", "2", "3", "4", "5"]
    assert len(set(re.findall(r'shape [^>]*?id="([^"]+)"', part(data, shapes)))) == 5


def _furnish(workbook: Workbook, sheet: Worksheet, folder: Path) -> None:
    buffer = io.BytesIO()
    Picture.new("RGB", (8, 8), "red").save(buffer, "PNG")
    sheet.add_image(Image(buffer), "A7")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=4), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=3, max_row=3))
    sheet.add_chart(chart, "D7")


def test_pictures_and_charts_stay_move_and_grow(tmp_path: Path) -> None:
    made = template(tmp_path, LOOP, lambda workbook, sheet: _furnish(workbook, sheet, tmp_path))
    context = {"申报": [{"名": str(number), "数": number} for number in range(10)]}
    data = made.render(context)
    before, after = zipfile.ZipFile(made.path), zipfile.ZipFile(io.BytesIO(data))
    assert after.namelist() == before.namelist()
    assert after.read("xl/media/image1.png") == before.read("xl/media/image1.png")
    chart = part(data, "xl/charts/chart1.xml")
    assert re.findall(r"<(?:c:)?f>(.*?)</", chart) == ["'表'!B1", "'表'!$A$2:$A$11", "'表'!$B$2:$B$11"]
    rows = re.findall(r"<(?:xdr:)?row>(\d+)</", part(data, "xl/drawings/drawing1.xml"))
    assert rows.count("13") == 2  # row 7 of the template is row 14


def test_a_table_covers_its_rows_and_keeps_one_when_there_are_none(tmp_path: Path) -> None:
    made = template(tmp_path, LOOP, lambda _, sheet: sheet.add_table(Table(displayName="申报表", ref="A1:B4")))
    assert sheet_of(made.render(THREE)).tables["申报表"].ref == "A1:B4"
    assert sheet_of(made.render(NONE)).tables["申报表"].ref == "A1:B2"


def test_untouched_members_keep_their_bytes_and_renders_are_equal(tmp_path: Path) -> None:
    made = template(tmp_path, LOOP, lambda workbook, _: workbook.create_sheet("说明").append(["文字"]))
    first = made.render(THREE)
    assert made.render(NONE) != first
    assert made.render(THREE) == first
    before, after = zipfile.ZipFile(made.path), zipfile.ZipFile(io.BytesIO(first))
    for name in ("xl/worksheets/sheet2.xml", "xl/theme/theme1.xml", "xl/styles.xml"):
        assert after.read(name) == before.read(name)
    assert all("{{" not in after.read(name).decode() for name in after.namelist() if name.endswith(".xml"))


def test_headings_of_pages_are_filled_in(tmp_path: Path) -> None:
    def more(_: Workbook, sheet: Worksheet) -> None:
        sheet.oddHeader.center.text = "{{ 院校 }}"

    assert sheet_of(template(tmp_path, LOOP, more).render({**THREE, "院校": "甲&乙"})).oddHeader.center.text == "甲&&乙"


def test_every_mistake_is_told_at_once_with_sheet_and_cell(tmp_path: Path) -> None:
    rows: Rows = [["{{ 院校.名字 }}", "{{ 没有 }}"], *LOOP[1:], ["{{ 列表 }}"], ["甲{{ 空的 }}"]]
    made = template(tmp_path, rows)
    with pytest.raises(InputError) as caught:
        made.render({"院校": {}, "申报": [{"名": "甲"}], "列表": ["甲"], "空的": None})
    message = caught.value.message
    assert "模板“模板.xlsx”有5处要改" in message
    for cell, words in {"A1": "“名字”", "B1": "“没有”", "B3": "“数”", "A5": "列表", "A6": "没有值"}.items():
        assert re.search(f"工作表“表”单元格 {cell}：.*{words}", message), message


def test_every_broken_tag_is_told_at_once(tmp_path: Path) -> None:
    rows: Rows = [
        ["{{ 甲 乙 }}", "{{ 甲 | 没有这个 }}"],
        ["{%tr endfor %}"],
        ["{%tr if 甲 %}"],
        ["{%tr repeat %}"],
        ['="{{ 甲 }}"'],
    ]
    with pytest.raises(InputError) as caught:
        template(tmp_path, rows)
    for cell in ("A1", "B1", "A2", "A3", "A4", "A5"):
        assert f"单元格 {cell}：" in caught.value.message


@pytest.mark.parametrize(
    "expression", ["甲.__class__.__mro__", "'x' * 99999999", "'x'.center(99999999)", "''.__class__", "9 ** 99999"]
)
def test_templates_stay_in_the_sandbox(tmp_path: Path, expression: str) -> None:
    made = template(tmp_path, [[f"{{{{ {expression} }}}}"]])
    with pytest.raises(InputError, match="单元格 A1"):
        made.render({"甲": "乙"})


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    def more(_: Workbook, sheet: Worksheet) -> None:
        sheet["A50000"] = "x"
        sheet["A50001"] = "{%tr endfor %}"

    with pytest.raises(InputError, match="1048576 行"):
        template(tmp_path, [["{%tr for a in range(99999) %}"]], more).render({})


def test_endless_rounds_in_one_cell_are_refused(tmp_path: Path) -> None:
    text = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    with pytest.raises(InputError, match="已经停止"):
        template(tmp_path, [[text]]).render({})


def test_macros_that_call_themselves_without_end_are_refused(tmp_path: Path) -> None:
    text = "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}"
    with pytest.raises(InputError, match="已经停止"):
        template(tmp_path, [[text]]).render({})


def test_a_text_that_no_cell_holds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="32767"):
        template(tmp_path, [["{{ 甲 }}"]]).render({"甲": "字" * 32768})


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04truncated"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"坏\.xlsx"):
        ExcelTemplate(path)


def test_fields(tmp_path: Path) -> None:
    made = template(tmp_path, [["{{ 院校.名 }}"], *LOOP, ["{% if 草稿 %}草稿{% endif %}"]])
    assert made.fields() == ("申报", "申报[].名", "申报[].数", "草稿", "院校.名")


@pytest.mark.parametrize(
    "text", ["SUM(A1:B2)", "'甲 乙'!A1", "表[列]", "[1]外!A1", 'IF(A1="B2",C3,D$4)', "TRUE", "2021年"]
)
def test_formulas_that_nothing_moves_stay_as_written(text: str) -> None:
    assert Formula(text).text(lambda area: (area.top, area.bottom)) == text


@given(st.lists(st.lists(st.integers(-9, 9), max_size=4), max_size=4))
def test_sums_cover_exactly_the_rows_of_their_loop(
    tmp_path_factory: pytest.TempPathFactory, groups: list[list[int]]
) -> None:
    rows: Rows = [
        ["{%tr for 组 in 组们 %}"],
        ["{%tr for 数 in 组 %}"],
        ["{{ 数 }}"],
        ["{%tr endfor %}"],
        [None, "=SUM(A3:A3)"],
        ["{%tr endfor %}"],
        [None, None, "=SUM(A3:A3)"],
    ]
    found = rows_of(template(tmp_path_factory.mktemp("sums"), rows).render({"组们": groups}))

    def total(formula: str) -> int:
        first, last = (int(row) for row in re.findall(r"A(\d+)", formula))
        return sum(row[0] or 0 for row in found[first - 1 : last])

    assert [total(row[1]) for row in found if row[1]] == [sum(group) for group in groups]
    assert total(found[-1][2]) == sum(map(sum, groups))


SPARKLINE = """<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" \
uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups \
xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup><x14:sparklines><x14:sparkline>\
<xm:f>表!A3:B3</xm:f><xm:sqref>C3</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup>\
</x14:sparklineGroups></ext></extLst></worksheet>"""


def with_part(made: ExcelTemplate, name: str, change: Callable[[str], str]) -> ExcelTemplate:
    """The same template with one part changed, for what openpyxl cannot write."""
    path = made.path.with_name("改.xlsx")
    with zipfile.ZipFile(made.path) as source, zipfile.ZipFile(path, "w") as target:
        for member in source.namelist():
            content = source.read(member)
            target.writestr(member, change(content.decode()) if member == name else content)
    return ExcelTemplate(path)


def test_sparklines_which_openpyxl_drops_repeat(tmp_path: Path) -> None:
    made = template(tmp_path, LOOP)
    made = with_part(made, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</worksheet>", SPARKLINE))
    found = re.findall(r"<xm:f>(.*?)</xm:f><xm:sqref>(.*?)<", part(made.render(THREE), "xl/worksheets/sheet1.xml"))
    assert found == [("表!A2:B2", "C2"), ("表!A3:B3", "C3"), ("表!A4:B4", "C4")]
    assert "extLst" not in part(made.render(NONE), "xl/worksheets/sheet1.xml")


def test_formulas_that_excel_shares_are_written_out(tmp_path: Path) -> None:
    def share(xml: str) -> str:
        first = '<c r="C3"><f t="shared" ref="C3:C3" si="0">B3*2</f></c></row>'
        return xml.replace('</c></row><row r="4"', f'</c>{first}<row r="4"')

    made = with_part(template(tmp_path, LOOP), "xl/worksheets/sheet1.xml", share)
    assert [row[2] for row in rows_of(made.render(THREE))[1:]] == ["=B2*2", "=B3*2", "=B4*2"]


def test_a_row_grows_with_a_text_that_wraps_in_it(tmp_path: Path) -> None:
    def more(_: Workbook, sheet: Worksheet) -> None:
        sheet["A3"].alignment = Alignment(wrap_text=True)
        sheet.column_dimensions["A"].width = 11
        sheet.row_dimensions[3].height = 20

    names = ["短", "这个名称很长很长，一行写不下，要写成四行才能写完"]
    data = template(tmp_path, LOOP, more).render({"申报": [{"名": name, "数": 1} for name in names]})
    heights = [sheet_of(data).row_dimensions[row].height for row in (2, 3)]
    assert heights[0] == 20
    assert heights[1] > 60


@pytest.mark.parametrize("text", ["<!DOCTYPE x [<!ENTITY a 'b'>]>", "<x"])
def test_parts_with_entities_or_broken_ones_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"改\.xlsx"):
        with_part(template(tmp_path, LOOP), "xl/workbook.xml", lambda xml: text + xml)


def test_a_row_with_row_tags_holds_no_values(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="单元格 A1：这一行有行标签"):
        template(tmp_path, [["{%tr for 行 in 申报 %}{{ 行.名 }}{%tr endfor %}"]])


def test_two_threads_render_at_once(tmp_path: Path) -> None:
    made = template(tmp_path, LOOP)
    contexts = [{"申报": [{"名": str(number), "数": number}] * number} for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(made.render, contexts)) == [made.render(context) for context in contexts]
