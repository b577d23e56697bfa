"""Lays the text of a field out in its room: right-sized, wrapped or in combs, aligned as the field asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .geometry import number
from .lettering import Lettering

AUTOMATIC = 12.0
"""The size that a field without one of its own begins at: 小四, what forms are typed in."""
LEAST = 6.0
"""The smallest size that is read without trouble on paper; what wants to be smaller does not fit its place."""
_LEADING = 1.25
_MIDDLE = 0.38  # of the size: how far above the baseline the middle of Chinese characters lies
_TOP = 0.9  # of the size: how far above the baseline they reach
_STEP = 0.25
_SMALLEST = 0.5
_LARGEST = 200.0
_NEWLINE = re.compile(r"\r\n|\r|\n|\u2028|\u2029")


@dataclass(frozen=True, slots=True)
class Room:
    """Where a text goes: `width` by `height` points, its lower left corner at (`left`, `bottom`).

    `size` is the type size asked for, 0 for one that fits; `align` 0 left, 1 centred, 2 right; `many` lines or one;
    `comb` the number of equal cells that take one character each, 0 for none.
    """

    width: float
    height: float
    left: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    align: int = 0
    many: bool = False
    comb: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line and where its baseline begins."""

    text: str
    left: float
    base: float


@dataclass(frozen=True, slots=True)
class Laid:
    """A text as it stands in its room. `asked` is the size that it was to have (the automatic one for 0)."""

    lines: tuple[Line, ...]
    size: float
    asked: float

    @property
    def fits(self) -> bool:
        """Whether it is large enough to be read: as large as was asked, or at least LEAST."""
        return self.size >= min(self.asked, LEAST) - 0.01

    @property
    def shrunk(self) -> bool:
        """Whether it is smaller than was asked."""
        return self.size < self.asked - 0.01

    def drawing(self, font: Lettering, colour: str = "0 g") -> bytes:
        """The operators that draw it, without the clip; colour as a content stream says it."""
        size = number(self.size, 2)
        rows = [
            f"1 0 0 1 {number(line.left, 3)} {number(line.base, 3)} Tm ".encode() + font.show(line.text, size)
            for line in self.lines
            if line.text
        ]
        return b"BT " + colour.encode() + b" " + b" ".join(rows) + b" ET" if rows else b""


def lay_out(font: Lettering, text: str, room: Room) -> Laid:
    """A text in its room: at the size asked for where it fits, else as much smaller as it takes to show all of it."""
    if room.comb:
        return _combed(font, text, room)
    return _in_lines(font, text, room) if room.many else _in_one_line(font, text, room)


def _in_one_line(font: Lettering, text: str, room: Room) -> Laid:
    text = _NEWLINE.sub(" ", text)
    asked = min(room.size or min(AUTOMATIC, max(room.height / _LEADING, _SMALLEST)), _LARGEST)
    wide = font.width(text, 1)
    most = min(asked, max(room.height, _SMALLEST))
    size = min(most, max(room.width, 1) / wide) if wide else most
    size = max(_floor(size), _SMALLEST)
    line = Line(text, _begin(room, wide * size), room.bottom + room.height / 2 - _MIDDLE * size)
    return Laid((line,), size, asked)


def _in_lines(font: Lettering, text: str, room: Room) -> Laid:
    paragraphs = _NEWLINE.split(text)
    width = max(room.width, 1)

    def lines(size: float) -> list[str]:
        return [line for paragraph in paragraphs for line in (font.wrap(paragraph, size, width) or [""])]

    def fits(size: float) -> bool:
        rows = lines(size)
        high = (len(rows) - 1) * _LEADING * size + size
        return high <= room.height + 0.01 and all(font.width(row, size) <= width + 0.01 for row in rows)

    asked = min(room.size or min(AUTOMATIC, max(room.height, _SMALLEST)), _LARGEST)
    size = _largest(fits, asked)
    top = room.bottom + room.height
    return Laid(
        tuple(
            Line(line, _begin(room, font.width(line, size)), top - _TOP * size - row * _LEADING * size)
            for row, line in enumerate(lines(size))
        ),
        size,
        asked,
    )


def _combed(font: Lettering, text: str, room: Room) -> Laid:
    text = _NEWLINE.sub("", text)
    cell = room.width / room.comb
    widest = max((font.width(character, 1) for character in text), default=1) or 1
    asked = min(room.size or min(AUTOMATIC, max(room.height / _LEADING, _SMALLEST)), _LARGEST)
    size = max(_floor(min(asked, max(room.height, _SMALLEST), cell / widest)), _SMALLEST)
    blank = max(room.comb - len(text), 0)
    first = {1: blank // 2, 2: blank}.get(room.align, 0)
    base = room.bottom + room.height / 2 - _MIDDLE * size
    return Laid(
        tuple(
            Line(character, room.left + (first + place + 0.5) * cell - font.width(character, size) / 2, base)
            for place, character in enumerate(text)
        ),
        size,
        asked,
    )


def _begin(room: Room, width: float) -> float:
    slack = max(room.width - width, 0)
    return room.left + {1: slack / 2, 2: slack}.get(room.align, 0)


def _floor(size: float) -> float:
    """A size that a content stream can say exactly, not above the one given."""
    return int(size * 100 + 1e-6) / 100


def _largest(fits: Callable[[float], bool], asked: float) -> float:
    """The largest size that fits, in steps below the one asked for; found by halving, as smaller text fits all the more."""
    if fits(asked):
        return asked
    low, high = 0, max(int((asked - _SMALLEST) / _STEP), 0)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(_SMALLEST + middle * _STEP):
            low = middle
        else:
            high = middle - 1
    return _SMALLEST + low * _STEP
