"""Transforms an evidence PDF into pages that stand upright on A4, above the foot, ready to be taken over.

Each page's content becomes one drawing (a form XObject), so that nothing it does to the graphics state can reach what
is stamped around it. Where its content is a single stream, that very stream becomes the drawing: nothing is coded again.
A page that cannot be taken over is named and costs none of the others.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import pikepdf
from pikepdf import Array, Dictionary, Stream

from docgen.acroform.geometry import Box, Matrix
from docgen.acroform.values import as_box, as_number
from docgen.model.records import FileNote, NoteKind
from docgen.tools import qpdf

from . import rescue
from .annotations import MARK, Cleaned, attached, clean_document, clean_page, move_annotations
from .archival import survey
from .destinations import Bookmark, Destinations, moved_bookmarks, renumbered
from .drawings import Drawings, TooMuchError, as_form
from .fingerprints import SourcePrints, TangledError
from .forms import Fields, Ink
from .geometry import A4_LONG, A4_SHORT, fit_page, page_frame, page_size
from .layers import layers_word, settle_layers

LONG = 300
"""More pages than that are worth a word."""
_KEPT_KEYS = ("/Type", "/Parent", "/Annots")
_MOST_NUMBERS = 12
_HARMLESS = (
    "Resources is missing",
    "MediaBox is undefined",
    "/Type key should be",
    "appears more than once",
    "ignoring excess",
)
DRAWING = "/DocgenPage"

GONE = "PDF 读不到了"
DAMAGED = "PDF 已损坏，打不开"
LOCKED = "PDF 设了打开密码"
EMPTY = "PDF 里没有页面"
TOO_LONG = f"PDF 超过 {rescue.MOST_PAGES} 页，没有读取"
TOO_MUCH = "PDF 的内容展开后大得不合常理，没有读取"
TANGLED = "PDF 的结构复杂得不合常理，没有读取"
UNREADABLE = "PDF 已损坏，一页也读不出来"
PACKAGE = "文件包里装的文件，要一一取出来，单独放"
XFA = "XFA 动态表单（要用 Adobe Acrobat 打开才看得到填写的内容，请用它打印成普通 PDF）"


READING_ERRORS: tuple[type[Exception], ...] = (*qpdf.ERRORS, OSError)
PAGE_ERRORS: tuple[type[Exception], ...] = (*qpdf.ERRORS, TooMuchError)


class DocumentError(Exception):
    """A PDF that cannot be taken over; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a document: the A4 page that it stands on, where its content goes, and what proves its arrival.

    `number` is the page's own number in the document as it was given, from 1.
    """

    width: float
    height: float
    matrix: Matrix
    prints: frozenset[str]
    number: int = 0


@dataclass(slots=True)
class Document:
    """An evidence PDF made ready; `pdf` must stay open until the volume is written.

    `lost` are the numbers (from 1) of the pages that could not be saved; the leaves are the others. `unlocked`: it was
    encrypted, but opens without a password. `form`: it had fields, which are drawn into its pages now. `hidden` says
    what no reader shows (XFA forms, layers that are off), in Chinese. `layers`: its pages have layers; they are listed
    as on or off in the catalogue of `pdf`, from where pikepdf's `add_pages_from` carries them along. `unarchival` says, in Chinese, why its pages may not stand in
    a PDF/A-2b, "" where nothing is in the way.
    """

    pdf: pikepdf.Pdf
    leaves: list[Leaf] = field(default_factory=list)
    bookmarks: tuple[Bookmark, ...] = ()
    cleaned: Cleaned = field(default_factory=Cleaned)
    repaired: bool = False
    lost: tuple[int, ...] = ()
    unlocked: bool = False
    form: bool = False
    hidden: tuple[str, ...] = ()
    layers: bool = False
    streams: tuple[tuple[int, int], ...] = ()
    unarchival: str = ""

    def add_to(self, out: pikepdf.Pdf) -> None:
        """Copy the pages behind those of `out`, with their layers; bookmarks and links are left to the caller."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # of what the pages do not hold any more
            if self.layers:
                out.add_pages_from(self.pdf, forms="strip", outlines="ignore")
            else:  # many times as fast for documents of thousands of pages
                for page in self.pdf.pages:
                    out.pages.append(page)

    def notes(self) -> tuple[FileNote, ...]:
        """What is worth saying of the document."""
        found = []
        if self.cleaned.dropped:
            found.append(FileNote(NoteKind.DROPPED, "、".join(sorted(self.cleaned.dropped))))
        if self.cleaned.signed:
            found.append(FileNote(NoteKind.SIGNED))
        if self.lost:
            found.append(FileNote(NoteKind.PAGES_LOST, pages_word(self.lost)))
        elif self.repaired:
            found.append(FileNote(NoteKind.REPAIRED))
        if self.unlocked:
            found.append(FileNote(NoteKind.UNLOCKED))
        if self.form:
            found.append(FileNote(NoteKind.FORM))
        found.extend(FileNote(NoteKind.HIDDEN, word) for word in self.hidden)
        if len(self.leaves) > LONG:
            found.append(FileNote(NoteKind.LONG, f"{len(self.leaves)}页"))
        return tuple(found)


