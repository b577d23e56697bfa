"""The zip container of an Office file: read within limits, written by hand with the untouched members as they were."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MOST_MEMBERS = 5_000
MOST_UNPACKED = 200_000_000
_STEEPEST = 200
"""The highest compression that a member of more than _SMALL bytes may have: a bomb has a thousand and more."""
_SMALL = 5_000_000
LEVEL = 3
"""zlib's level for what is rendered: a third of level 6's time for a quarter more bytes of what is rendered."""

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DATE = (1 << 5) | 1  # 1 January 1980, the earliest that a zip entry can bear
_UNIX = 3 << 8 | 20
_MODE = 0o600 << 16
_UTF8 = 0x800


class BadContainer(ValueError):  # noqa: N818 - as zipfile.BadZipFile
    """A zip that is not read; the message is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file in the container: its local header with name and compressed bytes, and the frame of its directory entry."""

    name: str
    local: bytes
    head: bytes
    tail: bytes

    @property
    def content(self) -> bytes:
        """The bytes, unpacked."""
        method, size = struct.unpack_from("<8xH8xL", self.local)
        start = _LOCAL.size + struct.unpack_from("<H", self.local, 26)[0]
        data = self.local[start : start + size]
        return zlib.decompress(data, -15) if method else data


def packed(name: str, content: bytes, level: int = LEVEL) -> Member:
    """A member with `content` deflated; with what does not shrink stored."""
    engine = zlib.compressobj(level, zlib.DEFLATED, -15, 9)
    data = engine.compress(content) + engine.flush()
    if len(data) < len(content):
        return _member(name, zipfile.ZIP_DEFLATED, data, zlib.crc32(content), len(content))
    return _member(name, zipfile.ZIP_STORED, content, zlib.crc32(content), len(content))


def packed_pieces(name: str, pieces: Iterable[bytes], level: int = LEVEL) -> Member:
    """The same of a content that is made piece by piece, and need never be there as a whole."""
    engine = zlib.compressobj(level, zlib.DEFLATED, -15, 9)
    data, crc, size = bytearray(), 0, 0
    for piece in pieces:
        data += engine.compress(piece)
        crc, size = zlib.crc32(piece, crc), size + len(piece)
    data += engine.flush()
    if len(data) < size:
        return _member(name, zipfile.ZIP_DEFLATED, bytes(data), crc, size)
    return _member(name, zipfile.ZIP_STORED, zlib.decompress(data, -15), crc, size)


def _member(name: str, method: int, data: bytes, crc: int, size: int) -> Member:
    encoded = name.encode()
    flags = 0 if encoded.isascii() else _UTF8
    common = (flags, method, 0, _DATE, crc, len(data), size, len(encoded), 0)
    local = _LOCAL.pack(b"PK\x03\x04", 20, *common) + encoded + data
    central = _CENTRAL.pack(b"PK\x01\x02", _UNIX, 20, *common, 0, 0, 0, _MODE, 0) + encoded
    return Member(name, local, central[:42], central[46:])


def read_members(data: bytes) -> list[Member]:
    """The members of a zip, in their order; deflated ones keep their compressed bytes.

    Raises BadContainer where it is encrypted, has a name twice or is a bomb, zipfile.BadZipFile where it is no zip.
    """
    members: list[Member] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        _check_limits(infos)
        for info in infos:
            content = _content(archive, info)
            raw = _raw(data, info) if info.compress_type == zipfile.ZIP_DEFLATED else b""
            if raw and zlib.decompress(raw, -15) == content:
                members.append(_member(info.filename, zipfile.ZIP_DEFLATED, raw, info.CRC, len(content)))
            else:
                members.append(packed(info.filename, content))
    return members


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    # The directory may lie about a size: no more is unpacked than it says.
    with archive.open(info) as stream:
        content = stream.read(info.file_size + 1)
    if len(content) != info.file_size:
        raise BadContainer(f"其中的 {info.filename} 大小与目录不符")
    return content


def _check_limits(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_MEMBERS:
        raise BadContainer(f"其中有 {len(infos)} 个文件，超过 {MOST_MEMBERS} 个，没有读取")
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise BadContainer("解压后过大，没有读取")
    names = [info.filename.lower() for info in infos]
    for info in infos:
        if info.flag_bits & 1:
            raise BadContainer("加了密码，读不了")
        if info.file_size > _SMALL and info.file_size > _STEEPEST * max(info.compress_size, 1):
            raise BadContainer(f"其中的 {info.filename} 压缩得异常厉害，像是压缩炸弹，没有读取")
    if len(set(names)) < len(names):
        raise BadContainer("其中有同名的文件，不知道该用哪一个")


def _raw(data: bytes, info: zipfile.ZipInfo) -> bytes:
    start = info.header_offset
    name, extra = struct.unpack_from("<HH", data, start + 26)
    start += _LOCAL.size + name + extra
    return data[start : start + info.compress_size]


def container(members: Iterable[Member]) -> bytes:
    """The zip of the members, in their order. The same members give the same bytes."""
    return b"".join(container_pieces(members))


def container_pieces(members: Iterable[Member]) -> Iterator[bytes]:
    """The same piece by piece."""
    directory: list[bytes] = []
    number = offset = 0
    for member in members:
        yield member.local
        directory += (member.head, offset.to_bytes(4, "little"), member.tail)
        offset += len(member.local)
        number += 1
    yield from directory
    yield _END.pack(b"PK\x05\x06", 0, 0, number, number, sum(map(len, directory)), offset, 0)
