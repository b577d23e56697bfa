"""What a page shows, as digests: its content and every stream (pictures, fonts, forms) that it draws with.

Taken from a document before it is merged (by pikepdf) and from the volume after (by pypdf, a second library), they
prove that a page arrived whole. A stream that was compressed travels byte by byte, so its bytes are compared as they
are; one that was not is compressed on writing, so what it says is compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Stream
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, IndirectObject, StreamObject

# What leads away from the page: to its document's structure, to other pages, or to what is said about it.
_ELSEWHERE = {"/Parent", "/P", "/Pg", "/StructParents", "/StructParent", "/PieceInfo", "/Metadata", "/Dest", "/AF"}


def digest(data: bytes) -> str:
    """The name of a stream's bytes."""
    return hashlib.sha256(data).hexdigest()


@dataclass(slots=True)
class SourcePrints:
    """Takes fingerprints of the pages of one document; what pages share is looked at once."""

    _digests: dict[tuple[int, int], str] = field(default_factory=dict)
    _shared: dict[tuple[int, int], frozenset[str]] = field(default_factory=dict)

    def of(self, drawing: Stream) -> frozenset[str]:
        """The digests of a drawing and of all that it draws with."""
        resources = drawing.get("/Resources")
        found = {self._digest(drawing)}
        if resources is not None and resources.is_indirect:
            if resources.objgen not in self._shared:
                self._shared[resources.objgen] = frozenset(self._reach(resources))
            return frozenset(found) | self._shared[resources.objgen]
        return frozenset(found | self._reach(resources))

    def _digest(self, stream: Stream) -> str:
        key = stream.objgen
        if key not in self._digests:
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
            if isinstance(value, Stream):
                found.add(self._digest(value))
            if isinstance(value, Array):
                open_.extend(value)
            else:
                open_.extend(inner for key, inner in value.items() if key not in _ELSEWHERE)
        return found


@dataclass(slots=True)
class VolumePrints:
    """Takes fingerprints of the pages of a finished volume, read by pypdf. `known` are the digests to recognise."""

    known: frozenset[str]
    _shared: dict[int, frozenset[str]] = field(default_factory=dict)
    _digests: dict[int, str] = field(default_factory=dict)

    def of(self, page: DictionaryObject) -> frozenset[str]:
        """The digests of all streams that a page draws with."""
        return frozenset(self._reach([page.get("/Resources")], set()))

    def _reach(self, roots: Iterable[object], seen: set[int]) -> set[str]:
        found: set[str] = set()
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
                found |= self._drawn(value, open_)
        return found

    def _drawn(self, value: DictionaryObject, open_: list[object]) -> set[str]:
        """Follow a dictionary; /Resources that pages share are walked once and remembered."""
        found: set[str] = set()
        for key, inner in value.items():
            if key == "/Resources" and isinstance(inner, IndirectObject):
                if inner.idnum not in self._shared:
                    self._shared[inner.idnum] = frozenset()  # a drawing may, wrongly, contain itself
                    self._shared[inner.idnum] = frozenset(self._reach([inner.get_object()], set()))
                found |= self._shared[inner.idnum]
            elif key not in _ELSEWHERE:
                open_.append(inner)
        return found

    def _digest(self, number: int, stream: StreamObject) -> str:
        if number not in self._digests:
            name = digest(stream._data)
            if name not in self.known and not isinstance(stream, DecodedStreamObject):
                # One that cannot be unpacked is not one that we compressed: it stays unknown, and is told as such.
                with suppress(PyPdfError, ValueError, NotImplementedError, OSError):
                    name = digest(stream.get_data())
            self._digests[number] = name
        return self._digests[number]
