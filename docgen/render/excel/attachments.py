"""The parts that hang on a sheet or on the workbook and say rows: drawings, charts, comments, tables, names."""

from __future__ import annotations

import copy
import re

from lxml import etree

from docgen.tools.references import area_of

from .layout import OUTSIDE, Layout
from .package import parse, serialised
from .ranges import Rewrite, drop, local, move_anchor, move_ranges
from .rows import M

_CACHES = ("numCache", "strCache", "multiLvlStrCache")
_SHAPE_NUMBER = re.compile(r"(\d+)$")


def moved_part(content: bytes, kind: str, layout: Layout, rewrite: Rewrite) -> bytes:
    """A part of a sheet (its relationship's kind) with its rows where they are now."""
    try:
        root = parse(content)
    except etree.XMLSyntaxError:
        return content  # old VML that is no XML; Excel itself puts such shapes where it can
    if kind == "drawing":
        for anchor in root:
            move_anchor(anchor, layout)
    elif kind == "vmlDrawing":
        _move_shapes(root, layout)
    elif kind == "threadedComment":
        _move_threads(root, layout)
    else:
        move_ranges(root, layout, rewrite)
        if local(root) == "table":
            _fit_filter(root)
    return serialised(root)


def _fit_filter(table: etree._Element) -> None:
    """A table's filter covers its heading and data, not its totals."""
    filtered, area = table.find(f"{M}autoFilter"), area_of(table.get("ref", ""))
    if filtered is not None and area is not None:
        filtered.set("ref", area.text(area.top, area.bottom - int(table.get("totalsRowCount", "0"))))


def _move_threads(root: etree._Element, layout: Layout) -> None:
    for thread in list(root):
        cell = area_of(thread.get("ref", ""))
        if cell is None:
            continue
        found = layout.find(cell.top, cell.top)
        if found:
            thread.set("ref", f"{cell.left}{found[0]}")
        else:
            root.remove(thread)


def _move_shapes(root: etree._Element, layout: Layout) -> None:
    """The boxes of comments, one for each copy of its row, and other shapes of the old kind."""
    shapes = [shape for shape in root if local(shape) == "shape"]
    numbers = [int(match[1]) for shape in shapes if (match := _SHAPE_NUMBER.search(shape.get("id", "")))]
    highest = max(numbers, default=1024)
    for shape in shapes:
        row = shape.find(".//{*}Row")
        note = shape.find(".//{*}ClientData[@ObjectType='Note']")
        if note is None or row is None:
            _shift_shape(shape, layout)
            continue
        first = int(row.text or 0)
        starts = [top - 1 for _, top, _ in layout.copies(first + 1, first + 1)]
        at = shape
        for count, start in enumerate(starts):
            twin = copy.deepcopy(shape)
            if count:
                highest += 1
                twin.set("id", f"_x0000_s{highest}")
            _shift_by(twin, start - first)
            at.addnext(twin)
            at = twin
        root.remove(shape)


def _anchor_of(shape: etree._Element) -> tuple[etree._Element, list[int]] | None:
    anchor = shape.find(".//{*}Anchor")
    numbers = [int(text) for text in re.findall(r"-?\d+", anchor.text or "")] if anchor is not None else []
    return (anchor, numbers) if anchor is not None and len(numbers) == 8 else None


def _shift_by(shape: etree._Element, rows: int) -> None:
    row, anchored = shape.find(".//{*}Row"), _anchor_of(shape)
    if row is not None:
        row.text = str(int(row.text or 0) + rows)
    if anchored:
        anchor, numbers = anchored
        top = max(numbers[2] + rows, 0)
        numbers[6] += top - numbers[2]
        numbers[2] = top
        anchor.text = ", ".join(map(str, numbers))


def _shift_shape(shape: etree._Element, layout: Layout) -> None:
    anchored = _anchor_of(shape)
    if anchored:
        _, numbers = anchored
        _shift_by(shape, layout.near(numbers[2] + 1) - 1 - numbers[2])


def moved_chart(content: bytes, rewrite: Rewrite) -> bytes:
    """A chart whose series cover what their ranges became. The values kept from the template's time are dropped."""
    root = parse(content)
    for element in list(root.iter()):
        name = local(element)
        if name == "f" and element.text:
            element.text = rewrite(element.text, OUTSIDE)
        elif name in _CACHES:
            drop(element)
    return serialised(root)


def moved_control(content: bytes, rewrite: Rewrite) -> bytes:
    """A form control's properties with the cells that it is linked to."""
    root = parse(content)
    for name in ("fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx"):
        if value := root.get(name):
            root.set(name, rewrite(value, OUTSIDE))
    return serialised(root)


def moved_pivot(content: bytes, layouts: dict[str, Layout]) -> bytes:
    """A pivot table's source; Excel reads it anew when the workbook is opened."""
    root = parse(content)
    source = root.find(f".//{M}worksheetSource")
    layout = layouts.get(source.get("sheet", "").lower()) if source is not None else None
    area = area_of(source.get("ref", "")) if source is not None else None
    if source is None or layout is None or area is None:
        return content
    found = layout.find(area.top, area.bottom)
    if found:
        source.set("ref", area.text(*found))
    root.set("refreshOnLoad", "1")
    return serialised(root)


def moved_workbook(root: etree._Element, rewrite: Rewrite) -> bytes:
    """workbook.xml with its names, and told to compute everything when it is opened."""
    for name in root.iterfind(f"{M}definedNames/{M}definedName"):
        if name.text:
            name.text = rewrite(name.text, OUTSIDE)
    compute = root.find(f"{M}calcPr")
    if compute is None:
        compute = etree.Element(f"{M}calcPr")
        _insert(root, compute)
    compute.set("fullCalcOnLoad", "1")
    return serialised(root)


def _insert(root: etree._Element, compute: etree._Element) -> None:
    """Put calcPr where the schema wants it."""
    before = ["definedNames", "externalReferences", "functionGroups", "sheets"]
    for name in before:
        found = root.find(f"{M}{name}")
        if found is not None:
            found.addnext(compute)
            return
    root.append(compute)
