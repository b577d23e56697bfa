"""Photos as large as a phone's, quickly made and each different: the same bytes on every run."""

from __future__ import annotations

import random
from functools import lru_cache
from io import BytesIO

from PIL import Image

_KINDS = 6


@lru_cache(maxsize=_KINDS)
def _base(kind: int) -> bytes:
    """Twelve million pixels with grain and gradients, about 3 MB."""
    chance = random.Random(kind)
    size = (4000, 3000)
    coarse = Image.frombytes("RGB", (64, 48), chance.randbytes(64 * 48 * 3)).resize(size, Image.Resampling.BICUBIC)
    grain = Image.frombytes("L", (2000, 1500), chance.randbytes(3_000_000)).resize(size, Image.Resampling.BILINEAR)
    out = BytesIO()
    Image.blend(coarse, Image.merge("RGB", (grain, grain, grain)), 0.2).save(out, "JPEG", quality=88)
    return out.getvalue()


def photo(seed: int) -> bytes:
    """A JPEG of about 3 MB; its seed stands in a comment, which makes it a file of its own."""
    data = _base(seed % _KINDS)
    note = b"photo %d" % seed
    return data[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + data[2:]
