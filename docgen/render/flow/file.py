"""Pages → a PDF file: fonts with just the glyphs shown, links, bookmarks, title and language; no dates."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pydyf
import uharfbuzz

from .faces import FlowFace
from .painting import PT_PER_PX, Inks, Shown
from .strips import Heading, Link

_LEVEL = 6
_SYMBOLIC = 4
_UNUSED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "kern", "cmap", "name", "OS/2", "gasp", "DSIG")
"""What a font program embedded in a PDF has no use for (ISO 32000-1, 9.9)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its content stream (`packed`), and the links and headings on it, placed from its upper left corner."""

    content: bytes
    links: Sequence[Link]
    headings: Sequence[Heading]


def write(
    sheets: Sequence[Sheet], inks: Inks, size: tuple[float, float], title: str, language: str, identifier: bytes
) -> bytes:
    """The file. `size` is the pages' in CSS pixels; the same pages and identifier give the same bytes."""
    pdf = pydyf.PDF()
    fonts = {f"F{shown.number}": _font(pdf, face, shown) for face, shown in inks.faces.items()}
    states = {
        name: pydyf.Dictionary({"ca": f"{alpha:.4g}", "CA": f"{alpha:.4g}"})
        for name, alpha in sorted(inks.opacities.items())
    }
    resources = pydyf.Dictionary({"Font": pydyf.Dictionary(fonts)})
    if states:
        resources["ExtGState"] = pydyf.Dictionary(states)
    pdf.add_object(resources)
    width, height = (length * PT_PER_PX for length in size)
    for sheet in sheets:
        stream = pydyf.Stream([sheet.content], {"Filter": "/FlateDecode"}, compress=False)
        pdf.add_object(stream)
        page = pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": pdf.pages.reference,
                "MediaBox": pydyf.Array([0, 0, round(width, 3), round(height, 3)]),
                "Contents": stream.reference,
                "Resources": resources.reference,
            }
        )
        pdf.add_page(page)
        if sheet.links:
            page["Annots"] = pydyf.Array(_link(pdf, link, height) for link in sheet.links)
    _outline(pdf, sheets, height)
    pdf.catalog["Lang"] = pydyf.String(language)
    if title:
        pdf.info["Title"] = pydyf.String(title)
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.info["Producer"] = pydyf.String("docgen")
    out = io.BytesIO()
    pdf.write(out, version=b"1.7", identifier=identifier)
    return out.getvalue()


def packed(content: str) -> bytes:
    """A content stream as it stands in the file."""
    return zlib.compress(content.encode(), _LEVEL)


def _stream(data: bytes, extra: Mapping[str, Any]) -> Any:
    return pydyf.Stream([zlib.compress(data, _LEVEL)], {**extra, "Filter": "/FlateDecode"}, compress=False)


def _link(pdf: Any, link: Link, height: float) -> Any:
    x, y = link.x * PT_PER_PX, height - link.y * PT_PER_PX
    corners = (x, y - link.height * PT_PER_PX, x + link.width * PT_PER_PX, y)
    annotation = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": pydyf.Array([round(corner, 2) for corner in corners]),
            "BS": pydyf.Dictionary({"W": 0}),
            "A": pydyf.Dictionary({"Type": "/Action", "S": "/URI", "URI": pydyf.String(link.address)}),
        }
    )
    pdf.add_object(annotation)
    return annotation.reference


