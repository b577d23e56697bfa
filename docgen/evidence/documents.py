"""Transforms an evidence PDF into pages that stand upright on A4, above the foot, ready to be taken over.

Each page's content becomes one drawing (a form XObject), so that nothing it does to the graphics state can reach what
is stamped around it. Where its content is a single stream, that very stream becomes the drawing: nothing is coded again.
"""

from __future__ import annotations

import logging
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from .annotations import Cleaned, as_box, clean_document, clean_page, move_annotations
from .destinations import Bookmark, Destinations
from .fingerprints import SourcePrints
from .geometry import A4_LONG, A4_SHORT, Box, Matrix, fit_page, page_frame, page_size

_DEEPEST = 64
MOST_CONTENT = 100_000_000
"""Bytes of one page's content, unpacked: a page full of drawing has a few millions."""
_INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
_KEPT_KEYS = ("/Type", "/Parent", "/Annots", "/Tabs")
DRAWING = "/DocgenPage"
logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # what it has to say is told as a finding


class DocumentError(Exception):
    """A PDF that cannot be taken over; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a document: the A4 page that it stands on, where its content goes, and what proves its arrival."""

    width: float
    height: float
    matrix: Matrix
    prints: frozenset[str]


@dataclass(slots=True)
class Document:
    """An evidence PDF made ready; `pdf` must stay open until the volume is written."""

    pdf: pikepdf.Pdf
    leaves: list[Leaf] = field(default_factory=list)
    bookmarks: tuple[Bookmark, ...] = ()
    cleaned: Cleaned = field(default_factory=Cleaned)
    repaired: bool = False


def read_document(data: bytes) -> Document:
    """An evidence PDF made ready. Raises DocumentError for one that cannot be opened, is locked, or has no pages."""
    pdf = _opened(data)
    try:
        return _ready(pdf)
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, KeyError, RuntimeError) as error:
        pdf.close()
        raise DocumentError("PDF 已损坏，有的页读不出来") from error


def _opened(data: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.Pdf.open(BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise DocumentError("PDF 设了打开密码") from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise DocumentError("PDF 已损坏，打不开") from error


def _ready(pdf: pikepdf.Pdf) -> Document:
    if not len(pdf.pages):
        raise DocumentError("PDF 里没有页面")
    document = Document(pdf)
    destinations = Destinations(pdf)
    document.bookmarks = destinations.bookmarks()
    clean_document(pdf, document.cleaned)
    prints = SourcePrints()
    used: set[tuple[int, int]] = set()
    for page in pdf.pages:
        clean_page(page, destinations, document.cleaned)
        document.leaves.append(_leaf(pdf, page, prints, used))
    document.repaired = bool(pdf.get_warnings())
    return document


def _leaf(pdf: pikepdf.Pdf, page: pikepdf.Page, prints: SourcePrints, used: set[tuple[int, int]]) -> Leaf:
    traits = {key: _inherited(page.obj, key) for key in _INHERITED}
    visible = _visible(traits["/MediaBox"], traits["/CropBox"])
    turn = _turn(traits["/Rotate"])
    unit = _positive(page.obj.get("/UserUnit"))
    width, height = page_size(
        *((visible.width, visible.height) if turn % 180 == 0 else (visible.height, visible.width))
    )
    matrix = fit_page(visible, turn, page_frame(width, height), unit)
    drawing = _drawing(pdf, page, used)
    drawing["/Type"], drawing["/Subtype"] = Name.XObject, Name.Form
    drawing["/BBox"] = Array([visible.left, visible.bottom, visible.right, visible.top])
    resources = traits["/Resources"]
    drawing["/Resources"] = resources if isinstance(resources, Dictionary) else Dictionary()
    if isinstance(page.obj.get("/Group"), Dictionary):
        drawing["/Group"] = page.obj["/Group"]
    move_annotations(pdf, page, matrix, turn)
    for key in list(page.obj.keys()):
        if key not in _KEPT_KEYS:
            del page.obj[key]
    page.obj["/MediaBox"] = Array([0, 0, round(width, 3), round(height, 3)])
    page.obj["/Rotate"] = 0  # a parent may say otherwise
    page.obj["/CropBox"] = page.obj["/MediaBox"]
    page.obj["/Resources"] = Dictionary(XObject=Dictionary({DRAWING: drawing}))
    return Leaf(width, height, matrix, prints.of(drawing))


def _drawing(pdf: pikepdf.Pdf, page: pikepdf.Page, used: set[tuple[int, int]]) -> Stream:
    """The page's content as one stream that is this page's alone."""
    contents = page.obj.get("/Contents")
    parts = list(contents) if isinstance(contents, Array) else [contents]
    streams = [part for part in parts if isinstance(part, Stream)]
    if len(streams) != 1:
        return pdf.make_stream(_joined(streams))
    (only,) = streams
    if only.objgen not in used and "/Subtype" not in only and "/F" not in only:
        used.add(only.objgen)
        return only
    copy = pdf.make_stream(only.read_raw_bytes())
    for key in ("/Filter", "/DecodeParms"):
        if key in only:
            copy[key] = only[key]
    return copy


def _joined(streams: list[Stream]) -> bytes:
    """What several streams say, one after another. Raises DocumentError where that would fill the memory."""
    parts: list[bytes] = []
    room = MOST_CONTENT
    for stream in streams:
        parts.append(_content(stream, room))
        room -= len(parts[-1])
    return b"\n".join(parts)


def _content(stream: Stream, room: int) -> bytes:
    """A stream unpacked, at most `room` bytes of it: a few kilobytes of deflated zeros may hold gigabytes."""
    if stream.get("/Filter") == Name.FlateDecode and "/DecodeParms" not in stream:
        unpacker = zlib.decompressobj()
        with suppress(zlib.error):  # a damaged one is left to the library, which saves what it can
            data = unpacker.decompress(stream.read_raw_bytes(), room + 1)
            if len(data) > room:
                raise DocumentError("PDF 有一页的内容大得不合常理，没有读取")
    return stream.read_bytes()


def _inherited(page: pikepdf.Object, key: str) -> object:
    holder: object = page
    for _ in range(_DEEPEST):
        if not isinstance(holder, Dictionary):
            break
        if key in holder:
            return holder[key]
        holder = holder.get("/Parent")
    return None


def _visible(media: object, crop: object) -> Box:
    """What a reader shows of a page: the crop box as far as it lies in the media box; A4 where neither makes sense."""
    sheet = as_box(media)
    if sheet is None or sheet.width <= 1 or sheet.height <= 1:
        sheet = Box(0, 0, A4_SHORT, A4_LONG)
    cut = as_box(crop)
    return (cut and cut.meet(sheet)) or sheet


def _turn(value: object) -> int:
    return round(float(value) / 90) * 90 % 360 if isinstance(value, int | float | Decimal) else 0


def _positive(value: object) -> float:
    return max(float(value), 0.001) if isinstance(value, int | float | Decimal) else 1
