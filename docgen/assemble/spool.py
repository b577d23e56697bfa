"""Keeps on disk, until the volume is written, what goes into it: pictures, attachments, the pages of many documents.

What waits is put into PDFs of moderate size beside the volume. qpdf copies a stream from such a file straight into the
volume when that is written, so however many there are, few are in memory at any time.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name

from docgen.evidence.fingerprints import digest

if TYPE_CHECKING:
    from docgen.evidence.pictures import Picture

_BATCH = 24_000_000
"""Bytes that are gathered in memory before they are written."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One stream in the spool: in which batch, its place there, the sha256 of its bytes as they are, their number."""

    batch: int
    place: int
    digest: str
    size: int


@dataclass(slots=True)
class _Batch:
    pdf: pikepdf.Pdf
    streams: list[pikepdf.Object] = field(default_factory=list)
    size: int = 0
    stored: bool = False


class Spool:
    """The files that wait. A context manager: at its end they are closed and deleted.

    `folder` is where they lie, `prefix` what their names begin with, so that they are known for leftovers after a kill.
    """

    def __init__(self, folder: Path, prefix: str) -> None:
        self._folder, self._prefix = folder, prefix
        self._batches: list[_Batch] = []
        self._files: list[Path] = []
        self._open: list[pikepdf.Pdf] = []

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pdf in (*self._open, *(batch.pdf for batch in self._batches)):
            pdf.close()
        for path in self._files:
            with contextlib.suppress(OSError):  # the next build sweeps it
                path.unlink()

    def picture(self, picture: Picture) -> Kept:
        """Put a picture away."""
        batch = self._batch()
        return self._keep(batch, picture.embed(batch.pdf))

    def attachment(self, data: bytes, media: str) -> Kept:
        """Put a whole file away, as what an attachment refers to."""
        batch = self._batch()
        stream = batch.pdf.make_stream(
            data, Type=Name.EmbeddedFile, Subtype=Name(f"/{media}"), Params=Dictionary(Size=len(data))
        )
        return self._keep(batch, stream)

    def _batch(self) -> _Batch:
        if not self._batches or self._batches[-1].stored or self._batches[-1].size >= _BATCH:
            self.settle()
            self._batches.append(_Batch(pikepdf.Pdf.new()))
        return self._batches[-1]

    def _keep(self, batch: _Batch, stream: pikepdf.Object) -> Kept:
        raw = stream.read_raw_bytes()
        batch.streams.append(stream)
        batch.size += len(raw)
        return Kept(len(self._batches) - 1, len(batch.streams) - 1, digest(raw), len(raw))

    def settle(self) -> None:
        """Write what is still in memory; must be called before `take`."""
        if not self._batches or self._batches[-1].stored:
            return
        batch = self._batches[-1]
        batch.pdf.Root["/Kept"] = Array(batch.streams)
        new = self.stored(batch.pdf)
        batch.pdf.close()
        batch.pdf, batch.stored = new, True
        batch.streams.clear()

    def stored(self, pdf: pikepdf.Pdf) -> pikepdf.Pdf:
        """The PDF written to a file of the spool and opened again; closed with the spool. The given one may be closed."""
        handle, name = tempfile.mkstemp(prefix=self._prefix, suffix=".spool", dir=self._folder)
        self._files.append(Path(name))
        with os.fdopen(handle, "wb") as stream:
            pdf.save(
                stream,
                static_id=True,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
        new = pikepdf.Pdf.open(Path(name), suppress_warnings=True)
        self._open.append(new)
        return new

    def take(self, kept: Kept, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """A stream copied into a PDF: its bytes are fetched when that is written."""
        return pdf.copy_foreign(self._batches[kept.batch].pdf.Root["/Kept"][kept.place])
