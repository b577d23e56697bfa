"""Holds a volume while it grows: its structure in memory, the bytes of its pictures, fonts and contents in files.

pikepdf keeps whatever is copied into a PDF in memory, and a volume may be larger than that. So a stream of some size is
left where it lies (its place in the user's file is found and noted; what lies nowhere as it is goes into a file beside
the volume), and a short mark takes its place. When the volume is written, qpdf writes the PDF with the marks, and the
bytes are put in their places on the way to the disk: the result is what qpdf would have written with all of them.
"""

from __future__ import annotations

import hashlib
import mmap
import re
import secrets
import tempfile
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from docgen.evidence.drawings import repacked
from docgen.evidence.fingerprints import digest
from docgen.tools import qpdf

from .crossreference import cross_reference

if TYPE_CHECKING:
    from docgen.evidence.documents import Document
    from docgen.evidence.pictures import Picture

_SHORT = 2048  # bytes: what is shorter stays in memory
_BLOCK = 1 << 20
_LIKENESS = 256  # bytes by which a stream is looked for in its file
_MOST_TRIES = 16


@dataclass(frozen=True, slots=True)
class Kept:
    """A stream of the volume: its place in the spool, the sha256 of its bytes, their number."""

    place: int
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Where bytes lie; `path` None is the spool's own file."""

    path: Path | None
    start: int
    size: int


class Spool:
    """A volume that grows. A context manager: at its end its file is gone and its PDF closed.

    `folder` is where its file lies; the system deletes it even after a kill.
    """

    def __init__(self, folder: Path) -> None:
        self.pdf = pikepdf.Pdf.new()
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - open as long as the spool
        self._end = 0
        # Nobody can put such a mark into a file of theirs beforehand; none is left in the volume.
        self._nonce = secrets.token_hex(8).encode()
        self._chunks: list[_Chunk] = []
        self._streams: list[pikepdf.Object] = []
        self._profiles: dict[str, pikepdf.Object] = {}

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pdf.close()
        self._file.close()

    def stream(self, kept: Kept) -> pikepdf.Object:
        """What was put away, as an object of the volume."""
        return self._streams[kept.place]

    def picture(self, picture: Picture, source: Path) -> Kept:
        """Put a picture into the volume; `source` is a file that may hold its very bytes."""
        stream = picture.embed(self.pdf)
        space = stream.get("/ColorSpace")
        if isinstance(space, Array) and space[0] == Name.ICCBased:  # photos of one camera share their colour profile
            space[1] = self._profiles.setdefault(digest(space[1].read_raw_bytes()), space[1])
        with _Finder(source) as finder:
            self._park(stream, picture.data, finder)
        return self._keep(stream, digest(picture.data), len(picture.data))

    def attachment(self, path: Path, media: str) -> Kept:
        """Put a whole file into the volume, as what an attachment refers to; `digest` is that of the file."""
        packer, whole, start, size = zlib.compressobj(), hashlib.sha256(), self._end, 0
        with path.open("rb") as source:
            while block := source.read(_BLOCK):
                whole.update(block)
                size += len(block)
                self._append(packer.compress(block))
        self._append(packer.flush())
        stream = self.pdf.make_stream(
            self._mark(_Chunk(None, start, self._end - start)),
            Type=Name.EmbeddedFile,
            Subtype=Name(f"/{media}"),
            Params=Dictionary(Size=size),
            Filter=Name.FlateDecode,
        )
        return self._keep(stream, whole.hexdigest(), self._end - start)

    def document(self, document: Document, source: Path) -> int:
        """Put the pages of a document into the volume; gives the place of the first. The document may then be closed.

        Raises one of `qpdf.ERRORS` where they cannot be copied; then there is nothing of them in the volume.
        """
        first = len(self.pdf.pages)
        with _Finder(source) as finder:
            for objgen in document.streams:
                stream = document.pdf.get_object(objgen)
                if isinstance(stream, Stream) and "/F" not in stream:
                    with suppress(*qpdf.ERRORS):  # one that cannot be read stays as it is
                        self._park(stream, stream.read_raw_bytes(), finder)
        try:
            self.pdf.add_pages_from(document.pdf, outlines="ignore")
        except qpdf.ERRORS:
            del self.pdf.pages[first:]
            raise
        return first

    def _keep(self, stream: pikepdf.Object, name: str, size: int) -> Kept:
        self._streams.append(stream)
        return Kept(len(self._streams) - 1, name, size)

    def _park(self, stream: pikepdf.Object, raw: bytes, finder: _Finder) -> None:
        """Put a mark in the place of a stream's bytes, unless they are few."""
        filters: Any = stream.get("/Filter")
        parameters: Any = stream.get("/DecodeParms")
        if len(raw) < _SHORT or repacked(filters):  # a mark in such a stream would be packed anew
            return
        if filters is None or (isinstance(filters, Array) and not len(filters)):
            filters, parameters = Name.FlateDecode, None
            raw = zlib.compress(raw)
        chunk = finder.find(raw)
        if chunk is None:
            chunk = _Chunk(None, self._end, len(raw))
            self._append(raw)
        stream.write(self._mark(chunk), filter=filters, decode_parms=parameters, type_check=False)

    def _append(self, data: bytes) -> None:
        self._file.write(data)
        self._end += len(data)

    def _mark(self, chunk: _Chunk) -> bytes:
        self._chunks.append(chunk)
        return b"@%s%010d@" % (self._nonce, len(self._chunks) - 1)

    def write(self, target: Path) -> tuple[str, int]:
        """Write the volume; gives the sha256 and the size of the file. Raises OSError where it cannot be written."""
        skeleton = BytesIO()
        self.pdf.save(
            skeleton,
            min_version="1.7",
            static_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,  # compressed streams travel byte by byte
            compress_streams=True,
        )
        data = skeleton.getvalue()
        self._file.flush()
        found = list(re.finditer(rb"/Length (\d+) >>\nstream\n(@%s(\d{10})@)(?=\nendstream)" % self._nonce, data))
        if len(found) != data.count(self._nonce):
            raise RuntimeError("a mark is not where a stream's bytes are to be")
        chunks = [self._chunks[int(match[3])] for match in found]
        grown = (
            len(b"%d" % chunk.size) - len(match[1]) + chunk.size - len(match[2])
            for match, chunk in zip(found, chunks, strict=True)
        )
        places = [match.start(1) for match in found]
        shifts = [0, *accumulate(grown)]
        table = cross_reference(data, lambda offset: offset + shifts[bisect_left(places, offset)])
        with target.open("wb", buffering=_BLOCK) as file:
            out = _Hashed(file)
            at = 0
            for match, chunk, content in zip(found, chunks, self._contents(chunks), strict=True):
                out.write(data[at : match.start(1)])
                out.write(b"%d" % chunk.size)
                out.write(data[match.end(1) : match.start(2)])
                for block in content:
                    out.write(block)
                at = match.end(2)
            out.write(data[at : table.start])
            out.write(table.written(out.size, out.digest.copy().digest()))
        return out.digest.hexdigest(), out.size

    def _contents(self, chunks: Iterable[_Chunk]) -> Iterator[Iterator[memoryview]]:
        """The bytes of each chunk, block by block."""
        block = memoryview(bytearray(_BLOCK))
        path: Path | None = None
        file: IO[bytes] | None = None
        try:
            for chunk in chunks:
                if chunk.path is None:
                    yield _blocks(self._file, chunk, block)
                    continue
                if chunk.path != path:
                    if file is not None:
                        file.close()
                    path, file = chunk.path, _opened(chunk.path)
                yield _blocks(file, chunk, block)
        finally:
            if file is not None:
                file.close()


