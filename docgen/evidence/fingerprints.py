"""What a page shows, as digests: its content and every stream (pictures, fonts, forms) that it draws with.

Taken from a document before it is merged (by pikepdf) and from the volume after (by pypdf, a second library), they
prove that a page arrived whole. Streams travel byte by byte, so their bytes are compared as they are; what was not
compressed is compressed before its digest is taken.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Stream
from pypdf import PdfReader
from pypdf.errors import DeprecationError, PyPdfError
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, IndirectObject, StreamObject

# What leads away from the page: to its document's structure, to other pages, or to what is said about it.
_ELSEWHERE = {"/Parent", "/P", "/Pg", "/StructParents", "/StructParent", "/PieceInfo", "/Metadata", "/Dest", "/AF"}
# What resources list by names of anybody's choosing: a picture may well be called /P.
_NAMED = {"/XObject", "/Pattern", "/Font", "/ExtGState", "/Shading", "/ColorSpace", "/Properties", "/CharProcs"}

MOST_STEPS = 10_000_000
_SHALLOW = 12


class TangledError(Exception):
    """Pages whose parts hang together so much that following them would never end."""


def _real(value: object) -> object:
    """What a reference stands for."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def _inner(items: Iterable[tuple[object, object]]) -> Iterator[object]:
    """What a dictionary draws with, by its (key, value) pairs; what is listed by free names is given one by one."""
    for key, value in items:
        if key in _ELSEWHERE:
            continue
        listed = _real(value) if key in _NAMED else None
        if isinstance(listed, StreamObject | Stream):
            yield value
        elif isinstance(listed, DictionaryObject | Dictionary):
            yield from (part for _, part in listed.items())
        else:
            yield value


def digest(data: bytes) -> str:
    """The name of a stream's bytes."""
    return hashlib.sha256(data).hexdigest()


@dataclass(slots=True)
class SourcePrints:
    """Takes fingerprints of the pages of one document; what pages share is looked at once."""

    settle: Callable[[Stream], None] | None = None
    """Called with every stream once, before its digest is taken; may refuse it by an exception."""
    steps: int = 0
    _digests: dict[tuple[int, int], str] = field(default_factory=dict)
    _shared: dict[tuple[int, int], frozenset[str]] = field(default_factory=dict)

    @property
    def streams(self) -> tuple[tuple[int, int], ...]:
        """The objects that were looked at and hold bytes."""
        return tuple(self._digests)

    def forget_parts(self) -> None:
        """Look again at what pages reach: something was taken from it. No stream's digest is taken twice."""
        self._shared.clear()
        self.steps = 0

    def of(self, drawing: Stream, looks: Iterable[object] = ()) -> frozenset[str]:
        """The digests of a drawing, of all that it draws with, and of the appearances `looks` of what lies upon it.

        Raises TangledError for pages that hang together more than honest ones do.
        """
        found = {self._digest(drawing)}
        for part in (drawing.get("/Resources"), *looks):
            found |= self._part(part, 0)
        return frozenset(found)

    def reached(self, parts: Iterable[object]) -> frozenset[str]:
        """The digests of all that these parts hold. Raises as `of` does."""
        return frozenset().union(*(self._reach(part) for part in parts))

    def _part(self, part: object, depth: int) -> frozenset[str]:
        """What a part reaches; parts that pages share, as their fonts and pictures, are looked at once."""
        if not isinstance(part, Array | Dictionary | Stream):
            return frozenset()
        if part.is_indirect:
            if part.objgen not in self._shared:
                self._shared[part.objgen] = frozenset()  # a drawing may, wrongly, contain itself
                self._shared[part.objgen] = self._opened(part, depth)
            return self._shared[part.objgen]
        return self._opened(part, depth)

    def _opened(self, part: Array | Dictionary | Stream, depth: int) -> frozenset[str]:
        form = isinstance(part, Stream) and part.get("/Subtype") == "/Form"
        if depth >= _SHALLOW or isinstance(part, Array) or (isinstance(part, Stream) and not form):
            return frozenset(self._reach(part))
        own = frozenset((self._digest(part),)) if isinstance(part, Stream) else frozenset()
        inner = (self._part(inner, depth + 1) for inner in _inner(part.items()))
        return own.union(*inner)

    def _digest(self, stream: Stream) -> str:
        key = stream.objgen
        if key not in self._digests:
            if self.settle:
                self.settle(stream)
            self._digests[key] = digest(stream.read_raw_bytes())
        return self._digests[key]

    def _reach(self, root: object) -> set[str]:
        found: set[str] = set()
        seen: set[tuple[int, int]] = set()
        open_: list[object] = [root]
        while open_:
            value = open_.pop()
            if not isinstance(value, Array | Dictionary | Stream):
                continue
            if value.is_indirect:
                if value.objgen in seen:
                    continue
                seen.add(value.objgen)
            self.steps += 8 if isinstance(value, Stream) else 1 + len(value)
            if self.steps > MOST_STEPS:
                raise TangledError
            if isinstance(value, Stream):
                found.add(self._digest(value))
            if isinstance(value, Array):
                open_.extend(inner for inner in value if isinstance(inner, pikepdf.Object))
            else:
                open_.extend(_inner(value.items()))
        return found


