"""A paragraph of Word as a line of text whose characters know where they stand, and changes to spans of it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ..results import PlaceKind
from ..structure import OBJECT, Control, Line
from .xml import GONE, MC, W14, WRAPPERS, W, is_on, run, run_properties, set_property, set_shade, value_of

_SIGNS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
    f"{W}ptab": "\t",
}
_BOX_SYMBOLS = {
    "F0A8": "□",
    "F0A3": "□",
    "F06F": "□",
    "F071": "□",
    "F0FE": "☑",
    "F052": "☑",
    "F053": "☒",
    "F0FD": "☒",
    "F0A1": "○",
    "F06D": "○",
}
CHECKED_SYMBOL = {
    "F0A8": ("F0FE", "Wingdings"),
    "F0A3": ("F0FE", "Wingdings"),
    "F06F": ("F0FE", "Wingdings"),
    "F071": ("F0FE", "Wingdings"),
}


@dataclass(slots=True)
class Piece:
    """Some characters of a line: the element that shows them and the run that it stands in."""

    start: int
    text: str
    element: etree._Element
    run: etree._Element

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(slots=True)
class Paragraph:
    """What a Line's handle is: the w:p, its characters, and a copy of it in a fallback that must stay alike."""

    element: etree._Element
    pieces: list[Piece] = field(default_factory=list)
    mirror: Paragraph | None = None


@dataclass(slots=True)
class LegacyField:
    """A form field of old: its ffData, and the runs that show its value."""

    data: etree._Element
    begin: etree._Element
    runs: list[etree._Element] = field(default_factory=list)


class _Reader:
    """Walks through a paragraph once."""

    def __init__(self, element: etree._Element) -> None:
        self.paragraph = Paragraph(element)
        self.text: list[str] = []
        self.length = 0
        self.underlined: list[tuple[int, int]] = []
        self.controls: list[Control] = []
        self.bookmarks: dict[str, tuple[int, str]] = {}
        self.names: list[tuple[int, int, str]] = []
        self._field: LegacyField | None = None
        self._depth = 0
        self._shown = False

    def add(self, text: str, element: etree._Element, owner: etree._Element) -> None:
        self.paragraph.pieces.append(Piece(self.length, text, element, owner))
        self.text.append(text)
        self.length += len(text)

    def walk(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child)
            elif tag == f"{W}sdt":
                self._control(child)
            elif tag in WRAPPERS:
                self.walk(child)
            elif tag == f"{W}bookmarkStart":
                self._bookmark(child)
            elif tag == f"{W}bookmarkEnd":
                start, name = self.bookmarks.pop(value_of(child, "id"), (0, ""))
                if name:
                    self.names.append((start, self.length, name))

    def _bookmark(self, element: etree._Element) -> None:
        name = value_of(element, "name")
        if name and not name.startswith("_"):
            self.bookmarks[value_of(element, "id")] = (self.length, name)

    def _run(self, element: etree._Element) -> None:
        properties = element.find(f"{W}rPr")
        ruled = properties is not None and is_on(properties.find(f"{W}u"))
        if properties is not None and is_on(properties.find(f"{W}vanish")):
            return
        start = self.length
        for child in element:
            tag = child.tag
            if tag == f"{W}fldChar":
                self._field_mark(child, element)
            elif self._field is not None:
                if self._shown and element not in self._field.runs:
                    self._field.runs.append(element)
            elif self._depth and not self._shown:
                continue
            elif tag == f"{W}t":
                self.add(child.text or "", child, element)
            elif tag in _SIGNS:
                self.add(_SIGNS[tag], child, element)
            elif tag == f"{W}sym":
                self.add(_BOX_SYMBOLS.get(value_of(child, "char").upper(), "?"), child, element)
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object", f"{MC}AlternateContent") and _is_picture(child):
                self.add(OBJECT, child, element)
            elif tag in GONE:
                continue
        if ruled and self.length > start:
            if self.underlined and self.underlined[-1][1] == start:
                start = self.underlined.pop()[0]
            self.underlined.append((start, self.length))

    def _field_mark(self, mark: etree._Element, owner: etree._Element) -> None:
        kind = value_of(mark, "fldCharType")
        if kind == "begin":
            self._depth += 1
            self._shown = False
            data = mark.find(f"{W}ffData")
            if data is not None and self._field is None:
                self._field = LegacyField(data, owner)
        elif kind == "separate":
            self._shown = True
        elif kind == "end":
            self._depth = max(self._depth - 1, 0)
            self._shown = self._depth > 0
            if self._field is not None and not self._depth:
                legacy, self._field = self._field, None
                self.controls.append(_legacy(legacy, self.length))
                self.add(OBJECT, mark, owner)

    def _control(self, element: etree._Element) -> None:
        content = element.find(f"{W}sdtContent")
        made = control_of(element, self.length)
        if made is not None:
            self.controls.append(made)
            self.add(OBJECT, element, element)
        elif content is not None:
            self.walk(content)