class _Hashed:
    """A file that is hashed as it is written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes | memoryview) -> None:
        """Write and count."""
        self._file.write(data)
        self.digest.update(data)
        self.size += len(data)


def _opened(path: Path) -> IO[bytes] | None:
    try:
        return path.open("rb", buffering=0)
    except OSError:  # it was there a moment ago: its place is filled with nothing, which the proof tells of its file
        return None


def _blocks(file: IO[bytes] | None, chunk: _Chunk, block: memoryview) -> Iterator[memoryview]:
    """Exactly as many bytes as the chunk has, whatever became of its file meanwhile."""
    left = chunk.size
    if file is not None:
        file.seek(chunk.start)
    while left:
        part = block[: min(left, len(block))]
        got: int = file.readinto(part) if file is not None else 0  # type: ignore[attr-defined]
        if not got:
            got = len(part)
            part[:] = bytes(got)
        yield part[:got]
        left -= got


class _Finder:
    """Finds bytes in the file that they were read from, mostly in the order in which they lie there.

    A context manager; a file that cannot be opened holds nothing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._data: mmap.mmap | None = None
        self._last = 0

    def __enter__(self) -> _Finder:
        # An empty file, or one on a disk that does not map: streams are then kept by value, not by place.
        with suppress(OSError, ValueError), self._path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._data is not None:
            self._data.close()

    def find(self, raw: bytes) -> _Chunk | None:
        """Where the bytes lie; None if nowhere, or if too much there begins like them."""
        if self._data is None:
            return None
        head, at = raw[:_LIKENESS], self._last
        for _ in range(_MOST_TRIES):
            found = self._data.find(head, at)
            if found < 0 and at >= self._last > 0:
                found = self._data.find(head)
            if found < 0:
                return None
            if self._data[found : found + len(raw)] == raw:
                self._last = found + len(raw)
                return _Chunk(self._path, found, len(raw))
            at = found + 1
        return None
