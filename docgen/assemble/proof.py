"""Proves a finished volume: opened again, by another library, and held against what it must hold."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from docgen.evidence.fingerprints import VolumePrints

from .composing import Expected, Landing

_MOST_BOOKMARKS = 100_000
logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it has to say is told as a finding


@dataclass(slots=True)
class Proof:
    """One look through a volume; `faults` says in Chinese what is not as it must be, with the page where known."""

    expected: Expected
    reader: PdfReader
    faults: list[tuple[str, int | None]] = field(default_factory=list)
    _pages: dict[int, int] = field(default_factory=dict)

    def look(self) -> None:
        """Compare pages, links, bookmarks and the document's own particulars."""
        if len(self.reader.pages) != self.expected.pages:
            self.faults.append((f"应有{self.expected.pages}页，实有{len(self.reader.pages)}页", None))
            return
        for index, page in enumerate(self.reader.pages):
            if page.indirect_reference is not None:
                self._pages[page.indirect_reference.idnum] = index
        self._look_at_pages()
        self._look_at_bookmarks()
        names = _real(self.reader.root_object.get("/Names"))
        if isinstance(names, DictionaryObject) and ("/JavaScript" in names or "/EmbeddedFiles" in names):
            self.faults.append(("里面还有脚本或附件", None))

    def _look_at_pages(self) -> None:
        known = frozenset().union(*self.expected.prints.values())
        prints = VolumePrints(known)
        for index, page in enumerate(self.reader.pages):
            wanted = self.expected.prints.get(index, frozenset())
            if not wanted <= prints.of(page):
                self.faults.append(("内容与原文件不一致", index))
            annotations = list(self._annotations(page))
            if len(annotations) != self.expected.annotations.get(index, 0):
                self.faults.append(("批注或链接的个数不对", index))
            landed = [self._landing(_real(note.get("/Dest"))) for note in annotations if "/Dest" in note]
            if landed != self.expected.links.get(index, []):
                self.faults.append(("链接没有落在该到的页上", index))

    @staticmethod
    def _annotations(page: DictionaryObject) -> Iterator[DictionaryObject]:
        notes = _real(page.get("/Annots"))
        for note in notes if isinstance(notes, ArrayObject) else ():
            real = _real(note)
            if isinstance(real, DictionaryObject):
                yield real

    def _landing(self, destination: object) -> int | None:
        """The page that an explicit destination leads to, None if it leads nowhere."""
        if not isinstance(destination, ArrayObject) or not destination:
            return None
        page = list.__getitem__(destination, 0)
        return self._pages.get(page.idnum) if isinstance(page, IndirectObject) else None

    def _look_at_bookmarks(self) -> None:
        outlines = _real(self.reader.root_object.get("/Outlines"))
        found = list(self._bookmarks(outlines, 0)) if isinstance(outlines, DictionaryObject) else []
        if found != self.expected.bookmarks:
            pairs = zip(found, self.expected.bookmarks, strict=False)
            wrong = next((wanted for got, wanted in pairs if got != wanted), None)
            self.faults.append((f"书签“{wrong.title}”没有落在该到的页上" if wrong else "书签的个数不对", None))

    def _bookmarks(self, parent: DictionaryObject, depth: int) -> Iterator[Landing]:
        item = _real(parent.get("/First"))
        for _ in range(_MOST_BOOKMARKS):
            if not isinstance(item, DictionaryObject):
                return
            yield Landing(str(_real(item.get("/Title", ""))), self._landing(_real(item.get("/Dest"))), depth)
            yield from self._bookmarks(item, depth + 1)
            item = _real(item.get("/Next"))


def _real(value: object) -> object:
    """What a reference stands for; pypdf's `get` leaves it as it is."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def prove(data: bytes, expected: Expected) -> list[tuple[str, int | None]]:
    """What is wrong with a volume: reasons in Chinese, each with its page from 0 where there is one; [] if nothing."""
    try:
        proof = Proof(expected, PdfReader(BytesIO(data)))
        proof.look()
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        return [(f"重新打开时读不出来（{type(error).__name__}）", None)]
    return proof.faults
