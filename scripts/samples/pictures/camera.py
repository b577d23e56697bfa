"""What a telephone and a flatbed scanner do to a picture: noise, falling light, a turned sensor, a skewed sheet."""

from __future__ import annotations

import io
import random
from datetime import datetime

import pikepdf
from PIL import Image, ImageChops, ImageFilter

# How stored pixels must be turned so that a viewer who obeys the EXIF orientation sees the picture upright.
_STORED = {
    1: None,
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}
_ORIENTATION, _MAKE, _MODEL, _TIME = 0x0112, 0x010F, 0x0110, 0x0132


def _grain(size: tuple[int, int], strength: float, rng: random.Random) -> Image.Image:
    small = Image.frombytes("L", size, rng.randbytes(size[0] * size[1]))
    return small.filter(ImageFilter.GaussianBlur(0.7)).point(lambda value: int(128 + (value - 128) * strength))


def photograph(
    image: Image.Image, orientation: int, quality: int, taken: datetime, seed: int, grain: float = 0.1
) -> bytes:
    """A JPEG as a telephone stores it: soft corners, grain, a slight cast of colour, EXIF with orientation and time."""
    rng = random.Random(seed)
    image = image.filter(ImageFilter.GaussianBlur(0.5))
    corners = Image.radial_gradient("L").resize(image.size, Image.Resampling.BILINEAR)
    corners = corners.point(lambda value: int(255 - 70 * (value / 255) ** 2.2))
    image = ImageChops.multiply(image, Image.merge("RGB", (corners,) * 3))
    noise = _grain(image.size, grain, rng)
    image = ImageChops.add(image, Image.merge("RGB", (noise,) * 3), 1, -128)
    red, green, blue = image.split()
    warmth = rng.uniform(-0.035, 0.035)
    image = Image.merge(
        "RGB", (red.point(lambda v: int(v * (1 + warmth))), green, blue.point(lambda v: int(v * (1 - warmth))))
    )
    turn = _STORED[orientation]
    if turn is not None:
        image = image.transpose(turn)
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    exif[_MAKE], exif[_MODEL] = "Invented", "Sample Camera"
    exif[_TIME] = taken.strftime("%Y:%m:%d %H:%M:%S")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, exif=exif, subsampling=2, optimize=True)
    return out.getvalue()


def scan(page: Image.Image, seed: int, quality: int = 40) -> bytes:
    """A grey JPEG of a page as a flatbed scanner gives it: skewed a little, a dark edge, specks."""
    rng = random.Random(seed)
    grey = page.convert("L")
    grey = grey.rotate(
        rng.uniform(-1.1, 1.1),
        Image.Resampling.BICUBIC,
        fillcolor=244,
        translate=(rng.randrange(-8, 8), rng.randrange(-8, 8)),
    )
    grey = grey.filter(ImageFilter.GaussianBlur(0.8))
    shade = Image.linear_gradient("L").rotate(90 if rng.random() < 0.5 else 270).resize(grey.size)
    grey = ImageChops.multiply(grey, shade.point(lambda value: 255 - value // 14))
    grey = ImageChops.add(grey, _grain(grey.size, 0.06, rng), 1, -128)
    for _ in range(14):
        x, y = rng.randrange(grey.width), rng.randrange(grey.height)
        grey.paste(rng.randrange(60, 150), (x, y, x + rng.randrange(1, 4), y + rng.randrange(1, 4)))
    grey.paste(120, (0, 0, rng.randrange(3, 10), grey.height))
    out = io.BytesIO()
    grey.save(out, "JPEG", quality=quality, dpi=(150, 150), optimize=True)
    return out.getvalue()


def scanned_pdf(pages: list[bytes], title: str) -> bytes:
    """A PDF of A4 pages, each one grey JPEG of 1240 × 1754 pixels, as scanners make them."""
    pdf = pikepdf.new()
    for data in pages:
        picture = pikepdf.Stream(
            pdf,
            data,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=1240,
            Height=1754,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        pdf.add_blank_page(page_size=(595.28, 841.89))
        page = pdf.pages[-1]
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
        page.obj.Contents = pdf.make_stream(b"q 595.28 0 0 841.89 0 0 cm /Im0 Do Q")
    pdf.docinfo["/Title"] = title
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
