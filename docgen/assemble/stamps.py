"""What is put on pages: the running foot, the draft mark, photos with their lines. Content streams as bytes."""

from __future__ import annotations

import math

import pikepdf
from pikepdf import Array, Dictionary, Name

from docgen.acroform.geometry import MM, Box, Matrix, number
from docgen.evidence.geometry import FOOT_HEIGHT
from docgen.fonts.pdftext import StampFont

from .pieces import CAPTION_GAP, CAPTION_SIZE, LEADING, TITLE_SIZE, Photo

FONT, MARK, MARK_STATE = "/DocgenFont", "/DocgenDraft", "/DocgenState"
DRAFT_WORD = "草稿"

_FOOT_SIZE, _SMALLEST_FOOT = 9.0, 6.5
_FOOT_SIDE = 20 * MM
_RULE_ABOVE_EDGE = FOOT_HEIGHT - 2 * MM
_DRAFT_SIZE, _DRAFT_ANGLE, _DRAFT_STRENGTH = 150.0, math.radians(35), 0.11
_TITLE_GREY, _CAPTION_GREY, _FOOT_GREY, _RULE_GREY = 0.1, 0.35, 0.4, 0.7


def line(font: StampFont, text: str, size: float, left: float, base: float, grey: float) -> bytes:
    """One line of text from a point on its baseline."""
    start = f"BT {FONT} {number(size)} Tf {number(grey)} g {number(left)} {number(base)} Td ".encode()
    return start + font.encode(text) + b" Tj ET\n"


def foot_text(heading: str, subject: str, page: int, pages: int) -> str:
    """What the running foot says."""
    return " · ".join(part for part in (heading, subject, f"第{page}页 共{pages}页") if part)


def foot(font: StampFont, heading: str, subject: str, page: int, pages: int, width: float) -> bytes:
    """The running foot with the thin rule above it, for a page of that width. A long subject shrinks, then is cut."""
    room = width - 2 * _FOOT_SIDE
    text = foot_text(heading, subject, page, pages)
    size = max(min(_FOOT_SIZE, _FOOT_SIZE * room / max(font.width(text, _FOOT_SIZE), 1)), _SMALLEST_FOOT)
    excess = font.width(text, size) - room
    if excess > 0:
        text = foot_text(heading, font.shorten(subject, size, font.width(subject, size) - excess), page, pages)
    left = (width - font.width(text, size)) / 2
    rule = f"{_RULE_GREY} G 0.4 w {number(_FOOT_SIDE)} {number(_RULE_ABOVE_EDGE)} m {number(width - _FOOT_SIDE)} {number(_RULE_ABOVE_EDGE)} l S\n"
    words = line(font, text, size, left, _RULE_ABOVE_EDGE - 5 * MM, _FOOT_GREY)
    return b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q\n" + rule.encode() + words + b"Q EMC\n"


def draft_mark(width: float, height: float) -> bytes:
    """The draft mark across a page, drawn over what is there and letting it through."""
    middle = Matrix(1, 0, 0, 1, width / 2, height / 2)
    return (
        b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC q "
        + middle.operands
        + f" cm {MARK_STATE} gs {MARK} Do Q EMC\n".encode()
    )


def draft_drawing(pdf: pikepdf.Pdf, font: StampFont, reference: pikepdf.Object) -> pikepdf.Object:
    """The drawing that `draft_mark` shows, centred on its origin; one for all pages."""
    half = font.width(DRAFT_WORD, _DRAFT_SIZE) / 2
    cosine, sine = math.cos(_DRAFT_ANGLE), math.sin(_DRAFT_ANGLE)
    turned = Matrix(cosine, sine, -sine, cosine, 0, 0)
    content = (
        b"/Span <</ActualText <"
        + DRAFT_WORD.encode("utf-16").hex().upper().encode()
        + b">>> BDC "
        + turned.operands
        + f" cm BT {FONT} {number(_DRAFT_SIZE)} Tf 0.745 0.118 0.118 rg ".encode()
        + f"{number(-half)} {number(-_DRAFT_SIZE * 0.38)} Td ".encode()
        + font.encode(DRAFT_WORD)
        + b" Tj ET EMC"
    )
    reach = half + _DRAFT_SIZE
    return pdf.make_stream(
        content,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([round(side, 2) for side in (-reach, -reach, reach, reach)]),
        Resources=Dictionary(Font=Dictionary({FONT: reference})),
        Group=Dictionary(S=Name.Transparency),
    )


def draft_state(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """The transparency of the draft mark."""
    return pdf.make_indirect(Dictionary(Type=Name.ExtGState, ca=_DRAFT_STRENGTH, CA=_DRAFT_STRENGTH))


def photo(font: StampFont, photo: Photo, name: str, matrix: Matrix, place: Box, cell: Box) -> bytes:
    """A photo, a hairline around it, and its lines centred below."""
    box = f"{number(place.left)} {number(place.bottom)} {number(place.width)} {number(place.height)} re"
    frame = f"{_RULE_GREY} G 0.3 w {box} S\n"
    cut = b"" if photo.part == (0.0, 1.0) else f"{box} W n ".encode()
    parts = [b"q ", cut, matrix.operands, f" cm {name} Do Q\nq ".encode(), frame.encode(), b"Q\nq\n"]
    base = place.bottom - CAPTION_GAP
    centre = (cell.left + cell.right) / 2
    lines = [(text, TITLE_SIZE, _TITLE_GREY) for text in photo.title_lines]
    lines += [(text, CAPTION_SIZE, _CAPTION_GREY) for text in photo.caption_lines]
    for text, size, grey in lines:
        base -= size * LEADING
        parts.append(line(font, text, size, centre - font.width(text, size) / 2, base + size * (LEADING - 1), grey))
    return b"".join([*parts, b"Q\n"])
