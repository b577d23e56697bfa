"""申报汇总表.xlsx: one row an application, totals that Excel recalculates, rows as high as their text."""

import io
from typing import Any

from openpyxl import load_workbook

from docgen.catalogue import load_catalogue
from docgen.model.case import Case
from docgen.model.records import Application, CertificateLevel, School
from docgen.model.source import Origin
from docgen.plan.context import Checked, school_context
from docgen.render.excel import excel_template
from docgen.render.templates import find_template

HERE = Origin("申报数据.xlsx")
LONG = ("建筑工程技术", "工程造价", "建筑室内设计", "智慧建筑运维管理", "建筑设备工程技术")


def sheet_of(*applications: Application) -> Any:
    case = Case(School(HERE, "岭南山水职业技术学院", year=2026), load_catalogue(), applications=applications)
    context = school_context(case, Checked())
    template = excel_template(find_template("summary").file("template.xlsx"))
    data = template.render(context)
    assert template.render(context) == data
    return load_workbook(io.BytesIO(data)).active


def test_rows_and_totals() -> None:
    sheet = sheet_of(
        Application(HERE, "A01", "=1+1", CertificateLevel.ADVANCED, LONG, 60),
        Application(HERE, "A02", "老年照护", None, persons=None),
    )
    assert sheet["A1"].value == "岭南山水职业技术学院2026年度1+X证书试点申报汇总表"
    assert [sheet.cell(4, column).value for column in range(1, 6)] == ["A01", "=1+1", "高级", "、".join(LONG), 60]
    assert sheet["B4"].data_type == "s"
    assert [sheet.cell(5, column).value for column in (1, 3, 5)] == ["A02", None, None]
    assert sheet["E6"].value == "=SUBTOTAL(109,E4:E5)"
    assert sheet.auto_filter.ref == "A3:U5"


def test_a_row_is_as_high_as_its_fullest_cell_needs() -> None:
    sheet = sheet_of(Application(HERE, "A01", "老年照护", majors=LONG), Application(HERE, "A02", "老年照护"))
    assert sheet.row_dimensions[4].height > 2 * sheet.row_dimensions[5].height


def test_a_school_without_applications_has_a_table_all_the_same() -> None:
    sheet = sheet_of()
    # The last row of a sheet is empty: the sum is 0, and no cell counts itself.
    assert (sheet["A4"].value, sheet["E4"].value) == ("合计", "=SUBTOTAL(109,E1048576:E1048576)")


def test_the_template_uses_only_the_fields_of_its_manifest() -> None:
    folder = find_template("summary")
    used = {field.split(".")[0].split("[")[0] for field in excel_template(folder.file("template.xlsx")).fields()}
    assert used <= set(folder.fields)
