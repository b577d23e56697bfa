"""Whether two pictures show the same thing: a small fingerprint of each, and how far two fingerprints are apart.

A resized, recompressed, brightened, turned (by EXIF) or slightly cropped copy is near; another certificate of the same
layout, or another room, is far. Measured in docs/相似照片.md, which scripts/measure_likeness.py makes.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageChops, ImageFilter, ImageStat

SIDE = 320
"""Points across and down a fingerprint; a picture of fewer pixels has less to be told by."""
ALIKE = 17
"""Up to this distance two pictures are taken for the same; the measured set says why."""
FAR = 100
_COARSE = 16
_COARSE_DIGITS = _COARSE * _COARSE // 4
_TELLING = 24
_MOST_COARSE = 76
_ROUGH, _SPREAD = 32, 48
_LEVELS = 8
_HIGH, _LOW = bytes(pair >> 4 for pair in range(256)), bytes(pair & 15 for pair in range(256))
_EFFORT = 1
"""Of zlib: the most would take ten times as long, for a tenth less."""
_TILE = 16
_REACH = 3
_LEAST_SPREAD = 6.0
_STEPS = (0.04, 0.02, 0.01, 0.005)
_MOST_CROP = 0.12
_SURELY_ALIGNED, _NEVER_ALIGNED = 1.5, 20.0
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def likeness_of(image: Image.Image, orientation: int = 1) -> str:
    """The fingerprint of a decoded picture (modes 1, L, P, RGB, CMYK), in hexadecimal; `orientation` is EXIF's.

    "" where the picture is blank, or nearly so: all blank pages are alike. Some thousand digits long.
    """
    if image.mode in ("P", "CMYK"):
        image = image.convert("RGB")
    grey = image.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX, reducing_gap=3.0)
    if orientation in _TURNS:
        grey = grey.transpose(_TURNS[orientation])
    rough = grey.resize((_ROUGH, _ROUGH), Image.Resampling.BOX)
    statistics = ImageStat.Stat(rough)
    spread, mean = statistics.stddev[0], statistics.mean[0]
    if spread < _LEAST_SPREAD:
        return ""
    even = rough.point(lambda value: (value - mean) * (_SPREAD / spread) + 128)
    return _coarse(even) + zlib.compress(even.tobytes() + _packed(_detail(grey)), _EFFORT).hex()


def brief_of(likeness: str) -> str:
    """What of a fingerprint is kept at hand: its quick part, and enough to tell it from all others. "" for ""."""
    if not likeness:
        return ""
    return likeness[:_COARSE_DIGITS] + hashlib.sha256(likeness.encode()).hexdigest()[:_TELLING]


def is_brief(likeness: str) -> bool:
    """Whether this is what `brief_of` gave, and not the whole that `distance` needs."""
    return len(likeness) == _COARSE_DIGITS + _TELLING


def distance(a: str, b: str) -> int:
    """How far two fingerprints are apart, 0 to 100; up to ALIKE they are of the same picture. Blank ones are far."""
    if not a or not b:
        return FAR
    if a == b:
        return 0
    if (coarse(a) ^ coarse(b)).bit_count() > _MOST_COARSE:
        return FAR
    one, other = _unpacked(a), _unpacked(b)
    sides, unlike = _aligned(one.rough, other.rough)
    if unlike > _NEVER_ALIGNED:
        return FAR
    return min(round(_worst_tile(*_cut(one.detail, other.detail, sides, SIDE), ALIKE + 0.5)), FAR)


def coarse(likeness: str) -> int:
    """The quick part of a fingerprint that is not "": 256 bits, of which copies differ in few."""
    return int(likeness[:_COARSE_DIGITS], 16)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A fingerprint, unpacked: the picture in the rough, its lines and edges."""

    rough: Image.Image
    detail: Image.Image


def _detail(grey: Image.Image) -> Image.Image:
    """What is darker (below 128) or lighter than what lies around it, as strong as is usual in this picture."""
    fine = grey.filter(ImageFilter.GaussianBlur(0.7))
    lines = ImageChops.subtract(fine, grey.filter(ImageFilter.GaussianBlur(SIDE / 40)), 1.0, 128)
    spread = max(ImageStat.Stat(lines).stddev[0], 8.0)
    return lines.point(lambda value: (value - 128) * (40 / spread) + 128)