def pages_word(numbers: tuple[int, ...]) -> str:
    """Page numbers in words: 第3、5页; 第1、2、…页等40页."""
    some = "、".join(str(number) for number in numbers[:_MOST_NUMBERS])
    return f"第{some}页" + (f"等{len(numbers)}页" if len(numbers) > _MOST_NUMBERS else "")


def read_document(source: bytes | Path, *, archival: bool = True) -> Document:
    """An evidence PDF made ready; with `archival`, told whether its pages may stand in a PDF/A.

    Raises DocumentError for one that cannot be opened, is locked, or has no pages.
    """
    fault = DAMAGED
    for make, mends in rescue.WAYS:
        try:
            data = make(source)
        except OSError as error:
            raise DocumentError(GONE) from error
        if data is None or (fault == LOCKED and make is not rescue.as_pdfium_reads):
            continue  # of what is locked, it may be nothing but the attachments: PDFium knows
        try:
            return _read(data, archival, mends and fault != LOCKED)
        except _UnreadError as error:
            fault = fault if fault == LOCKED else str(error)
    raise DocumentError(fault)


class _UnreadError(DocumentError):
    """Not even one page was had; another way of opening the file may do better."""


def _read(source: bytes | Path, archival: bool, mended: bool) -> Document:
    try:
        with ExitStack() as undo:
            pdf = qpdf.open_pdf(source)
            undo.callback(pdf.close)
            try:
                document = _ready(pdf, archival)
            except READING_ERRORS as error:
                raise _UnreadError(UNREADABLE) from error
            undo.pop_all()
    except TooMuchError as error:
        raise DocumentError(TOO_MUCH) from error
    except TangledError as error:
        raise DocumentError(TANGLED) from error
    except pikepdf.PasswordError as error:
        raise _UnreadError(LOCKED) from error
    except OSError as error:
        raise DocumentError(GONE) from error
    except qpdf.ERRORS as error:
        raise _UnreadError(_why(error)) from error
    document.repaired = document.repaired or mended
    return document


def _why(error: Exception) -> str:
    words = str(error).lower()
    if "encryption" in words or "security handler" in words or "crypt" in words:
        return "PDF 用了不认识的加密方式，打不开"
    return DAMAGED


