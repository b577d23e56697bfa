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
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from docgen.acroform.geometry import Box, Matrix, number
from docgen.acroform.values import as_box, as_matrix, text_of, trait
from docgen.fonts.pdftext import FontFace, StampFont
from docgen.fonts.roles import Role, find_fonts
from docgen.tools import qpdf

_HIDDEN, _NO_VIEW = 2, 32
_MULTILINE, _PASSWORD, _PUSHED = 1 << 12, 1 << 13, 1 << 16
_MOST_TEXT = 20_000
_SIZE = re.compile(r"(-?[\d.]+)\s+Tf")
_COLOUR = re.compile(r"((?:[\d.]+\s+){1,4})(g|rg|k)\b")
_SHOWS_TEXT = re.compile(rb"(?:[)\]>]\s*(?:Tj|TJ)|[)>]\s*['\"])")
_LEADING, _PADDING = 1.2, 2.0
_AUTOMATIC = 12.0
_ON_OFF = {1: "g", 3: "rg", 4: "k"}


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
    _font: StampFont | None = None
    _reference: pikepdf.Object | None = None

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
            not self._form and _flags(widget) & _PUSHED
        ):  # without a form, a button acts for no reader, but may cover text
            return None
        look = _look(widget)
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
        """Whether a text field has a value, but an appearance without any text: readers then make one up."""
        if trait(widget, "/FT") not in (Name.Tx, Name.Ch) or not text_of(trait(widget, "/V")).strip():
            return False
        try:
            return not _SHOWS_TEXT.search(look.read_bytes()) and "/XObject" not in (look.get("/Resources") or ())
        except qpdf.ERRORS:
            return False

    def _made_up(self, widget: Dictionary, place: Box) -> Stream | None:
        """An appearance for a field without one: its ground and border, and its value or mark."""
        parts = [*_ground(widget, place)]
        kind = trait(widget, "/FT")
        text = ""
        if kind == Name.Btn:
            state = widget.get("/AS", trait(widget, "/V"))
            if isinstance(state, Name) and state != Name.Off:
                parts.append(_tick(place))
            traits = widget.get("/MK")
            text = text_of(traits.get("/CA")) if isinstance(traits, Dictionary) and _flags(widget) & _PUSHED else ""
        elif kind in (Name.Tx, Name.Ch):
            text = _value(widget)[:_MOST_TEXT]
        if text.strip():
            parts.append(self._written(widget, text, place))
        if not parts:
            return None
        look = self.pdf.make_stream(b"\n".join(parts))
        look["/BBox"] = Array([0, 0, place.width, place.height])
        look["/Resources"] = Dictionary(Font=Dictionary(F=self._reference)) if text.strip() else Dictionary()
        return look

    def _written(self, widget: Dictionary, text: str, place: Box) -> bytes:
        """A value as a field shows it, in as many lines as it wants, no larger than fits."""
        font = self._lettering()
        flags = _flags(widget)
        if flags & _PASSWORD:
            text = "*" * len(text)
        default = text_of(trait(widget, "/DA") or self._form.get("/DA"))
        asked = _SIZE.search(default)
        size = abs(float(asked[1])) if asked and asked[1].strip(".-") else 0.0
        many = bool(flags & _MULTILINE)
        width = max(place.width - 2 * _PADDING, 1)
        size = min(size or _AUTOMATIC, 200.0, max(place.height * (1.0 if many else 0.75), 2.0))
        lines = _lines(font, text, size, width, many)
        widest = max((font.width(line, size) for line in lines), default=0)
        size *= min(1.0, width / widest if widest else 1.0, place.height / (len(lines) * size * _LEADING + 0.01) * 1.2)
        high = len(lines) * size * _LEADING
        top = place.height - _PADDING if many else (place.height + high) / 2
        colour = _COLOUR.search(default)
        ink = f"{colour[1]}{colour[2]}" if colour else "0 g"
        align = trait(widget, "/Q")
        rows = []
        for row, line in enumerate(lines):
            slack = width - font.width(line, size)
            left = _PADDING + (slack / 2 if align == 1 else slack if align == 2 else 0)
            base = top - row * size * _LEADING - size * (_LEADING - 1) / 2 - size * font.ascent / _height(font)
            rows.append(f"1 0 0 1 {number(left)} {number(base)} Tm ".encode() + font.encode(line) + b" Tj")
        clip = f"0 0 {number(place.width)} {number(place.height)} re W n"
        return f"q {clip} BT {ink} /F {number(size)} Tf ".encode() + b" ".join(rows) + b" ET Q"

    def _lettering(self) -> StampFont:
        """One font for all values of the document."""
        if self._font is None:
            choice = find_fonts()[Role.SONG]
            self._font = StampFont(FontFace(choice.path, choice.index), self._texts())
            self._reference = self._font.embed(self.pdf)
        return self._font

    def _texts(self) -> Iterator[str]:
        yield "*"
        for page in self.pdf.pages:
            annotations = page.obj.get("/Annots")
            for widget in annotations if isinstance(annotations, Array) else ():
                if isinstance(widget, Dictionary) and widget.get("/Subtype") == Name.Widget:
                    yield _value(widget)[:_MOST_TEXT]
                    traits = widget.get("/MK")
                    yield text_of(traits.get("/CA")) if isinstance(traits, Dictionary) else ""


