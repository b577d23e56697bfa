"""Transforms a picture file into what a PDF shows: its own compressed bytes wherever possible, never coded twice."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, UnidentifiedImageError

from docgen.tools.pictures import refuse_torn_pictures

JPEG_QUALITY = 88
_ORIENTATION = 0x0112
_PNG_MARK = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {"1": 1, "L": 1, "RGB": 3, "CMYK": 4}
_PROFILE_SPACES = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}
_DEVICE_SPACES = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}


class PictureError(Exception):
    """A picture that cannot be shown; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to embed. `width` and `height` are of the stored pixels; `orientation` is EXIF's, 1 to 8.

    `data` is a JPEG as it is, or the deflated rows of a PNG. `palette` holds RGB triples, b"" if there is none.
    """

    data: bytes
    jpeg: bool
    width: int
    height: int
    channels: int
    bits: int = 8
    orientation: int = 1
    palette: bytes = b""
    inverted: bool = False
    profile: bytes = b""

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height in pixels as a person sees the picture."""
        return (self.height, self.width) if self.orientation >= 5 else (self.width, self.height)

    def embed(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """Put the picture into a PDF; the result is a reference for /XObject resources."""
        stream = pdf.make_stream(
            self.data,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=self.width,
            Height=self.height,
            BitsPerComponent=self.bits,
            ColorSpace=self._space(pdf),
            Filter=Name.DCTDecode if self.jpeg else Name.FlateDecode,
        )
        if not self.jpeg:
            colours = 1 if self.palette else self.channels
            stream.DecodeParms = Dictionary(
                Predictor=15, Colors=colours, BitsPerComponent=self.bits, Columns=self.width
            )
        if self.inverted:
            stream.Decode = Array([1, 0] * self.channels)
        return stream

    def _space(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        if self.palette:
            return Array([Name.Indexed, Name.DeviceRGB, len(self.palette) // 3 - 1, pikepdf.String(self.palette)])
        device = _DEVICE_SPACES[self.channels]
        if self.profile[16:20] != _PROFILE_SPACES[self.channels]:
            return device
        return Array([Name.ICCBased, pdf.make_stream(self.profile, N=self.channels, Alternate=device)])


def read_picture(data: bytes) -> Picture:
    """A JPEG or PNG as it can be embedded. Raises PictureError for what is neither, or cannot be read."""
    with _opened(data) as image:
        if image.format in ("JPEG", "MPO"):
            return _read_jpeg(image, data)
        if image.format == "PNG":
            return _read_png(image, data)
        raise PictureError(f"是 {image.format or '不认识的'} 格式的图片，目前只能排 JPG 和 PNG")


def reduce_picture(picture: Picture, data: bytes, width: int, height: int) -> Picture:
    """The picture made smaller, once, to that many pixels upright; `data` is the file. Same bytes on every run.

    A JPEG stays a JPEG, a PNG stays free of loss. Raises PictureError for what cannot be decoded.
    """
    if picture.orientation >= 5:
        width, height = height, width
    with _opened(data) as image:
        try:
            if picture.jpeg:
                image.draft(image.mode, (width, height))
                small = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
                out = BytesIO()
                small.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, icc_profile=None, exif=b"")
                return replace(_again(out.getvalue()), orientation=picture.orientation, profile=picture.profile)
            small = _on_white(image).resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
            return replace(_as_png(small), orientation=picture.orientation, profile=picture.profile)
        except (OSError, ValueError, SyntaxError, zlib.error) as error:
            raise PictureError("图片的内容不完整，读不出来") from error


def _opened(data: bytes) -> Image.Image:
    refuse_torn_pictures()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # large pictures, damaged EXIF blocks
            return Image.open(BytesIO(data))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise PictureError("不是能读的图片") from error
    except Image.DecompressionBombError as error:
        raise PictureError("图片的像素太多，展开后会占满内存") from error


def _again(data: bytes) -> Picture:
    with _opened(data) as image:
        return _read_jpeg(image, data)


def _read_jpeg(image: Image.Image, data: bytes) -> Picture:
    if image.mode not in _CHANNELS or getattr(image, "bits", 8) != 8:
        raise PictureError(f"是不常见的 JPG（{image.mode}），PDF 显示不了")
    channels = _CHANNELS[image.mode]
    return Picture(
        data,
        True,
        image.width,
        image.height,
        channels,
        orientation=_orientation(image),
        inverted=channels == 4 and "adobe" in image.info,  # Adobe's programs store ink upside down
        profile=image.info.get("icc_profile") or b"",
    )


def _orientation(image: Image.Image) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of a damaged EXIF block
            value = image.getexif().get(_ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError, KeyError, TypeError):  # a broken EXIF block is no broken picture
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _read_png(image: Image.Image, data: bytes) -> Picture:
    orientation = _orientation(image)
    profile = image.info.get("icc_profile") or b""
    plain = _png_rows(data)
    if plain is None:
        try:
            plain = _as_png(_on_white(image))
        except (OSError, ValueError, SyntaxError, zlib.error) as error:
            raise PictureError("图片的内容不完整，读不出来") from error
    return replace(plain, orientation=orientation, profile=b"" if plain.palette else profile)


def _on_white(image: Image.Image) -> Image.Image:
    """The picture as it looks on paper: what is transparent is white; grey stays grey."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if "transparency" in image.info or image.mode in ("RGBA", "LA", "PA"):
        clear = image.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        paper.alpha_composite(clear)
        flat = paper.convert("RGB")
        return flat.convert("L") if image.mode in ("L", "LA") else flat
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _as_png(image: Image.Image) -> Picture:
    out = BytesIO()
    image.save(out, "PNG")
    rows = _png_rows(out.getvalue())
    if rows is None:
        raise PictureError(f"图片的格式（{image.mode}）排不进 PDF")
    return rows


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG_MARK)
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4])
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += size + 12


def _png_rows(data: bytes) -> Picture | None:
    """A PNG's deflated rows as they are: PDF knows the same filters. None if it is interlaced or has transparency."""
    header = palette = b""
    rows = []
    for kind, content in _chunks(data):
        if kind == b"IHDR":
            header = content
        elif kind == b"PLTE":
            palette = content
        elif kind == b"tRNS":
            return None
        elif kind == b"IDAT":
            rows.append(content)
    if len(header) != 13 or not rows or header[12]:
        return None
    width, height, bits, colour = int.from_bytes(header[:4]), int.from_bytes(header[4:8]), header[8], header[9]
    if colour not in (0, 2, 3) or (colour == 3 and not palette):
        return None
    channels = 3 if colour == 2 else 1
    return Picture(b"".join(rows), False, width, height, channels, bits, palette=palette if colour == 3 else b"")
