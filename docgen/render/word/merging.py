"""Merged cells in tables whose rows and columns come from loops.

`{{ 行.存放场地 | 合并 }}` lets a cell grow into the one above when both have the same value, `| 横并` into the one to its
left. Both filters leave a mark behind the value; `merge` acts on the marks once the rows are there. So it does not
matter how the rows came about: nested loops, conditions, included parts, column loops.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from typing import Any, cast

from jinja2 import Undefined
from lxml import etree
from markupsafe import Markup

from docgen.tools.packed import PackedRows

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WRAPPING = ("sdt", "sdtContent", "customXml", "ins", "del")
OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Around docgen's marks in rendered XML, which allows them; Unicode keeps them free for what never leaves a program."""
_MARK = re.compile(f"{OPEN}(?P<axis>down|across) (?P<key>[-0-9a-f]+){CLOSE}")
_TEXTS = etree.XPath(f".//text()[contains(., '{OPEN}')]")
_USED = re.compile(r"\|\s*(?:合并|横并)(?!\w)")
_CELL_PROPERTIES, _SPAN, _WRAPPERS = f"{W}tcPr", f"{W}gridSpan", {f"{W}{name}" for name in _WRAPPING}
_DOWN, _ACROSS = "down", "across"
_NO_KEY = "-"
_BEFORE_SPAN = ("cnfStyle", "tcW")
_BEFORE_MERGE = ("cnfStyle", "tcW", "gridSpan", "hMerge")


class _Blank:
    """A record of which every field is empty."""

    def __getitem__(self, name: str) -> str:
        return ""

    def __bool__(self) -> bool:
        return False


def at_least_one(rows: Iterable[Any] | None) -> list[Any]:
    """The rows, or one empty record: a teacher without certificates then still has a row of his own."""
    return list(rows or ()) or [_Blank()]


def _marking(axis: str) -> Callable[..., Any]:
    def marked(value: Any, *keys: Any) -> Any:
        if value is None or isinstance(value, Undefined):
            return value  # what is missing is told where all missing values are told
        mark = f"{OPEN}{axis} {_key_of(keys or (value,))}{CLOSE}"
        if hasattr(value, "__html__"):
            return Markup(value.__html__()) + mark  # noqa: S704 - the object says that it is XML
        return f"{value}{mark}"

    return marked


FILTERS: Mapping[str, Callable[..., Any]] = {
    "合并": _marking(_DOWN),
    "横并": _marking(_ACROSS),
    "至少一行": at_least_one,
}
"""The filters that Word templates have beside docgen's others. 合并 and 横并 demand that `merge` is called afterwards."""


