"""SpreadsheetML: the order that the schema wants of the elements of its parts."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"

SHEET_ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
"""The order that a worksheet's elements must have (ECMA-376-1, 18.3.1.99)."""

STYLE_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
"""The order of a style sheet's elements (ECMA-376-1, 18.8.39)."""


def q(name: str) -> str:
    """An element's name in the namespace of spreadsheets."""
    return f"{{{MAIN}}}{name}"


def put_in_order(root: etree._Element, element: etree._Element, order: Sequence[str]) -> None:
    """Insert a child where the schema wants it: behind all that come before it or bear its own name."""
    rank = {q(name): place for place, name in enumerate(order)}
    own = rank[element.tag]
    for place, child in enumerate(root):
        # What only some programs understand is wrapped (mc:AlternateContent), and stands where it would stand bare.
        names = child.iter() if child.tag == _ALTERNATE else (child,)
        if next((rank[each.tag] for each in names if each.tag in rank), -1) > own:
            root.insert(place, element)
            return
    root.append(element)
