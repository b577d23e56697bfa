"""Opens picture files of all formats and turns their pixels into what paper shows. What goes wrong is a PictureError."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import SEEK_CUR, SEEK_END, SEEK_SET, BytesIO
from typing import Any, Literal, cast

import pikepdf
from PIL import Image, ImageChops, ImageCms, JpegImagePlugin, UnidentifiedImageError

from docgen.errors import EnvironmentLacks
from docgen.tools.pictures import refuse_torn_pictures

from .codestreams import bare_jpeg
from .picture import PictureError

FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "DIB", "WEBP", "GIF", "AVIF", "JPEG2000")
COPY_AGAIN = "文件可能没有复制或下载完：请从手机、相机或发送人处重新取一份，替换它。"
SAVE_AS_JPEG = "请用看图软件打开它，另存为 JPG 后，放回原处。"
TORN = "照片不完整或已损坏，只能读出一部分"
_TOO_MANY_PIXELS = "照片的像素太多（超过 1.7 亿），没有读取"
_SHRINK = "请把照片缩小到一亿像素以内再放回原处。"
_EXIF_STARTS: Mapping[bytes, Literal["little", "big"]] = {b"II*\0": "little", b"MM\0*": "big"}
_ORIENTATION = 0x0112
_BITS_PER_SAMPLE = 258
_CLEAR = ("RGBA", "RGBa", "LA", "La", "PA")


@contextmanager
def as_picture_errors(remedy: str = COPY_AGAIN) -> Iterator[None]:
    """Whatever a decoder raises inside becomes a PictureError with a reason in Chinese; no warning comes out."""
    refuse_torn_pictures()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd EXIF and of large pictures; both are handled here
            yield
    except PictureError:
        raise
    except Image.DecompressionBombError as error:
        raise PictureError(_TOO_MANY_PIXELS, _SHRINK) from error
    except UnidentifiedImageError as error:
        raise PictureError("照片已损坏，打不开", remedy) from error
    except EnvironmentLacks as error:
        raise PictureError(error.message.rstrip("。"), error.hint) from error
    except MemoryError as error:
        raise PictureError("图片太大，内存放不下", _SHRINK) from error
    except Exception as error:  # decoders of eight formats raise what they like at bytes that were made to hurt
        raise PictureError(_words_of(error), remedy) from error


def _words_of(error: Exception) -> str:
    text = str(error)
    for sign, words in (
        ("cannot handle", "是不常见的 JPG（不是每通道 8 位，或通道数少见），读不了"),
        ("unknown pixel mode", "TIFF 的颜色方式少见，读不了"),
        ("unknown data organization", "TIFF 的颜色方式少见，读不了"),
        ("not supported", "用了少见的压缩或颜色方式，读不了"),
        ("Unsupported", "用了少见的压缩或颜色方式，读不了"),
    ):
        if sign in text:
            return words
    return TORN


def opened(source: BytesIO | PatchedBytes) -> Image.Image:
    """The picture file, opened by its content and not yet decoded. Call it within `as_picture_errors`."""
    return Image.open(cast(BytesIO, source), formats=FORMATS)


def opened_jpeg(data: bytes) -> JpegImagePlugin.JpegImageFile:
    """A JPEG, opened; further pictures behind the first are not looked at. Call it within `as_picture_errors`."""
    image = JpegImagePlugin.JpegImageFile(BytesIO(data))
    if image.width * image.height > 2 * (Image.MAX_IMAGE_PIXELS or math.inf):
        raise Image.DecompressionBombError(f"{image.width} × {image.height}")
    return image


def jpeg_is_sound(data: bytes) -> bool:
    """Whether every bit of a JPEG's scans makes sense. libjpeg fills a hole with grey and only murmurs.

    TurboJPEG listens, and is quick: it need not work out more than an eighth of the pixels. What it does not take
    (CMYK, or one with something to murmur about) qpdf decides.
    """
    return _decodes_quickly(data) or _decodes(data) or _decodes(bare_jpeg(data))


def _decodes_quickly(jpeg: bytes) -> bool:
    try:
        import simplejpeg  # noqa: PLC0415 - with numpy a tenth of a second, and only workers look at photos
    except ImportError:
        return False
    try:
        simplejpeg.decode_jpeg(
            jpeg, "GRAY", fastdct=True, fastupsample=True, min_height=1, min_width=1, min_factor=8, strict=True
        )
    except (ValueError, MemoryError):
        return False
    return True


def _decodes(jpeg: bytes) -> bool:
    pdf = pikepdf.new()
    try:
        pdf.make_stream(jpeg, Filter=pikepdf.Name.DCTDecode).read_bytes(pikepdf.StreamDecodeLevel.all)
    except (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError):
        return False
    return True


def orientation_of(image: Image.Image) -> int:
    """EXIF's orientation, 1 to 8; one that cannot be read counts as upright, and so does a TIFF, which Pillow turns itself."""
    return noted_orientation(image) or 1


