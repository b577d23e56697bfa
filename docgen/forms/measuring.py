"""Whether a text fits its place: the advance widths of the machine's fonts against the place's width and height."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz

from docgen.fonts.roles import FontChoice, Role, find_fonts

LINE = 1.3
"""A line's height in sizes of the type, where a document sets single spacing for Chinese text."""
SMALLEST = 0.72
"""How far type is made smaller, at most; and never below 7.5 pt (六号)."""
SMALLEST_POINTS = 7.5

_ROLES = (
    (Role.FANGSONG, re.compile("仿宋|fangsong", re.IGNORECASE)),
    (Role.KAI, re.compile("楷|kai", re.IGNORECASE)),
    (Role.HEI, re.compile("黑|雅黑|等线|hei|yahei|dengxian|calibri|arial", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a text stands in its place: the type size in points, the lines that it takes, whether they fit."""

    size: float
    lines: int
    fits: bool


def role_of(family: str) -> Role:
    """The style of type that a font's name means; 宋体 for any other."""
    return next((role for role, pattern in _ROLES if pattern.search(family)), Role.SONG)


@lru_cache(maxsize=16)
def _font(choice: FontChoice) -> tuple[uharfbuzz.Font, int]:
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(choice.path)), choice.index)
    return uharfbuzz.Font(face), face.upem


@lru_cache(maxsize=1 << 14)
def _advance(sign: str, role: Role) -> float:
    """A character's width in sizes of the type."""
    if sign in "\n\r":
        return 0.0
    font, units = _font(find_fonts()[role])
    glyph = font.get_nominal_glyph(ord(sign))
    if glyph is None:
        return 1.0
    return float(font.get_glyph_h_advance(glyph)) / units


def width(text: str, size: float, role: Role = Role.SONG) -> float:
    """The width of one line of text, in points."""
    return sum(_advance(sign, role) for sign in text) * size


def lines(text: str, size: float, room: float, role: Role = Role.SONG) -> int:
    """How many lines a text takes in `room` points of width: Latin words and numbers stay together if they can."""
    count = 0
    for paragraph in text.split("\n"):
        used, count = 0.0, count + 1
        for piece in re.findall(r"[\x21-\x7e]+|.", paragraph):
            wide = width(piece, size, role)
            if used + wide <= room + 0.01:
                used += wide
                continue
            if wide <= room:
                count, used = count + 1, wide
                continue
            for sign in piece:
                step = width(sign, size, role)
                if used + step > room + 0.01:
                    count, used = count + 1, 0.0
                used += step
    return count


def fit(text: str, size: float, room: float, height: float, role: Role = Role.SONG) -> Fit:
    """The largest size, from `size` down to the limits, at which a text fits `room` × `height` points.

    Where even the smallest does not do, the text is given in that size with `fits` false.
    """
    smallest = max(min(size, SMALLEST_POINTS), size * SMALLEST)
    trial = size
    while True:
        count = lines(text, trial, room, role)
        available = max(int((height + 0.3 * trial) // (LINE * trial)), 1)
        if count <= available:
            return Fit(trial, count, True)
        if trial <= smallest:
            return Fit(trial, count, False)
        trial = max(trial - 0.5, smallest)
