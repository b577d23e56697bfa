"""A new element of a worksheet stands where Excel looks for it."""

import pytest
from lxml import etree

from docgen.tools.spreadsheetml import MAIN, SHEET_ORDER, put_in_order, q

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@pytest.mark.parametrize(
    ("inside", "new", "expected"),
    [
        ("", "drawing", ["drawing"]),
        ("<sheetData/><pageMargins/>", "drawing", ["sheetData", "pageMargins", "drawing"]),
        ("<sheetData/><tableParts/><extLst/>", "drawing", ["sheetData", "drawing", "tableParts", "extLst"]),
        ("<sheetData/><drawingHF/>", "pageSetup", ["sheetData", "pageSetup", "drawingHF"]),
        (
            "<conditionalFormatting/><conditionalFormatting/><pageMargins/>",
            "conditionalFormatting",
            ["conditionalFormatting"] * 3 + ["pageMargins"],
        ),
        (
            f'<sheetData/><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x"><controls/></mc:Choice>'
            "</mc:AlternateContent>",
            "drawing",
            ["sheetData", "drawing", "AlternateContent"],
        ),
        ("<!-- note --><sheetData/>", "dimension", ["", "dimension", "sheetData"]),
    ],
)
def test_an_element_is_put_where_the_schema_wants_it(inside: str, new: str, expected: list[str]) -> None:
    root = etree.fromstring(f'<worksheet xmlns="{MAIN}">{inside}</worksheet>')
    put_in_order(root, etree.Element(q(new)), SHEET_ORDER)
    found = [etree.QName(child).localname if isinstance(child.tag, str) else "" for child in root]
    assert found == expected