def _is_picture(element: etree._Element) -> bool:
    return not any(True for _ in element.iter(f"{W}txbxContent"))


def _legacy(legacy: LegacyField, position: int) -> Control:
    """An old form field as a control."""
    name = value_of(legacy.data.find(f"{W}name"))
    shown = "".join(each.text or "" for owner in legacy.runs for each in owner.iter(f"{W}t"))
    if (box := legacy.data.find(f"{W}checkBox")) is not None:
        checked = box.find(f"{W}checked")
        state = checked if checked is not None else box.find(f"{W}default")
        return Control(position, PlaceKind.CHECK, name, value="是" if is_on(state) else "", handle=legacy)
    if (drop := legacy.data.find(f"{W}ddList")) is not None:
        options = tuple(value_of(each) for each in drop.findall(f"{W}listEntry"))
        result = value_of(drop.find(f"{W}result"))
        chosen = options[int(result)] if result.isdigit() and int(result) < len(options) else ""
        return Control(position, PlaceKind.LIST, name, options, chosen, handle=legacy)
    return Control(position, PlaceKind.CONTROL, name, value=shown.strip("\u2002 \u3000"), handle=legacy)


def control_of(element: etree._Element, position: int) -> Control | None:
    """A content control; None for one that only groups, repeats or locks what stands in it."""
    properties = element.find(f"{W}sdtPr")
    if properties is None or element.find(f"{W}sdtContent") is None:
        return None
    alias, tag = value_of(properties.find(f"{W}alias")), value_of(properties.find(f"{W}tag"))
    name = alias or tag
    prompt = is_on(properties.find(f"{W}showingPlcHdr"))
    content = element.find(f"{W}sdtContent")
    shown = "" if prompt or content is None else "".join(each.text or "" for each in content.iter(f"{W}t"))
    if (box := properties.find(f"{W14}checkbox")) is not None:
        checked = box.find(f"{W14}checked")
        on = checked is not None and checked.get(f"{W14}val") in ("1", "true")
        return Control(position, PlaceKind.CHECK, name, value="是" if on else "", handle=element)
    for kind in ("dropDownList", "comboBox"):
        if (drop := properties.find(f"{W}{kind}")) is not None:
            options = tuple(
                value_of(each, "displayText") or value_of(each, "value")
                for each in drop.findall(f"{W}listItem")
                if value_of(each, "value")
            )
            return Control(position, PlaceKind.LIST, name, options, shown, handle=element)
    if properties.find(f"{W}date") is not None:
        return Control(position, PlaceKind.CONTROL, name, value=shown, handle=element)
    if properties.find(f"{W}picture") is not None:
        return Control(position, PlaceKind.PICTURE, name, value=shown, handle=element)
    if (
        prompt
        or any(properties.find(f"{W}{kind}") is not None for kind in ("text", "richText"))
        or (name and not shown.strip())
    ):
        return Control(position, PlaceKind.CONTROL, name, value=shown, handle=element)
    return None


def read_line(element: etree._Element, at: str, level: int = 0) -> Line:
    """A w:p as a line."""
    reader = _Reader(element)
    reader.walk(element)
    reader.names += [(start, reader.length, name) for start, name in reader.bookmarks.values()]
    return Line(
        at,
        "".join(reader.text),
        tuple(reader.underlined),
        tuple(reader.controls),
        tuple(reader.names),
        level,
        reader.paragraph,
    )


def both(line: Line) -> Iterator[Paragraph]:
    """The paragraph, and its copy in a fallback."""
    paragraph: Paragraph | None = line.handle
    while paragraph is not None:
        yield paragraph
        paragraph = paragraph.mirror


