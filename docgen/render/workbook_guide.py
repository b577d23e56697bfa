"""The two sheets of the workbook that hold no data: 填写说明 for the reader, 选项 behind the drop-downs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model.schema import GUIDE_SHEETS, REVIEW_SHEETS, SEASON_SHEETS, SHEETS, Sheet

from .workbook_inputs import OPTIONS_SHEET
from .workbook_styles import (
    BODY_FONT,
    BORDER,
    CENTRED,
    DUPLICATE_FILL,
    EXAMPLE_FILL,
    EXAMPLE_FONT,
    HEADER_FONT,
    LINK_FONT,
    MISSING_FILL,
    OPTIONAL_FILL,
    REQUIRED_FILL,
    SECTION_FONT,
    TITLE_FONT,
    WRAPPED,
    set_up_page,
)

_STEPS = (
    "先填“院校信息”，再在“申报证书”里一行写一项申报，并给它一个编号（A01、A02……）。一个证书的一个等级是一项申报。",
    "在“教师”“场地”“设备”“佐证材料”里用“申报编号”说明每一行属于哪项申报：多项用顿号隔开（A01、A03），各项共用的填“全部”。",
    "照片和 PDF 放进“佐证材料”文件夹（见其中的“说明.txt”）。放进“A01/教师”这类文件夹的，不必再登记。",
    "鼠标停在表头上，可以看到这一栏填什么、依据指南哪一条。列的先后可以调整，可以加列；请不要改工作表名和表头。",
    "填好后保存并关闭本文件，运行 docgen check 核对，再运行 docgen build 生成全部申报材料。",
)

_REVIEW_STEPS = (
    "先填“通知信息”：通知的各个要素。格式（红头、发文字号、红线、题名分行、落款、公章、版记、页码）由 docgen 按 GB/T 9704-2012 排好。",
    "在“院校”里一行写一所院校和它的联系人、邮箱；在“评审结果”里一行写一项申报的结论。院校名称两处要一字不差。",
    "“评审意见”：调整、不同意的写理由；退回修改的写“位置：要改什么”，几处各写一行（单元格里换行用 Alt+Enter）。",
    "有院校申请开通账号的，填“账号申请”；没有的留空。鼠标停在表头上，可以看到这一栏填什么。",
    "填好后保存并关闭本文件，运行 docgen notice 生成通知、各校通知、退回通知、账号答复和汇总表。",
)
_LEGEND: tuple[tuple[str, PatternFill, str], ...] = (
    ("表头", REQUIRED_FILL, "深蓝色表头：必填。"),
    ("表头", OPTIONAL_FILL, "灰色表头：选填，没有的留空。"),
    ("示例", EXAMPLE_FILL, "灰色斜体、以“示例”开头的行：示例行，不会被读取，可删除。"),
    ("", MISSING_FILL, "浅黄色单元格：这一行已经开始填写，但必填的内容还空着。"),
    ("A01", DUPLICATE_FILL, "橙色申报编号：编号重复。"),
)


@dataclass(frozen=True, slots=True)
class BookKind:
    """A kind of workbook that `init` writes: its title, its sheets, and the steps that its first sheet explains."""

    title: str
    sheets: tuple[Sheet, ...]
    steps: tuple[str, ...]
    duplicates: bool = True


_SEASON_STEPS = (
    "先填“设置”：从哪天开始、谁填报、谁审核。再在“计划”里写批准的证书、等级、人数（有“评审结果.xlsx”或“申报数据.xlsx”的可以留空）。",
    "平时做完一件事，就在“进展”里添一行：哪天、哪个证书、事项、数量。数量是这一次新增的，不是累计；累计和完成率由 docgen 算。",
    "报错了不必改旧行：另加一行负数更正并在“说明”里写明原因。确要改旧行的，已经生成的报告与新数不同的，会在下一期列为“更正”。",
    "每期在“工作情况”里写一行：进展、问题、下一步计划。没有的写“无”。",
    "到期运行 docgen report 学校文件夹，生成这一期的 Word、PDF 和 Excel；--all 生成全部各期。",
)
SCHOOL_BOOK = BookKind("1+X 证书试点申报数据", SHEETS, _STEPS)
REVIEW_BOOK = BookKind("1+X 证书试点评审结果", REVIEW_SHEETS, _REVIEW_STEPS, duplicates=False)
SEASON_BOOK = BookKind("1+X 证书试点双周报数据", SEASON_SHEETS, _SEASON_STEPS, duplicates=False)


def add_guide(book: Workbook, kind: BookKind) -> Worksheet:
    """Add the sheet 填写说明: the steps, what the colours mean, and a linked list of the sheets."""
    sheet: Worksheet = book.create_sheet(GUIDE_SHEETS[0])
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = "2E75B6"
    for letter, width in (("A", 3), ("B", 16), ("C", 10), ("D", 92)):
        sheet.column_dimensions[letter].width = width
    sheet["B2"].value = kind.title
    sheet["B2"].font = TITLE_FONT
    sheet.row_dimensions[2].height = 34
    row = _add_steps(sheet, 4, kind.steps)
    row = _add_legend(sheet, row + 1, kind.duplicates)
    _add_contents(sheet, row + 1, kind.sheets)
    set_up_page(sheet, table=False)
    return sheet


def _add_section(sheet: Worksheet, row: int, title: str) -> int:
    sheet.cell(row, 2, title).font = SECTION_FONT
    sheet.row_dimensions[row].height = 26
    return row + 1


def _add_steps(sheet: Worksheet, row: int, steps: Sequence[str]) -> int:
    row = _add_section(sheet, row, "怎样填")
    for number, step in enumerate(steps, 1):
        cell = sheet.cell(row, 2, f"{number}. {step}")
        cell.font, cell.alignment = BODY_FONT, WRAPPED
        sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=4)
        # Merged cells are not fitted to their text by any program; two lines are enough for the longest step.
        sheet.row_dimensions[row].height = 20 if len(step) < 62 else 36
        row += 1
    return row


def _add_legend(sheet: Worksheet, row: int, duplicates: bool) -> int:
    row = _add_section(sheet, row, "颜色的意思")
    for sample, fill, meaning in _LEGEND if duplicates else _LEGEND[:-1]:
        cell = sheet.cell(row, 2, sample)
        dark = fill in (REQUIRED_FILL, OPTIONAL_FILL)
        cell.font = HEADER_FONT if dark else EXAMPLE_FONT if fill is EXAMPLE_FILL else BODY_FONT
        cell.fill, cell.border, cell.alignment = fill, BORDER, CENTRED
        text = sheet.cell(row, 3, meaning)
        text.font, text.alignment = BODY_FONT, WRAPPED
        sheet.merge_cells(start_row=row, start_column=3, end_row=row, end_column=4)
        sheet.row_dimensions[row].height = 20
        row += 1
    return row


def _add_contents(sheet: Worksheet, row: int, sheets: Sequence[Sheet]) -> None:
    row = _add_section(sheet, row, "工作表")
    for part in sheets:
        link = sheet.cell(row, 2, part.name)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{part.name}'!A1", display=part.name)
        link.font, link.border, link.alignment = LINK_FONT, BORDER, WRAPPED
        state = sheet.cell(row, 3, "必填" if part.required else "按需")
        state.font, state.border, state.alignment = BODY_FONT, BORDER, CENTRED
        note = sheet.cell(row, 4, part.note)
        note.font, note.border, note.alignment = BODY_FONT, BORDER, WRAPPED
        sheet.row_dimensions[row].height = 20
        row += 1


def add_options(book: Workbook, certificates: Sequence[str]) -> None:
    """Add the hidden sheet 选项 with the names for drop-downs; a list in the rule itself may have 255 characters only."""
    sheet = book.create_sheet(OPTIONS_SHEET)
    sheet.sheet_state = "hidden"
    sheet["A1"].value = "证书名称"
    for row, name in enumerate(certificates, 2):
        cell = sheet.cell(row, 1)
        cell.value = name
        cell.data_type = "s"
