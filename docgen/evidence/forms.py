"""Fields of PDF forms: what they show becomes part of the page, as ink on a printed form.

Evidence is read, not filled in. In a volume, fields of several documents would share one form: those of the same name
would become one field, with one value. Drawn into the page, they show exactly what they showed, and nothing is left
that could be changed, recalculated, or mixed up. What has no appearance of its own, which readers then make up by
themselves, is given one here, in a Chinese font.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from docgen.acroform.decoration import Frame, border_of, ground, mark
from docgen.acroform.geometry import Box, Matrix
from docgen.acroform.lettering import Lettering
from docgen.acroform.setting import Room, lay_out
from docgen.acroform.traits import MULTILINE, PASSWORD, PUSHED, default_look, flags_of, look_of, options_of, value_of
from docgen.acroform.values import as_box, as_matrix, text_of, trait
from docgen.tools import qpdf

_HIDDEN, _NO_VIEW = 2, 32
_COMBO = 1 << 17
_MOST_TEXT = 20_000
_LIST_LINE = 9.0  # points: a list's entries are not set closer
_SHOWS_TEXT = re.compile(rb"(?:[)\]>]\s*(?:Tj|TJ)|[)>]\s*['\"])")
_PADDING = 2.0


@dataclass(frozen=True, slots=True)
class Ink:
    """Something drawn over a page: a form XObject, and where it goes."""

    drawing: Stream
    matrix: Matrix


@dataclass(slots=True)
class Fields:
    """Draws the fields of one document. `found` says whether there was one that shows something."""

    pdf: pikepdf.Pdf
    found: bool = False
    _form: Dictionary = field(default_factory=Dictionary)
    _font: Lettering | None = None

    def __post_init__(self) -> None:
        form = self.pdf.Root.get("/AcroForm")
        if isinstance(form, Dictionary):
            self._form = form

    def take(self, page: pikepdf.Object) -> list[Ink]:
        """Take the fields from a page's annotations; gives what they show, in order."""
        annotations = page.get("/Annots")
        if not isinstance(annotations, Array):
            return []
        inks: list[Ink] = []
        others = []
        for annotation in annotations:
            if not isinstance(annotation, Dictionary) or annotation.get("/Subtype") != Name.Widget:
                others.append(annotation)
                continue
            self.found = self.found or trait(annotation, "/FT") != Name.Sig
            ink = self._ink(annotation)
            if ink is not None:
                inks.append(ink)
        if others:
            page["/Annots"] = Array(others)
        else:
            del page["/Annots"]
        return inks

    def _ink(self, widget: Dictionary) -> Ink | None:
        flags = widget.get("/F", 0)
        place = as_box(widget.get("/Rect"))
        if place is None or (isinstance(flags, int) and flags & (_HIDDEN | _NO_VIEW)):
            return None
        if (
            not self._form and flags_of(widget) & PUSHED
        ):  # without a form, a button acts for no reader, but may cover text
            return None
        look = look_of(widget)
        if look is None or self._is_stale(widget, look):
            look = self._made_up(widget, place) or look
        if look is None:
            return None
        box, matrix = as_box(look.get("/BBox")), as_matrix(look.get("/Matrix"))
        shown = matrix.box(box) if box else None
        if shown is None or not shown.width or not shown.height or not place.width or not place.height:
            return None
        look["/Type"], look["/Subtype"] = Name.XObject, Name.Form
        if not isinstance(look.get("/Resources"), Dictionary):
            defaults = self._form.get("/DR")
            look["/Resources"] = defaults if isinstance(defaults, Dictionary) else Dictionary()
        if isinstance(widget.get("/OC"), Dictionary) and "/OC" not in look:
            look["/OC"] = widget["/OC"]
        wide, high = place.width / shown.width, place.height / shown.height
        return Ink(look, Matrix(wide, 0, 0, high, place.left - shown.left * wide, place.bottom - shown.bottom * high))

    @staticmethod
    def _is_stale(widget: Dictionary, look: Stream) -> bool:
        """Whether a text field or list says something, but its appearance has no text: readers then make one up."""
        if trait(widget, "/FT") not in (Name.Tx, Name.Ch) or not _said(widget).strip():
            return False
        try:
            return not _SHOWS_TEXT.search(look.read_bytes()) and "/XObject" not in (look.get("/Resources") or ())
        except qpdf.ERRORS:
            return False

    def _made_up(self, widget: Dictionary, place: Box) -> Stream | None:
        """An appearance for a field without one: its ground and border, and its value or mark."""
        frame = Frame(place.width, place.height, Matrix(1, 0, 0, 1, 0, 0))
        parts = [ground(widget, frame)]
        kind = trait(widget, "/FT")
        text = ""
        if kind == Name.Btn:
            state = widget.get("/AS", trait(widget, "/V"))
            if isinstance(state, Name) and state != Name.Off:
                parts.append(mark(widget, frame))
            traits = widget.get("/MK")
            text = text_of(traits.get("/CA")) if isinstance(traits, Dictionary) and flags_of(widget) & PUSHED else ""
        elif kind in (Name.Tx, Name.Ch):
            text = _said(widget)
        if text.strip():
            parts.append(self._written(widget, text, frame))
        if not any(parts):
            return None
        look = self.pdf.make_stream(b"\n".join(filter(None, parts)))
        look["/BBox"] = Array([0, 0, place.width, place.height])
        fonts = Dictionary(Font=self._lettering().resources(self.pdf)) if text.strip() else Dictionary()
        look["/Resources"] = fonts
        return look

    def _written(self, widget: Dictionary, text: str, frame: Frame) -> bytes:
        """A value as a field shows it, in as many lines as it wants, no larger than fits."""
        flags = flags_of(widget)
        if flags & PASSWORD:
            text = "*" * len(text)
        look = default_look(text_of(trait(widget, "/DA") or self._form.get("/DA")))
        align = trait(widget, "/Q")
        inset = border_of(widget).inset + 1
        room = Room(
            width=max(frame.width - 2 * _PADDING, 1),
            height=max(frame.height - 2 * inset, 1),
            left=_PADDING,
            bottom=inset,
            size=look.size,
            align=align if isinstance(align, int) else 0,
            many=bool(flags & MULTILINE) or (trait(widget, "/FT") == Name.Ch and not flags & _COMBO),
        )
        laid = lay_out(self._lettering(), text, room)
        return b"q 0 0 %s re W n " % frame.size + laid.drawing(self._lettering(), look.colour) + b" Q"

    def _lettering(self) -> Lettering:
        """One set of fonts for all values of the document."""
        if self._font is None:
            self._font = Lettering(self._texts())
        return self._font

    def _texts(self) -> Iterator[str]:
        yield "*"
        for page in self.pdf.pages:
            annotations = page.obj.get("/Annots")
            for widget in annotations if isinstance(annotations, Array) else ():
                if isinstance(widget, Dictionary) and widget.get("/Subtype") == Name.Widget:
                    yield _said(widget)
                    traits = widget.get("/MK")
                    yield text_of(traits.get("/CA")) if isinstance(traits, Dictionary) else ""


def _said(widget: Dictionary) -> str:
    """What a field says: its value; a list says its entries, and which are chosen: only these where there are many."""
    entries = options_of(widget) if trait(widget, "/FT") == Name.Ch and not flags_of(widget) & _COMBO else []
    if not entries:
        return value_of(widget)[:_MOST_TEXT]
    value, place = trait(widget, "/V"), as_box(widget.get("/Rect"))
    named = {text_of(each) for each in (value if isinstance(value, Array) else [value])} - {""}
    places = trait(widget, "/I")
    listed = set(places) if isinstance(places, Array) and not named else set()
    chosen = [entry for number, entry in enumerate(entries) if named & set(entry) or number in listed]
    most = max(int(place.height / _LIST_LINE), 1) if place else 1
    shown = chosen if chosen and len(entries) > most else entries
    return "\n".join(f"{'●' if entry in chosen else '○'}{entry[1]}" for entry in shown[:most])