def replace_span(
    paragraph: Paragraph, start: int, end: int, text: str, *, ruled: bool = False, shade: str = ""
) -> None:
    """Put text in the place of a span (or at a position); `ruled` draws a line under it, `shade` colours it (RRGGBB).

    Spans of one paragraph are replaced from the last to the first: those before keep their positions.
    """
    inside = [piece for piece in paragraph.pieces if piece.start < end and piece.end > start and end > start]
    if inside:
        first, last = inside[0], inside[-1]
        properties = run_properties(first.run)
        after = _split(paragraph, last, end - last.start)
        head = _split(paragraph, first, start - first.start)
        anchor = head if head is not None else first.run
        _put(anchor, text, properties, ruled, shade, before=True)
        _remove_between(paragraph, start, end, after)
        return
    before = [piece for piece in paragraph.pieces if piece.start < start and piece.text]
    if before:
        piece = before[-1]
        properties = run_properties(piece.run)
        for name in ("b", "bCs"):
            for old in properties.findall(f"{W}{name}"):
                properties.remove(old)
        tail = None if piece.text == OBJECT else _split(paragraph, piece, start - piece.start)
        _put(tail if tail is not None else piece.run, text, properties, ruled, shade, before=tail is not None)
        return
    properties = mark_properties(paragraph.element)
    made = run(text, _styled(properties, ruled, shade))
    following = paragraph.pieces[0].run if paragraph.pieces else None
    if following is not None and following.getparent() is not None:
        following.addprevious(made)
    else:
        paragraph.element.append(made)


def mark_properties(paragraph: etree._Element) -> etree._Element:
    """The properties of a paragraph's mark, as a run that is typed into it would have them."""
    found = paragraph.find(f"{W}pPr/{W}rPr")
    properties = copy.deepcopy(found) if found is not None else etree.Element(f"{W}rPr")
    for child in list(properties):
        if child.tag in (f"{W}ins", f"{W}del", f"{W}rPrChange", f"{W}moveFrom", f"{W}moveTo"):
            properties.remove(child)
    return properties


def _styled(properties: etree._Element, ruled: bool, shade: str) -> etree._Element | None:
    if ruled:
        set_property(properties, "u", "single")
    if shade:
        set_shade(properties, shade)
    return properties if len(properties) else None


def _put(
    anchor: etree._Element, text: str, properties: etree._Element, ruled: bool, shade: str, *, before: bool
) -> None:
    made = run(text, _styled(properties, ruled, shade))
    if before:
        anchor.addprevious(made)
    else:
        anchor.addnext(made)


def _split(paragraph: Paragraph, piece: Piece, offset: int) -> etree._Element | None:
    """Cut the run of a piece after `offset` of its characters; the run that follows the cut, None at the run's end."""
    owner, element = piece.run, piece.element
    if offset <= 0 and owner.index(element) <= (1 if owner.find(f"{W}rPr") is not None else 0):
        return owner
    following = list(element.itersiblings())
    if offset >= len(piece.text) and not following:
        return None
    tail = etree.Element(f"{W}r")
    properties = owner.find(f"{W}rPr")
    if properties is not None:
        tail.append(copy.deepcopy(properties))
    moved = []
    if 0 < offset < len(piece.text):
        rest = copy.deepcopy(element)
        rest.tail = None
        _say(rest, piece.text[offset:])
        _say(element, piece.text[:offset])
        tail.append(rest)
        moved.append(Piece(piece.start + offset, piece.text[offset:], rest, tail))
        piece.text = piece.text[:offset]
    elif offset <= 0:
        following.insert(0, element)
    for child in following:
        tail.append(child)
    owner.addnext(tail)
    for other in paragraph.pieces:
        if other.run is owner and any(other.element is child for child in following):
            other.run = tail
    place = paragraph.pieces.index(piece) + 1
    paragraph.pieces[place:place] = moved
    return tail


def _say(element: etree._Element, text: str) -> None:
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _remove_between(paragraph: Paragraph, start: int, end: int, after: etree._Element | None) -> None:
    """Take out the runs that a span consists of, once it has been cut at both ends."""
    gone = [piece for piece in paragraph.pieces if piece.start >= start and piece.end <= end and piece.text]
    for owner in dict.fromkeys(piece.run for piece in gone):
        parent = owner.getparent()
        if parent is not None and owner is not after:
            parent.remove(owner)
    paragraph.pieces = [piece for piece in paragraph.pieces if piece not in gone]
