"""Comments on cells, in the notation that Excel and WPS both show: a list of texts, and a shape (VML) for each.

A cell bears one comment. Where the user has written one, ours is put above it and can be told apart by its frame, so
that marking again takes it out and leaves the user's own words as they were.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from docgen.tools.spreadsheetml import SHEET_ORDER, put_in_order, q

from ..excel.rows import place_of
from .parts import Parts, new_root

AUTHOR = "docgen"
BEGIN, END = "【docgen 核查】", "【核查完】"
_OURS = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END) + r"\n?", re.DOTALL)

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_V, _O, _X = (
    "urn:schemas-microsoft-com:vml",
    "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:office:excel",
)
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_FIRST = 500  # of the numbers that a sheet has for its shapes, well behind those that programs use
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_WIDTH, _LINE = 300.0, 15.0  # points
_LETTERS_A_LINE = 46


@dataclass(slots=True)
class Comments:
    """The comments of one worksheet."""

    parts: Parts
    sheet: str
    number: int
    """The sheet's place in the workbook, from 1: shapes of a sheet are numbered from 1024 × this."""

    def clear(self) -> None:
        """Take out what an earlier marking put in."""
        part = self.parts.linked(self.sheet, "comments")
        if not part:
            return
        root = self.parts.tree(part)
        gone = set()
        for comment in list(root.iter(q("comment"))):
            text = _text(comment)
            if BEGIN not in text:
                continue
            rest = _OURS.sub("", text)
            if rest.strip():
                _take_out(comment)
            else:
                gone.add(comment.get("ref", ""))
                parent = comment.getparent()
                if parent is not None:
                    parent.remove(comment)
        if gone:
            self._clear_shapes()

    def _clear_shapes(self) -> None:
        drawing = self.parts.linked(self.sheet, "vmlDrawing")
        if not drawing:
            return
        root = self.parts.tree(drawing)
        for shape in list(root.iter(f"{{{_V}}}shape")):
            if shape.get("alt") == AUTHOR:
                root.remove(shape)

    def write(self, texts: Mapping[str, str]) -> None:
        """Put a comment on each cell (by its reference)."""
        if not texts:
            return
        part = self.parts.linked(self.sheet, "comments")
        root = self.parts.tree(part) if part else self._new_part()
        authors, listed = root.find(q("authors")), root.find(q("commentList"))
        if authors is None or listed is None:
            raise ValueError("批注的结构不对")
        known = {comment.get("ref", ""): comment for comment in listed}
        author = _author(authors)
        fresh = {}
        for cell, text in texts.items():
            framed = f"{BEGIN}\n{text}\n{END}"
            if cell in known:
                _put_above(known[cell], framed + "\n")
            else:
                listed.append(_comment(cell, author, framed))
                fresh[cell] = framed
        listed[:] = sorted(listed, key=lambda comment: place_of(comment.get("ref", "A1")))
        if fresh:
            self._draw(fresh)

    def _new_part(self) -> etree._Element:
        name = self.parts.free_name("xl/comments{}.xml")
        root = new_root("comments")
        etree.SubElement(root, q("authors"))
        etree.SubElement(root, q("commentList"))
        self.parts.add(name, root, _COMMENTS_TYPE)
        self.parts.link(self.sheet, name, "comments")
        return root

    def _draw(self, texts: Mapping[str, str]) -> None:
        """A hidden shape for each new comment: without one, Excel repairs the file."""
        drawing = self.parts.linked(self.sheet, "vmlDrawing")
        root = self.parts.tree(drawing) if drawing else self._new_drawing()
        for order, (cell, text) in enumerate(texts.items(), 1):
            root.append(_shape(cell, text, self.number * 1024 + _FIRST + order, order))

    def _new_drawing(self) -> etree._Element:
        name = self.parts.free_name("xl/drawings/vmlDrawing{}.vml")
        root = etree.Element("xml", nsmap={"v": _V, "o": _O, "x": _X})
        layout = etree.SubElement(root, f"{{{_O}}}shapelayout", {f"{{{_V}}}ext": "edit"})
        etree.SubElement(layout, f"{{{_O}}}idmap", {f"{{{_V}}}ext": "edit", "data": str(self.number)})
        kind = etree.SubElement(
            root, f"{{{_V}}}shapetype", id="_x0000_t202", coordsize="21600,21600", path="m,l,21600r21600,l21600,xe"
        )
        kind.set(f"{{{_O}}}spt", "202")
        etree.SubElement(kind, f"{{{_V}}}stroke", joinstyle="miter")
        etree.SubElement(kind, f"{{{_V}}}path", {"gradientshapeok": "t", f"{{{_O}}}connecttype": "rect"})
        self.parts.default_type("vml", _VML_TYPE)
        self.parts.add(name, root, _VML_TYPE)
        link = self.parts.link(self.sheet, name, "vmlDrawing")
        put_in_order(self.parts.tree(self.sheet), etree.Element(q("legacyDrawing"), {f"{{{_R}}}id": link}), SHEET_ORDER)
        return root


