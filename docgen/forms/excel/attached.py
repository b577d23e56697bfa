"""What hangs on a sheet's cells and moves with them: comments with their boxes, Excel tables."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from ..package import Package
from .reading import Sheet
from .xml import S, area_of, reference_of

_BOX = "{urn:schemas-microsoft-com:office:excel}"
_ANCHOR_ROWS = (2, 6)
"""Where the rows stand among the numbers of a box's anchor: column, offset, row, offset, twice."""
HINDERING = {"oleObjects": "表里有嵌入的对象", "controls": "表里有窗体控件"}


def hindered(package: Package, sheet: Sheet) -> str:
    """What hangs on a sheet that cannot be moved, in Chinese; "" for nothing."""
    for name, words in HINDERING.items():
        if sheet.root.find(f"{S}{name}") is not None:
            return words
    for kind, part in package.links(sheet.part).values():
        if kind == "vmlDrawing" and _boxes(package, part) is None:
            return "批注框读不出来"
    return ""


def _boxes(package: Package, part: str) -> etree._Element | None:
    content = package.content(part)
    if content is None:
        return None
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return None


def shift(package: Package, sheet: Sheet, after: int, count: int, tree: Callable[[str], etree._Element | None]) -> None:
    """Move comments and tables below row `after` (from 0) down by `count` rows; a table that holds the row grows.

    `tree` gives a part's XML to be changed.
    """
    for kind, part in package.links(sheet.part).values():
        if kind not in ("comments", "threadedComment", "vmlDrawing", "table"):
            continue
        root = tree(part)
        if root is None:
            continue
        if kind == "vmlDrawing":
            _shift_boxes(root, after, count)
        elif kind == "table":
            for element in root.iter():
                if isinstance(element.tag, str) and (reference := element.get("ref")):
                    element.set("ref", _grown(reference, after, count))
        else:
            for element in root.iter():
                if isinstance(element.tag, str) and (reference := element.get("ref")):
                    element.set("ref", _moved(reference, after, count))


def _moved(reference: str, after: int, count: int) -> str:
    area = area_of(reference)
    if area is None or area[0] <= after:
        return reference
    return reference_of(area[0] + count, area[1])


def _grown(reference: str, after: int, count: int) -> str:
    """A table's range: rows put in below its last row belong to it, as when a person goes on typing there."""
    area = area_of(reference)
    if area is None:
        return reference
    top, left, bottom, right = area
    inside = top <= after
    bottom = bottom + count if bottom >= after else bottom
    top = top if inside else top + count
    return f"{reference_of(top, left)}:{reference_of(bottom, right)}"


def _shift_boxes(root: etree._Element, after: int, count: int) -> None:
    for row in root.iter(f"{_BOX}Row"):
        if (row.text or "").strip().isdigit() and int(row.text or 0) > after:
            row.text = str(int(row.text or 0) + count)
    for anchor in root.iter(f"{_BOX}Anchor"):
        numbers = [each.strip() for each in (anchor.text or "").split(",")]
        if len(numbers) != 8 or not all(number.lstrip("-").isdigit() for number in numbers):
            continue
        for place in _ANCHOR_ROWS:
            if int(numbers[place]) > after:
                numbers[place] = str(int(numbers[place]) + count)
        anchor.text = ", ".join(numbers)
