"""The pages of a TIFF file, found without decoding: chains that loop, run out of the file or never end are cut."""

from __future__ import annotations

import struct
from dataclasses import dataclass

MOST_PAGES = 2_000
_MOST_TAGS = 4_096
_SUBFILE, _COMPRESSION = 254, 259
_JPEGS = (6, 7, 34712, 34892, 50001, 50002)  # old and new JPEG, JPEG 2000, lossy DNG, WebP, JPEG XL


@dataclass(frozen=True, slots=True)
class TiffPage:
    """Where a page's directory starts; `small` is a preview of another page, `lossy` is coded with loss."""

    offset: int
    small: bool = False
    lossy: bool = False


@dataclass(frozen=True, slots=True)
class TiffShape:
    """All pages; `more` where there are more than are read; `torn` where the chain leads out of the file."""

    pages: tuple[TiffPage, ...]
    big: bool
    order: str
    more: bool = False
    torn: bool = False

    def start_at(self, data: bytearray, page: int) -> None:
        """Write the header anew, so that the file begins with that page (counted from 0)."""
        at, form = (8, "Q") if self.big else (4, "I")
        struct.pack_into(self.order + form, data, at, self.pages[page].offset)


def tiff_shape(data: bytes | bytearray) -> TiffShape | None:
    """The pages in the order of the file; None where there is not even a first one."""
    order = {b"II": "<", b"MM": ">"}.get(bytes(data[:2]))
    if order is None or len(data) < 16:
        return None
    big = 43 in (data[2], data[3])
    at: int = struct.unpack_from(order + ("Q" if big else "I"), data, 8 if big else 4)[0]
    pages: list[TiffPage] = []
    seen: set[int] = set()
    while at and at not in seen:
        if len(pages) >= MOST_PAGES:
            return TiffShape(tuple(pages), big, order, more=True)
        seen.add(at)
        page, at = _directory(data, at, big, order)
        if page is None:
            return TiffShape(tuple(pages), big, order, torn=True) if pages else None
        pages.append(page)
    return TiffShape(tuple(pages), big, order) if pages else None


def _directory(data: bytes | bytearray, at: int, big: bool, order: str) -> tuple[TiffPage | None, int]:
    """The page at `at`, and where the next one is (0: there is none)."""
    head, step, link = ("Q", 20, "Q") if big else ("H", 12, "I")
    start = at + struct.calcsize(order + head)
    if start > len(data):
        return None, 0
    count = struct.unpack_from(order + head, data, at)[0]
    end = start + count * step
    if not 0 < count <= _MOST_TAGS or end > len(data):
        return None, 0
    values = {}
    for place in range(start, end, step):
        tag, kind = struct.unpack_from(order + "HH", data, place)
        if tag in (_SUBFILE, _COMPRESSION):
            values[tag] = struct.unpack_from(order + ("H" if kind == 3 else "I"), data, place + (12 if big else 8))[0]
    follows = end + struct.calcsize(order + link) <= len(data)
    after = struct.unpack_from(order + link, data, end)[0] if follows else 0
    small = bool(values.get(_SUBFILE, 0) & 1)
    return TiffPage(at, small, values.get(_COMPRESSION, 1) in _JPEGS), after