def _author(authors: etree._Element) -> str:
    names = [author.text or "" for author in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, q("author")).text = AUTHOR
        names.append(AUTHOR)
    return str(names.index(AUTHOR))


def _text(comment: etree._Element) -> str:
    return "".join(text.text or "" for text in comment.iter(q("t")))


def _run(text: str) -> etree._Element:
    run = etree.Element(q("r"))
    look = etree.SubElement(run, q("rPr"))
    etree.SubElement(look, q("sz"), val="9")
    etree.SubElement(look, q("rFont"), val="宋体")
    etree.SubElement(look, q("charset"), val="134")
    words = etree.SubElement(run, q("t"))
    words.text = text
    words.set(_SPACE, "preserve")
    return run


def _comment(cell: str, author: str, text: str) -> etree._Element:
    comment = etree.Element(q("comment"), ref=cell, authorId=author)
    etree.SubElement(comment, q("text")).append(_run(text))
    return comment


def _put_above(comment: etree._Element, text: str) -> None:
    """Our words before the user's; a plain text becomes a run, since a text has either the one or the other."""
    holder = comment.find(q("text"))
    if holder is None:
        holder = etree.SubElement(comment, q("text"))
    plain = holder.find(q("t"))
    if plain is not None:
        own = _run(plain.text or "")
        own.remove(own[0])  # as plain as it was
        holder.remove(plain)
        holder.insert(0, own)
    holder.insert(0, _run(text))


def _take_out(comment: etree._Element) -> None:
    """Our words out of a user's comment, whole runs where they are ours alone."""
    holder = comment.find(q("text"))
    if holder is None:
        return
    for run in list(holder.findall(q("r"))):
        words = run.find(q("t"))
        if words is None or words.text is None or BEGIN not in words.text:
            continue
        words.text = _OURS.sub("", words.text)
        if not words.text.strip():
            holder.remove(run)
    plain = holder.find(q("t"))
    if plain is not None and plain.text:
        plain.text = _OURS.sub("", plain.text)
    runs = holder.findall(q("r"))
    if len(runs) == 1 and len(runs[0]) == 1 and plain is None:  # a plain text before we came
        words = runs[0][0]
        holder.remove(runs[0])
        holder.append(words)


def _shape(cell: str, text: str, number: int, order: int) -> etree._Element:
    row, column = (place - 1 for place in place_of(cell))
    wide = (sum(2 if ord(letter) > 0x2E7F else 1 for letter in line) for line in text.split("\n"))
    lines = sum(-(-width // _LETTERS_A_LINE) or 1 for width in wide)
    height = min(lines, 24) * _LINE + 10
    shape = etree.Element(
        f"{{{_V}}}shape",
        id=f"_x0000_s{number}",
        alt=AUTHOR,
        type="#_x0000_t202",
        style=f"position:absolute;width:{_WIDTH:g}pt;height:{height:g}pt;z-index:{order};visibility:hidden",
        fillcolor="#ffffe1",
    )
    shape.set(f"{{{_O}}}insetmode", "auto")
    etree.SubElement(shape, f"{{{_V}}}fill", color2="#ffffe1")
    etree.SubElement(shape, f"{{{_V}}}shadow", on="t", color="black", obscured="t")
    etree.SubElement(shape, f"{{{_V}}}path", {f"{{{_O}}}connecttype": "none"})
    box = etree.SubElement(shape, f"{{{_V}}}textbox", style="mso-direction-alt:auto")
    etree.SubElement(box, "div", style="text-align:left")
    data = etree.SubElement(shape, f"{{{_X}}}ClientData", ObjectType="Note")
    etree.SubElement(data, f"{{{_X}}}MoveWithCells")
    tall = max(round(height / 18), 3)
    anchor = (column + 1, 15, max(row - 1, 0), 4, column + 5, 15, max(row - 1, 0) + tall, 4)
    etree.SubElement(data, f"{{{_X}}}Anchor").text = ", ".join(str(value) for value in anchor)
    etree.SubElement(data, f"{{{_X}}}AutoFill").text = "False"
    etree.SubElement(data, f"{{{_X}}}Row").text = str(row)
    etree.SubElement(data, f"{{{_X}}}Column").text = str(column)
    return shape