def _key_of(values: Iterable[Any]) -> str:
    """A key that is the same for the same values; "-" where all are blank, which never merge.

    Text, numbers and lists of them count by what they say, records by which record they are.
    """
    said = [_MARK.sub("", _said(value)) for value in values]
    if not any(said):
        return _NO_KEY
    return blake2b("\x1f".join(said).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _said(value: Any) -> str:
    if value is None or isinstance(value, str):
        return (value or "").strip()
    if isinstance(value, list | tuple | PackedRows):
        return "\x1e".join(_said(item) for item in value)
    if isinstance(value, bool | int | float | Decimal | date):
        return str(value)
    # A record. Rows that are kept packed live no longer than their turn, and another may then stand at the same place
    # in memory: what the record says belongs to its key too.
    return f"\x1d{id(value)}{value!r}"


def needed(source: str) -> bool:
    """Whether a template's source uses one of the merging filters, so that `merge` has to be called."""
    return _USED.search(source) is not None


def merge(root: etree._Element) -> list[etree._Element]:
    """Merge the marked cells below `root` and take the marks out; gives the elements with a mark outside of a table."""
    misplaced: list[etree._Element] = []
    marked: dict[etree._Element, dict[str, str]] = {}
    for element, text in _marked_texts(root):
        cell = element if element.tag == f"{W}tc" else next(element.iterancestors(f"{W}tc"), None)
        if cell is None:
            misplaced.append(element)
            continue
        keys = marked.setdefault(cell, {})
        for mark in _MARK.finditer(text):
            keys[mark["axis"]] = keys.get(mark["axis"], "") + mark["key"]
    for table in dict.fromkeys(next(cell.iterancestors(f"{W}tbl")) for cell in marked):
        _merge_table(table, marked)
    return misplaced


def _marked_texts(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Each text with a mark, and the element that it is in; the marks are taken out."""
    for text in cast("list[Any]", _TEXTS(root)):  # lxml's strings, which know where they are
        element = text.getparent()
        if not _MARK.search(text):
            continue
        if text.is_tail:
            element.tail = _MARK.sub("", text)
            yield element.getparent(), str(text)
        else:
            element.text = _MARK.sub("", text)
            yield element, str(text)


def children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, those inside content controls included, nested tables not."""
    wanted = f"{W}{name}"
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from children(child, name)


def span_of(cell: etree._Element) -> int:
    """How many columns of the grid a cell covers; 1 where its property cannot be read."""
    properties = cell.find(_CELL_PROPERTIES)
    return 1 if properties is None else _number(properties.find(_SPAN), 1)


def _number(element: etree._Element | None, otherwise: int) -> int:
    text = "" if element is None else element.get(f"{W}val", "")
    return int(text) if text.isdecimal() and int(text) else otherwise


def first_column(row: etree._Element) -> int:
    """How many columns of the grid a row leaves free before its first cell."""
    return _number(row.find(f"{W}trPr/{W}gridBefore"), 0)


def _merge_table(table: etree._Element, marked: Mapping[etree._Element, Mapping[str, str]]) -> None:
    above: dict[tuple[int, int], tuple[str, etree._Element]] = {}
    for row in children(table, "tr"):
        _merge_across(row, marked)
        current: dict[tuple[int, int], tuple[str, etree._Element]] = {}
        column, same_group = first_column(row), True
        for cell in children(row, "tc"):
            place = (column, span_of(cell))
            column += place[1]
            key = marked.get(cell, {}).get(_DOWN)
            if key is None:
                continue
            upper_key, upper = above.get(place, ("", None))
            # A group ends where a group to its left ends: 甲's last certificate never runs into 乙's first one.
            same_group = same_group and key == upper_key and _NO_KEY not in key
            if same_group and upper is not None:
                _property(upper, "vMerge", "restart", _BEFORE_MERGE, keep="continue")
                _property(cell, "vMerge", "continue", _BEFORE_MERGE)
                _empty(cell)
            current[place] = (key, cell)
        above = current


def _merge_across(row: etree._Element, marked: Mapping[etree._Element, Mapping[str, str]]) -> None:
    left: etree._Element | None = None
    left_key = ""
    for cell in list(children(row, "tc")):
        key = marked.get(cell, {}).get(_ACROSS, "")
        if left is not None and key and key == left_key and _NO_KEY not in key:
            _widen(left, cell)
            holder = cell.getparent()
            assert holder is not None  # noqa: S101 - it came from a row
            holder.remove(cell)
        else:
            left, left_key = cell, key


def _widen(left: etree._Element, right: etree._Element) -> None:
    """Let `left` cover the columns of `right` too, and its width where both are given in twentieths of a point."""
    _property(left, "gridSpan", str(span_of(left) + span_of(right)), _BEFORE_SPAN)
    width, more = (cell.find(f"{W}tcPr/{W}tcW") for cell in (left, right))
    if width is None or more is None:
        return
    if width.get(f"{W}type") == more.get(f"{W}type"):
        values = (width.get(f"{W}w", ""), more.get(f"{W}w", ""))
        if all(value.isdecimal() for value in values):
            width.set(f"{W}w", str(sum(map(int, values))))


def _property(cell: etree._Element, name: str, value: str, after: tuple[str, ...], keep: str = "") -> None:
    """Set one property of a cell at the place that the schema demands, unless it has the value `keep`."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        properties = etree.Element(f"{W}tcPr")
        cell.insert(0, properties)
    found = properties.find(f"{W}{name}")
    if found is None:
        found = etree.Element(f"{W}{name}")
        position = sum(child.tag in {f"{W}{one}" for one in after} for child in properties)
        properties.insert(position, found)
    if not keep or found.get(f"{W}val") != keep:
        found.set(f"{W}val", value)


def _empty(cell: etree._Element) -> None:
    """Leave of a cell its properties and one empty paragraph in the form of its first one."""
    form = cell.find(f".//{W}p/{W}pPr")
    for child in list(cell):
        if child.tag != f"{W}tcPr":
            cell.remove(child)
    paragraph = etree.SubElement(cell, f"{W}p")
    if form is not None:
        paragraph.append(form)
