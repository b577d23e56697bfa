"""The container of old Office files (a compound file): which streams lie at its top."""

from __future__ import annotations

import struct

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_MOST_ENTRIES = 100_000


def top_streams(data: bytes) -> frozenset[str]:
    """The names of the streams and storages right below the root: a table inside a Word file is not among them.

    Where the tables of the container are damaged or cut off, the names that can still be reached; a loop ends.
    """
    try:
        directory = _directory(data)
    except (struct.error, IndexError, ValueError):
        return frozenset()
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
    if not entries:
        return frozenset()
    names: set[str] = set()
    seen: set[int] = set()
    waiting = [struct.unpack_from("<I", entries[0], 76)[0]]
    while waiting:
        number = waiting.pop()
        if number >= len(entries) or number in seen:
            continue
        seen.add(number)
        entry = entries[number]
        length = min(max(struct.unpack_from("<H", entry, 64)[0] - 2, 0), 64)
        names.add(entry[:length].decode("utf-16-le", "replace"))
        waiting.extend(struct.unpack_from("<II", entry, 68))
    return frozenset(names)


def _directory(data: bytes) -> bytes:
    """The directory's sectors, one after another."""
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    if size not in (512, 4096):
        raise ValueError("no sector size of a compound file")
    (sector,) = struct.unpack_from("<I", data, 48)
    tables = [number for number in struct.unpack_from("<109I", data, 76) if number < _LAST_SECTOR]
    parts: list[bytes] = []
    seen: set[int] = set()
    while sector < _LAST_SECTOR and sector not in seen and len(parts) * size < _MOST_ENTRIES * _ENTRY:
        seen.add(sector)
        part = data[(sector + 1) * size : (sector + 2) * size]
        if len(part) < size:
            break
        parts.append(part)
        table, index = divmod(sector, size // 4)
        if table >= len(tables):
            break
        place = (tables[table] + 1) * size + index * 4
        if place + 4 > len(data):
            break
        (sector,) = struct.unpack_from("<I", data, place)
    return b"".join(parts)
