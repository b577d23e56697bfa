"""Puts one document into a volume of its own, by way of trial, and reads that again with two other libraries.

What could not stand the proof of a whole volume is named here, for this file alone.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pikepdf
import pypdfium2
from pypdf import PdfReader

from docgen.model.records import EvidenceFile, FileNote, NoteKind
from docgen.tools import pdfium, proofreading

from .conformance import breach
from .documents import (
    DAMAGED,
    DRAWING,
    EMPTY,
    LOCKED,
    READING_ERRORS,
    TOO_LONG,
    TOO_MUCH,
    UNREADABLE,
    Document,
    DocumentError,
    pages_word,
    read_document,
)
from .fingerprints import VolumePrints
from .texts import texts_of

_COPY_AGAIN = "文件可能没有复制或下载完：请从发送人处重新取一份，替换它。"
_PRINT_AGAIN = "请用 PDF 阅读器打开它看一看；内容正常的，用“打印”另存成一份新的 PDF，替换它。"
_REMEDIES = {
    LOCKED: "请用密码打开后，打印（或另存）成一份没有密码的 PDF，放回原处。",
    DAMAGED: _COPY_AGAIN,
    UNREADABLE: _COPY_AGAIN,
    EMPTY: _COPY_AGAIN,
    TOO_LONG: "请只取作为证明的那几页，另存成一份较短的 PDF，替换它。",
    TOO_MUCH: "请用 PDF 阅读器打开它看一看；内容正常的，打印成一份新的 PDF，替换它。",
}
_SCALE = 24 / 72  # pixels a point
_LARGEST = 600  # pixels a side: of pages that are larger than paper
_LOOKED_AT = 300
_INK = 250  # a grey darker than this is something
_PROOF_ERRORS: tuple[type[Exception], ...] = (*proofreading.ERRORS, OSError, MemoryError)


def inspect_document(source: bytes | Path, file: EvidenceFile, *, archival: bool = True) -> EvidenceFile:
    """What a PDF is: `file` with its pages, texts and notes, or its fault and what to do about it.

    Does exactly what assembling will do, so that nothing is found out only there. With `archival` the pages are also
    held against PDF/A-2b, which takes as long as all the rest. Raises nothing on account of what the file holds.
    """
    if isinstance(source, bytes) and not source:
        return replace(file, fault="是空文件（0 字节）", remedy=_COPY_AGAIN)
    try:
        document = read_document(source, archival=archival)
    except DocumentError as error:
        return replace(file, fault=str(error), remedy=_REMEDIES.get(str(error), _PRINT_AGAIN))
    try:
        with _scratch() as path:
            write_alone(document, path)
            trial = Trial(source, document, path)
            trial.run()
            unarchival = document.unarchival or (breach(path) if archival and not trial.fault else "")
    except READING_ERRORS as error:
        reason = f"PDF 有损坏，放不进分册（{type(error).__name__}）"
        return replace(file, pages=len(document.leaves), fault=reason, remedy=_PRINT_AGAIN)
    finally:
        document.pdf.close()
    if trial.fault:
        return replace(file, pages=len(document.leaves), fault=trial.fault, remedy=_PRINT_AGAIN)
    notes = (*document.notes(), *trial.notes)
    return replace(file, pages=len(document.leaves), texts=trial.texts, notes=notes, unarchival=unarchival)


@contextlib.contextmanager
def _scratch() -> Iterator[Path]:
    """A place for a file, which is gone afterwards."""
    handle, name = tempfile.mkstemp(suffix=".pdf", prefix="docgen-")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def write_alone(document: Document, target: Path) -> None:
    """Write a document's pages as they will stand in a volume, without a foot. Raises any of qpdf.ERRORS, OSError."""
    with pikepdf.Pdf.new() as out:
        document.add_to(out)
        for page, leaf in zip(out.pages, document.leaves, strict=True):
            content = b"q %s cm %s Do Q" % (leaf.matrix.operands, DRAWING.encode())
            page.obj["/Contents"] = out.make_stream(content)
        out.save(
            target,
            min_version="1.7",
            static_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            compress_streams=True,
        )


@dataclass(slots=True)
class Trial:
    """One document's trial. `fault` is "" or why it failed, in Chinese."""

    source: bytes | Path
    document: Document
    made: Path
    fault: str = ""
    texts: tuple[str, ...] = ()
    notes: list[FileNote] = field(default_factory=list)

    def run(self) -> None:
        """Look at the pages as pypdf reads them, then as PDFium shows them."""
        self._prove()
        if not self.fault:
            self._show()

    def _prove(self) -> None:
        leaves = self.document.leaves
        try:
            with PdfReader(str(self.made)) as reader:
                if len(reader.pages) != len(leaves):
                    self.fault = f"PDF 有损坏：应有{len(leaves)}页，放进分册后读出{len(reader.pages)}页"
                    return
                prints = VolumePrints(frozenset().union(*(leaf.prints for leaf in leaves)))
                wrong = [
                    leaf.number
                    for leaf, page in zip(leaves, reader.pages, strict=True)
                    if not leaf.prints <= prints.of(page)
                ]
        except _PROOF_ERRORS as error:
            self.fault = f"PDF 有损坏，放进分册后读不出来（{type(error).__name__}）"
            return
        if wrong:
            self.fault = f"PDF 有损坏，{pages_word(tuple(wrong))}的内容放进分册后与原文件不一致"

    def _show(self) -> None:
        """Read the texts; compare, page by page, whether there is something to see before and after.

        A page with a picture on it is not drawn, which would take as long as everything else: the picture's bytes and
        its place are proven.
        """
        seen: dict[int, bool] = {}
        step = max(len(self.document.leaves) // _LOOKED_AT, 1)

        def look(index: int, page: pypdfium2.PdfPage) -> None:
            if index % step == 0:
                with contextlib.suppress(*pdfium.ERRORS):  # the source is not compared then
                    seen[index] = pdfium.draws_picture(page) or has_ink(page)

        try:
            with pdfium.opened(self.made) as document:
                self.texts, whole = texts_of(document, look)
        except pdfium.ERRORS:
            self.texts, whole = ("",) * len(self.document.leaves), False
        if not whole or len(self.texts) != len(self.document.leaves):
            self.texts = self.texts if len(self.texts) == len(self.document.leaves) else ()
            self.notes.append(FileNote(NoteKind.TEXT_UNREAD))
        blank = self._faded(seen)
        if blank:
            self.fault = f"PDF {pages_word(tuple(blank))}放进分册后会变成空白"

    def _faded(self, seen: dict[int, bool]) -> list[int]:
        """The numbers of the pages that show something in the source, but nothing in the volume."""
        if all(seen.values()):
            return []
        faded = []
        try:
            with pdfium.opened(self.source) as document:
                for index, ink in seen.items():
                    number = self.document.leaves[index].number
                    if not ink and number <= len(document) and _source_has_ink(document, number - 1):
                        faded.append(number)
        except pdfium.ERRORS:  # what PDFium cannot open at all cannot be compared
            return []
        return faded


def has_ink(page: pypdfium2.PdfPage) -> bool:
    """Whether a page shows anything but white. Raises any of pdfium.ERRORS."""
    width, height = page.get_size()
    longest = max(width, height, 1)
    shown = pdfium.grey(page, min(_SCALE, _LARGEST / longest))
    return any(shown.histogram()[:_INK])


def _source_has_ink(document: pypdfium2.PdfDocument, index: int) -> bool:
    try:
        page = document[index]
    except pdfium.ERRORS:
        return False
    try:
        return has_ink(page)
    except pdfium.ERRORS:
        return False
    finally:
        page.close()
