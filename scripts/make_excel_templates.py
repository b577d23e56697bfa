"""Makes docgen's own Excel templates (templates/*/template.xlsx), the same bytes each time.

The result is committed: schools open and change it in Excel or WPS. Run it after changing a layout here.
"""

from __future__ import annotations

import datetime
import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from excel import biweekly
from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from docgen.tools.zips import stable_zip

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
_EPOCH = datetime.datetime(1980, 1, 1)
_TEXT, _COUNT = "@", "#,##0"
_COLUMNS: tuple[tuple[str, int, str, str], ...] = (
    ("申报编号", 7, _TEXT, "行.申报编号"),
    ("证书名称", 22, _TEXT, "行.证书名称"),
    ("等级", 6, _TEXT, "行.等级"),
    ("试点专业", 24, _TEXT, "行.试点专业 | join('、')"),
    ("培训人数", 7, _COUNT, "行.培训人数"),
    ("每期人数", 7, _COUNT, "行.每期人数"),
    ("期数", 6, _COUNT, "行.期数"),
    ("申报院系", 13, _TEXT, "行.申报院系"),
    ("负责人", 9, _TEXT, "行.负责人"),
    ("负责人电话", 14, _TEXT, "行.负责人电话"),
    ("教师数", 7, _COUNT, "行.统计.教师数"),
    ("场地数", 7, _COUNT, "行.统计.场地数"),
    ("工位数", 7, _COUNT, "行.统计.总工位"),
    ("设备台数", 7, _COUNT, "行.统计.设备台数"),
    ("在校生数", 7, _COUNT, "行.统计.在校生数"),
    ("教师佐证", 7, _COUNT, "行.佐证件数.教师"),
    ("场地佐证", 7, _COUNT, "行.佐证件数.场地"),
    ("设备佐证", 7, _COUNT, "行.佐证件数.设备"),
    ("错误", 6, _COUNT, "行.错误数"),
    ("提醒", 6, _COUNT, "行.提醒数"),
    ("状态", 9, _TEXT, "'草稿' if 行.草稿 else '可以送审'"),
)
_SHORT = ("申报编号", "等级", "负责人", "负责人电话", "状态")
_SUMMED = ("培训人数", "错误", "提醒")
"""Teachers, rooms and students serve several applications: their sum over applications would count them twice."""

_LAST = get_column_letter(len(_COLUMNS))
_HEAD, _FOR, _ROW, _ENDFOR, _TOTAL = 3, 4, 5, 6, 7
_FACE = "微软雅黑"
_LINE = Side(style="thin", color="BFC8D2")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TITLE = "{{ 院校.院校名称 }}{% if 院校.申报年度 %}{{ 院校.申报年度 }}年度{% endif %}1+X证书试点申报汇总表"


def _heading(sheet: Worksheet) -> None:
    sheet["A1"] = _TITLE
    sheet["A1"].font = Font(name=_FACE, size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.merge_cells(f"A1:{_LAST}1")
    sheet.row_dimensions[1].height = 32
    sheet["A2"] = "教师、场地、设备和在校生可能同时用于几项申报，所以这几列不合计。"
    sheet["A2"].font = Font(name=_FACE, size=9, color="666666")
    sheet.merge_cells(f"A2:{_LAST}2")
    sheet.row_dimensions[_HEAD].height = 32
    for index, (name, width, _, _) in enumerate(_COLUMNS, 1):
        cell = sheet.cell(_HEAD, index, name)
        cell.font = Font(name=_FACE, size=10, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1A4480")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _BORDER
        sheet.column_dimensions[get_column_letter(index)].width = width


def _body(sheet: Worksheet) -> None:
    sheet.cell(_FOR, 1, "{%tr for 行 in 申报 %}")
    sheet.cell(_ENDFOR, 1, "{%tr endfor %}")
    for index, (name, _, form, value) in enumerate(_COLUMNS, 1):
        cell = sheet.cell(_ROW, index, f"{{{{ {value} }}}}")
        text = form == _TEXT
        cell.number_format = form
        cell.border = _BORDER
        cell.font = Font(name=_FACE, size=10, color="1C2733")
        side = "right" if not text else "center" if name in _SHORT else "left"
        # A number keeps off the words in the next column.
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=text, indent=0 if text else 1)
        total = sheet.cell(_TOTAL, index, "合计" if index == 1 else None)
        if name in _SUMMED:
            letter = get_column_letter(index)
            # SUBTOTAL follows the filter: what is hidden is not counted.
            total.value = f"=SUBTOTAL(109,{letter}{_ROW}:{letter}{_ROW})"
        total.number_format = form
        total.font = Font(name=_FACE, size=10, bold=True)
        total.fill = PatternFill("solid", fgColor="EEF2F7")
        total.border = _BORDER
        total.alignment = Alignment(
            horizontal="center" if index == 1 else side, vertical="center", indent=0 if text else 1
        )
    sheet.row_dimensions[_ROW].height = 22
    draft = DifferentialStyle(font=Font(color="B3261E"))
    rule = Rule(type="cellIs", operator="equal", formula=['"草稿"'], dxf=draft)
    sheet.conditional_formatting.add(f"{_LAST}{_ROW}", rule)


def _page(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = f"A{_HEAD}:{_LAST}{_ENDFOR}"
    sheet.freeze_panes = f"C{_HEAD + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.print_options.horizontalCentered = True
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
    footer = sheet.HeaderFooter.oddFooter
    if footer is not None and footer.center is not None:
        footer.center.text = "第 &P 页 共 &N 页"


def _summary() -> Workbook:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "申报汇总"
    _heading(sheet)
    _body(sheet)
    _page(sheet)
    return workbook


LAYOUTS = {"summary": _summary, "biweekly": biweekly.make}


def template_bytes(kind: str) -> bytes:
    """The bytes of one kind's Excel template."""
    workbook = LAYOUTS[kind]()
    workbook.properties.creator = "docgen"
    workbook.properties.created = _EPOCH
    workbook.properties.modified = _EPOCH
    buffer = io.BytesIO()
    workbook.save(buffer)
    return stable_zip(buffer.getvalue())


def main() -> None:
    """Write every template."""
    for kind in LAYOUTS:
        (TEMPLATES / kind / "template.xlsx").write_bytes(template_bytes(kind))
        print(f"templates/{kind}/template.xlsx")


if __name__ == "__main__":
    main()
