"""Finds the pages of a PDF whose page tree is damaged: by walking what is left of it, else by looking at every object."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from docgen.tools import pdfium

MOST_PAGES = 5000
INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
_DEEPEST = 64
_MOST_NODES = 200_000
_MOST_BYTES = 300_000_000
_NEAR = 4096  # within how many bytes an object says that it is a page
_HEADER = b"%PDF-"
_OBJECT = re.compile(rb"(?<![0-9])(\d{1,7})\s+(\d{1,5})\s+obj\b")
_PARENT = re.compile(rb"/Parent\s+(\d{1,7}\s+\d{1,5}\s+R)\b")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_SIZE = re.compile(rb"/Size\s+(\d{1,7})\b")
_START = re.compile(rb"startxref\s+(\d{1,10})\s")
_BYTES_A_NUMBER = 3  # qpdf takes an object's number for a fault where the file is not so many times as long
_FAR = 8_000_000  # how far into a file its header is looked for, where something else stands before it


def page_slots(pdf: pikepdf.Pdf) -> list[Dictionary | None]:
    """The places of the page tree in order: the page that stands there, None where there is something that is none.

    Loops are left out. It ends soon after MOST_PAGES pages, and after a number of nodes that no honest tree has.
    """
    slots: list[Dictionary | None] = []
    seen: set[tuple[int, int]] = set()
    open_: list[tuple[object, int]] = [(_root(pdf).get("/Pages"), 0)]
    nodes = 0
    while open_ and len(slots) <= MOST_PAGES and nodes < _MOST_NODES:
        node, depth = open_.pop()
        nodes += 1
        if not isinstance(node, Dictionary) or isinstance(node, Stream):
            slots.append(None)
            continue
        kids = node.get("/Kids")
        if not isinstance(kids, Array):
            if depth or _like_page(node):
                slots.append(node if _like_page(node) or "/Type" not in node else None)
            continue
        if node.is_indirect and node.objgen in seen:
            continue
        seen.add(node.objgen)
        if depth < _DEEPEST:
            open_.extend((kids[place], depth + 1) for place in range(min(len(kids), _MOST_NODES) - 1, -1, -1))
    return slots


def _root(pdf: pikepdf.Pdf) -> Dictionary:
    root = pdf.trailer.get("/Root")
    return root if isinstance(root, Dictionary) else Dictionary()


def _like_page(node: Dictionary) -> bool:
    return node.get("/Type") == Name.Page or "/Contents" in node or "/MediaBox" in node


def _strays(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    """Every object that says it is a page, in the order of the file's numbers."""
    for item in pdf.objects:
        if isinstance(item, Dictionary) and not isinstance(item, Stream) and item.get("/Type") == Name.Page:
            yield item


def inherited(page: pikepdf.Object, key: str) -> object:
    """A trait of a page, its own or the nearest of its parents'; loops come to an end."""
    holder: object = page
    for _ in range(_DEEPEST):
        if not isinstance(holder, Dictionary):
            break
        if key in holder:
            return holder[key]
        holder = holder.get("/Parent")
    return None


def relink(pdf: pikepdf.Pdf, slots: Sequence[Dictionary | None]) -> list[int]:
    """Put the pages that can still be found into a page tree of one level, in place of the damaged one.

    `slots` are the places of the damaged one. Gives the pages' numbers, from 1. Raises ValueError when there is none.
    """
    found = _single(pdf, slots) or _single(pdf, list(islice(_strays(pdf), MOST_PAGES + 1)))
    pages = list(found.values())
    if not pages:
        raise ValueError("no page left")
    for page in pages:
        for key in INHERITED:
            value = inherited(page, key)
            if value is not None:
                page[key] = value
    tree = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array(pages), Count=len(pages)))
    for page in pages:
        page["/Type"] = Name.Page
        page["/Parent"] = tree
        if "/Kids" in page:
            del page["/Kids"]
    pdf.Root["/Pages"] = tree
    return list(found)


def _single(pdf: pikepdf.Pdf, slots: Sequence[Dictionary | None]) -> dict[int, Dictionary]:
    """The pages of these places by their numbers, each an object of its own, each once."""
    found: dict[int, Dictionary] = {}
    known: set[tuple[int, int]] = set()
    for number, slot in enumerate(slots, 1):
        if slot is not None:
            page = slot if slot.is_indirect else pdf.make_indirect(slot)
            if page.objgen not in known:
                known.add(page.objgen)
                found[number] = page
    return found