def _packed(detail: Image.Image) -> bytes:
    levels = detail.point(lambda value: value * _LEVELS // 256).tobytes()
    # Two levels a byte. As one long number, all bytes are shifted at once.
    high, low = int.from_bytes(levels[::2], "big"), int.from_bytes(levels[1::2], "big")
    return (high << 4 | low).to_bytes(len(levels) // 2, "big")


@lru_cache(maxsize=256)
def _unpacked(likeness: str) -> _Mark:
    plain = zlib.decompress(bytes.fromhex(likeness[_COARSE_DIGITS:]))
    rough = Image.frombytes("L", (_ROUGH, _ROUGH), plain[: _ROUGH * _ROUGH])
    pairs = plain[_ROUGH * _ROUGH :]
    levels = bytearray(2 * len(pairs))
    levels[::2], levels[1::2] = pairs.translate(_HIGH), pairs.translate(_LOW)
    step = 256 // _LEVELS
    detail = Image.frombytes("L", (SIDE, SIDE), bytes(levels)).point(lambda level: level * step + step // 2)
    return _Mark(rough, detail)


def _coarse(even: Image.Image) -> str:
    grid = even.resize((_COARSE + 1, _COARSE), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(_COARSE):
        start = row * (_COARSE + 1)
        for at in range(start, start + _COARSE):
            bits = bits * 2 + (grid[at] > grid[at + 1])
    return f"{bits:0{_COARSE_DIGITS}x}"


def _cut(a: Image.Image, b: Image.Image, sides: tuple[float, ...], size: int) -> tuple[Image.Image, Image.Image]:
    """Both pictures without what only one of them shows: a positive side is cut off `a`, a negative one off `b`."""
    if not any(sides) and a.width == size:
        return a, b
    cut = []
    for sign, image in ((1, a), (-1, b)):
        left, top, right, bottom = (max(sign * side, 0.0) * image.width for side in sides)
        box = (left, top, image.width - right, image.height - bottom)
        cut.append(image.resize((size, size), Image.Resampling.BILINEAR, box=box))
    return cut[0], cut[1]


def _unlikeness(a: Image.Image, b: Image.Image) -> float:
    return float(ImageStat.Stat(ImageChops.difference(a, b)).mean[0])


def _aligned(a: Image.Image, b: Image.Image) -> tuple[tuple[float, ...], float]:
    """By how much each picture's sides are cropped against the other's, found step by step; and what then differs."""
    sides: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    best = _unlikeness(a, b)
    if best < _SURELY_ALIGNED:
        return sides, best
    for step in _STEPS:
        moved = True
        while moved:
            moved = False
            for at in range(4):
                for way in (step, -step):
                    tried = (*sides[:at], sides[at] + way, *sides[at + 1 :])
                    if abs(tried[at]) > _MOST_CROP:
                        continue
                    unlike = _unlikeness(*_cut(a, b, tried, _ROUGH))
                    if unlike < best - 0.02:
                        best, sides, moved = unlike, tried, True
    return sides, best


def _worst_tile(a: Image.Image, b: Image.Image, limit: float) -> float:
    """The mean difference in the tile that differs most, each moved by up to three points to where it fits best.

    Stops at the first tile that is above the limit however it is moved.
    """
    across = SIDE // _TILE
    least: Image.Image | None = None
    for x in (-2, 0, 2):
        for y in (-2, 0, 2):
            tiles = ImageChops.difference(a, ImageChops.offset(b, x, y)).reduce(_TILE)
            least = tiles if least is None else ImageChops.darker(least, tiles)
    found = least.tobytes() if least else b""
    worst = 0.0
    for differs, at in sorted(((value, at) for at, value in enumerate(found)), reverse=True):
        if differs <= worst or differs <= limit / 2:
            return max(worst, float(differs))
        down, right = divmod(at, across)
        if 0 < down < across - 1 and 0 < right < across - 1:  # at the rim lies what a crop takes away
            worst = max(worst, _best_fit(a, b, right * _TILE, down * _TILE))
        if worst > limit:
            return worst
    return worst


def _best_fit(a: Image.Image, b: Image.Image, left: int, top: int) -> float:
    tile = a.crop((left, top, left + _TILE, top + _TILE))
    places = range(-_REACH, _REACH + 1)
    return min(
        _unlikeness(tile, b.crop((left + x, top + y, left + x + _TILE, top + y + _TILE)))
        for x in places
        for y in places
    )
