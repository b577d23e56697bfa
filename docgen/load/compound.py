"""The container of old .xls files (a compound file of sectors): whether it is whole, and whether it is encrypted.

The fast reader trusts the container's tables and breaks off with noise where they point past the end of the file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_FREE, _LARGEST_SECTOR = 0xFFFFFFFF, 0xFFFFFFFA
_HEADER_SECTORS = 109
_BOF = b"\x09\x08"
_FILEPASS = 0x002F
_SECTOR = 512


def is_whole(data: bytes) -> bool:
    """Whether every sector that the container's tables name lies within the file."""
    if len(data) < _SECTOR:
        return False
    size: int = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    sectors: int = len(data) // size - 1
    (directory,) = struct.unpack_from("<I", data, 48)
    tables = [sector for sector in struct.unpack_from(f"<{_HEADER_SECTORS}I", data, 76) if sector <= _LARGEST_SECTOR]
    if size not in (512, 4096) or directory >= sectors or not tables or max(tables) >= sectors:
        return False
    last: int = 0
    for number, table in enumerate(tables):
        entries = struct.unpack_from(f"<{size // 4}I", data, (table + 1) * size)
        used = [index for index, entry in enumerate(entries) if entry != _FREE]
        if any(entry >= sectors for entry in entries if entry <= _LARGEST_SECTOR):
            return False
        last = number * (size // 4) + used[-1] if used else last
    return bool(last < sectors)


def workbook_streams(data: bytes) -> Iterator[int]:
    """Where a workbook's stream or sheet may begin: the sectors that open with a BOF record."""
    return (start for start in range(_SECTOR, len(data), _SECTOR) if data[start : start + 2] == _BOF)


def is_encrypted(data: bytes) -> bool:
    """Whether a workbook stream announces encryption: a FILEPASS record soon after its first BOF record."""
    for start in workbook_streams(data):
        offset = start
        while offset + 4 <= min(start + _SECTOR, len(data)):
            record = int.from_bytes(data[offset : offset + 2], "little")
            if record == _FILEPASS:
                return True
            offset += 4 + int.from_bytes(data[offset + 2 : offset + 4], "little")
    return False
