"""Photos upon the pages of a PDF: the picture as the page's own image, as large as its place takes."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image, ImageOps

from docgen.acroform.geometry import Box, number

from ..photos import Photo

_LARGEST = 1200
"""Pixels on the longer side: a photo of an inch at far more than a printer shows."""
_SPACES = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB}
_PADDING, _EDGE = 2.0, 1.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """A photo and where it goes: its page (from 1) and the room that it is centred in."""

    page: int
    room: Box
    photo: Photo


def image_of(pdf: pikepdf.Pdf, photo: Photo) -> pikepdf.Stream:
    """A photo as an image of a PDF, upright: a JPEG as it is where a page can show it so, else its pixels."""
    with Image.open(io.BytesIO(photo.picture.data)) as opened:
        plain = opened.format == "JPEG" and opened.mode in _SPACES and opened.getexif().get(0x0112, 1) == 1
        if plain and max(opened.size) <= _LARGEST:
            stream = pdf.make_stream(photo.picture.data)
            return _described(stream, opened.size, opened.mode, Name.DCTDecode)
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((_LARGEST, _LARGEST))
        if upright.mode in ("RGBA", "LA", "P"):
            upright = upright.convert("RGBA")
            paper = Image.new("RGBA", upright.size, "white")
            upright = Image.alpha_composite(paper, upright)
        upright = upright.convert("RGB")
        stream = pdf.make_stream(zlib.compress(upright.tobytes(), 9))
        return _described(stream, upright.size, "RGB", Name.FlateDecode)


def _described(stream: pikepdf.Stream, size: tuple[int, int], mode: str, decode: Name) -> pikepdf.Stream:
    stream.stream_dict = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size[0],
        Height=size[1],
        ColorSpace=_SPACES[mode],
        BitsPerComponent=8,
        Filter=decode,
    )
    return stream


def placed(stamp: Stamp, image: pikepdf.Stream, name: str) -> bytes:
    """What draws an image in the middle of its room, over the words that asked for it."""
    wide, high = max(stamp.room.width - 2 * _PADDING, 1), max(stamp.room.height - 2 * _PADDING, 1)
    scale = min(wide / int(image.Width), high / int(image.Height))
    width, height = int(image.Width) * scale, int(image.Height) * scale
    left = (stamp.room.left + stamp.room.right - width) / 2
    bottom = (stamp.room.bottom + stamp.room.top - height) / 2
    matrix = " ".join(number(each, 2) for each in (width, 0, 0, height, left, bottom))
    room = " ".join(
        number(each, 2)
        for each in (
            stamp.room.left + _EDGE,
            stamp.room.bottom + _EDGE,
            stamp.room.width - 2 * _EDGE,
            stamp.room.height - 2 * _EDGE,
        )
    )
    return f"q 1 g {room} re f {matrix} cm /{name} Do Q".encode()
