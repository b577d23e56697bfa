"""Puts right in a rendered part what its author did not mean, and tells from a template whether that can be needed.

A condition that takes away a cell's only paragraph, a loop without rounds, a picture or bookmark inside a loop: each is
a sensible template and a file that Word refuses. Most templates hold none of these, and are then spared the work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from .merging import CLOSE, OPEN, W, children
from .structure import HOLDERS
from .typography import fit_widths

_COLUMNS = f"{OPEN}columns{CLOSE}"
_ROW_PIECE = re.compile(r"<(/?)w:(tbl|tr|tc)(?=[\s>])[^>]*(?<!/)>|{%[-+]?\s*for\b")
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TOKEN = re.compile(
    r"<(?P<end>/?)(?P<name>w:(?:tc|tr|tbl|p|hdr|ftr|footnote|endnote|comment|txbxContent|t|bookmarkStart|fldChar"
    r"|gridSpan)|wp:docPr)(?=[\s/>])(?P<rest>[^>]*?)(?P<empty>/?)>|{%[-+]?\s*(?P<tag>\w+)(?P<words>[^%]*)|(?P<value>{{)",
)
_HOLDERS = {"w:tc", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:comment", "w:txbxContent"}
_FRAMES = {*_HOLDERS, "w:tbl", "w:tr"}
_CHILD_OF = {"w:tbl": "w:tr", "w:tr": "w:tc"}
_BLOCK_TAGS = {"for", "if", "macro", "call", "filter", "with", "autoescape"}


@dataclass(slots=True)
class _Frame:
    """An open element that must keep some content: `sound` once it has it under every condition."""

    name: str
    blocks: int
    sound: bool = False


@dataclass(slots=True)
class _Scan:
    """Reads a template's source once; `risky` once the rendered part may need repair or a check."""

    blocks: list[str] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    fields: list[int] = field(default_factory=list)
    in_text: bool = False
    risky: bool = False

    def tag(self, name: str, words: str) -> None:
        self.risky = self.risky or bool(self.frames and self.frames[-1].name == "w:tr")
        if name in _BLOCK_TAGS or (name == "set" and "=" not in words):
            self.blocks.append(name)
        elif name.startswith("end") and self.blocks:
            self.blocks.pop()

    def element(self, name: str, rest: str, ends: bool, empty: bool) -> None:
        if name == "w:t":
            self.in_text = not ends and not empty
        elif name in ("w:bookmarkStart", "wp:docPr") and not ends:
            self.risky = self.risky or "for" in self.blocks
        elif name == "w:gridSpan":
            self.risky = self.risky or "{{" in rest
        elif name == "w:fldChar":
            self._field(rest)
        elif name == "w:p":
            self._paragraph(ends or empty)
        elif ends or empty:
            self._close(name, empty)
        else:
            self._child(name)
            self.frames.append(_Frame(name, len(self.blocks)))

    def _field(self, rest: str) -> None:
        if '"begin"' in rest:
            self.fields.append(len(self.blocks))
        elif '"end"' in rest:
            self.risky = self.risky or not self.fields or self.fields.pop() != len(self.blocks)

    def _paragraph(self, closed: bool) -> None:
        if closed and self.frames and self.frames[-1].name in _HOLDERS:
            self.frames[-1].sound = self.frames[-1].sound or self.frames[-1].blocks == len(self.blocks)

    def _child(self, name: str) -> None:
        parent = self.frames[-1] if self.frames else None
        if parent and _CHILD_OF.get(parent.name) == name and parent.blocks == len(self.blocks):
            parent.sound = True

    def _close(self, name: str, empty: bool) -> None:
        if empty:
            self.risky = True
            return
        frame = self.frames.pop() if self.frames else None
        self.risky = self.risky or frame is None or frame.name != name or not frame.sound
        if name == "w:tbl" and self.frames:
            self.frames[-1].sound = False


