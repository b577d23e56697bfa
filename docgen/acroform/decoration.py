"""What a field shows besides its text: ground, border, and the marks of check boxes and radio buttons.

ISO 32000-1, 12.5.6.19 (appearance characteristics) and 12.5.4 (border styles).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from pikepdf import Array, Dictionary, Name

from .geometry import Box, Matrix, number
from .values import as_number, as_numbers, text_of, trait

_OPERATORS = {1: "g", 3: "rg", 4: "k"}
_ROUND = 0.5523  # how far the handles of a quarter circle lie from its ends
_DASHED, _BEVELED, _INSET, _UNDERLINED = Name.D, Name.B, Name.I, Name.U


@dataclass(frozen=True, slots=True)
class Frame:
    """The upright rectangle that a widget is drawn in, and how it is turned into its place (MK /R)."""

    width: float
    height: float
    matrix: Matrix

    @property
    def size(self) -> bytes:
        """Width and height as a content stream has them."""
        return f"{number(self.width)} {number(self.height)}".encode()


@dataclass(frozen=True, slots=True)
class Border:
    """A border: its width in points (0 for none), its style, and its colour as stroking operators."""

    width: float
    style: object
    stroke: str
    dash: str = "3"

    @property
    def inset(self) -> float:
        """How far what stands inside keeps from the field's edge."""
        return self.width * (2 if self.style in (_BEVELED, _INSET) else 1)


def frame_of(widget: Dictionary, place: Box) -> Frame:
    """How a widget's appearance is turned: by quarter turns counterclockwise."""
    traits = widget.get("/MK")
    turn = as_number(traits.get("/R")) if isinstance(traits, Dictionary) else None
    w, h = place.width, place.height
    match round((turn or 0) / 90) % 4:
        case 1:
            return Frame(h, w, Matrix(0, 1, -1, 0, w, 0))
        case 2:
            return Frame(w, h, Matrix(-1, 0, 0, -1, w, h))
        case 3:
            return Frame(h, w, Matrix(0, -1, 1, 0, 0, h))
        case _:
            return Frame(w, h, Matrix(1, 0, 0, 1, 0, 0))


def border_of(widget: Dictionary) -> Border:
    """The border that a widget asks for; one without a colour is not drawn, but keeps its width."""
    traits, style = widget.get("/MK"), widget.get("/BS")
    colour = stroking(colour_of(traits.get("/BC"))) if isinstance(traits, Dictionary) else ""
    width = 1.0 if colour else 0.0
    kind: object = Name.S
    dash = "3"
    if isinstance(style, Dictionary):
        asked = as_number(style.get("/W"))
        width = max(asked, 0.0) if asked is not None else 1.0
        kind = style.get("/S", Name.S)
        pattern = style.get("/D")
        lengths = as_numbers(pattern, len(pattern)) if isinstance(pattern, Array) else None
        if lengths and all(length >= 0 for length in lengths) and any(lengths):
            dash = " ".join(map(number, lengths))
    elif numbers := as_numbers(widget.get("/Border"), 3):
        width = max(numbers[2], 0.0)
    return Border(width, kind, colour, dash)


def ground(widget: Dictionary, frame: Frame, *, circle: bool = False) -> bytes:
    """The ground and border that a widget asks for, b"" for none; round for the radio buttons that are so."""
    parts = []
    traits = widget.get("/MK")
    border = border_of(widget)
    half = border.width / 2
    colour = colour_of(traits.get("/BG")) if isinstance(traits, Dictionary) else ""
    if colour:
        shape = _circle(frame, half) if circle else f"0 0 {number(frame.width)} {number(frame.height)} re"
        parts.append(f"q {colour} {shape} f Q")
    if border.stroke and border.width:
        pen = f"q {border.stroke} {number(border.width)} w"
        if border.style == _UNDERLINED:
            parts.append(f"{pen} 0 {number(half)} m {number(frame.width)} {number(half)} l S Q")
        else:
            dash = f" [{border.dash}] 0 d" if border.style == _DASHED else ""
            inner = f"{number(max(frame.width - 2 * half, 0))} {number(max(frame.height - 2 * half, 0))} re"
            shape = _circle(frame, half) if circle else f"{number(half)} {number(half)} {inner}"
            parts.append(f"{pen}{dash} {shape} S Q")
        if border.style in (_BEVELED, _INSET) and not circle:
            parts += _relief(frame, border)
    return "\n".join(parts).encode()


