"""Appearance streams of fields: what every reader shows, whatever fonts it has.

ISO 32000-1, 12.7.3.3: what stands between /Tx BMC and EMC is the value, the rest is the form's own drawing and is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from docgen.acroform.decoration import Frame, border_of, frame_of, ground, mark
from docgen.acroform.geometry import Matrix, number
from docgen.acroform.lettering import Lettering
from docgen.acroform.names import OFF, keys_of, name_from, name_text, raw_name
from docgen.acroform.setting import Laid, Line, Room, lay_out
from docgen.acroform.traits import MULTILINE, DefaultLook, default_look, look_of
from docgen.acroform.values import as_box, as_matrix, text_of, trait
from docgen.fonts.roles import Role
from docgen.tools import qpdf

from ..measuring import role_of
from .fields import Field, Kind, Widget

_VALUE = re.compile(rb"/Tx\s+BMC\b(.*)\bEMC\b", re.DOTALL)
_TEXT_SHOWN = re.compile(rb"\bBT\b|\bDo\b")
_INKED = re.compile(rb"\b(?:re|l|c|v|y|h)\b")
_MOST_LOOK = 1_000_000
_SELECTED = b"0.6 0.757 0.855 rg"
_LIST_LEADING = 1.3
_PADDING = 2.0


def default_of(field: Field, form: Dictionary) -> DefaultLook:
    """The field's own default appearance, its first widget's, or the form's."""
    for holder in (field.node, *(widget.obj for widget in field.widgets)):
        if text := text_of(trait(holder, "/DA")):
            return default_look(text)
    return default_look(text_of(form.get("/DA")))


def role_of_field(field: Field, form: Dictionary) -> Role:
    """The style of type that a field asks for by the name of its font: 黑体, 楷体, 仿宋; 宋体 for any other."""
    name = default_of(field, form).font
    for holder in (form.get("/DR"), *(node.get("/DR") for node in field.nodes)):
        fonts = holder.get("/Font") if isinstance(holder, Dictionary) else None
        font = fonts.get(f"/{name}") if name and isinstance(fonts, Dictionary) else None
        if isinstance(font, Dictionary):
            return role_of(f"{name} {name_text(raw_name(font.get('/BaseFont')))}")
    return role_of(name)


class Looks:
    """Makes the appearances of one document's fields; `fonts` are the letterings of the styles that they ask for."""

    def __init__(self, pdf: pikepdf.Pdf, form: Dictionary, fonts: Mapping[Role, Lettering]) -> None:
        self._pdf, self._form, self.fonts = pdf, form, fonts

    def font_of(self, field: Field) -> Lettering:
        """The type that a field is set in."""
        return self.fonts[role_of_field(field, self._form)]

    def text(self, field: Field, shown: str) -> list[Laid]:
        """Give each widget of a text field or drop-down the look of a value; gives how it was laid out in each."""
        default, font = default_of(field, self._form), self.font_of(field)
        laid = []
        for widget in field.widgets:
            if widget.box is None or widget.box.width <= 0 or widget.box.height <= 0:
                continue
            frame = frame_of(widget.obj, widget.box)
            made = lay_out(font, shown, _room(field, widget, frame, default))
            laid.append(made)
            border = border_of(widget.obj)
            inset = min(border.inset, frame.width / 4, frame.height / 4)
            clip = (
                f"{number(inset)} {number(inset)} {number(frame.width - 2 * inset)} {number(frame.height - 2 * inset)}"
            )
            value = b"q " + clip.encode() + b" re W n " + made.drawing(font, default.colour) + b" Q"
            self._put(widget, frame, font, value if shown else b"", _cells(field, widget, frame))
        return laid

    def list_box(self, field: Field, chosen: Sequence[int]) -> list[Laid]:
        """Give each widget of a list its options, the chosen ones marked; it is scrolled to the first of them."""
        default = default_of(field, self._form)
        font = self.font_of(field)
        size = default.size or 10.0
        laid = []
        for widget in field.widgets:
            if widget.box is None or widget.box.width <= 0 or widget.box.height <= 0:
                continue
            frame = frame_of(widget.obj, widget.box)
            inset = max(border_of(widget.obj).inset, 1)
            step = size * _LIST_LEADING
            rows = max(int((frame.height - 2 * inset + 0.01) / step), 1)
            options = field.options
            first = min(min(chosen, default=0), max(len(options) - rows, 0))
            lines, marks = [], []
            for row, place in enumerate(range(first, min(first + rows, len(options)))):
                foot = frame.height - inset - (row + 1) * step
                if place in chosen:
                    wide = number(frame.width - 2 * inset)
                    marks.append(_SELECTED + f" {number(inset)} {number(foot)} {wide} {number(step)} re f".encode())
                lines.append(Line(options[place][1], inset + _PADDING, foot + step / 2 - 0.38 * size))
            made = Laid(tuple(lines), size, size)
            laid.append(made)
            clip = (
                f"{number(inset)} {number(inset)} {number(frame.width - 2 * inset)} {number(frame.height - 2 * inset)}"
            )
            drawing = [*marks, made.drawing(font, default.colour)]
            self._put(widget, frame, font, b"q " + clip.encode() + b" re W n " + b" ".join(drawing) + b" Q")
            if first or "/TI" in field.node:
                field.node["/TI"] = first
        return laid

    def button(self, field: Field, widget: Widget, on: bytes) -> None:
        """Make sure that a check box or radio button is drawn in both of its states."""
        if widget.box is None:
            return
        looks = widget.obj.get("/AP")
        looks = looks if isinstance(looks, Dictionary) else Dictionary()
        normal = looks.get("/N")
        states = normal if isinstance(normal, Dictionary) and not isinstance(normal, Stream) else Dictionary()
        known = {raw for raw, look in keys_of(states) if isinstance(look, Stream)}
        if {on, OFF} <= known or (on in known and OFF not in known):
            return  # without a drawing for Off, nothing is drawn, as the standard has it
        frame = frame_of(widget.obj, widget.box)
        round_ = field.kind is Kind.RADIO
        base = ground(widget.obj, frame, circle=round_)
        colour = default_of(field, self._form).colour
        for raw, drawing in ((OFF, base), (on, b"\n".join(filter(None, (base, mark(widget.obj, frame, colour)))))):
            if raw not in known:
                states[name_from(raw)] = self._stream(frame, drawing, Dictionary())
        looks["/N"] = states
        widget.obj["/AP"] = looks

    def _put(self, widget: Widget, frame: Frame, font: Lettering, value: bytes, extra: bytes = b"") -> None:
        """Make a value the widget's appearance, in what the form itself draws around it."""
        before, after, resources = _kept(widget, frame)
        if before is None:
            before = b"\n".join(filter(None, (ground(widget.obj, frame), extra)))
        parts = [before, b"/Tx BMC", value, b"EMC", after]
        if value:
            resources["/Font"] = Dictionary({**_fonts(resources), **dict(font.resources(self._pdf).items())})
        look = self._stream(frame, b"\n".join(filter(None, parts)), resources)
        widget.obj["/AP"] = Dictionary(N=look)
        for key in ("/AS",):
            if key in widget.obj:
                del widget.obj[key]

    def _stream(self, frame: Frame, drawing: bytes, resources: Dictionary) -> Stream:
        look = self._pdf.make_stream(drawing or b" ")
        look["/Type"], look["/Subtype"] = Name.XObject, Name.Form
        look["/BBox"] = Array([0, 0, round(frame.width, 3), round(frame.height, 3)])
        look["/Resources"] = resources
        matrix = frame.matrix
        if matrix != Matrix(1, 0, 0, 1, 0, 0):
            parts = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
            look["/Matrix"] = Array([round(part, 3) for part in parts])
        return look


