"""Takes the glyphs that a document shows out of a font with PostScript outlines, in a fraction of the usual time.

A PDF names glyphs by number. A general subsetter that keeps the numbers has to write a place for every glyph of the
source, shown or not: tens of thousands of bytes a font and most of the time that a one-page document takes. A CID-keyed
font maps numbers to glyphs by its `charset` instead, so that only those shown need be there (Adobe Technical Note 5176,
The Compact Font Format; ISO 32000-1, 9.7.4.2 and table 126, CIDFontType0C).
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from typing import NamedTuple

_ROS, _FONT_MATRIX, _FD_ARRAY, _FD_SELECT, _CID_COUNT = 1230, 1207, 1236, 1237, 1234
_CHARSET, _CHAR_STRINGS, _PRIVATE, _SUBRS, _FONT_BBOX = 15, 17, 18, 19, 5
_FIRST_OWN_STRING = 391
_MOST_DRAWN = 2048
"""Outlines of a font that are kept, some two hundred bytes each."""
_IDENTITY = (b"Adobe", b"Identity")


class UnfitFont(Exception):  # noqa: N818 - it is no fault, only a font that must be subset in the usual way
    """The font has no PostScript outlines, or such as are not self-contained."""


class _Entry(NamedTuple):
    """One operator of a DICT: its operands, and the bytes of both."""

    values: tuple[int, ...]
    raw: bytes


@dataclass(frozen=True, slots=True)
class _Index:
    """An INDEX of the source: where each item begins, and where the last ends."""

    offsets: Sequence[int]
    end: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A Font DICT: what is copied of it (its matrix), and of its Private DICT."""

    font: bytes
    private: bytes


class FontFile:
    """The bytes of a file, of which only those that are asked for are read: a Chinese font has ten million of them, a
    document shows two hundred glyphs. The file may be deleted meanwhile. Raises OSError where it cannot be opened.
    """

    __slots__ = ("_handle",)

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return os.fstat(self._handle).st_size

    def __del__(self) -> None:
        if hasattr(self, "_handle"):
            os.close(self._handle)

    def between(self, start: int, stop: int) -> bytes:
        """The bytes from `start` up to `stop`."""
        if hasattr(os, "pread"):  # a process that was split off shares the handle's place, and moves it
            return os.pread(self._handle, stop - start, start)
        os.lseek(self._handle, start, os.SEEK_SET)
        return os.read(self._handle, stop - start)