def _ready(pdf: pikepdf.Pdf, archival: bool) -> Document:
    slots = rescue.page_slots(pdf)  # before the library tidies the tree up
    numbers = [number for number, slot in enumerate(slots, 1) if slot is not None]
    if len(slots) > rescue.MOST_PAGES:
        raise DocumentError(TOO_LONG)
    relinked = bool(numbers) and len(numbers) < len(slots)  # the library would make a page of whatever is listed
    try:
        if relinked:
            numbers = rescue.relink(pdf, slots)
        pages = len(pdf.pages)
    except qpdf.ERRORS:
        numbers = rescue.relink(pdf, slots)
        pages, relinked = len(pdf.pages), True
    if pages > rescue.MOST_PAGES:
        raise DocumentError(TOO_LONG)
    if not pages:
        raise _UnreadError(UNREADABLE) if slots else DocumentError(EMPTY)
    if len(numbers) != pages:  # the library found pages where we did not
        numbers = list(range(1, pages + 1))
    document = Document(pdf, unlocked=pdf.is_encrypted, repaired=_damaged(pdf) or relinked)
    package = (PACKAGE,) if "/Collection" in pdf.Root and attached(pdf) else ()
    clean_document(pdf, document.cleaned)
    hidden = settle_layers(pdf)
    document.layers = "/OCProperties" in pdf.Root
    document.hidden = (*_xfa(pdf), *package, *((layers_word(hidden),) if hidden else ()))
    preparation = Preparation(document, Destinations(pdf))
    preparation.prepare(numbers)
    document.lost = tuple(sorted({*document.lost, *_gaps(numbers, len(slots))}))
    document.repaired = document.repaired or _damaged(pdf)
    if archival:
        found = survey(pdf)
        document.unarchival = found.obstacle
        preparation.forget(found.taken)
    return document


def _damaged(pdf: pikepdf.Pdf) -> bool:
    """Whether the library had to repair anything since it was asked last that may have cost content."""
    return any(not any(word in str(warning) for word in _HARMLESS) for warning in pdf.get_warnings())


def _gaps(numbers: list[int], slots: int) -> set[int]:
    return set(range(1, slots + 1)) - set(numbers) if len(numbers) < slots else set()


