"""Rows put into a sheet below a list, in the style of its last row; what stands below moves, and formulas follow."""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.formula.tokenizer import TokenizerError

from docgen.tools.references import Area, Formula

from ..package import Package
from .attached import hindered, shift
from .pictures import Anchor
from .reading import ExcelForm, Sheet
from .xml import S, area_of, place_of, reference_of

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@dataclass(slots=True)
class Inserter:
    """Inserts rows; `parts` are other parts that changed by it, `anchors` photos that move with the rows."""

    form: ExcelForm
    parts: dict[str, etree._Element] = field(default_factory=dict)
    moved: bool = False
    anchors: list[Anchor] = field(default_factory=list)

    def insert(self, sheet: Sheet, after: int, count: int) -> str:
        """Put `count` rows below row `after` (from 0), like it. Gives, in Chinese, what stands in the way, "" if nothing."""
        if words := hindered(self.form.package, sheet):
            return f"{words}，不能加行"
        self._shift_rows(sheet, after, count)
        self._shift_ranges(sheet, after, count)
        self._shift_formulas(sheet, after, count)
        self._shift_drawings(sheet, after, count)
        shift(self.form.package, sheet, after, count, self._tree)
        self.extend(sheet, after, count)
        self.moved = True
        return ""

    def extend(self, sheet: Sheet, row: int, count: int) -> None:
        """Copy row `row`, without its values, into the `count` rows below it, which are free."""
        data = sheet.root.find(f"{S}sheetData")
        model = (
            next((line for line in data.iterfind(f"{S}row") if line.get("r") == str(row + 1)), None)
            if data is not None
            else None
        )
        if model is None:
            return
        merges = [
            area
            for each in sheet.root.iterfind(f"{S}mergeCells/{S}mergeCell")
            if (area := area_of(each.get("ref", ""))) and area[0] == area[2] == row
        ]
        last = model
        for number in range(1, count + 1):
            made = copy.deepcopy(model)
            made.set("r", str(row + number + 1))
            for cell in made.iterfind(f"{S}c"):
                place = place_of(cell.get("r", ""))
                if place:
                    cell.set("r", reference_of(row + number, place[1]))
                for child in list(cell):
                    cell.remove(child)
                if "t" in cell.attrib:
                    del cell.attrib["t"]
            last.addnext(made)
            last = made
            for _, left, _, right in merges:
                _merge(sheet, row + number, left, right)

    def hide(self, sheet: Sheet, first: int, last: int) -> None:
        """Hide empty rows: taking them out would move what others count on."""
        for line in sheet.root.iterfind(f"{S}sheetData/{S}row"):
            if first + 1 <= int(line.get("r", "0")) <= last + 1:
                line.set("hidden", "1")

    def _shift_rows(self, sheet: Sheet, after: int, count: int) -> None:
        for line in sheet.root.iterfind(f"{S}sheetData/{S}row"):
            number = int(line.get("r", "0")) - 1
            if number <= after:
                continue
            line.set("r", str(number + count + 1))
            for cell in line.iterfind(f"{S}c"):
                if place := place_of(cell.get("r", "")):
                    cell.set("r", reference_of(number + count, place[1]))

    def _shift_ranges(self, sheet: Sheet, after: int, count: int) -> None:
        for element in sheet.root.iter():
            for name in ("ref", "sqref", "topLeftCell", "activeCell"):
                value = element.get(name) if isinstance(element.tag, str) and element.tag != f"{S}c" else None
                if value and element.tag != f"{S}f":
                    element.set(name, " ".join(_shifted(each, after, count) for each in value.split()))
        for breaks in sheet.root.iterfind(f"{S}rowBreaks/{S}brk"):
            if int(breaks.get("id", "0")) > after:
                breaks.set("id", str(int(breaks.get("id", "0")) + count))

    def _shift_formulas(self, sheet: Sheet, after: int, count: int) -> None:
        def resolve(owner: str) -> Callable[[Area], tuple[int, int] | None]:
            def rows(area: Area) -> tuple[int, int] | None:
                if (area.sheet if area.sheet is not None else owner) != sheet.name:
                    return None
                top = area.top + count if area.top > after + 1 else area.top
                bottom = area.bottom + count if area.bottom >= after + 1 and area.top != area.bottom else area.bottom
                return top, bottom + count if area.top == area.bottom and area.bottom > after + 1 else bottom

            return rows

        for each in self.form.sheets:
            for name in ("f", "formula1", "formula2", "formula"):
                for element in each.root.iter(f"{S}{name}"):
                    element.text = _formula(element.text, resolve(each.name))
                    if each is not sheet and element.text:
                        self.parts.setdefault(each.part, each.root)
        root = self._tree(self.form.workbook)
        for element in root.iterfind(f"{S}definedNames/{S}definedName") if root is not None else ():
            element.text = _formula(element.text, resolve(""))

    def _tree(self, part: str) -> etree._Element | None:
        if part not in self.parts:
            root = self.form.package.tree(part)
            if root is None:
                return None
            self.parts[part] = root
        return self.parts[part]

    def _shift_drawings(self, sheet: Sheet, after: int, count: int) -> None:
        for anchor in self.anchors:
            if anchor.sheet is sheet and anchor.row > after:
                anchor.row += count
        for kind, part in self.form.package.links(sheet.part).values():
            root = self._tree(part) if kind == "drawing" else None
            for element in root.iter(f"{_DRAWN}row") if root is not None else ():
                if (element.text or "").isdigit() and int(element.text or 0) > after:
                    element.text = str(int(element.text or 0) + count)


def _formula(text: str | None, resolve: Callable[[Area], tuple[int, int] | None]) -> str | None:
    if not text:
        return text
    try:
        return Formula(text).text(resolve)
    except TokenizerError:
        return text


def _shifted(reference: str, after: int, count: int) -> str:
    area = area_of(reference)
    if area is None:
        return reference
    top, left, bottom, right = area
    top, bottom = (top + count if top > after else top), (bottom + count if bottom > after else bottom)
    first, last = reference_of(top, left), reference_of(bottom, right)
    return first if ":" not in reference else f"{first}:{last}"


def _merge(sheet: Sheet, row: int, left: int, right: int) -> None:
    merges = sheet.root.find(f"{S}mergeCells")
    if merges is not None:
        etree.SubElement(merges, f"{S}mergeCell", ref=f"{reference_of(row, left)}:{reference_of(row, right)}")
        merges.set("count", str(len(merges)))


def without_chain(package: Package, workbook: str, parts: dict[str, bytes]) -> frozenset[str]:
    """The parts to leave out once rows have moved: Excel makes the order of calculation anew, but believes a wrong one."""
    folder, base = posixpath.split(workbook)
    links = posixpath.join(folder, "_rels", f"{base}.rels")
    gone = frozenset(target for kind, target in package.links(workbook).values() if kind == "calcChain")
    if not gone:
        return gone
    for part, attribute in ((links, "Type"), ("[Content_Types].xml", "PartName")):
        root = package.tree(part)
        for element in list(root) if root is not None else ():
            value = element.get(attribute, "")
            if value.endswith("/calcChain") or value.lstrip("/") in gone:
                root.remove(element)  # type: ignore[union-attr]
        if root is not None:
            parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return gone
