"""What the fast reader does not tell, read from the XML itself: used areas, error values, formulas never calculated.

The fast reader lays a sheet's used area out in memory, so one stray cell in the last corner would exhaust it: areas are
measured before. And it gives error values as blanks, which would hide them from the person who has to mend them.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from .grid import UNCALCULATED, Place

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']\s*([A-Za-z]{1,9})([0-9]{1,40})[^>]*(?<!/)>""")
_FAR_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["']\s*([0-9]{8,40})""")
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\s([^>]*\bt=["']e["'][^>]*)>(.*?)</(?:\w+:)?c>""", re.DOTALL)
_BARE_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)(?<!/)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_ODS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"


@dataclass(slots=True)
class SheetFacts:
    """What the XML of one sheet says beyond its values. `rows` and `columns` measure the area from A1."""

    rows: int = 0
    columns: int = 0
    faults: dict[Place, str] = field(default_factory=dict)
    merges: list[tuple[Place, Place]] = field(default_factory=list)

    def reach(self, row: int, column: int) -> None:
        """Let the area hold that place."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)


def column_number(letters: str) -> int:
    """The number of a column's letters: A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def xlsx_facts(data: bytes) -> dict[str, SheetFacts]:
    """Sheet name → its facts. Raises KeyError, etree.XMLSyntaxError or zipfile.BadZipFile on a malformed package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: _scan_sheet(archive.read(part)) for name, part in _sheet_parts(archive)}


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    workbook = next(name for name in archive.namelist() if name.endswith("workbook.xml"))
    folder, base = posixpath.split(workbook)
    relations = _parse(archive.read(f"{folder}/_rels/{base}.rels".lstrip("/")))
    targets = {str(relation.get("Id")): relation.get("Target", "") for relation in relations.iter("{*}Relationship")}
    names = set(archive.namelist())
    for sheet in _parse(archive.read(workbook)).iter("{*}sheet"):
        identifier = sheet.get(_RELATION) or next((v for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")
        target = str(targets.get(str(identifier), ""))
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if part in names:
            yield str(sheet.get("name", "")), part


def _parse(data: bytes) -> etree._Element:
    """XML without entities, external parts or network: the text is not ours."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _scan_sheet(xml: bytes) -> SheetFacts:
    """Scan with expressions rather than a parser: a hundred thousand rows take a fraction of a second."""
    facts = SheetFacts()
    columns = set()
    last_row = 0
    for letters, digits in _CELL.findall(xml):
        columns.add(letters)
        last_row = max(last_row, int(digits))
    for digits in _FAR_ROW.findall(xml):
        last_row = max(last_row, int(digits))
    facts.reach(last_row, max((column_number(letters.decode().upper()) for letters in columns), default=0))
    if b't="e"' in xml or b"t='e'" in xml:
        for attributes, body in _ERROR_CELL.findall(xml):
            value = _VALUE.search(body)
            _note(facts, attributes, value.group(1).decode("utf-8", "replace") if value else "#N/A")
    if b"<f" in xml or b":f" in xml:
        for attributes in _BARE_FORMULA.findall(xml):
            if b't="str"' not in attributes:  # a formula may well give an empty text
                _note(facts, attributes, UNCALCULATED)
    return facts


def _note(facts: SheetFacts, attributes: bytes, fault: str) -> None:
    reference = _REFERENCE.search(attributes)
    if reference:
        row, column = int(reference.group(2)), column_number(reference.group(1).decode())
        facts.reach(row, column)
        facts.faults[(row, column)] = fault


def ods_facts(data: bytes) -> dict[str, SheetFacts]:
    """Sheet name → its facts. Raises KeyError, etree.XMLSyntaxError or zipfile.BadZipFile on a malformed package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml")
    table_tag, row_tag = _ODS % ("table", "table"), _ODS % ("table", "table-row")
    result: dict[str, SheetFacts] = {}
    facts, row = SheetFacts(), 0
    walk = etree.iterparse(
        io.BytesIO(content), events=("start", "end"), tag=(table_tag, row_tag), resolve_entities=False, no_network=True
    )
    for event, element in walk:
        if event == "start" and element.tag == table_tag:
            facts, row = SheetFacts(), 0
            result[str(element.get(_ODS % ("table", "name"), ""))] = facts
        elif event == "end" and element.tag == row_tag:
            repeated = _repeat(element, "number-rows-repeated")
            _scan_ods_row(facts, element, row + 1, repeated)
            row += repeated
            element.clear()
    return result


def _repeat(element: etree._Element, attribute: str) -> int:
    value = str(element.get(_ODS % ("table", attribute), "1"))
    return int(value[:12]) if re.fullmatch(r"\+?[0-9]+", value) else 1


def _scan_ods_row(facts: SheetFacts, element: etree._Element, row: int, repeated: int) -> None:
    column = 0
    for cell in element:
        count = _repeat(cell, "number-columns-repeated")
        if len(cell):
            facts.reach(row + repeated - 1, column + count)
            spanned = _repeat(cell, "number-rows-spanned")
            if spanned > 1:
                wide = _repeat(cell, "number-columns-spanned")
                facts.merges.append(((row, column + 1), (row + spanned - 1, column + wide)))
        column += count
