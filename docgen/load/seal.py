"""The picture of a seal → a PNG whose paper is transparent, so that the words under a seal stay readable."""

from __future__ import annotations

import io

from PIL import Image, ImageChops

from docgen.evidence.decoding import as_picture_errors, opened

_MOST_BYTES = 20_000_000
_MOST_PIXELS = 40_000_000
_LARGEST_SIDE = 1000
"""Pixels: 600 dots an inch on a seal of 42 mm."""


def transparent_seal(data: bytes) -> bytes:
    """The picture's ink alone, as a PNG of at most 1000 pixels a side; white paper becomes transparent.

    Raises PictureError (a sentence in Chinese) where the bytes are no picture that can be read.
    """
    with as_picture_errors():
        if len(data) > _MOST_BYTES:
            raise Image.DecompressionBombError("too many bytes")
        image = opened(io.BytesIO(data))
        if image.width * image.height > _MOST_PIXELS:
            raise Image.DecompressionBombError(f"{image.width} × {image.height}")
        image = image.convert("RGBA")
    image.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
    saved = io.BytesIO()
    _without_paper(image).save(saved, "PNG", optimize=False)
    return saved.getvalue()


def _without_paper(image: Image.Image) -> Image.Image:
    """What a picture shows on white, as ink of full strength with as much cover as the picture has colour."""
    paper = Image.new("RGBA", image.size, "white")
    shown = Image.alpha_composite(paper, image).convert("RGB")
    red, green, blue = shown.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    cover = ImageChops.invert(darkest)
    # Scanned paper is never quite white: the faintest tenth is paper.
    cover = cover.point([0 if value < 26 else min(255, (value - 26) * 255 // 200) for value in range(256)])
    ink = [_full_strength(channel, darkest) for channel in (red, green, blue)]
    return Image.merge("RGBA", (*ink, cover))


def _full_strength(channel: Image.Image, darkest: Image.Image) -> Image.Image:
    """A channel with the white that paper mixed into it taken out: c' = (c - m) / (1 - m) at m the darkest channel."""
    values = bytearray(channel.size[0] * channel.size[1])
    for place, (value, least) in enumerate(zip(channel.tobytes(), darkest.tobytes(), strict=True)):
        values[place] = (value - least) * 255 // (255 - least) if least < 255 else 0
    return Image.frombytes("L", channel.size, bytes(values))
