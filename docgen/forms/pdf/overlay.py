"""Writes upon the pages of a PDF that has no fields: text at its places, ticks on its boxes, as a pen would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name

from docgen.acroform.decoration import disc
from docgen.acroform.geometry import Box, Matrix, number
from docgen.acroform.lettering import Lettering
from docgen.acroform.setting import Laid, Line, Room, lay_out
from docgen.evidence.forms import Ink

from .flattening import ink
from .photos import Stamp, image_of, placed
from .surface import Surface

_TALL = 2.4  # of the type size: a room that is as high as this takes several lines
_PADDING = 3.0
_DIGITS = 9.0
_MIDDLE = 0.38


@dataclass(frozen=True, slots=True)
class Note:
    """One text to be written: its page (from 1), its room, its type size, and where in the room it stands.

    `inside` is false for a blank in a line of text, which has no sides to keep away from.
    """

    page: int
    text: str
    box: Box
    size: float
    inside: bool = True
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to be ticked, or with `disc` a circle to be filled."""

    page: int
    box: Box
    size: float
    disc: bool = False


@dataclass(frozen=True, slots=True)
class Wash:
    """A place to be coloured without hiding what stands there; `colour` as RRGGBB."""

    page: int
    box: Box
    colour: str


@dataclass(slots=True)
class Overlay:
    """What is to be written upon a document; `draw` writes it all."""

    notes: list[Note] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)
    washes: list[Wash] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)

    def draw(self, pdf: pikepdf.Pdf, pages: Sequence[Surface]) -> tuple[list[Laid], tuple[str, ...]]:
        """Write everything; gives how each note was laid out, and the characters that no font has."""
        font = Lettering(note.text for note in self.notes)
        laid = [_laid(font, note) for note in self.notes]
        for surface in pages:
            parts = [
                layout.drawing(font)
                for note, layout in zip(self.notes, laid, strict=True)
                if note.page == surface.number
            ]
            washes = [_washed(wash) for wash in self.washes if wash.page == surface.number]
            if washes:
                parts.insert(0, b"q /Wash gs " + b" ".join(washes) + b" Q")
            parts += [_ticked(tick) for tick in self.ticks if tick.page == surface.number]
            images = Dictionary()
            for place, stamp in enumerate(each for each in self.stamps if each.page == surface.number):
                images[f"/Photo{place}"] = image = image_of(pdf, stamp.photo)
                parts.append(placed(stamp, image, f"Photo{place}"))
            if parts := [part for part in parts if part]:
                drawing = pdf.make_stream(b"\n".join(parts))
                drawing["/Type"], drawing["/Subtype"] = Name.XObject, Name.Form
                box = surface.box
                drawing["/BBox"] = Array([round(side, 3) for side in (box.left, box.bottom, box.right, box.top)])
                resources = Dictionary(Font=font.resources(pdf)) if self.notes else Dictionary()
                if len(images):
                    resources["/XObject"] = images
                if washes:
                    resources["/ExtGState"] = Dictionary(Wash=Dictionary(Type=Name.ExtGState, BM=Name.Multiply))
                drawing["/Resources"] = resources
                ink(pdf, pdf.pages[surface.number - 1], [Ink(drawing, inverse(surface.turned))])
        return laid, font.missing


def _laid(font: Lettering, note: Note) -> Laid:
    """A note in its room: in a low one on one line, in a high one on several, in the middle of what is left."""
    box, pad = note.box, _PADDING if note.inside else 0.5
    width, height = max(box.width - 2 * pad, 4), max(box.height - (2 if note.inside else 0), 4)
    many = note.inside and (height >= _TALL * note.size or "\n" in note.text)
    align = 1 if note.centred and font.width(note.text, note.size) <= width else 0
    if not note.inside and note.centred:  # digits of a date: small gaps have room around
        wide = max(width, font.width(note.text, min(note.size, _DIGITS)))
        middle = (box.left + box.right) / 2
        room = Room(wide, height, middle - wide / 2, box.bottom, note.size, 1)
        return lay_out(font, note.text, room)
    room = Room(width, height, box.left + pad, box.bottom + (box.height - height) / 2, note.size, align, many)
    laid = lay_out(font, note.text, room)
    if (not many and note.inside and not laid.fits) or (note.inside and laid.size < 0.75 * note.size and not many):
        wrapped = lay_out(font, note.text, Room(width, height, room.left, room.bottom, note.size, align, True))
        laid = wrapped if wrapped.size > laid.size else laid
        many = laid is wrapped
    return _centred(laid, box) if many else laid


def _centred(laid: Laid, box: Box) -> Laid:
    """Lines moved to the middle of their room, as people fill in cells."""
    if not laid.lines:
        return laid
    middle = (laid.lines[0].base + laid.lines[-1].base) / 2 + _MIDDLE * laid.size
    down = middle - (box.bottom + box.top) / 2
    if len(laid.lines) > 3 or down <= 0:
        return laid  # a long text begins at the top
    return Laid(tuple(Line(line.text, line.left, line.base - down) for line in laid.lines), laid.size, laid.asked)


def _ticked(tick: Tick) -> bytes:
    side = min(tick.size, max(tick.box.width, 0.6 * tick.size)) * 0.9
    x, y = (tick.box.left + tick.box.right) / 2, (tick.box.bottom + tick.box.top) / 2
    if tick.disc:
        return f"q 0 g {disc((x, y), side * 0.24)} f Q".encode()
    points = [(-0.34, 0.04), (-0.1, -0.26), (0.38, 0.36)]
    path = " ".join(
        f"{number(x + dx * side, 2)} {number(y + dy * side, 2)} {'l' if place else 'm'}"
        for place, (dx, dy) in enumerate(points)
    )
    return f"q 0 G {number(max(side / 8, 0.8), 2)} w 1 J 1 j {path} S Q".encode()


def _washed(wash: Wash) -> bytes:
    red, green, blue = (number(int(wash.colour[place : place + 2], 16) / 255, 3) for place in (0, 2, 4))
    box = wash.box
    area = f"{number(box.left, 2)} {number(box.bottom, 2)} {number(box.width, 2)} {number(box.height, 2)}"
    return f"{red} {green} {blue} rg {area} re f".encode()


def inverse(matrix: Matrix) -> Matrix:
    """What undoes a turn and a move."""
    scale = matrix.a * matrix.d - matrix.b * matrix.c
    a, b, c, d = matrix.d / scale, -matrix.b / scale, -matrix.c / scale, matrix.a / scale
    return Matrix(a, b, c, d, -(matrix.e * a + matrix.f * c), -(matrix.e * b + matrix.f * d))
