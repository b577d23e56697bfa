"""Styles that marking needs, added to a workbook's own; what is there already is used again, so that nothing grows."""

from __future__ import annotations

from lxml import etree

from docgen.tools.spreadsheetml import STYLE_ORDER, put_in_order, q

LEVEL_COLOURS = {"error": "FFF8C9CE", "warning": "FFFFE699", "info": "FFCFE2FB"}
"""Fills by the gravest finding of a cell, as ARGB."""


class Styles:
    """A workbook's style sheet."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root

    def _table(self, name: str) -> etree._Element:
        table = self._root.find(q(name))
        if table is None:
            table = etree.Element(q(name))
            put_in_order(self._root, table, STYLE_ORDER)
        return table

    def _index(self, name: str, xml: str) -> int:
        """The place of an entry in a table, which is added where it is not there."""
        table = self._table(name)
        entry = etree.fromstring(f"<x>{xml}</x>")[0]
        wanted = _shape(entry)
        for place, known in enumerate(table):
            if _shape(known) == wanted:
                return place
        table.append(_adopted(entry))
        table.set("count", str(len(table)))
        return len(table) - 1

    def fill_dxf(self, colour: str) -> int:
        """The number of a differential format that fills a cell."""
        sides = f'<fgColor rgb="{colour}"/><bgColor rgb="{colour}"/>'
        return self._index("dxfs", f'<dxf><fill><patternFill patternType="solid">{sides}</patternFill></fill></dxf>')

    def cell(self, *, font: str = '<sz val="10"/>', fill: str = "", border: bool = False, alignment: str = "") -> int:
        """The number of a cell format. `font` is XML inside <font>, `fill` an ARGB colour, `alignment` attributes."""
        face = '<name val="微软雅黑"/><family val="2"/>'
        fonts = self._index("fonts", f"<font>{font}{face}</font>")
        fills = 0
        if fill:
            pattern = f'<patternFill patternType="solid"><fgColor rgb="{fill}"/><bgColor indexed="64"/></patternFill>'
            fills = self._index("fills", f"<fill>{pattern}</fill>")
        borders = 0
        if border:
            line = "".join(
                f'<{side} style="thin"><color rgb="FFC9CFD8"/></{side}>' for side in ("left", "right", "top", "bottom")
            )
            borders = self._index("borders", f"<border>{line}<diagonal/></border>")
        return self._index(
            "cellXfs",
            f'<xf numFmtId="49" fontId="{fonts}" fillId="{fills}" borderId="{borders}" xfId="0" applyNumberFormat="1"'
            f' applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment {alignment}/></xf>',
        )


def _shape(element: etree._Element) -> tuple[object, ...]:
    """What an entry says, whatever its prefixes."""
    name = etree.QName(element.tag).localname if isinstance(element.tag, str) else ""
    return name, tuple(sorted(element.attrib.items())), tuple(_shape(child) for child in element)


def _adopted(entry: etree._Element) -> etree._Element:
    """The entry in the namespace of spreadsheets."""
    for element in entry.iter():
        element.tag = q(etree.QName(element.tag).localname)
    return entry
