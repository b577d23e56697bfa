"""How the workbook looks: one place for its fonts, colours and borders."""

from __future__ import annotations

from typing import Final, cast

from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

FACE: Final = "微软雅黑"
"""On every Chinese Windows and known to WPS; elsewhere the program puts its own sans serif face in place."""

REQUIRED_COLOUR: Final = "1F3864"
OPTIONAL_COLOUR: Final = "6B7A8F"
MISSING_COLOUR: Final = "FFF2CC"
DUPLICATE_COLOUR: Final = "F8CBAD"

_LINE: Final = Side(style="thin", color="C9CFD8")
BORDER: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

TITLE_FONT: Final = Font(name=FACE, size=18, bold=True, color=REQUIRED_COLOUR)
SECTION_FONT: Final = Font(name=FACE, size=12, bold=True, color=REQUIRED_COLOUR)
HEADER_FONT: Final = Font(name=FACE, size=10, bold=True, color="FFFFFF")
BODY_FONT: Final = Font(name=FACE, size=10)
STRONG_FONT: Final = Font(name=FACE, size=10, bold=True)
LINK_FONT: Final = Font(name=FACE, size=10, color="0563C1", underline="single")
EXAMPLE_FONT: Final = Font(name=FACE, size=10, italic=True, color="808080")

REQUIRED_FILL: Final = PatternFill("solid", fgColor=REQUIRED_COLOUR)
OPTIONAL_FILL: Final = PatternFill("solid", fgColor=OPTIONAL_COLOUR)
EXAMPLE_FILL: Final = PatternFill("solid", fgColor="F2F2F2")
MISSING_FILL: Final = PatternFill("solid", fgColor=MISSING_COLOUR, bgColor=MISSING_COLOUR)
DUPLICATE_FILL: Final = PatternFill("solid", fgColor=DUPLICATE_COLOUR, bgColor=DUPLICATE_COLOUR)

CENTRED: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
WRAPPED: Final = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
MIDDLE: Final = Alignment(vertical="center", horizontal="center")
NUMERIC: Final = Alignment(vertical="center", horizontal="right", indent=1)


def header_fill(required: bool) -> PatternFill:
    """Dark for what must be filled in, grey for what may."""
    return REQUIRED_FILL if required else OPTIONAL_FILL


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell that is the first of its merged range or in none, so that it can hold a value."""
    return cast(Cell, sheet.cell(row, column))


def colour_where(formula: str, fill: PatternFill, *, last: bool = False) -> Rule:
    """A conditional format by formula; `last` keeps later ones from colouring over it."""
    return Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=fill), stopIfTrue=last)


def set_up_page(sheet: Worksheet, *, table: bool = True) -> None:
    """A4 across, as wide as the page, sheet name and page number at the foot.

    A table's header row stands on each of its pages; what is no table is fitted to one page.
    """
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0 if table else 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.print_options.horizontalCentered = True
    footer = HeaderFooterItem()
    footer.left.text = "&A"
    footer.right.text = "第 &P 页，共 &N 页"
    sheet.oddFooter = footer
    if table:
        sheet.print_title_rows = "1:1"