class FontBytes:
    """The bytes of a font that is in memory already."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self._data)

    def between(self, start: int, stop: int) -> bytes:
        """The bytes from `start` up to `stop`."""
        return self._data[start:stop]


@dataclass(slots=True)
class Outlines:
    """The glyphs of one font file, `source`; raises UnfitFont where it cannot serve."""

    source: FontFile | FontBytes
    _base: int = field(init=False)
    _glyphs: _Index = field(init=False)
    _part_of: bytes = field(init=False)
    _parts: tuple[_Part, ...] = field(init=False)
    _copied: bytes = field(init=False)
    _drawn: dict[int, bytes] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._base = base = _table(self.source, b"CFF ")
        names = self._index(base + self._number(base + 2, 1))
        tops = self._index(names.end)
        strings = self._index(tops.end)
        shared = self._index(strings.end)
        if len(shared.offsets) > 1:
            raise UnfitFont("shared subroutines")
        top = _dictionary(self.source.between(tops.offsets[0], tops.offsets[1]))
        self._glyphs = self._index(base + top[_CHAR_STRINGS].values[0])
        self._copied = b"".join(top[key].raw for key in (_FONT_MATRIX, _FONT_BBOX) if key in top)
        if _ROS not in top:
            self._parts = (_Part(b"", self._private(top)),)
            self._part_of = b""
            return
        parts = self._index(base + top[_FD_ARRAY].values[0])
        self._parts = tuple(
            self._read_part(_dictionary(self.source.between(start, end))) for start, end in pairwise(parts.offsets)
        )
        self._part_of = self._selected(base + top[_FD_SELECT].values[0])

    @property
    def count(self) -> int:
        """How many glyphs the font has."""
        return len(self._glyphs.offsets) - 1

    def program(self, glyphs: Iterable[int], name: str) -> bytes:
        """A CID-keyed font program (bare CFF) with these glyphs, found by their numbers in the source, and .notdef.

        Raises KeyError for a number that the source does not have.
        """
        kept = sorted({0, *glyphs})
        if kept[-1] >= self.count or kept[0] < 0:
            raise KeyError(kept[-1])
        outlines = [self._outline(glyph) for glyph in kept]
        used = sorted({self._part_of[glyph] for glyph in kept}) if self._part_of else [0]
        place = {part: number for number, part in enumerate(used)}
        selected = [place[self._part_of[glyph]] if self._part_of else 0 for glyph in kept]
        parts = [self._parts[part] for part in used]
        return _written(kept, outlines, selected, parts, self._copied, name.encode("ascii", "replace"))

    def _outline(self, glyph: int) -> bytes:
        """How a glyph is drawn; those of one document are mostly those of the next."""
        found = self._drawn.get(glyph)
        if found is None:
            if len(self._drawn) >= _MOST_DRAWN:
                self._drawn.clear()
            offsets = self._glyphs.offsets
            found = self._drawn[glyph] = self.source.between(offsets[glyph], offsets[glyph + 1])
        return found

    def _index(self, at: int) -> _Index:
        """The INDEX that begins at this byte of the file."""
        count = self._number(at, 2)
        if count == 0:
            return _Index((at + 2,), at + 2)
        size = self._number(at + 2, 1)
        table = self.source.between(at + 3, at + 3 + (count + 1) * size)
        first = at + 2 + len(table)
        offsets = array(
            "L", (first + int.from_bytes(table[place : place + size]) for place in range(0, len(table), size))
        )
        return _Index(offsets, offsets[-1])

    def _number(self, at: int, size: int) -> int:
        """The whole number of so many bytes that begins at this one."""
        return int.from_bytes(self.source.between(at, at + size))

    def _read_part(self, entries: dict[int, _Entry]) -> _Part:
        return _Part(entries[_FONT_MATRIX].raw if _FONT_MATRIX in entries else b"", self._private(entries))

    def _private(self, entries: dict[int, _Entry]) -> bytes:
        size, offset = entries[_PRIVATE].values
        private = _dictionary(self.source.between(self._base + offset, self._base + offset + size))
        if _SUBRS in private:
            raise UnfitFont("subroutines")
        return b"".join(entry.raw for entry in private.values())

    def _selected(self, at: int) -> bytes:
        """The number of each glyph's Font DICT, out of the FDSelect that begins at this byte."""
        form = self._number(at, 1)
        if form == 0:
            return self.source.between(at + 1, at + 1 + self.count)
        if form != 3:
            raise UnfitFont(f"FDSelect format {form}")
        ranges = self.source.between(at + 3, at + 3 + 3 * self._number(at + 1, 2) + 2)
        result = bytearray()
        for place in range(0, len(ranges) - 2, 3):
            following = int.from_bytes(ranges[place + 3 : place + 5])
            result += bytes([ranges[place + 2]]) * (following - len(result))
        return bytes(result)


def _table(source: FontFile | FontBytes, tag: bytes) -> int:
    """Where a table of a single-face OpenType file begins."""
    head = source.between(0, 12)
    if head[:4] != b"OTTO":
        raise UnfitFont("no PostScript outlines")
    for at in range(12, 12 + 16 * int.from_bytes(head[4:6]), 16):
        entry = source.between(at, at + 16)
        if entry[:4] == tag:
            return int.from_bytes(entry[8:12])
    raise UnfitFont("no PostScript outlines")


