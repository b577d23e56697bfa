"""Photos that go into forms: what they are, and how large they are drawn."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from .values import Picture

EMU = 12_700
"""English Metric Units a point."""
ONE_INCH = (71.0, 99.0)
"""25 × 35 mm in points: what a cell for a photo holds where it does not say how large it is."""
_KINDS = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png")}
_MOST_PIXELS = 60_000_000


@dataclass(frozen=True, slots=True)
class Photo:
    """A usable photo: width and height in pixels, suffix and media type of its file. `name` is that of its part."""

    picture: Picture
    width: int
    height: int
    suffix: str
    media: str

    @property
    def digest(self) -> str:
        """The same for the same bytes."""
        return hashlib.sha256(self.picture.data).hexdigest()[:16]

    @property
    def name(self) -> str:
        """What its file is called in a form."""
        return f"docgen-{self.digest}.{self.suffix}"

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Its size in points where it fills a room of points without being stretched."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


def photo_of(picture: Picture) -> Photo | str:
    """A picture as a photo, or, in Chinese, why it cannot be used."""
    try:
        with Image.open(io.BytesIO(picture.data)) as image:
            kind, size = image.format or "", image.size
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return f"“{picture.name}”不是能用的照片"
    if kind not in _KINDS or size[0] * size[1] > _MOST_PIXELS or not min(size):
        return f"“{picture.name}”不是 JPG 或 PNG，或者太大"
    return Photo(picture, *size, *_KINDS[kind])
