"""Proves a finished volume: opened again, by another library, and held against what it must hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from docgen.evidence.fingerprints import VolumePrints, digest
from docgen.tools import proofreading

from .expected import Expected, Landing, Mark, PageExpected, place_of

_MOST_BOOKMARKS = 100_000
_NEAR = 0.01  # points


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not as it must be: the reason in Chinese, the page from 0 (None: no one page), the pieces concerned."""

    reason: str
    page: int | None = None
    owners: tuple[int, ...] = ()


@dataclass(slots=True)
class Proof:
    """One look through a volume; `faults` tells what is not as it must be."""

    expected: Expected
    reader: PdfReader
    faults: list[Fault] = field(default_factory=list)
    _pages: dict[int, int] = field(default_factory=dict)

    def look(self) -> None:
        """Compare pages, links, bookmarks, attachments and the document's own particulars."""
        wanted = len(self.expected.pages)
        pages = list(self.reader.pages) if self.reader.get_num_pages() == wanted else []
        if len(pages) != wanted:
            self.faults.append(Fault(f"应有{wanted}页，实有{self.reader.get_num_pages()}页"))
            return
        for index, page in enumerate(pages):
            if page.indirect_reference is not None:
                self._pages[page.indirect_reference.idnum] = index
        prints = VolumePrints(frozenset().union(*(page.prints for page in self.expected.pages)))
        for index, (page, due) in enumerate(zip(pages, self.expected.pages, strict=True)):
            try:
                self.faults.extend(Fault(reason, index, owners) for reason, owners in self._page(page, due, prints))
            except proofreading.ERRORS as error:
                self.faults.append(Fault(f"重新打开时读不出来（{type(error).__name__}）", index, due.owners))
        self._look_at_bookmarks()
        self._look_at_document()

    def _page(
        self, page: DictionaryObject, due: PageExpected, prints: VolumePrints
    ) -> Iterator[tuple[str, tuple[int, ...]]]:
        box = [float(side) for side in list.__iter__(_array(page.get("/MediaBox")))]
        if len(box) != 4 or abs(box[2] - box[0] - due.width) > _NEAR or abs(box[3] - box[1] - due.height) > _NEAR:
            yield "大小不对", due.owners
        content = _real(page.get("/Contents"))
        if not isinstance(content, StreamObject) or digest(content.get_data()) != due.content:
            yield "排版的内容与写入的不一致", due.owners
        wrong = list(self._drawings(page, due, prints))
        yield from wrong
        if not wrong and not due.prints <= prints.of(page):
            yield "内容与原文件不一致", due.owners
        annotations = list(self._annotations(page))
        if len(annotations) != due.annotations:
            yield "批注或链接的个数不对", due.owners
        if [self._landing(note.get("/Dest")) for note in annotations if "/Dest" in note] != due.links:
            yield "链接没有落在该到的地方", due.owners

    @staticmethod
    def _drawings(
        page: DictionaryObject, due: PageExpected, prints: VolumePrints
    ) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Each name that the content draws must stand for the very picture or page that belongs there."""
        drawn = _dictionary(_dictionary(page.get("/Resources")).get("/XObject"))
        for name, drawing in due.drawings.items():
            stream = _real(drawn.get(name))
            if not isinstance(stream, StreamObject):
                yield "内容缺失", (drawing.owner,)
                continue
            keys = ("/Width", "/Height") if "/Width" in stream else ()
            shape = [_real(stream.get(key)) for key in keys] or list.__iter__(_array(stream.get("/BBox")))
            if tuple(float(str(side)) for side in shape) != drawing.shape or "/Matrix" in stream:
                yield "内容的大小不对", (drawing.owner,)
            name_of_bytes = prints.of_stream(drawn.raw_get(name), stream)
            if drawing.digest not in ("", name_of_bytes) or name_of_bytes not in due.prints:
                yield "内容与原文件不一致", (drawing.owner,)

    @staticmethod
    def _annotations(page: DictionaryObject) -> Iterator[DictionaryObject]:
        for note in list.__iter__(_array(page.get("/Annots"))):
            real = _real(note)
            if isinstance(real, DictionaryObject):
                yield real

    def _landing(self, destination: object) -> Landing:
        """Where an explicit destination leads."""
        values = list(list.__iter__(_array(destination)))
        if not values or not isinstance(values[0], IndirectObject):
            return Landing(None)
        return Landing(self._pages.get(values[0].idnum), place_of(_plain(value) for value in values))

    def _look_at_bookmarks(self) -> None:
        root = _dictionary(self.reader.root_object.get("/Outlines"))
        found = list(self._bookmarks(root, 0))
        due = self.expected.marks
        wrong = next((mark for got, mark in zip(found, due, strict=False) if got != mark), None)
        if wrong is not None:
            self.faults.append(Fault(f"书签“{wrong.title}”没有落在该到的地方", None, (wrong.owner,)))
        elif len(found) != len(due):
            self.faults.append(Fault(f"书签应有{len(due)}个，实有{len(found)}个"))
        elif due and _real(root.get("/Count")) is None:
            self.faults.append(Fault("书签没有写明个数"))

    def _bookmarks(self, parent: DictionaryObject, depth: int) -> Iterator[Mark]:
        item = _real(parent.get("/First"))
        for _ in range(_MOST_BOOKMARKS):
            if not isinstance(item, DictionaryObject):
                return
            yield Mark(str(_real(item.get("/Title", ""))), self._landing(item.get("/Dest")), depth)
            yield from self._bookmarks(item, depth + 1)
            item = _real(item.get("/Next"))

    def _look_at_document(self) -> None:
        """Attachments, scripts, forms, page labels, and what it says it is fit for."""
        root = self.reader.root_object
        names = _dictionary(root.get("/Names"))
        if "/JavaScript" in names or "/AA" in root or isinstance(_real(root.get("/OpenAction")), DictionaryObject):
            self.faults.append(Fault("里面还有脚本或动作"))
        if "/AcroForm" in root and _array(_dictionary(root["/AcroForm"]).get("/Fields")):
            self.faults.append(Fault("里面还有可以改动的表单"))
        if dict(_attached(_dictionary(names.get("/EmbeddedFiles")))) != self.expected.attachments:
            self.faults.append(Fault("附件与原文件不一致"))
        labels = list(list.__iter__(_array(_dictionary(root.get("/PageLabels")).get("/Nums"))))
        if len(labels) != 2 or labels[0] != 0 or str(_real(_dictionary(labels[1]).get("/S"))) != "/D":
            self.faults.append(Fault("页码标签不对"))
        if bool(self.expected.archival) != ("/OutputIntents" in root):
            self.faults.append(Fault("长期保存格式的标记不对"))


def _attached(tree: DictionaryObject, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Name and digest of every attachment."""
    for kid in list.__iter__(_array(tree.get("/Kids"))):
        if depth < 8:
            yield from _attached(_dictionary(kid), depth + 1)
    values = list(list.__iter__(_array(tree.get("/Names"))))
    for specification in values[1::2]:
        item = _dictionary(specification)
        stream = _real(_dictionary(item.get("/EF")).get("/F"))
        data = stream.get_data() if isinstance(stream, StreamObject) else b""
        yield str(_real(item.get("/UF"))), digest(data)


def _real(value: object) -> object:
    """What a reference stands for; pypdf's `get` leaves it as it is."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def _dictionary(value: object) -> DictionaryObject:
    real = _real(value)
    return real if isinstance(real, DictionaryObject) else DictionaryObject()


def _array(value: object) -> ArrayObject:
    real = _real(value)
    return real if isinstance(real, ArrayObject) else ArrayObject()


def _plain(value: object) -> object:
    return float(value) if isinstance(value, int | float) else None if str(value) == "NullObject" else value


def prove(file: Path, expected: Expected) -> list[Fault]:
    """What is wrong with a volume, [] if nothing. Raises OSError where the file cannot be read."""
    with file.open("rb") as stream:
        try:
            proof = Proof(expected, PdfReader(stream))
            proof.look()
        except proofreading.ERRORS as error:
            return [Fault(f"重新打开时读不出来（{type(error).__name__}）")]
    return proof.faults
