"""Transforms sheets and front pages into one PDF: pages, stamps, links, bookmarks, metadata. Same bytes on every run."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

from docgen.evidence.annotations import MARK
from docgen.evidence.destinations import Bookmark, Target
from docgen.evidence.documents import DRAWING
from docgen.evidence.fingerprints import digest
from docgen.fonts.pdftext import StampFont

from . import stamps
from .intake import Pages, Photo, Piece
from .records import ITEM_LINK, Entry, VolumeOrder
from .sheets import PhotoSheet, Sheet, drawing_matrix, first_sheets, place_of

COVER, INDEX = "封面", "目录"


@dataclass(frozen=True, slots=True)
class Landing:
    """A bookmark that a volume must have: its title, the page it leads to (from 0, None: nowhere), how deep it is."""

    title: str
    page: int | None
    depth: int


@dataclass(slots=True)
class Expected:
    """What the finished volume must hold, for its proof. Pages count from 0."""

    pages: int
    prints: dict[int, frozenset[str]] = field(default_factory=dict)
    owners: dict[int, Piece] = field(default_factory=dict)
    links: dict[int, list[int]] = field(default_factory=dict)
    bookmarks: list[Landing] = field(default_factory=list)
    annotations: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Composer:
    """Builds one volume; `compose` is its only door."""

    order: VolumeOrder
    font: StampFont
    front: pikepdf.Pdf
    pieces: Sequence[Piece]
    sheets: Sequence[Sheet]
    entries: Sequence[Entry]
    linked: set[int] = field(default_factory=set)
    _out: pikepdf.Pdf = field(default_factory=pikepdf.Pdf.new)
    _content: dict[int, list[bytes]] = field(default_factory=dict)
    _pictures: dict[str, pikepdf.Object] = field(default_factory=dict)

    def compose(self) -> tuple[bytes, Expected]:
        """The volume's bytes, and what they must hold. `linked` then has the entries that the index links."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # of fields that were astray in the source too
            return self._compose()

    def _compose(self) -> tuple[bytes, Expected]:
        self._out.add_pages_from(self.front, outlines="ignore")
        expected = Expected(len(self.front.pages) + len(self.sheets))
        self._add_sheets(expected)
        self._link_index(expected)
        self._stamp()
        self._bookmark(expected)
        for index, page in enumerate(self._out.pages):
            expected.annotations[index] = len(page.obj.get("/Annots", ()))
        self._describe()
        return self._saved(), expected

    def _add_sheets(self, expected: Expected) -> None:
        taken: set[int] = set()
        for sheet in self.sheets:
            if isinstance(sheet, PhotoSheet):
                self._add_photos(sheet, expected)
            elif sheet.pages.number not in taken:
                taken.add(sheet.pages.number)
                self._add_document(sheet.pages, expected)

    def _add_photos(self, sheet: PhotoSheet, expected: Expected) -> None:
        index = len(self._out.pages)
        page = self._out.add_blank_page(page_size=(sheet.width, sheet.height))
        drawings, content = Dictionary(), []
        for place, (photo, cell) in enumerate(sheet.photos):
            name = f"/Photo{place}"
            drawings[name] = self._embedded(photo)
            box = place_of(photo, cell)
            content.append(stamps.photo(self.font, photo, name, drawing_matrix(photo, box), box, cell))
        page.obj["/Resources"] = Dictionary(XObject=drawings)
        self._content[index] = content
        expected.prints[index] = frozenset(digest(photo.picture.data) for photo, _ in sheet.photos)
        expected.owners[index] = sheet.photos[0][0]

    def _embedded(self, photo: Photo) -> pikepdf.Object:
        """The photo in the PDF, once for the same content."""
        key = digest(photo.picture.data)
        if key not in self._pictures:
            self._pictures[key] = photo.picture.embed(self._out)
        return self._pictures[key]

    def _add_document(self, pages: Pages, expected: Expected) -> None:
        first = len(self._out.pages)
        document = pages.document
        self._out.add_pages_from(document.pdf, outlines="ignore")
        for offset, leaf in enumerate(document.leaves):
            matrix = leaf.matrix.operands.decode()
            self._content[first + offset] = [f"q {matrix} cm {DRAWING} Do Q\n".encode()]
            expected.prints[first + offset] = leaf.prints
            expected.owners[first + offset] = pages
            for annotation in self._out.pages[first + offset].obj.get("/Annots", ()):
                if MARK in annotation:
                    target = document.cleaned.links[int(annotation[MARK])]
                    del annotation[MARK]
                    annotation["/Dest"] = self._moved(pages, target).array(self._out.pages, first)
                    expected.links.setdefault(first + offset, []).append(first + target.page)

    @staticmethod
    def _moved(pages: Pages, target: Target) -> Target:
        return target.moved(pages.document.leaves[target.page].matrix)

    def _link_index(self, expected: Expected) -> None:
        """Turn the front matter's docgen:item/n links into links within the volume."""
        for index in range(len(self.front.pages)):
            for annotation in self._out.pages[index].obj.get("/Annots", ()):
                action = annotation.get("/A")
                address = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
                number = address.removeprefix(ITEM_LINK)
                if number == address or not number.isdecimal() or not 1 <= int(number) <= len(self.entries):
                    continue
                page = self.entries[int(number) - 1].first_page - 1
                del annotation["/A"]
                annotation["/Dest"] = Target(page).array(self._out.pages)
                expected.links.setdefault(index, []).append(page)
                self.linked.add(int(number))

    def _stamp(self) -> None:
        """Put content and stamps on every page; the cover bears no foot."""
        reference = self.font.embed(self._out)
        mark = stamps.draft_drawing(self._out, self.font, reference) if self.order.draft else None
        state = stamps.draft_state(self._out) if self.order.draft else None
        pages = len(self._out.pages)
        for index, page in enumerate(self._out.pages):
            width, height = float(page.mediabox[2]), float(page.mediabox[3])
            parts = []
            if index:
                parts.append(stamps.foot(self.font, self.order.heading, self.order.subject, index + 1, pages, width))
            if mark is not None:
                parts.append(stamps.draft_mark(width, height))
            page.add_resource(reference, Name.Font, Name(stamps.FONT))
            if mark is not None and state is not None:
                page.add_resource(mark, Name.XObject, Name(stamps.MARK))
                page.add_resource(state, Name.ExtGState, Name(stamps.MARK_STATE))
            if index in self._content:
                page.obj["/Contents"] = self._out.make_stream(b"".join([*self._content[index], *parts]))
            else:
                page.contents_add(b"q\n", prepend=True)
                page.contents_add(b"\nQ\n" + b"".join(parts))

    def _bookmark(self, expected: Expected) -> None:
        pages = self._out.pages
        first = first_sheets(self.sheets)
        with self._out.open_outline() as outline:
            tops = [(COVER, 0)] + ([(INDEX, 1)] if len(self.front.pages) > 1 else [])
            for title, page in tops:
                outline.root.append(OutlineItem(title, destination=Target(page).array(pages)))
                expected.bookmarks.append(Landing(title, page, 0))
            for piece, entry in zip(self.pieces, self.entries, strict=True):
                start = len(self.front.pages) + first[piece.number]
                title = f"{piece.number}. {entry.title}（第{entry.first_page}页）"
                item = OutlineItem(title, destination=Target(start).array(pages))
                expected.bookmarks.append(Landing(title, start, 0))
                if isinstance(piece, Pages):
                    item.is_closed = True
                    item.children.extend(
                        self._nested(piece, mark, start, 1, expected) for mark in piece.document.bookmarks
                    )
                outline.root.append(item)

    def _nested(self, pages: Pages, bookmark: Bookmark, first: int, depth: int, expected: Expected) -> OutlineItem:
        """A document's own bookmark, leading into this copy of it."""
        target = bookmark.target
        landing = None if target is None else first + target.page
        expected.bookmarks.append(Landing(bookmark.title, landing, depth))
        place = None if target is None else self._moved(pages, target).array(self._out.pages, first)
        item = OutlineItem(bookmark.title, destination=place)
        item.is_closed = bookmark.closed
        item.children.extend(self._nested(pages, child, first, depth + 1, expected) for child in bookmark.children)
        return item

    def _describe(self) -> None:
        """Title, language, page labels, how it opens. No dates: the same input gives the same bytes."""
        root = self._out.Root
        root["/Lang"] = pikepdf.String("zh-CN")
        root["/PageMode"] = Name.UseOutlines
        root["/PageLayout"] = Name.SinglePage
        root["/OpenAction"] = Target(0).array(self._out.pages)
        root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
        root["/PageLabels"] = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        with self._out.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:title"] = self.order.title
            metadata["dc:language"] = ["zh-CN"]
            metadata["dc:creator"] = [self.order.school]
            if self.order.document_id:
                metadata["dc:identifier"] = self.order.document_id
        self._out.docinfo["/Title"] = self.order.title
        self._out.docinfo["/Author"] = self.order.school
        self._out.docinfo["/Producer"] = "docgen"

    def _saved(self) -> bytes:
        out = BytesIO()
        self._out.save(
            out,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,  # compressed streams travel byte by byte
            compress_streams=True,
        )
        return out.getvalue()