def with_old_nodes(source: bytes | Path) -> bytes | None:
    """The file's bytes with a catalogue of our own at their end, that leads to the nodes which pages call their parents.

    None where pages name no parent. See `with_new_root`.
    """
    return _with_root(source, parents=True)


def with_new_root(source: bytes | Path) -> bytes | None:
    """The file's bytes with a catalogue and a page tree of our own at their end, that list every page object.

    For a file whose own are gone: qpdf, which then finds no table of objects either, looks for the objects itself.
    None where there is not a page object in plain sight, or the file is very large.
    """
    return _with_root(source, parents=False)


def _with_root(source: bytes | Path, *, parents: bool) -> bytes | None:
    data = source if isinstance(source, bytes) else _read(source)
    if data is None:
        return None
    numbers, kids = [0], []
    for match in islice(_OBJECT.finditer(data), _MOST_NODES):
        numbers.append(int(match[1]))
        start, end = match.end(), min(match.end() + _NEAR, _end(data, match.end()))
        if _PAGE.search(data, start, end):
            parent = _PARENT.search(data, start, end)
            if not parents:
                kids.append(match[1] + b" " + match[2] + b" R")
            elif parent:
                kids.append(parent[1])
    if not kids:
        return None
    first = max(numbers) + 1
    for word in (b"startxref", b"trailer", b"/XRef"):
        data = data.replace(word, b"%" + word[1:])
    return b"".join(
        (
            data,
            _blanks(data, first),
            b"\n%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (first, first + 1),
            b"%d 0 obj\n<</Type/Pages/Count %d/Kids[" % (first + 1, len(kids)),
            b" ".join(dict.fromkeys(kids)) + b"]>>\nendobj\n",
            b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n0\n%%%%EOF\n" % (first + 2, first),
        )
    )


def _end(data: bytes, start: int) -> int:
    found = data.find(b"endobj", start, start + _NEAR)
    return len(data) if found < 0 else found


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.stat().st_size <= _MOST_BYTES else None


def with_room(source: bytes | Path) -> bytes | None:
    """The file with blanks at its end, where its objects' numbers are so high that qpdf takes them for damaged.

    Small files cut out of large ones keep the numbers of those. None where the numbers are not the reason.
    """
    data = source if isinstance(source, bytes) else _read(source)
    if data is None:
        return None
    starts = _START.findall(data)
    numbers = [int(match[1]) for match in islice(_OBJECT.finditer(data), _MOST_NODES)]
    numbers += [int(size) for size in _SIZE.findall(data)]
    blanks = _blanks(data, max(numbers, default=0))
    if not blanks:
        return None
    return data + blanks + (b"\nstartxref\n%s\n%%%%EOF\n" % starts[-1] if starts else b"")


def as_pdfium_reads(source: bytes | Path) -> bytes | None:
    """The file as PDFium writes it anew; None where it cannot open it either, or finds no page.

    For files that many readers open, but not qpdf: those of which only the attachments are encrypted, for one.
    """
    try:
        return pdfium.written_anew(source) or None
    except pdfium.ERRORS:
        return None


def _blanks(data: bytes, largest: int) -> bytes:
    """As many as a file lacks for objects of that number."""
    return b" " * ((largest + 2) * _BYTES_A_NUMBER - len(data))


def without_lead(source: bytes | Path) -> bytes | None:
    """The file from its header on, where something else stands before that, beyond where readers look; else None."""
    if isinstance(source, bytes):
        data = source[:_FAR]
    else:
        with source.open("rb") as stream:
            data = stream.read(_FAR)
    at = data.find(_HEADER)
    if at < 1:
        return None
    return source[at:] if isinstance(source, bytes) else source.read_bytes()[at:]


def _as_it_is(source: bytes | Path) -> bytes | Path:
    return source


WAYS: tuple[tuple[Callable[[bytes | Path], bytes | Path | None], bool], ...] = (
    (_as_it_is, False),
    (with_room, False),
    (without_lead, True),
    (with_old_nodes, True),
    (with_new_root, True),
    (as_pdfium_reads, True),
)
"""How a PDF is opened, the next way where the one before leads to no page; and whether that repairs it."""