def may_be_needed(source: str) -> bool:
    """Whether documents made from this template source (tags in place, before Jinja) may need `repair` and a check."""
    scan = _Scan()
    for match in _TOKEN.finditer(source):
        if match["value"]:
            in_attribute = source[match.start() - 1] == '"'
            scan.risky = scan.risky or not (scan.in_text or in_attribute)
        elif match["tag"]:
            scan.tag(match["tag"], match["words"])
        else:
            scan.element(match["name"], match["rest"], bool(match["end"]), bool(match["empty"]))
        if scan.risky:
            return True
    return bool(scan.fields)


def prepare(source: str) -> str:
    """A template's source with a mark in each table whose columns come from a loop; `repair` takes it out again.

    Whether a table's columns were copied cannot be seen afterwards; the widths of other tables are the user's.
    """
    tables: list[int] = []
    inside: list[str] = []
    places: set[int] = set()
    for match in _ROW_PIECE.finditer(source):
        if match[2] is None:
            if inside and inside[-1] == "tr" and tables:
                places.add(tables[-1])
        elif not match[1]:
            inside.append(match[2])
            if match[2] == "tbl":
                tables.append(match.end())
        elif inside:
            inside.pop()
            if match[2] == "tbl" and tables:
                tables.pop()
    for place in sorted(places, reverse=True):
        source = f"{source[:place]}{_COLUMNS}{source[place:]}"
    return source


def repair(root: etree._Element) -> None:
    """Empty rows and tables go, a holder without a last paragraph gets an empty one, numbers of things are made unique."""
    for table in reversed(list(root.iter(f"{W}tbl"))):
        if table.text and _COLUMNS in table.text:
            table.text = table.text.replace(_COLUMNS, "")
            fit_widths(table)
        for row in list(children(table, "tr")):
            if next(children(row, "tc"), None) is None:
                _remove(row)
        if next(children(table, "tr"), None) is None:
            _remove(table)
    for holder in root.iter(*HOLDERS):
        blocks = [child.tag for child in holder if child.tag in (f"{W}p", f"{W}tbl", f"{W}sdt", f"{W}altChunk")]
        if not blocks or blocks[-1] == f"{W}tbl":
            etree.SubElement(holder, f"{W}p")
    _number_drawings(root)
    _number_bookmarks(root)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _number_drawings(root: etree._Element) -> None:
    """Only what repeats a number gets a new one, above all that are in use."""
    drawings = list(root.iter(_DOC_PR))
    last = max((int(one.get("id", "0")) for one in drawings if one.get("id", "").isdecimal()), default=0)
    seen: set[str] = set()
    for drawing in drawings:
        if drawing.get("id", "") in seen:
            last += 1
            drawing.set("id", str(last))
        seen.add(drawing.get("id", ""))


def _number_bookmarks(root: etree._Element) -> None:
    """Of bookmarks with the same name the first stays, as Word would have it; the others keep their text, not the mark."""
    marks = list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"))
    last = max((int(one.get(f"{W}id", "0")) for one in marks if one.get(f"{W}id", "").isdecimal()), default=0)
    names: set[str] = set()
    numbers: set[str] = set()
    now: dict[str, str] = {}  # the number in the template → the number of the bookmark that is open now; "" for none
    for mark in marks:
        number = mark.get(f"{W}id", "")
        if mark.tag == f"{W}bookmarkEnd":
            if now.get(number) == "":
                _remove_keeping_tail(mark)
            elif number in now:
                mark.set(f"{W}id", now[number])
            continue
        name = mark.get(f"{W}name", "")
        if name in names:
            now[number] = ""
            _remove_keeping_tail(mark)
            continue
        names.add(name)
        now[number] = number
        if number in numbers:
            last += 1
            now[number] = str(last)
            mark.set(f"{W}id", str(last))
        numbers.add(number)


def _remove_keeping_tail(mark: etree._Element) -> None:
    mark.tail = None  # between Word's elements stands no text
    _remove(mark)
