"""Everything in a sheet, besides its cells, that says rows: merged cells, filters, formats, checks, links, panes."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable

from lxml import etree
from openpyxl.formula.tokenizer import TokenizerError

from docgen.tools.references import Area, Formula, area_of

from .layout import OUTSIDE, Layout, Scope
from .rows import M

Rewrite = Callable[[str, Scope], str]
"""A formula's text as it is to be after rendering, read from a scope of the sheet it stands in."""

_STRETCHED = frozenset({"autoFilter", "sortState", "sortCondition", "dimension", "table"})
_COPIED = frozenset({"mergeCell", "hyperlink", "comment"})
_FORMULAS = frozenset({"formula", "formula1", "formula2", "f", "calculatedColumnFormula", "totalsRowFormula"})
_HOLDERS = (
    *("mergeCells", "hyperlinks", "rowBreaks", "dataValidations", "protectedRanges", "ignoredErrors"),
    *("conditionalFormattings", "sparklines", "sparklineGroup", "sparklineGroups"),
)
"""What holds ranges, the inner ones first."""
_ANCHORS = frozenset({"anchor", "twoCellAnchor", "oneCellAnchor"})


def local(element: etree._Element) -> str:
    """The element's name without its namespace; "" for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def moved_text(text: str, layout: Layout, scope: Scope = OUTSIDE) -> str:
    """A range of the template, stretched to what it became; "" where nothing of it is left."""
    area = area_of(text)
    if area is None:
        return text
    found = layout.find(area.top, area.bottom, scope)
    return area.text(*found) if found else ""


def copies_of(text: str, layout: Layout) -> list[tuple[Scope, Area]]:
    """A range of the template wherever it stands now, with the scope of each."""
    area = area_of(text)
    if area is None:
        return []
    return [
        (scope, Area(area.left, top, area.right, bottom, single=area.single and top == bottom))
        for scope, top, bottom in layout.copies(area.top, area.bottom)
    ]


def _joined(areas: Iterable[Area]) -> list[Area]:
    """Ranges of the same columns that touch, as one."""
    joined: list[Area] = []
    for area in sorted(areas, key=lambda area: (area.left, area.right, area.top)):
        last = joined[-1] if joined else None
        if last and (last.left, last.right) == (area.left, area.right) and area.top <= last.bottom + 1:
            joined[-1] = Area(last.left, last.top, last.right, max(last.bottom, area.bottom))
        else:
            joined.append(area)
    return joined


def spread(text: str, layout: Layout) -> tuple[str, Scope]:
    """A list of ranges wherever they stand now, and the scope of the first; "" where nothing is left."""
    found = [copy for part in text.split() for copy in copies_of(part, layout)]
    if not found:
        return "", OUTSIDE
    areas = _joined(area for _, area in found)
    texts = [area.text(area.top, area.bottom) for area in areas]
    texts = [one.split(":")[0] if len(set(one.split(":"))) == 1 else one for one in texts]
    return " ".join(texts), min(found, key=lambda pair: pair[1].top)[0]


def move_ranges(tree: etree._Element, layout: Layout, rewrite: Rewrite) -> None:
    """Rewrite every range and formula below `tree` (a sheet without its rows, a table, comments)."""
    for element in list(tree.iter()):
        if element is not tree and element.getparent() is None:
            continue  # went with its parent
        name = local(element)
        if name == "sparkline":
            _copy_sparkline(element, layout, rewrite)
        elif name in _COPIED:
            _copy(element, layout, rewrite)
        elif element.get("sqref") is not None and name not in ("selection", "sparkline"):
            _spread_element(element, layout, rewrite)
        elif name == "sqref":
            _spread_extension(element, layout, rewrite)
        elif name in _STRETCHED and element.get("ref"):
            _stretch(element, layout)
        elif name == "brk" and any(local(owner) == "rowBreaks" for owner in element.iterancestors()):
            _copy_break(element, layout)
        elif name == "pane":
            _move_pane(element, layout)
        elif name == "selection":
            _move_selection(element, layout)
        elif name in _ANCHORS:
            move_anchor(element, layout)
        elif name == "calculatedColumnFormula":
            element.text = rewrite(element.text or "", OUTSIDE)
    for name in (*(f"{{*}}{name}" for name in _HOLDERS), f"{M}ext", f"{M}extLst"):
        for holder in list(tree.iter(name)):
            _recount(holder)


def _recount(holder: etree._Element) -> None:
    """State anew how many are held; Excel refuses a holder of nothing."""
    if not any(isinstance(child.tag, str) and not local(child).startswith("color") for child in holder):
        drop(holder)
        return
    for name in ("count", "manualBreakCount"):
        if holder.get(name) is not None:
            holder.set(name, str(len(holder)))


def drop(element: etree._Element) -> None:
    """Take an element out of its parent, if it has one."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _copy(element: etree._Element, layout: Layout, rewrite: Rewrite) -> None:
    at = element
    for scope, area in copies_of(element.get("ref", ""), layout):
        twin = copy.deepcopy(element)
        if area.top == area.bottom and area.left == area.right and local(element) == "mergeCell":
            continue
        twin.set("ref", area.text(area.top, area.bottom))
        if twin.get("location"):
            twin.set("location", rewrite(twin.get("location", ""), scope))
        at.addnext(twin)
        at = twin
    if area_of(element.get("ref", "")):
        drop(element)