def _dictionary(data: bytes) -> dict[int, _Entry]:
    """A DICT's entries by operator (an escaped one counts from 1200). Real numbers are kept as bytes only, as 0."""
    result: dict[int, _Entry] = {}
    values: list[int] = []
    at = start = 0
    while at < len(data):
        first = data[at]
        if first <= 21:
            operator, at = (1200 + data[at + 1], at + 2) if first == 12 else (first, at + 1)
            result[operator] = _Entry(tuple(values), data[start:at])
            values, start = [], at
            continue
        value, at = _number(data, at)
        values.append(value)
    return result


def _number(data: bytes, at: int) -> tuple[int, int]:
    """The operand that begins at this byte, and where the next begins."""
    first = data[at]
    if first == 30:
        while data[at + 1] & 0x0F != 0x0F:
            at += 1
        return 0, at + 2
    if first == 28:
        return int.from_bytes(data[at + 1 : at + 3], signed=True), at + 3
    if first == 29:
        return int.from_bytes(data[at + 1 : at + 5], signed=True), at + 5
    if first < 247:
        return first - 139, at + 1
    if first < 251:
        return (first - 247) * 256 + data[at + 1] + 108, at + 2
    return -(first - 251) * 256 - data[at + 1] - 108, at + 2


def _written(
    kept: Sequence[int],
    outlines: Sequence[bytes],
    selected: Sequence[int],
    parts: Sequence[_Part],
    copied: bytes,
    name: bytes,
) -> bytes:
    """The font program: every offset is written in five bytes, so that lengths are known before places are."""
    head = b"\x01\x00\x04\x04" + _index_of([name])
    rest = _index_of(list(_IDENTITY)) + _index_of([])
    charset = b"\x00" + b"".join(glyph.to_bytes(2) for glyph in kept[1:])
    runs = [(number, len(list(run))) for number, run in groupby(selected)]
    firsts = accumulate((length for _, length in runs), initial=0)
    ranges = b"".join(first.to_bytes(2) + bytes([number]) for first, (number, _) in zip(firsts, runs, strict=False))
    select = b"\x03" + len(runs).to_bytes(2) + ranges + len(kept).to_bytes(2)
    glyphs = _index_of(outlines)
    privates = [part.private for part in parts]

    def top(charset_at: int, select_at: int, glyphs_at: int, parts_at: int) -> bytes:
        places = _entry(_CHARSET, charset_at) + _entry(_FD_SELECT, select_at)
        places += _entry(_CHAR_STRINGS, glyphs_at) + _entry(_FD_ARRAY, parts_at)
        order = _entry(_ROS, _FIRST_OWN_STRING, _FIRST_OWN_STRING + 1, 0)
        return _index_of([order + copied + _entry(_CID_COUNT, kept[-1] + 1) + places])

    at = len(head) + len(top(0, 0, 0, 0)) + len(rest)
    charset_at, at = at, at + len(charset)
    select_at, at = at, at + len(select)
    glyphs_at, at = at, at + len(glyphs)
    places = list(accumulate(map(len, privates), initial=at))
    fonts = [
        part.font + _entry(_PRIVATE, len(part.private), place) for part, place in zip(parts, places[:-1], strict=True)
    ]
    parts_at = places[-1]
    return b"".join(
        (
            head,
            top(charset_at, select_at, glyphs_at, parts_at),
            rest,
            charset,
            select,
            glyphs,
            *privates,
            _index_of(fonts),
        )
    )


def _index_of(items: Sequence[bytes]) -> bytes:
    if not items:
        return b"\x00\x00"
    ends = list(accumulate(map(len, items), initial=1))
    size = (ends[-1].bit_length() + 7) // 8
    table = b"".join(end.to_bytes(size) for end in ends)
    return b"".join((len(items).to_bytes(2), bytes([size]), table, *items))


def _entry(operator: int, *values: int) -> bytes:
    """A DICT entry, each operand in five bytes."""
    code = bytes((12, operator - 1200)) if operator >= 1200 else bytes((operator,))
    return b"".join(b"\x1d" + value.to_bytes(4, signed=True) for value in values) + code
