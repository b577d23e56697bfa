"""Pages → PDF files: each font of the batch embedded with the glyphs that a file shows, the seal, bookmarks, language."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from docgen.carried import put
from docgen.fonts.pdftext import printable
from docgen.fonts.roles import Role
from docgen.model.official import OfficialDocument, Paging, parts_of

from . import measures as m
from .faces import Faces
from .layout import Compositor
from .leaves import Leaf
from .tables import table_texts

_STATIC_ID = b"31415926535897932384626433832795"
_OWN_WORDS = "0123456789— 附件：:.（）()合计〓…、。草稿抄送主印发"


@dataclass(frozen=True, slots=True)
class OfficialPdf:
    """A finished file: its bytes, how many pages it has, and what is where on them."""

    data: bytes
    pages: int
    paging: Paging


def set_documents(documents: Sequence[OfficialDocument]) -> Iterator[OfficialPdf]:
    """The PDF of each document, in order, one at a time. The fonts are cut once for all of them.

    The same documents give the same bytes on machines with the same fonts. Raises EnvironmentLacks without fonts.
    """
    faces = Faces(_texts(documents))
    compositor = Compositor(faces)
    seals: dict[bytes, tuple[bytes, bytes, int, int]] = {}
    for document in documents:
        leaves, paging = compositor.pages(document)
        yield OfficialPdf(_file(document, leaves, faces, seals), len(leaves), paging)


def _texts(documents: Iterable[OfficialDocument]) -> dict[Role, str]:
    """For each role, every character that the documents set in it."""
    found: dict[Role, set[str]] = {role: set(_OWN_WORDS) for role in Role}
    for document in documents:
        for role, text in _pieces(document):
            found[role].update(printable(text))
    return {role: "".join(sorted(characters)) for role, characters in found.items()}


def _pieces(document: OfficialDocument) -> Iterator[tuple[Role, str]]:
    yield Role.TITLE, document.mark + document.title
    plain = (document.number, document.addressee, document.issuer, document.date, document.note)
    yield Role.FANGSONG, "".join((*plain, document.copies, document.printer, document.printed))
    paragraphs = [*document.body]
    for annex in document.annexes:
        yield Role.TITLE, annex.title
        yield Role.FANGSONG, annex.title
        paragraphs += [*annex.lead, *annex.tail]
        for table in annex.tables:
            yield from table_texts(table)
    for paragraph in paragraphs:
        yield from zip((Role.HEI, Role.KAI, Role.FANGSONG), parts_of(paragraph), strict=True)


def _file(
    document: OfficialDocument, leaves: list[Leaf], faces: Faces, seals: dict[bytes, tuple[bytes, bytes, int, int]]
) -> bytes:
    pdf = pikepdf.new()
    shown: dict[int, set[int]] = {}
    for leaf in leaves:
        for font, glyph in leaf.shown:
            shown.setdefault(font, set()).add(glyph)
    fonts = {f"/F{number}": faces.fonts[number].embed(pdf, shown[number]) for number in sorted(shown)}
    resources = Dictionary(Font=Dictionary(fonts))
    if document.seal and any(leaf.pictures for leaf in leaves):
        resources.XObject = Dictionary(Seal=_seal(pdf, document.seal, seals))
    shared = pdf.make_indirect(resources)
    box = Array([0, 0, round(m.PAGE_WIDTH / m.PT, 2), round(m.PAGE_HEIGHT / m.PT, 2)])
    for leaf in leaves:
        page = Dictionary(Type=Name.Page, MediaBox=box, Resources=shared, Contents=_stream(pdf, leaf.content()))
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    _describe(pdf, document)
    if document.data is not None:
        put(pdf, document.data)
    saved = io.BytesIO()
    pdf.save(saved, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return _identified(saved.getvalue())


def _identified(data: bytes) -> bytes:
    """The file with an identifier made from its content (ISO 32000-1, 14.4); qpdf would write it twice for that."""
    head, found, tail = data.rpartition(b"/ID [")
    if not found or tail.count(_STATIC_ID) != 2:
        raise ValueError("no identifier where it was expected")
    return head + found + tail.replace(_STATIC_ID, hashlib.md5(data, usedforsecurity=False).hexdigest().encode())


def _stream(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Object:
    return pdf.make_stream(zlib.compress(content, 6), Filter=Name.FlateDecode)


def _describe(pdf: pikepdf.Pdf, document: OfficialDocument) -> None:
    """Title, author, language, and what readers show first; no dates, so that the same document is the same file."""
    pdf.docinfo["/Title"] = document.title
    pdf.docinfo["/Author"] = document.issuer
    pdf.docinfo["/Producer"] = "docgen"
    pdf.Root.Lang = "zh-CN"
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _seal(pdf: pikepdf.Pdf, data: bytes, seals: dict[bytes, tuple[bytes, bytes, int, int]]) -> pikepdf.Object:
    """The seal as a picture with a soft mask; its bytes are prepared once a batch."""
    if data not in seals:
        image = Image.open(io.BytesIO(data)).convert("RGBA")
        colour, cover = image.convert("RGB").tobytes(), image.getchannel("A").tobytes()
        seals[data] = (zlib.compress(colour, 6), zlib.compress(cover, 6), *image.size)
    colour, cover, width, height = seals[data]
    common = {
        "Subtype": Name.Image,
        "Width": width,
        "Height": height,
        "BitsPerComponent": 8,
        "Filter": Name.FlateDecode,
    }
    mask = pdf.make_stream(cover, Type=Name.XObject, ColorSpace=Name.DeviceGray, **common)
    return pdf.make_stream(colour, Type=Name.XObject, ColorSpace=Name.DeviceRGB, SMask=mask, **common)
