"""Transforms sheets and front pages into one PDF: pages, stamps, links, bookmarks, metadata. Same bytes on every run."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Dictionary, Name, OutlineItem

from docgen.evidence.annotations import MARK
from docgen.evidence.destinations import Bookmark, Target
from docgen.evidence.documents import DRAWING
from docgen.evidence.fingerprints import digest
from docgen.fonts.pdftext import StampFont

from . import stamps
from .describing import ARCHIVAL, ARCHIVAL_WITH_FILES, attach, describe
from .expected import Drawing, Expected, Landing, Mark, PageExpected, place_of
from .pieces import Pages, Piece
from .records import ITEM_LINK, Entry, VolumeOrder
from .sheets import PhotoSheet, Sheet, drawing_matrix, first_sheets
from .sheets import place_of as place_of_photo
from .spool import Kept, Spool

COVER, INDEX = "封面", "目录"
_PRINTED = 4  # the flag of an annotation that ISO 19005-2, 6.3.2 wants


@dataclass(slots=True)
class Composer:
    """Builds one volume; `compose` is its only door."""

    order: VolumeOrder
    font: StampFont
    front: pikepdf.Pdf
    pieces: Sequence[Piece]
    sheets: Sequence[Sheet]
    entries: Sequence[Entry]
    spool: Spool
    linked: set[int] = field(default_factory=set)
    _expected: Expected = field(default_factory=Expected)
    _content: dict[int, bytes] = field(default_factory=dict)
    _pages: list[pikepdf.Page] = field(default_factory=list)

    def compose(self) -> Expected:
        """Finish the volume in the spool; gives what it must hold. `linked` then has the entries that the index links."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # of fields that were astray in the source too
            self._compose()
        return self._expected

    def _compose(self) -> None:
        # They came in one after the other; now front pages and photos come before and between them.
        documents = [page.obj for page in self._out.pages]
        del self._out.pages[:]
        self._add_front()
        self._add_sheets(documents)
        self._pages = list(self._out.pages)
        self._link_index()
        self._link_documents()
        self._stamp()
        self._bookmark()
        self._attach()
        for page, wanted in zip(self._pages, self._expected.pages, strict=True):
            wanted.annotations = len(page.obj.get("/Annots", ()))
        describe(self._out, self.order, self._expected.archival)

    def _add_front(self) -> None:
        self._out.add_pages_from(self.front, outlines="ignore")
        for page in self.front.pages:
            box = [float(side) for side in page.mediabox]
            self._expected.pages.append(PageExpected(box[2] - box[0], box[3] - box[1]))

    def _add_sheets(self, documents: Sequence[pikepdf.Object]) -> None:
        taken: set[int] = set()
        for sheet in self.sheets:
            if isinstance(sheet, PhotoSheet):
                self._add_photos(sheet)
            elif sheet.pages.number not in taken:
                taken.add(sheet.pages.number)
                self._add_document(sheet.pages, documents)

    def _add_photos(self, sheet: PhotoSheet) -> None:
        index = len(self._expected.pages)
        page = self._out.add_blank_page(page_size=(sheet.width, sheet.height))
        drawings, content = Dictionary(), []
        wanted = PageExpected(sheet.width, sheet.height, tuple(photo.number for photo, _ in sheet.photos))
        for place, (photo, cell) in enumerate(sheet.photos):
            name = f"/Photo{place}"
            picture = drawings[name] = self.spool.stream(photo.kept)
            shape = float(picture.Width), float(picture.Height)
            wanted.drawings[name] = Drawing(photo.kept.digest, shape, photo.number)
            box = place_of_photo(photo, cell)
            content.append(stamps.photo(self.font, photo, name, drawing_matrix(photo, box), box, cell))
        page.obj["/Resources"] = Dictionary(XObject=drawings)
        self._content[index] = b"".join(content)
        wanted.prints = frozenset(photo.kept.digest for photo, _ in sheet.photos)
        self._expected.pages.append(wanted)

    def _add_document(self, pages: Pages, documents: Sequence[pikepdf.Object]) -> None:
        for place, leaf in enumerate(pages.document.leaves, pages.place):
            index = len(self._expected.pages)
            page = documents[place]
            self._out.pages.append(pikepdf.Page(page))
            self._content[index] = b"q %s cm %s Do Q\n" % (leaf.matrix.operands, DRAWING.encode())
            wanted = PageExpected(leaf.width, leaf.height, (pages.number,), prints=leaf.prints)
            box = page["/Resources"]["/XObject"][DRAWING]["/BBox"]
            wanted.drawings[DRAWING] = Drawing("", tuple(float(side) for side in box), pages.number)
            self._expected.pages.append(wanted)

    def _starts(self) -> dict[int, int]:
        """Where each piece begins in the volume."""
        front = len(self.front.pages)
        return {number: front + sheet for number, sheet in first_sheets(self.sheets).items()}

    def _link_documents(self) -> None:
        """Let the links of each document lead into this copy of it."""
        starts = self._starts()
        for pages in self.pieces:
            if not isinstance(pages, Pages):
                continue
            first = starts[pages.number]
            for index in range(first, first + pages.length):
                for annotation in self._pages[index].obj.get("/Annots", ()):
                    if MARK in annotation:
                        target = pages.document.cleaned.links[int(annotation[MARK])]
                        del annotation[MARK]
                        self._lead(annotation, index, self._moved(pages, target), first)

    def _lead(self, annotation: pikepdf.Object, index: int, target: Target, first: int = 0) -> None:
        destination = target.array(self._pages, first)
        annotation["/Dest"] = destination
        self._expected.pages[index].links.append(Landing(first + target.page, place_of(destination)))

    @staticmethod
    def _moved(pages: Pages, target: Target) -> Target:
        return target.moved(pages.document.leaves[target.page].matrix)

    def _link_index(self) -> None:
        """Turn the front matter's docgen:item/n links into links within the volume."""
        for index in range(len(self.front.pages)):
            for annotation in self._pages[index].obj.get("/Annots", ()):
                annotation["/F"] = _PRINTED
                action = annotation.get("/A")
                address = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
                number = address.removeprefix(ITEM_LINK)
                if number == address or not number.isdecimal() or not 1 <= int(number) <= len(self.entries):
                    continue
                del annotation["/A"]
                self._lead(annotation, index, Target(self.entries[int(number) - 1].first_page - 1))
                self.linked.add(int(number))

    def _stamp(self) -> None:
        """Put content and stamps on every page; a cover bears no foot."""
        order, fronts = self.order, len(self.front.pages)
        reference = self.font.embed(self._out)
        fonts = self._out.make_indirect(Dictionary({stamps.FONT: reference}))
        mark = stamps.draft_drawing(self._out, self.font, reference) if order.draft else None
        state = stamps.draft_state(self._out) if order.draft else None
        for index, page in enumerate(self._pages):
            parts = []
            if order.numbered and (index or not fronts):
                width = float(page.mediabox[2])
                parts.append(stamps.foot(self.font, order.heading, order.subject, index + 1, len(self._pages), width))
            if index in self._content:
                page.obj["/Resources"]["/Font"] = fonts
                parts.insert(0, self._content[index])
            else:
                page.add_resource(reference, Name.Font, Name(stamps.FONT))
                page.contents_coalesce()
                parts = [b"q\n", page.obj["/Contents"].read_bytes(), b"\nQ\n", *parts]
            if mark is not None and state is not None:
                parts.append(stamps.draft_mark(float(page.mediabox[2]), float(page.mediabox[3])))
                page.add_resource(mark, Name.XObject, Name(stamps.MARK))
                page.add_resource(state, Name.ExtGState, Name(stamps.MARK_STATE))
            content = b"".join(parts)
            page.obj["/Contents"] = self._out.make_stream(content)
            self._expected.pages[index].content = digest(content)

    def _bookmark(self) -> None:
        starts = self._starts()
        with self._out.open_outline() as outline:
            fronts = [(COVER, 0), (INDEX, 1)][: len(self.front.pages)]
            for title, page in fronts:
                outline.root.append(self._item(title, Target(page), 0, 0))
            for piece, entry in zip(self.pieces, self.entries, strict=True):
                start = starts[piece.number]
                title = f"{piece.number}. {entry.title}（第{entry.first_page}页）"
                item = self._item(title, Target(start), 0, piece.number)
                if isinstance(piece, Pages):
                    item.is_closed = True
                    item.children.extend(self._nested(piece, mark, start, 1) for mark in piece.document.bookmarks)
                outline.root.append(item)

    def _item(self, title: str, target: Target | None, depth: int, owner: int, first: int = 0) -> OutlineItem:
        """A bookmark; it is noted down as expected."""
        landing, destination = Landing(None), None
        if target is not None:
            destination = target.array(self._pages, first)
            landing = Landing(first + target.page, place_of(destination))
        self._expected.marks.append(Mark(title, landing, depth, owner))
        return OutlineItem(title, destination=destination)

    def _nested(self, pages: Pages, bookmark: Bookmark, first: int, depth: int) -> OutlineItem:
        """A document's own bookmark, leading into this copy of it."""
        target = None if bookmark.target is None else self._moved(pages, bookmark.target)
        item = self._item(bookmark.title, target, depth, pages.number, first)
        item.is_closed = bookmark.closed
        item.children.extend(self._nested(pages, child, first, depth + 1) for child in bookmark.children)
        return item

    def _attach(self) -> None:
        """Attach the originals of what is signed, and settle what kind of PDF/A this can be."""
        files: dict[Kept, str] = {}
        for piece in self.pieces:
            if isinstance(piece, Pages) and piece.attachment is not None and piece.attachment not in files:
                files[piece.attachment] = _unlike(piece.item.path.name, piece.number, files.values())
        attach(self._out, ((name, self.spool.stream(kept)) for kept, name in files.items()))
        self._expected.attachments = {name: kept.digest for kept, name in files.items()}
        if self.order.archival and not any(piece.unarchival for piece in self.pieces):
            self._expected.archival = ARCHIVAL_WITH_FILES if files else ARCHIVAL

    @property
    def _out(self) -> pikepdf.Pdf:
        return self.spool.pdf


def _unlike(name: str, number: int, others: Iterable[str]) -> str:
    """A name that no other attachment has."""
    return f"{number}-{name}" if name in others else name
