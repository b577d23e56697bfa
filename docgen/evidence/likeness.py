"""Whether two pictures show the same thing: a small fingerprint of each, and how far two fingerprints are apart.

A resized, recompressed, brightened, turned (by EXIF) or slightly cropped copy is near; another certificate of the same
layout, or another room, is far. Measured in docs/相似照片.md, which scripts/measure_likeness.py makes.
"""

from __future__ import annotations

import zlib
from functools import lru_cache

from PIL import Image, ImageChops, ImageStat

SIDE = 96
ALIKE = 30
FAR = 100
_COARSE = 16
_COARSE_DIGITS = _COARSE * _COARSE // 4
_MOST_COARSE = 76
_TILES = 16
_ROUGH = 32
_LEVELS, _MID, _SPREAD = 16, 128, 48
_LEAST_SPREAD = 6.0
_STEPS = (0.04, 0.02, 0.01, 0.005)
_MOST_CROP = 0.12
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
    if max(image.size) > 4 * SIDE:
        ratio = 4 * SIDE / min(image.size)
        if ratio < 1:
            image = image.convert("L" if image.mode == "1" else image.mode)
            size = (max(round(image.width * ratio), 1), max(round(image.height * ratio), 1))
            image = image.resize(size, Image.Resampling.BOX, reducing_gap=2.0)
    small = image.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    if turn := _TURNS.get(orientation):
        small = small.transpose(turn)
    statistics = ImageStat.Stat(small)
    spread = statistics.stddev[0]
    if spread < _LEAST_SPREAD:
        return ""
    mean = statistics.mean[0]
    even = small.point(lambda value: (value - mean) * (_SPREAD / spread) + _MID)
    levels = even.point(lambda value: value * _LEVELS // 256).tobytes()
    packed = bytes(high * _LEVELS + low for high, low in zip(levels[::2], levels[1::2], strict=True))
    return _coarse(even) + zlib.compress(packed, 9).hex()


def distance(a: str, b: str) -> int:
    """How far two fingerprints are apart, 0 to 100; up to ALIKE they are of the same picture. Blank ones are far."""
    if not a or not b:
        return FAR
    if a == b:
        return 0
    if (int(a[:_COARSE_DIGITS], 16) ^ int(b[:_COARSE_DIGITS], 16)).bit_count() > _MOST_COARSE:
        return FAR
    return _fine(_picture(a), _picture(b))


def _coarse(even: Image.Image) -> str:
    grid = even.resize((_COARSE + 1, _COARSE), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(_COARSE):
        start = row * (_COARSE + 1)
        for at in range(start, start + _COARSE):
            bits = bits * 2 + (grid[at] > grid[at + 1])
    return f"{bits:0{_COARSE_DIGITS}x}"


@lru_cache(maxsize=4096)
def _picture(likeness: str) -> Image.Image:
    packed = zlib.decompress(bytes.fromhex(likeness[_COARSE_DIGITS:]))
    half = 256 // _LEVELS // 2
    levels = b"".join(bytes((pair >> 4, pair & 15)) for pair in packed)
    return Image.frombytes("L", (SIDE, SIDE), levels).point(lambda level: level * (256 // _LEVELS) + half)


def _fine(a: Image.Image, b: Image.Image) -> int:
    sides = _aligned(a, b)
    a, b = _cut(a, b, sides, SIDE)
    return min(round(_worst_tile(a, b)), FAR)


def _cut(a: Image.Image, b: Image.Image, sides: tuple[float, ...], size: int) -> tuple[Image.Image, Image.Image]:
    """Both pictures without what only one of them shows: a positive side is cut off `a`, a negative one off `b`."""
    boxes = []
    for sign in (1, -1):
        left, top, right, bottom = (max(sign * side, 0.0) * SIDE for side in sides)
        boxes.append((left, top, SIDE - right, SIDE - bottom))
    cut = [
        image.resize((size, size), Image.Resampling.BILINEAR, box=box) for image, box in zip((a, b), boxes, strict=True)
    ]
    return cut[0], cut[1]


def _unlikeness(a: Image.Image, b: Image.Image) -> float:
    return float(ImageStat.Stat(ImageChops.difference(a, b)).mean[0])


def _aligned(a: Image.Image, b: Image.Image) -> tuple[float, ...]:
    """By how much each picture's sides are cropped against the other's: the least difference, found step by step."""
    sides = (0.0, 0.0, 0.0, 0.0)
    best = _unlikeness(*_cut(a, b, sides, _ROUGH))
    for step in _STEPS:
        moved = True
        while moved:
            moved = False
            for at in range(4):
                for way in (step, -step):
                    tried = (*sides[:at], sides[at] + way, *sides[at + 1 :])
                    if abs(tried[at]) > _MOST_CROP:
                        continue
                    worth = _unlikeness(*_cut(a, b, tried, _ROUGH))
                    if worth < best - 0.02:
                        best, sides, moved = worth, tried, True
    return sides


def _worst_tile(a: Image.Image, b: Image.Image) -> float:
    """The mean difference in the tile that differs most, each tile moved by up to a pixel to where it fits best."""
    double = (2 * SIDE, 2 * SIDE)
    a2, b2 = (image.resize(double, Image.Resampling.BILINEAR) for image in (a, b))
    least: Image.Image | None = None
    for x in range(-2, 3):
        for y in range(-2, 3):
            moved = ImageChops.offset(b2, x, y)
            tiles = ImageChops.difference(a2, moved).crop((2, 2, 2 * SIDE - 2, 2 * SIDE - 2))
            tiles = tiles.resize((_TILES, _TILES), Image.Resampling.BOX)
            least = tiles if least is None else ImageChops.darker(least, tiles)
    assert least is not None
    return float(least.getextrema()[1])
