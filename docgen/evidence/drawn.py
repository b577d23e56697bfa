"""How large the pictures of a document are drawn: followed through its pages' content and the forms that they draw.

Nothing is guessed. A picture that is drawn in a way that is not followed (patterns, Type 3 fonts, soft masks of graphics
states, annotations, forms nested too deep) is left out of the answer, wherever else it may be drawn as well.
"""

from __future__ import annotations

import math
import warnings
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from docgen.acroform.geometry import Matrix

from .documents import DRAWING, Document

ObjGen = tuple[int, int]
_UNTURNED = Matrix(1, 0, 0, 1, 0, 0)
_DEEPEST = 12
_MOST_DRAWINGS = 100_000
_MOST_CONTENT = 8_000_000
"""Bytes of one content stream, unpacked. A page that only shows pictures has a few hundred."""
_STACK = 256
_BROKEN = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    ValueError,
    TypeError,
    KeyError,
    RuntimeError,
)


class _TooMuchError(Exception):
    """A page whose content is not followed to its end."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture and the largest size at which it is drawn, in points."""

    picture: Stream
    width: float
    height: float


@dataclass(slots=True)
class Survey:
    """Finds out, page by page, how large pictures are drawn."""

    largest: dict[ObjGen, Drawn] = field(default_factory=dict)
    unsure: set[ObjGen] = field(default_factory=set)
    _scripts: dict[ObjGen, tuple[tuple[str, tuple[object, ...]], ...]] = field(default_factory=dict)
    _opened: set[ObjGen] = field(default_factory=set)
    _looked: set[ObjGen] = field(default_factory=set)
    _drawings: int = 0

    def answer(self) -> list[Drawn]:
        """Every picture that is known to be drawn only in ways that were followed, in the order of first drawing."""
        return [drawn for key, drawn in self.largest.items() if key not in self.unsure]

    def page(self, page: pikepdf.Page, matrix: Matrix) -> None:
        """Follow one page of a Document; what a page draws that is too tangled to be followed is left out."""
        for annotation in _items(page.obj.get("/Annots")):
            if isinstance(annotation, Dictionary):
                self._unfollowed(annotation.get("/AP"))
        drawing = page.obj.Resources.XObject[DRAWING]
        try:
            self._draw(drawing, Dictionary(), matrix, 0)
        except (_TooMuchError, *_BROKEN):
            self._unfollowed(drawing)

    def _form(self, form: Stream, inherited: Object, matrix: Matrix, depth: int) -> None:
        resources = form.get("/Resources")
        if not isinstance(resources, Dictionary):
            resources = inherited  # what some old programs rely on
        self._side_ways(resources)
        named = resources.get("/XObject")
        here = _matrix(form.get("/Matrix"), _UNTURNED).then(matrix)
        stack: list[Matrix] = []
        for operator, operands in self._script(form):
            if operator == "q":
                if len(stack) >= _STACK:
                    raise _TooMuchError
                stack.append(here)
            elif operator == "Q":
                here = stack.pop() if stack else here
            elif operator == "cm":
                here = _matrix(operands, None).then(here)
            elif isinstance(named, Dictionary) and operands and isinstance(operands[0], Name):
                self._draw(named.get(str(operands[0])), resources, here, depth)

    def _draw(self, thing: object, resources: Object, here: Matrix, depth: int) -> None:
        self._drawings += 1
        if self._drawings > _MOST_DRAWINGS:
            raise _TooMuchError
        if not isinstance(thing, Stream):
            return
        kind = thing.get("/Subtype")
        if kind == Name.Form:
            if depth >= _DEEPEST:
                raise _TooMuchError
            self._form(thing, resources, here, depth + 1)
        elif kind == Name.Image:
            self._unfollowed(thing.get("/SMask"))
            self._unfollowed(thing.get("/Mask"))
            self._unfollowed(thing.get("/Alternates"))
            width, height = math.hypot(here.a, here.b), math.hypot(here.c, here.d)
            before = self.largest.get(thing.objgen)
            if before is not None:
                width, height = max(width, before.width), max(height, before.height)
            self.largest[thing.objgen] = Drawn(thing, width, height)

    def _side_ways(self, resources: Object) -> None:
        """Note the pictures that resources can draw otherwise than by their content's Do."""
        if resources.is_indirect:
            if resources.objgen in self._opened:
                return
            self._opened.add(resources.objgen)
        for key in ("/Pattern", "/Font", "/ExtGState", "/Shading"):
            self._unfollowed(resources.get(key))

    def _unfollowed(self, root: object) -> None:
        """Note every stream below an object as drawn in a way that is not followed."""
        open_ = [root]
        while open_:
            value = open_.pop()
            if not isinstance(value, Array | Dictionary | Stream):
                continue
            if value.is_indirect:
                if value.objgen in self._looked:
                    continue
                self._looked.add(value.objgen)
            if isinstance(value, Stream):
                self.unsure.add(value.objgen)
            open_.extend(value if isinstance(value, Array) else (inner for _, inner in value.items()))

    def _script(self, form: Stream) -> tuple[tuple[str, tuple[object, ...]], ...]:
        """What of a form's content moves or draws, read once."""
        key = form.objgen
        if key not in self._scripts:
            if not _is_short(form):
                raise _TooMuchError
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # content that ends too soon: readers show what is there
                found = pikepdf.parse_content_stream(form, operators="q Q cm Do")
            self._scripts[key] = tuple((str(step.operator), tuple(step.operands)) for step in found)
        return self._scripts[key]


def drawn_pictures(document: Document) -> list[Drawn]:
    """The document's pictures of which it is known how large they are drawn, at the largest, on the A4 pages."""
    survey = Survey()
    for page, leaf in zip(document.pdf.pages, document.leaves, strict=True):
        survey.page(page, leaf.matrix)
    return survey.answer()


def _items(value: object) -> Iterator[object]:
    return iter(value if isinstance(value, Array) else ())


def _matrix(value: object, otherwise: Matrix | None) -> Matrix:
    """A transformation as it stands in a file. Raises ValueError for none, unless there is something to use instead."""
    numbers = list(value) if isinstance(value, Iterable) else []
    if len(numbers) == 6 and all(isinstance(one, int | float | Decimal) for one in numbers):
        values = [float(one) for one in numbers]
        if all(math.isfinite(one) for one in values):
            return Matrix(*values)
    if otherwise is None:
        raise ValueError("no transformation")
    return otherwise


def _is_short(stream: Stream) -> bool:
    """Whether a content stream is not endless; told without unpacking it in full."""
    raw = stream.read_raw_bytes()
    if "/Filter" not in stream:
        return len(raw) <= _MOST_CONTENT
    if stream.get("/Filter") in (Name.FlateDecode, Array([Name.FlateDecode])):
        try:
            return len(zlib.decompressobj().decompress(raw, _MOST_CONTENT + 1)) <= _MOST_CONTENT
        except zlib.error:
            return False
    return False