def _flags(widget: Dictionary) -> int:
    value = trait(widget, "/Ff")
    return value if isinstance(value, int) else 0


def _height(font: StampFont) -> float:
    return max(font.ascent - font.descent, 0.1)


def _lines(font: StampFont, text: str, size: float, width: float, many: bool) -> list[str]:
    rows = re.split(r"\r\n|\r|\n", text) if many else [re.sub(r"[\r\n]+", " ", text)]
    return [line for row in rows for line in (font.wrap(row, size, width) or [""])] if many else rows


def _look(widget: Dictionary) -> Stream | None:
    """What a widget shows now, if it says so itself."""
    looks = widget.get("/AP")
    normal = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(normal, Stream):
        return normal
    if isinstance(normal, Dictionary):
        state = widget.get("/AS")
        chosen = normal.get(str(state)) if isinstance(state, Name) else None
        return chosen if isinstance(chosen, Stream) else None
    return None


def _value(widget: Dictionary) -> str:
    value = trait(widget, "/V")
    if isinstance(value, Stream):
        try:
            return value.read_bytes().decode("utf-8", "replace")
        except qpdf.ERRORS:
            return ""
    if isinstance(value, Array):
        return "、".join(filter(None, (text_of(item) for item in list(value)[:100])))
    text = text_of(value)
    options = trait(widget, "/Opt")
    for option in list(options)[:1000] if isinstance(options, Array) and text else ():
        if isinstance(option, Array) and len(option) > 1 and text_of(option[0]) == text:
            return text_of(option[1])
    return text


def _ground(widget: Dictionary, place: Box) -> Iterator[bytes]:
    """The ground and the border that a widget asks for."""
    traits = widget.get("/MK")
    if not isinstance(traits, Dictionary):
        return
    box = f"{number(place.width)} {number(place.height)} re"
    ground, border = _colour(traits.get("/BG")), _colour(traits.get("/BC"))
    if ground:
        yield f"q {ground} 0 0 {box} f Q".encode()
    if border:
        inner = f"{number(max(place.width - 1, 0))} {number(max(place.height - 1, 0))} re"
        yield f"q {_stroking(border)} 1 w 0.5 0.5 {inner} S Q".encode()


def _stroking(colour: str) -> str:
    operands, _, operator = colour.rpartition(" ")
    return f"{operands} {operator.upper()}"


def _colour(value: object) -> str:
    """A colour of an appearance dictionary as a content stream says it."""
    parts = (
        [float(part) for part in value if isinstance(part, int | float | Decimal)] if isinstance(value, Array) else []
    )
    return f"{' '.join(number(part) for part in parts)} {_ON_OFF[len(parts)]}" if len(parts) in _ON_OFF else ""


def _tick(place: Box) -> bytes:
    w, h = place.width, place.height
    points = [(0.2, 0.5), (0.42, 0.22), (0.8, 0.8)]
    path = " ".join(
        f"{number(x * w)} {number(y * h)} {'m' if not place_ else 'l'}" for place_, (x, y) in enumerate(points)
    )
    return f"q 0 G {number(max(min(w, h) / 8, 0.5))} w {path} S Q".encode()
