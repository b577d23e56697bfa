"""Turns the content of a page into one drawing (a form XObject), decoding it only where that cannot be helped."""

from __future__ import annotations

import zlib
from contextlib import suppress
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from docgen.tools import qpdf

MOST_CONTENT = qpdf.MOST_UNPACKED
"""Bytes of one page's content, unpacked: a page full of drawing has a few millions."""
MOST_ALTOGETHER = 20 * MOST_CONTENT
_DENSEST = 1032  # deflate makes nothing more times smaller than that
_CHUNK = 1 << 20
_PIECE = 64
_PLAIN_KEYS = frozenset(("/Length", "/Filter", "/DecodeParms"))
_DEFLATED = (Name.FlateDecode, Name.Fl)
_PLAINLY = (
    Name.FlateDecode,
    Name.Fl,
    Name.LZWDecode,
    Name.LZW,
    Name.ASCII85Decode,
    Name.A85,
    Name.ASCIIHexDecode,
    Name.AHx,
    Name.RunLengthDecode,
    Name.RL,
)


class TooMuchError(Exception):
    """Content that unpacks to more than any honest page holds."""


@dataclass(slots=True)
class Drawings:
    """Makes the drawings of one document's pages; no two pages share one."""

    pdf: pikepdf.Pdf
    torn: bool = False
    """Whether some content could be read in part only; a reader shows that part as well."""
    _used: set[tuple[int, int]] = field(default_factory=set)
    _unpacked: int = 0

    def of(self, page: pikepdf.Object) -> Stream:
        """The page's content as one stream that is this page's alone. Raises TooMuchError, and any of qpdf.ERRORS."""
        contents = page.get("/Contents")
        parts = list(contents) if isinstance(contents, Array) else [contents]
        streams = [part for part in parts if isinstance(part, Stream)]
        if len(streams) != 1:
            return self._joined(streams)
        (only,) = streams
        self.settle(only)
        if only.is_indirect and only.objgen not in self._used and _PLAIN_KEYS.issuperset(only.keys()):
            self._used.add(only.objgen)
            return only
        copy = self.pdf.make_stream(only.read_raw_bytes())
        for key in ("/Filter", "/DecodeParms"):
            if key in only:
                copy[key] = only[key]
        return copy

    def settle(self, stream: Stream) -> None:
        """Pack a stream as it will stand in the volume, so that its bytes can be recognised there; weigh it.

        What is deflated, or packed in ways of its own (JPEG, fax), stays as it is. The rest (plain, LZW, ASCII) is
        unpacked and deflated: qpdf would do so on writing. Raises TooMuchError.
        """
        filters, parameters = stream.get("/Filter"), stream.get("/DecodeParms")
        if "/F" in stream:  # its data lie in another file: nobody shows that
            return
        names = list(filters) if isinstance(filters, Array) else [] if filters is None else [filters]
        if len(names) == 1 and isinstance(filters, Array) and isinstance(names[0], Name):
            stream["/Filter"] = names[0]
            if isinstance(parameters, Array):
                del stream["/DecodeParms"]
                if len(parameters) and isinstance(parameters[0], Dictionary):
                    stream["/DecodeParms"] = parameters[0]
        if names and names[0] == Name.Fl and len(names) == 1:
            stream["/Filter"] = Name.FlateDecode
        if stream.get("/Filter") == Name.FlateDecode:
            self.weigh(stream)
        elif all(isinstance(name, Name) and name in _PLAINLY for name in names):
            try:
                data = stream.read_bytes()
            except pikepdf.QpdfRuntimeError as error:
                raise TooMuchError from error
            except pikepdf.PdfError:  # it stays as it is: readers make of it what they can
                self.torn = True
                return
            if stream.get("/Subtype") != Name.Image:
                self._count(len(data))
            stream.write(zlib.compress(data), filter=Name.FlateDecode)

    def weigh(self, stream: Stream) -> None:
        """Refuse a stream that unpacks to gigabytes: it would be one for every reader of the volume, too."""
        filters = stream.get("/Filter")
        names = list(filters) if isinstance(filters, Array) else [filters]
        if not any(name in _DEFLATED for name in names) or stream.get("/Subtype") == Name.Image:
            return
        if len(names) > 1:
            try:
                self._count(len(stream.read_bytes()))
            except pikepdf.QpdfRuntimeError as error:
                if "limit" in str(error):
                    raise TooMuchError from error
            except pikepdf.PdfError:  # what cannot be unpacked is shown by no reader either
                return
            return
        raw = stream.read_raw_bytes()
        if len(raw) <= MOST_CONTENT // _DENSEST:
            return
        unpacker = zlib.decompressobj()
        size = 0
        try:
            while raw and not unpacker.eof:
                size += len(unpacker.decompress(raw, _CHUNK))
                raw = unpacker.unconsumed_tail
                if size > MOST_CONTENT:
                    raise TooMuchError
        except zlib.error:  # damaged further on: what comes before it is what readers see
            self.torn = True
        self._count(size)

    def _count(self, size: int) -> None:
        self._unpacked += size
        if size > MOST_CONTENT or self._unpacked > MOST_ALTOGETHER:
            raise TooMuchError

    def _joined(self, streams: list[Stream]) -> Stream:
        """What several streams say, one after another, packed again at once so that it does not fill the memory."""
        parts: list[bytes] = []
        room = MOST_CONTENT
        for stream in streams:
            parts.append(self._content(stream, room))
            room -= len(parts[-1])
        joined = b"\n".join(parts)
        self._count(len(joined))
        drawing = self.pdf.make_stream(b"")
        drawing.write(zlib.compress(joined, 6), filter=Name.FlateDecode)
        return drawing

    def _content(self, stream: Stream, room: int) -> bytes:
        """A stream unpacked, at most `room` bytes of it: a few kilobytes of deflated zeros may hold gigabytes."""
        if stream.get("/Filter") in _DEFLATED and "/DecodeParms" not in stream:
            data, whole = _inflated(stream.read_raw_bytes(), room + 1)
            self.torn = self.torn or not whole
        else:
            try:
                data = stream.read_bytes()
            except pikepdf.QpdfRuntimeError as error:
                raise TooMuchError from error
            except pikepdf.PdfError:
                self.torn = True
                return b""
        if len(data) > room:
            raise TooMuchError
        return data