def noted_orientation(image: Image.Image) -> int | None:
    """EXIF's orientation, 1 to 8, and 1 where none is noted; None where the notes are torn before they say."""
    if image.format == "TIFF":
        return 1
    try:
        value = image.getexif().get(_ORIENTATION)
    except Exception:  # noqa: BLE001 - a broken EXIF block is no broken picture, whatever it makes its reader raise
        return None
    if isinstance(value, int) and 1 <= value <= 8:
        return value
    notes = bytes(image.info.get("exif") or b"").removeprefix(b"Exif\0\0")
    return None if notes and _torn(notes) else 1


def _torn(notes: bytes) -> bool:
    """Whether EXIF's first list of notes is not all there (TIFF 6.0, section 2); Pillow only murmurs of that."""
    order = _EXIF_STARTS.get(notes[:4])
    if order is None:
        return True
    first = int.from_bytes(notes[4:8], order)
    return len(notes) < first + 2 + 12 * int.from_bytes(notes[first : first + 2], order)


def on_paper(image: Image.Image) -> Image.Image:
    """The decoded picture as it looks on paper: what is transparent is white. Its mode is 1, L, P, RGB or CMYK."""
    mode = image.mode
    if mode in ("1", "L", "RGB", "CMYK") and "transparency" not in image.info:
        return image
    if mode.startswith("I") or mode == "F":
        return _grey(image)
    if mode == "LAB":
        transform = ImageCms.buildTransform(ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB")
        turned = ImageCms.applyTransform(image, transform)
        if turned is None:
            raise PictureError("Lab 颜色的图片没有转换成功", SAVE_AS_JPEG)
        return turned
    if mode in _CLEAR or "transparency" in image.info:
        clear = (image.convert("LA") if mode == "La" else image).convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        paper.alpha_composite(clear)
        flat = paper.convert("RGB")
        return flat.convert("L") if mode in ("1", "L", "LA", "La") else flat
    if mode == "P":
        return image if image.palette and image.palette.mode in ("RGB", "RGBX") else image.convert("RGB")
    return image.convert("RGB")


def _grey(image: Image.Image) -> Image.Image:
    """Grey of 16 or 32 bits, or of fractions, as 8 bits: by the depth that is stated, else from darkest to lightest."""
    if image.mode.startswith("I;16"):
        bits = _stated_bits(image)
        return image.convert("I").point(lambda value: value * (255 / (2**bits - 1))).convert("L")
    low, high = cast("tuple[float, float]", image.getextrema())
    if not (math.isfinite(low) and math.isfinite(high)):
        raise PictureError("图片里有不是数的亮度，显示不了", SAVE_AS_JPEG)
    if low >= 0 and image.mode == "F" and high <= 1:
        low, high = 0.0, 1.0
    elif low >= 0 and high <= 65535:
        low, high = 0.0, 255.0 if high <= 255 else 65535.0
    scale = 255 / ((high - low) or 1)
    return image.convert("F").point(lambda value: value * scale + -low * scale).convert("L")


def _stated_bits(image: Image.Image) -> int:
    stated = getattr(image, "tag_v2", {}).get(_BITS_PER_SAMPLE, (16,))
    bits = stated[0] if isinstance(stated, tuple) and stated else stated
    return bits if isinstance(bits, int) and 8 < bits <= 16 else 16


def right_way_inked(image: Image.Image, adobe: bool) -> Image.Image:
    """CMYK of a JPEG: Pillow takes every such file for one of Adobe's, where 0 is full ink."""
    return image if adobe or image.mode != "CMYK" else ImageChops.invert(image)


class PatchedBytes:
    """A file in memory with other bytes at its start, without a copy: a page of a TIFF becomes its first."""

    def __init__(self, data: bytearray) -> None:
        self._data = memoryview(data)
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """The next `size` bytes; all that are left where it is negative."""
        end = len(self._data) if size is None or size < 0 else min(self._at + size, len(self._data))
        part = bytes(self._data[self._at : end]) if end > self._at else b""
        self._at += len(part)
        return part

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Move as files do; gives the new place."""
        base = {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: len(self._data)}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def tell(self) -> int:
        """The place of the next byte."""
        return self._at

    def getvalue(self) -> Any:
        """Everything; libtiff's decoder takes it whole."""
        return self._data

    def close(self) -> None:
        """Let the bytes go."""
        self._data = memoryview(b"")