def _xfa(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """A form that only Acrobat can show: its pages merely say so."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, Dictionary) or "/XFA" not in form:
        return ()
    fields = form.get("/Fields")
    dynamic = bool(pdf.Root.get("/NeedsRendering", False)) or not isinstance(fields, Array) or not len(fields)
    return (XFA,) if dynamic else ()


@dataclass(slots=True)
class Preparation:
    """Makes the pages of one document ready."""

    document: Document
    destinations: Destinations
    prints: SourcePrints = field(default_factory=SourcePrints)

    def prepare(self, numbers: list[int]) -> None:
        """Every page becomes a leaf, or is lost; bookmarks and links follow. Raises TooMuchError, TangledError, DocumentError."""
        document, pdf = self.document, self.document.pdf
        bookmarks = self.destinations.bookmarks()
        drawings, fields = Drawings(pdf), Fields(pdf)
        prints = self.prints = SourcePrints(drawings.settle)
        lost: list[int] = []
        reason: Exception | None = None
        for index, page in enumerate(pdf.pages):
            try:
                if document.repaired and "/Contents" not in page.obj and "/Annots" not in page.obj:
                    raise ValueError("nothing left of it")
                clean_page(page, self.destinations, document.cleaned)
                inks = fields.take(page.obj)
                document.leaves.append(_leaf(pdf, page, drawings, inks, prints, numbers[index]))
            except PAGE_ERRORS as error:
                reason = error
                lost.append(index)
        if not document.leaves:
            raise reason or _UnreadError(UNREADABLE)
        document.streams = prints.streams
        document.form = fields.found
        document.repaired = document.repaired or drawings.torn
        document.lost = tuple(numbers[index] for index in lost)
        for index in reversed(lost):
            del pdf.pages[index]
        gone = set(lost)
        kept = [index for index in range(len(numbers)) if index not in gone]
        places = {index: place for place, index in enumerate(kept)}
        document.bookmarks = moved_bookmarks(bookmarks, places) if lost else bookmarks
        if lost:
            self._settle_links(places)

    def forget(self, taken: Sequence[object]) -> None:
        """Let the leaves' fingerprints do without what was taken from the pages, and is on them no more."""
        gone = self.prints.reached(taken)
        if not gone:
            return
        self.prints.forget_parts()
        document = self.document
        for index, (page, leaf) in enumerate(zip(document.pdf.pages, document.leaves, strict=True)):
            drawing = cast(Stream, page.obj.Resources.XObject[DRAWING])
            left = self.prints.of(drawing, _looks(page))
            document.leaves[index] = replace(leaf, prints=leaf.prints - (gone - left))

    def _settle_links(self, places: dict[int, int]) -> None:
        """Let links follow the pages that are left; one whose page is gone leads nowhere any more."""
        links = self.document.cleaned.links
        moved = [renumbered(target, places) for target in links]
        for page in self.document.pdf.pages:
            annotations = page.obj.get("/Annots")
            for note in annotations if isinstance(annotations, Array) else ():
                if MARK in note and moved[int(note[MARK])] is None:
                    del note[MARK]
        links[:] = [new or old for new, old in zip(moved, links, strict=True)]


def _leaf(
    pdf: pikepdf.Pdf, page: pikepdf.Page, drawings: Drawings, inks: list[Ink], prints: SourcePrints, number: int
) -> Leaf:
    traits = {key: rescue.inherited(page.obj, key) for key in rescue.INHERITED}
    visible = _visible(traits["/MediaBox"], traits["/CropBox"])
    turn = _turn(traits["/Rotate"])
    unit = max(as_number(page.obj.get("/UserUnit")) or 1, 0.001)
    sides = (visible.width, visible.height) if turn % 180 == 0 else (visible.height, visible.width)
    width, height = page_size(*sides)
    matrix = fit_page(visible, turn, page_frame(width, height), unit)
    drawing = drawings.of(page.obj)
    box = Array([round(side, 4) for side in (visible.left, visible.bottom, visible.right, visible.top)])
    as_form(drawing, box, traits["/Resources"], page.obj.get("/Group"))
    if inks:
        drawing = _inked(pdf, drawing, inks, box)
    move_annotations(pdf, page, matrix, turn)
    for key in list(page.obj.keys()):
        if key not in _KEPT_KEYS:
            del page.obj[key]
    page.obj["/MediaBox"] = Array([0, 0, round(width, 3), round(height, 3)])
    page.obj["/Rotate"] = 0  # a parent may say otherwise
    page.obj["/CropBox"] = page.obj["/MediaBox"]
    page.obj["/Resources"] = Dictionary(XObject=Dictionary({DRAWING: drawing}))
    return Leaf(width, height, matrix, prints.of(drawing, _looks(page)), number)


def _looks(page: pikepdf.Page) -> list[object]:
    """The appearances of what lies upon a page."""
    return [note.get("/AP") for note in page.obj.get("/Annots", ())]


def _inked(pdf: pikepdf.Pdf, drawing: Stream, inks: list[Ink], box: Array) -> Stream:
    """A page's drawing with what its form fields show upon it."""
    names = {f"/Field{place}": ink for place, ink in enumerate(inks)}
    parts = [
        b"q /Page Do Q",
        *(b"q %s cm %s Do Q" % (ink.matrix.operands, name.encode()) for name, ink in names.items()),
    ]
    whole = pdf.make_stream(b"\n".join(parts))
    shown = Dictionary({"/Page": drawing, **{name: ink.drawing for name, ink in names.items()}})
    as_form(whole, box, Dictionary(XObject=shown), None)
    return whole


def _visible(media: object, crop: object) -> Box:
    """What a reader shows of a page: the crop box as far as it lies in the media box; A4 where neither makes sense."""
    sheet = as_box(media)
    if sheet is None or sheet.width <= 1 or sheet.height <= 1:
        sheet = Box(0, 0, A4_SHORT, A4_LONG)
    cut = as_box(crop)
    return (cut and cut.meet(sheet)) or sheet


def _turn(value: object) -> int:
    return round((as_number(value) or 0) / 90) * 90 % 360