@dataclass(slots=True)
class VolumePrints:
    """Takes fingerprints of the pages of a finished volume, read by pypdf. `known` are the digests to recognise."""

    known: frozenset[str]
    _shared: dict[int, frozenset[str]] = field(default_factory=dict)
    _digests: dict[int, str] = field(default_factory=dict)

    def of(self, page: DictionaryObject) -> frozenset[str]:
        """The digests of all streams that a page, and what lies upon it, draws with."""
        notes = _real(page.get("/Annots"))
        looks = [
            note.get("/AP")
            for note in map(_real, list.__iter__(notes) if isinstance(notes, ArrayObject) else ())
            if isinstance(note, DictionaryObject)
        ]
        return frozenset().union(*(self._part(part, 0) for part in (page.get("/Resources"), *looks)))

    def _part(self, part: object, depth: int) -> frozenset[str]:
        """What a part reaches; parts that pages share, as their fonts and pictures, are looked at once."""
        if not isinstance(part, IndirectObject):
            return self._opened(part, depth)
        if part.idnum not in self._shared:
            self._shared[part.idnum] = frozenset()  # a drawing may, wrongly, contain itself
            value = part.get_object()
            own = frozenset((self._digest(part.idnum, value),)) if isinstance(value, StreamObject) else frozenset()
            self._shared[part.idnum] = own | self._opened(value, depth)
        return self._shared[part.idnum]

    def _opened(self, part: object, depth: int) -> frozenset[str]:
        form = isinstance(part, StreamObject) and part.get("/Subtype") == "/Form"
        if depth >= _SHALLOW or not isinstance(part, DictionaryObject) or (isinstance(part, StreamObject) and not form):
            return frozenset(self._reach([part]))
        inner = (self._part(inner, depth + 1) for inner in _inner(part.items()))
        return frozenset().union(*inner)

    def _reach(self, roots: Iterable[object]) -> set[str]:
        found: set[str] = set()
        seen: set[int] = set()
        open_: list[object] = list(roots)
        while open_:
            value = open_.pop()
            if isinstance(value, IndirectObject):
                if value.idnum in seen:
                    continue
                seen.add(value.idnum)
                number, value = value.idnum, value.get_object()
                if isinstance(value, StreamObject):
                    found.add(self._digest(number, value))
            if isinstance(value, ArrayObject):
                open_.extend(list.__iter__(value))
            elif isinstance(value, DictionaryObject):
                open_.extend(_inner(value.items()))
        return found

    def of_stream(self, reference: IndirectObject, stream: StreamObject) -> str:
        """The digest of one stream, under the name that `known` has it by."""
        return self._digest(reference.idnum, stream)

    def _digest(self, number: int, stream: StreamObject) -> str:
        if number not in self._digests:
            name = digest(stream._data)
            if name not in self.known and not isinstance(stream, DecodedStreamObject):
                # One that cannot be unpacked is not one that we compressed: it stays unknown, and is told as such.
                with suppress(PyPdfError, DeprecationError, ValueError, NotImplementedError, OSError):
                    name = digest(stream.get_data())
            self._digests[number] = name
        _let_go(stream)
        return self._digests[number]


def _let_go(stream: StreamObject) -> None:
    """Let pypdf forget a stream: it keeps whatever it has read, and a volume is larger than the memory."""
    reference = stream.indirect_reference
    if reference is not None and isinstance(reference.pdf, PdfReader):
        reference.pdf.resolved_objects.pop((reference.generation, reference.idnum), None)