def _formulas(element: etree._Element, scope: Scope, rewrite: Rewrite) -> None:
    for inner in element.iter():
        if local(inner) in _FORMULAS and inner.text and not len(inner):
            inner.text = rewrite(inner.text, scope)


def _spread_element(element: etree._Element, layout: Layout, rewrite: Rewrite) -> None:
    text, scope = spread(element.get("sqref", ""), layout)
    if not text:
        drop(element)
        return
    element.set("sqref", text)
    _formulas(element, scope, rewrite)


def _spread_extension(element: etree._Element, layout: Layout, rewrite: Rewrite) -> None:
    """The form of Excel's extensions: the ranges are an element beside the formulas."""
    owner = element.getparent()
    if owner is None or local(owner) == "sparkline":
        return
    text, scope = spread(element.text or "", layout)
    if not text:
        drop(owner)
        return
    element.text = text
    _formulas(owner, scope, rewrite)


def _copy_sparkline(element: etree._Element, layout: Layout, rewrite: Rewrite) -> None:
    cells = element.find("{*}sqref")
    if cells is None:
        return
    at = element
    for scope, area in copies_of(cells.text or "", layout):
        twin = copy.deepcopy(element)
        for inner in twin:
            inner.text = (
                area.text(area.top, area.bottom) if local(inner) == "sqref" else rewrite(inner.text or "", scope)
            )
        at.addnext(twin)
        at = twin
    drop(element)


def _stretch(element: etree._Element, layout: Layout) -> None:
    text = moved_text(element.get("ref", ""), layout)
    area = area_of(text)
    if area is None:
        if local(element) == "dimension":
            drop(element)
        return
    needed = 1 + int(element.get("totalsRowCount", "0")) if local(element) == "table" else 0
    # A table without any row of data is refused by Excel.
    element.set("ref", area.text(area.top, max(area.bottom, area.top + needed)))


def _copy_break(element: etree._Element, layout: Layout) -> None:
    row = int(element.get("id", "0"))
    at = element
    for _, _, bottom in layout.copies(row, row):
        twin = copy.deepcopy(element)
        twin.set("id", str(bottom))
        at.addnext(twin)
        at = twin
    drop(element)


def _move_pane(pane: etree._Element, layout: Layout) -> None:
    corner = area_of(pane.get("topLeftCell", ""))
    if corner is None:
        return
    new = layout.near(corner.top)
    rows = pane.get("ySplit")
    if rows and pane.get("state") in ("frozen", "frozenSplit"):
        first = corner.top - int(float(rows))
        pane.set("ySplit", str(max(new - layout.near(first), 1)))
    pane.set("topLeftCell", f"{corner.left}{new}")


def _move_selection(element: etree._Element, layout: Layout) -> None:
    cell = area_of(element.get("activeCell", "A1"))
    if cell is not None:
        place = f"{cell.left}{layout.near(cell.top)}"
        element.set("activeCell", place)
        element.set("sqref", place)
        if "activeCellId" in element.attrib:
            del element.attrib["activeCellId"]


def move_anchor(anchor: etree._Element, layout: Layout) -> None:
    """Move what floats over a sheet with the rows that it stands on (Excel's `editAs`: twoCell moves and sizes)."""
    start, end = (anchor.find(f"{{*}}{name}/{{*}}row") for name in ("from", "to"))
    if start is None or anchor.get("editAs") == "absolute":
        return
    first = int(start.text or 0)
    new = layout.near(first + 1) - 1
    start.text = str(new)
    if end is None:
        return
    last = int(end.text or 0)
    if anchor.get("editAs") == "oneCell":
        end.text = str(new + last - first)
    else:
        span = layout.find(first + 1, last + 1)
        end.text = str(max(span[1] - 1 if span else new, new))


def rewriter(layout_of: Callable[[str], Layout | None], own: Layout | None) -> Rewrite:
    """What rewrites formulas: references of its own sheet through `own`, of other sheets through `layout_of`."""
    known: dict[str, Formula | None] = {}

    def rewrite(text: str, scope: Scope) -> str:
        if text not in known:
            try:
                known[text] = Formula(text)
            except TokenizerError:
                known[text] = None
        formula = known[text]
        return formula.text(resolver(layout_of, own, scope)) if formula else text

    return rewrite


def resolver(
    layout_of: Callable[[str], Layout | None], own: Layout | None, scope: Scope
) -> Callable[[Area], tuple[int, int] | None]:
    """Where a formula's references lead, for a formula that is read from `scope` of its own sheet."""

    def resolve(area: Area) -> tuple[int, int] | None:
        layout = own if area.sheet is None else layout_of(area.sheet)
        if layout is None:
            return None
        return layout.resolve(area, scope if layout is own else OUTSIDE)

    return resolve
