"""The structure of JPEG, PNG, GIF and WebP files, read without decoding: what can travel as it is, what is behind it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

PNG_MARK = b"\x89PNG\r\n\x1a\n"
_MOST_STEPS = 1_000_000
_SCAN_ENDS = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_MARKERS = re.compile(rb"\xff+[\xc0-\xcf\xd9-\xef\xfe]")
_NOTES = frozenset({*range(0xE0, 0xF0), 0xFE})
_FRAMES_OF_JPEG = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PLAIN_FRAMES = frozenset({0xC0, 0xC1, 0xC2})


@dataclass(frozen=True, slots=True)
class JpegShape:
    """What the markers of a JPEG say. `end` is where the first picture ends, `adobe` whether Adobe's mark is there.

    `plain` means that every PDF reader shows it as it is.
    """

    end: int
    plain: bool
    adobe: bool


def jpeg_shape(data: bytes) -> JpegShape | None:
    """The first picture of a JPEG file, from its markers. None where they are not in order, or its end is missing."""
    at, frame, adobe, transform, jfif = 2, b"", False, -1, False
    plain = True
    while at + 2 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            known = _is_plain(frame, adobe, transform, jfif)
            return JpegShape(at + 2, plain and known, adobe) if frame else None
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : at + 2 + min(size, 64)]
        if size < 2 or at + 2 + size > len(data) or marker in (0x00, 0x01) or 0xD0 <= marker <= 0xD8:
            return None
        at += 2 + size
        if marker in _FRAMES_OF_JPEG:
            plain = plain and not frame and marker in _PLAIN_FRAMES
            frame = frame or body
        elif marker == 0xEE and body.startswith(b"Adobe") and len(body) >= 12:
            adobe, transform = True, body[11]
        elif marker == 0xE0 and body.startswith(b"JFIF"):
            jfif = True
        elif marker == 0xDC:  # the height comes after the first scan: few readers know that
            plain = False
        elif marker == 0xDA:
            found = _SCAN_ENDS.search(data, at)
            if not found:
                return None
            at = found.start()
    return None


def bare_jpeg(data: bytes) -> bytes:
    """The first picture without what is not needed to decode it: notes, junk between the parts, zeros after a scan.

    What remains of a good picture decodes without a murmur, however careless the program was that wrote it.
    """
    out, at = BytesIO(), 2
    out.write(data[:2])
    while found := _MARKERS.search(data, at):
        marker, start = data[found.end() - 1], found.end() - 2
        if marker == 0xD9:
            break
        at = start + 2 + max(int.from_bytes(data[start + 2 : start + 4], "big"), 2)
        if marker in _NOTES and data[start + 4 : start + 9] != b"Adobe":
            at = at if data[at : at + 1] == b"\xff" else start + 4  # its length lies
            continue
        out.write(data[start:at])
        if marker == 0xDA:
            end = _SCAN_ENDS.search(data, at)
            scan = data[at : end.start() if end else len(data)]
            out.write(scan.rstrip(b"\x00"))
            at += len(scan)
    out.write(b"\xff\xd9")
    return out.getvalue()


def _is_plain(frame: bytes, adobe: bool, transform: int, jfif: bool) -> bool:
    """Whether PDF readers agree on the colours: 8 bits, 1, 3 or 4 channels, and no RGB that only its names tell."""
    if len(frame) < 6 or frame[0] != 8:
        return False
    channels, names = frame[5], frame[6::3]
    height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    if channels not in (1, 3, 4) or not width or not height:
        return False
    if channels == 3 and not adobe and not jfif and names[:3] not in (b"\x01\x02\x03", b"\x00\x01\x02"):
        return False
    return not (channels == 3 and adobe and transform not in (0, 1))


@dataclass(frozen=True, slots=True)
class PngShape:
    """What the chunks of a PNG say: `rows` are the deflated rows, `frames` the pictures of an animation.

    `sound` is False where a chunk that matters is cut off or does not fit its checksum, `ended` where there is no end.
    """

    width: int
    height: int
    bits: int
    colour: int
    interlaced: bool
    palette: bytes
    clear: bool
    frames: int
    sound: bool
    ended: bool
    rows: tuple[bytes, ...]

    @property
    def plain(self) -> bool:
        """Whether a PDF can take the rows as they are."""
        known = self.colour in (0, 2) or (self.colour == 3 and 3 <= len(self.palette) <= 768)
        deep = self.bits in ((1, 2, 4, 8, 16) if self.colour == 0 else (8, 16) if self.colour == 2 else (1, 2, 4, 8))
        simple = not self.interlaced and not self.clear and len(self.palette) % 3 == 0
        return self.sound and self.ended and known and deep and simple


def png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bool]]:
    """The chunks of a PNG: kind, content, whether it is whole and fits its checksum."""
    at = len(PNG_MARK)
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        sum_ = data[at + 8 + size : at + 12 + size]
        yield kind, content, zlib.crc32(content, zlib.crc32(kind)) == int.from_bytes(sum_, "big") and len(sum_) == 4
        if kind == b"IEND":
            return
        at += size + 12


def png_shape(data: bytes) -> PngShape | None:
    """What the chunks say; None where there is no usable header."""
    header = palette = b""
    rows, clear, frames, sound, ended = [], False, 1, True, False
    for kind, content, good in png_chunks(data):
        if kind in (b"IHDR", b"PLTE", b"IDAT", b"tRNS"):
            sound = sound and good
        if kind == b"IHDR":
            header = header or content
        elif kind == b"PLTE":
            palette = palette or content
        elif kind == b"tRNS":
            clear = True
        elif kind == b"IDAT":
            rows.append(content)
        elif kind == b"acTL" and len(content) >= 4:
            frames = max(int.from_bytes(content[:4], "big"), 1)
        ended = kind == b"IEND"
    if len(header) != 13:
        return None
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    odd = header[10] or header[11] or header[12] not in (0, 1)
    sound = sound and bool(rows) and not odd
    palette = palette if header[9] == 3 else b""
    return PngShape(
        width, height, header[8], header[9], header[12] != 0, palette, clear, frames, sound, ended, tuple(rows)
    )


def png_for_decoding(data: bytes) -> bytes:
    """The PNG without texts, animation and what else its first picture does not need; a profile only if it unfolds.

    Compressed texts are where bombs hide, and an XMP packet of a megabyte makes Pillow refuse a good picture.
    """
    out = BytesIO()
    out.write(PNG_MARK)
    at = len(PNG_MARK)
    for kind, content, _good in png_chunks(data):
        size = len(content) + 12
        kept = kind in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"eXIf") or not kind[:1].islower()
        if kept or (kind == b"iCCP" and png_profile(content)):
            out.write(data[at : at + size])
        at += size
    return out.getvalue()


def png_profile(content: bytes) -> bytes:
    """The profile in an iCCP chunk, b"" where it does not unfold into a reasonable size."""
    packed = content[content.find(b"\0") + 2 :]
    unfolding = zlib.decompressobj()
    try:
        profile = unfolding.decompress(packed, 1_000_000)
    except zlib.error:
        return b""
    return profile if unfolding.eof else b""


def gif_frames(data: bytes) -> int:
    """How many pictures a GIF holds; stops counting where the file is not in order."""
    at, frames = 13 + (3 << ((data[10] & 7) + 1) if data[10] & 0x80 else 0) if len(data) > 10 else 0, 0
    for _ in range(_MOST_STEPS):
        if at >= len(data) or data[at] not in (0x21, 0x2C):
            break
        if data[at] == 0x21:
            at += 2
        else:
            frames += 1
            if at + 9 >= len(data):
                break
            at += 11 + (3 << ((data[at + 9] & 7) + 1) if data[at + 9] & 0x80 else 0)
        while at < len(data) and data[at]:
            at += data[at] + 1
        at += 1
    return max(frames, 1)


def webp_lossy(data: bytes) -> bool:
    """Whether the first picture of a WebP file is coded with loss."""
    lossy, lossless = data.find(b"VP8 ", 12), data.find(b"VP8L", 12)
    return lossy >= 0 and (lossless < 0 or lossy < lossless)