def _outline(pdf: Any, sheets: Sequence[Sheet], height: float) -> None:
    """The table of contents that readers show at the side: headings under those of the next higher level."""
    entries = [(page, heading) for page, sheet in enumerate(sheets) for heading in sheet.headings]
    if not entries:
        return
    root = pydyf.Dictionary({"Type": "/Outlines"})
    pdf.add_object(root)
    above: list[tuple[int, Any]] = [(0, root)]
    children: dict[int, list[Any]] = {}
    nodes = []
    for page, heading in entries:
        while above[-1][0] >= heading.level:
            above.pop()
        parent = above[-1][1]
        place = [pdf.page_references[page], "/XYZ", round(heading.x * PT_PER_PX, 2)]
        target = pydyf.Array([*place, round(height - heading.y * PT_PER_PX, 2), 0])
        node = pydyf.Dictionary({"Title": pydyf.String(heading.label), "Dest": target, "Parent": parent.reference})
        pdf.add_object(node)
        children.setdefault(id(parent), []).append(node)
        above.append((heading.level, node))
        nodes.append(node)
    for parent in (root, *nodes):
        own = children.get(id(parent), [])
        if own:
            parent["First"], parent["Last"] = own[0].reference, own[-1].reference
            parent["Count"] = _count(parent, children)
        for before, after in pairwise(own):
            before["Next"], after["Prev"] = after.reference, before.reference
    pdf.catalog["Outlines"] = root.reference


def _count(node: Any, children: Mapping[int, Sequence[Any]]) -> int:
    return sum(1 + _count(child, children) for child in children.get(id(node), ()))


def _font(pdf: Any, face: FlowFace, shown: Shown) -> bytes:
    """Put a face with the glyphs shown into the file (ISO 32000-1, 9.7.4); the result is a reference to it."""
    numbers = sorted(shown.glyphs)
    label = face.lean.family
    outlines = face.outlines
    program = outlines.program(numbers, label) if outlines else _subset(face, numbers)
    name = f"/{_tag(program)}+{label}"
    kind = {"Subtype": "/CIDFontType0C"} if outlines else {"Length1": len(program)}
    stream = _stream(program, kind)
    pdf.add_object(stream)
    descriptor = pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": _SYMBOLIC,
            "FontBBox": pydyf.Array([-1000, round(-face.descent * 1000), 2000, round(face.ascent * 1000)]),
            "ItalicAngle": 0,
            "Ascent": round(face.ascent * 1000),
            "Descent": round(-face.descent * 1000),
            "CapHeight": round(face.ascent * 800),
            "StemV": 80,
            ("FontFile3" if outlines else "FontFile2"): stream.reference,
        }
    )
    pdf.add_object(descriptor)
    descendant = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType0" if outlines else "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": pydyf.Dictionary(
                {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
            ),
            "W": pydyf.Array(_widths(face, numbers)),
            "DW": 1000,
            "FontDescriptor": descriptor.reference,
        }
    )
    if not outlines:
        descendant["CIDToGIDMap"] = "/Identity"
    pdf.add_object(descendant)
    texts = _stream(_to_unicode(shown.glyphs), {})
    pdf.add_object(texts)
    font = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([descendant.reference]),
            "ToUnicode": texts.reference,
        }
    )
    pdf.add_object(font)
    reference: bytes = font.reference
    return reference


def _tag(program: bytes) -> str:
    return "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(program).digest()[:6])


def _subset(face: FlowFace, numbers: Sequence[int]) -> bytes:
    """A face whose outlines are not PostScript, cut to some glyphs under their own numbers."""
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(numbers)
    flags = uharfbuzz.SubsetFlags
    wanted.flags = flags.RETAIN_GIDS | flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.NO_LAYOUT_CLOSURE
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in _UNUSED_TABLES)
    return bytes(uharfbuzz.subset(face.font.face, wanted).blob.data)


def _widths(face: FlowFace, numbers: Sequence[int]) -> Iterator[Any]:
    """Those that are not a whole em wide (table 117)."""
    for number in numbers:
        width = face.glyph_width(number) * 1000
        if width != 1000:
            yield number
            yield pydyf.Array([round(width)])


def _to_unicode(glyphs: Mapping[int, str]) -> bytes:
    """A CMap that gives the text behind each code (9.10.3)."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    entries = [f"<{number:04x}> <{text.encode('utf-16-be').hex()}>" for number, text in sorted(glyphs.items())]
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode()