def _inflated(raw: bytes, most: int) -> tuple[bytes, bool]:
    """What deflated bytes hold, as much as can be read, at most `most` bytes; and whether that is all."""
    unpacker = zlib.decompressobj()
    with suppress(zlib.error):
        data = unpacker.decompress(raw, most)
        return data, unpacker.eof or len(data) == most
    unpacker = zlib.decompressobj()
    parts: list[bytes] = []
    room = most
    with suppress(zlib.error):  # in small pieces, all that comes before the damage is had
        for start in range(0, len(raw), _PIECE):
            if room <= 0:
                break
            parts.append(unpacker.decompress(raw[start : start + _PIECE], room))
            room -= len(parts[-1])
    return b"".join(parts), False


def repacked(filters: object) -> bool:
    """Whether qpdf packs a stream with this /Filter anew when it writes it, if it can be unpacked."""
    names = list(filters) if isinstance(filters, Array) else [] if filters is None else [filters]
    return bool(names) and names != [Name.FlateDecode] and all(name in _PLAINLY for name in names)


def as_form(drawing: Stream, box: Array, resources: object, group: object) -> None:
    """Say of a stream that it is a form XObject."""
    drawing["/Type"], drawing["/Subtype"] = Name.XObject, Name.Form
    drawing["/BBox"] = box
    drawing["/Resources"] = resources if isinstance(resources, Dictionary) else Dictionary()
    if isinstance(group, Dictionary):
        drawing["/Group"] = group
