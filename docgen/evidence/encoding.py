"""Codes decoded pixels for a PDF, always to the same bytes: lines as fax, flat colours as rows, photos as JPEG."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageChops

from .codestreams import jpeg_shape, png_shape
from .picture import Coding, Picture, PictureError

DECODED_QUALITY = 92
_CHANNELS = {"1": 1, "L": 1, "RGB": 3, "CMYK": 4}
_STRIP_OFFSETS, _STRIP_LENGTHS = 273, 279
_GREYS = 16


def as_jpeg(image: Image.Image, quality: int) -> Picture:
    """A JPEG of the picture (L, RGB or CMYK, others are turned into RGB)."""
    if image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, icc_profile=None, exif=b"")
    return as_it_is(out.getvalue(), image)


def as_it_is(data: bytes, image: Image.Image) -> Picture:
    """A JPEG file's own bytes; `image` is that file, opened. Raises PictureError for what PDF readers cannot show."""
    shape = jpeg_shape(data)
    if shape is None or not shape.plain or image.mode not in _CHANNELS:
        raise PictureError(f"是不常见的 JPG（{image.mode}），PDF 显示不了")
    channels = _CHANNELS[image.mode]
    inverted = channels == 4 and shape.adobe  # Adobe's programs store ink upside down
    return Picture(data[: shape.end], Coding.JPEG, image.width, image.height, channels, inverted=inverted)


def without_loss(image: Image.Image) -> Picture:
    """Every pixel as it is: 1, L, P, RGB or CMYK."""
    if image.mode == "1":
        return _as_fax(image)
    if image.mode == "CMYK":
        ink = Image.frombytes("RGBA", image.size, image.tobytes())  # a PNG has no CMYK, but rows of four channels
        return _as_rows(ink, 4)
    if image.mode == "P":
        image = _as_wide_as_used(image)
    return _as_rows(image, 3 if image.mode == "RGB" else 1)


def smaller_of(image: Image.Image, quality: int, line_art: bool) -> Picture:
    """Rows where they take no more than a JPEG of that quality would, as drawings do; else the JPEG.

    `line_art`: was black and white, so that 16 greys are enough.
    """
    kept = without_loss(_in_few_greys(image) if line_art else image)
    coded = as_jpeg(image, quality)
    return kept if len(kept.data) + len(kept.palette) <= len(coded.data) else coded


def _as_wide_as_used(image: Image.Image) -> Image.Image:
    """A palette picture whose palette has a colour for every index; Pillow cuts off what it thinks unused."""
    palette = image.getpalette("RGB") or []
    _low, high = image.getextrema()
    missing = 3 * (int(str(high)) + 1) - len(palette)
    if missing > 0:
        image = image.copy()
        image.putpalette([*palette, *bytes(missing)])
    return image


def _in_few_greys(image: Image.Image) -> Image.Image:
    step = 255 // (_GREYS - 1)
    grey = image.convert("L").point(lambda value: (value + step // 2) // step)
    few = Image.frombytes("P", grey.size, grey.tobytes())
    few.putpalette([level * step for level in range(_GREYS) for _ in range(3)])
    return few


def _as_rows(image: Image.Image, channels: int) -> Picture:
    out = BytesIO()
    image.save(out, "PNG", icc_profile=None)
    shape = png_shape(out.getvalue())
    if shape is None:
        raise PictureError(f"图片的格式（{image.mode}）排不进 PDF")
    return Picture(
        b"".join(shape.rows), Coding.ROWS, shape.width, shape.height, channels, shape.bits, palette=shape.palette
    )


def _as_fax(image: Image.Image) -> Picture:
    out = BytesIO()
    width, height = image.size
    white_is_0 = ImageChops.invert(image)
    white_is_0.save(out, "TIFF", compression="group4", strip_size=max((width + 7) // 8 * height, 1))
    coded = out.getvalue()
    with Image.open(BytesIO(coded), formats=("TIFF",)) as tiff:
        tags = getattr(tiff, "tag_v2", {})
        offsets, lengths = tags[_STRIP_OFFSETS], tags[_STRIP_LENGTHS]
    if len(offsets) != 1:
        raise PictureError("黑白图片没有压缩成功")
    data = coded[offsets[0] : offsets[0] + lengths[0]]
    return Picture(data, Coding.FAX, width, height, 1, bits=1)