def _room(field: Field, widget: Widget, frame: Frame, default: DefaultLook) -> Room:
    border = border_of(widget.obj)
    align = trait(widget.obj, "/Q")
    if align is None:
        align = trait(field.node, "/Q")
    comb = field.comb
    many = bool(field.flags & MULTILINE) and field.kind is Kind.TEXT
    side = 0.0 if comb else min(max(_PADDING, border.inset + 1), frame.width / 4)
    rim = min(border.inset + (1 if many else 0), frame.height / 4)
    return Room(
        width=frame.width - 2 * side,
        height=frame.height - 2 * rim,
        left=side,
        bottom=rim,
        size=default.size,
        align=align if isinstance(align, int) else 0,
        many=many,
        comb=comb,
    )


def _cells(field: Field, widget: Widget, frame: Frame) -> bytes:
    """The lines between the cells of a comb that has a border."""
    border = border_of(widget.obj)
    if not field.comb or not border.stroke or not border.width:
        return b""
    step = frame.width / field.comb
    lines = " ".join(
        f"{number(step * place)} 0 m {number(step * place)} {number(frame.height)} l" for place in range(1, field.comb)
    )
    return f"q {border.stroke} {number(border.width)} w {lines} S Q".encode() if lines else b""


def _kept(widget: Widget, frame: Frame) -> tuple[bytes | None, bytes, Dictionary]:
    """What the form draws before and after a value, and its resources; None where there is nothing to keep."""
    look = look_of(widget.obj)
    if look is None:
        return None, b"", Dictionary()
    box, matrix = as_box(look.get("/BBox")), as_matrix(look.get("/Matrix"))
    fitting = (
        box is not None
        and abs(box.left) + abs(box.bottom) < 0.5
        and abs(box.width - frame.width) + abs(box.height - frame.height) < 1
        and all(
            abs(one - other) < 0.6
            for one, other in zip(
                (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f),
                (frame.matrix.a, frame.matrix.b, frame.matrix.c, frame.matrix.d, frame.matrix.e, frame.matrix.f),
                strict=True,
            )
        )
    )
    if not fitting:
        return None, b"", Dictionary()
    try:
        data = look.read_bytes()
    except qpdf.ERRORS:
        return None, b"", Dictionary()
    if len(data) > _MOST_LOOK:
        return None, b"", Dictionary()
    held = look.get("/Resources")
    resources = Dictionary(dict(held.items())) if isinstance(held, Dictionary) else Dictionary()
    if found := _VALUE.search(data):
        before, after = data[: found.start()].strip(), data[found.end() :].strip()
        if _balanced(before) and _balanced(after):
            return before, after, resources
        return None, b"", Dictionary()
    if _TEXT_SHOWN.search(data) or not _INKED.search(data) or not _balanced(data):
        return None, b"", Dictionary()
    return b"q " + data.strip() + b" Q", b"", resources


def _balanced(drawing: bytes) -> bool:
    """Whether every q of a piece of content has its Q."""
    words = drawing.split()
    return words.count(b"q") == words.count(b"Q")


def _fonts(resources: Dictionary) -> dict[str, pikepdf.Object]:
    fonts = resources.get("/Font")
    return dict(fonts.items()) if isinstance(fonts, Dictionary) else {}