def _relief(frame: Frame, border: Border) -> list[str]:
    """The light and the shaded edge inside a beveled or inset border."""
    b, w, h = border.width, frame.width, frame.height
    light, shade = ("1 g", "0.5 g") if border.style == _BEVELED else ("0.5 g", "0.75 g")
    upper = [(b, b), (b, h - b), (w - b, h - b), (w - 2 * b, h - 2 * b), (2 * b, h - 2 * b), (2 * b, 2 * b)]
    lower = [(w - b, h - b), (w - b, b), (b, b), (2 * b, 2 * b), (w - 2 * b, 2 * b), (w - 2 * b, h - 2 * b)]
    return [f"q {light} {_path(upper)} f Q", f"q {shade} {_path(lower)} f Q"]


def mark(widget: Dictionary, frame: Frame, colour: str = "0 g") -> bytes:
    """The mark of a chosen check box or radio button, as MK /CA names it by a character of ZapfDingbats; drawn as a
    path, so that it looks the same wherever it is shown."""
    traits = widget.get("/MK")
    sign = text_of(traits.get("/CA")) if isinstance(traits, Dictionary) else ""
    flags = trait(widget, "/Ff")
    radio = isinstance(flags, int) and bool(flags & 1 << 15)
    side = min(frame.width, frame.height)
    middle = frame.width / 2, frame.height / 2

    def at(x: float, y: float) -> tuple[float, float]:
        return middle[0] + x * side, middle[1] + y * side

    stroke = f"q {stroking(colour)} {number(max(side / 9, 0.5))} w 1 J"
    match sign[:1] or ("l" if radio else "4"):
        case "l":
            return f"q {colour} {disc(middle, side * 0.25)} f Q".encode()
        case "8":
            crossed = f"{_line([at(-0.26, -0.26), at(0.26, 0.26)])} {_line([at(-0.26, 0.26), at(0.26, -0.26)])}"
            return f"{stroke} {crossed} S Q".encode()
        case "n":
            return (
                f"q {colour} {_path([at(-0.25, -0.25), at(0.25, -0.25), at(0.25, 0.25), at(-0.25, 0.25)])} f Q".encode()
            )
        case "u":
            return f"q {colour} {_path([at(0, -0.32), at(0.26, 0), at(0, 0.32), at(-0.26, 0)])} f Q".encode()
        case "H":
            points = []
            for place in range(10):
                radius, angle = (0.36, 0.145)[place % 2], math.pi / 2 + place * math.pi / 5
                points.append(at(radius * math.cos(angle), radius * math.sin(angle)))
            return f"q {colour} {_path(points)} f Q".encode()
        case _:
            return f"{stroke} 1 j {_line([at(-0.3, 0.02), at(-0.08, -0.24), at(0.3, 0.28)])} S Q".encode()


def colour_of(value: object) -> str:
    """A colour of an appearance dictionary as a content stream says it; "" for none."""
    parts = (
        [float(part) for part in value if isinstance(part, int | float | Decimal)] if isinstance(value, Array) else []
    )
    return f"{' '.join(number(part) for part in parts)} {_OPERATORS[len(parts)]}" if len(parts) in _OPERATORS else ""


def stroking(colour: str) -> str:
    """The same colour for lines."""
    operands, _, operator = colour.rpartition(" ")
    return f"{operands} {operator.upper()}" if colour else ""


def _line(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{number(x, 3)} {number(y, 3)} {'l' if place else 'm'}" for place, (x, y) in enumerate(points))


def _path(points: list[tuple[float, float]]) -> str:
    return _line(points) + " h"


def _circle(frame: Frame, inset: float) -> str:
    middle = frame.width / 2, frame.height / 2
    return disc(middle, max(min(frame.width, frame.height) / 2 - inset, 0))


def disc(middle: tuple[float, float], radius: float) -> str:
    """A circle as a path."""
    (x, y), r, k = middle, radius, radius * _ROUND
    curves = (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    )
    drawn = " ".join(" ".join(number(value, 3) for value in curve) + " c" for curve in curves)
    return f"{number(x + r, 3)} {number(y, 3)} m {drawn} h"
