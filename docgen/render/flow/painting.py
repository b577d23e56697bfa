"""What is on a page → its content stream (ISO 32000-1, 8 and 9); and which glyphs of which faces it shows."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .cascade import BLACK
from .declarations import Colour
from .faces import FlowFace
from .shaping import UNITS, Shaped
from .strips import Box, Item, Picture, Rule, Text
from .unfit import Unfit

PT_PER_PX = 0.75
_QUICKLY = 1
"""How zlib packs what is soon unpacked again."""
_TOLERATED = 0.02
"""Thousandths of the size by which a glyph may stand off its place: rounding, no kerning."""


@dataclass(eq=False, slots=True)
class Shown:
    """A face in a document: its number there, and the text behind each glyph shown."""

    number: int
    glyphs: dict[int, str] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class Inks:
    """What a document uses: faces, and degrees of opacity by name."""

    faces: dict[FlowFace, Shown] = field(default_factory=dict)
    opacities: dict[str, float] = field(default_factory=dict)
    _reserved: list[tuple[Shown, int, str]] = field(default_factory=list)

    def reserve(self, items: Iterable[Item]) -> None:
        """Number faces, and keep the text behind glyphs, as if items were painted now that will be painted later."""
        later = Inks()
        canvas = Canvas(later, 0.0, 0.0, 0.0)
        canvas.put(items)
        for face, shown in later.faces.items():
            known = self.shown(face)
            self._reserved += [(known, *pair) for pair in shown.glyphs.items() if pair[0] not in known.glyphs]

    def settle(self) -> None:
        """Give glyphs the text that was kept for them: all is painted."""
        for shown, number, text in reversed(self._reserved):
            if number in shown.glyphs:
                shown.glyphs[number] = text
        self._reserved.clear()

    def shown(self, face: FlowFace) -> Shown:
        """A face's entry."""
        if face not in self.faces:
            self.faces[face] = Shown(len(self.faces))
        return self.faces[face]

    def opacity(self, alpha: float) -> str:
        """The name of a degree of opacity."""
        name = f"A{round(alpha * 1000)}"
        self.opacities[name] = alpha
        return name


class Canvas:
    """The content stream of a page whose height is given, with items placed from (`left`, `top`): CSS pixels.

    Colours, line widths, texts and lines that follow one another are said once.
    """

    def __init__(self, inks: Inks, height: float, left: float, top: float) -> None:
        self._inks = inks
        self._out = [f"{PT_PER_PX} 0 0 -{PT_PER_PX} {left * PT_PER_PX:.3f} {(height - top) * PT_PER_PX:.3f} cm\n"]
        self._texts: list[str] = []
        self._rules: list[str] = []
        self._folded: list[bytes] = []
        self._fill = BLACK
        self._pen = (BLACK, 1.0)

    def content(self) -> str:
        """All operators."""
        self._unfold()
        self._end()
        return "".join(self._out)

    def put(self, items: Iterable[Item]) -> None:
        """Draw items over those before."""
        self._unfold()
        for item in items:
            self._put(item)

    def fold(self) -> None:
        """Take little room until something is asked for again."""
        if not self._folded:
            held = (self._out, self._texts, self._rules)
            self._folded = [zlib.compress("".join(operators).encode(), _QUICKLY) for operators in held]
            for operators in held:
                operators.clear()

    def _unfold(self) -> None:
        for operators, folded in zip((self._out, self._texts, self._rules), self._folded, strict=False):
            operators += filter(None, [zlib.decompress(folded).decode()])
        self._folded.clear()

    def _put(self, item: Item) -> None:
        if isinstance(item, Text):
            self._put_text(item)
        elif isinstance(item, Rule):
            self._put_rule(item)
        elif isinstance(item, Box):
            self._end()
            operator = f"{item.x:.3f} {item.y:.3f} {item.width:.3f} {item.height:.3f} re f\n"
            self._paint(operator, item.colour)
        elif isinstance(item, Picture):
            self._end()
            self._out.append(_drawing(item, self._inks))

    def _put_text(self, item: Text) -> None:
        if self._rules:
            self._end()
        colour = item.part.style.colour
        operators = _text(item, self._inks)
        if colour.alpha != 1:
            self._end()
            self._paint(f"BT\n{operators}ET\n", colour)
            return
        if colour != self._fill:
            self._texts.append(f"{_rgb(colour)} rg\n")
            self._fill = colour
        self._texts.append(operators)

    def _put_rule(self, item: Rule) -> None:
        if self._texts:
            self._end()
        pen = (item.colour, item.thickness)
        if pen != self._pen:
            self._end()
            self._out.append(f"{_rgb(item.colour)} RG {item.thickness:.3f} w\n")
            self._pen = pen
        if item.colour.alpha != 1:
            raise Unfit("半透明的边框")
        self._rules.append(f"{item.x:.3f} {item.y:.3f} m {item.right:.3f} {item.bottom:.3f} l\n")

    def _paint(self, operators: str, colour: Colour) -> None:
        if colour.alpha != 1:
            name = self._inks.opacity(colour.alpha)
            self._out.append(f"q /{name} gs {_rgb(colour)} rg\n{operators}Q\n")
            return
        if colour != self._fill:
            self._out.append(f"{_rgb(colour)} rg\n")
            self._fill = colour
        self._out.append(operators)

    def _end(self) -> None:
        """Put out texts or lines that were kept together."""
        if self._texts:
            self._out.append(f"BT\n{''.join(self._texts)}ET\n")
            self._texts.clear()
        if self._rules:
            self._out.append(f"{''.join(self._rules)}S\n")
            self._rules.clear()


def turned(items: Sequence[Item], inks: Inks, degrees: float, x: float, y: float) -> str:
    """The content of items that are turned about a point, clockwise."""
    angle = math.radians(degrees)
    cosine, sine = math.cos(angle), math.sin(angle)
    e, f = x - cosine * x + sine * y, y - sine * x - cosine * y
    canvas = Canvas(inks, 0.0, 0.0, 0.0)
    canvas.put(items)
    inner = canvas.content().split("\n", 1)[1]
    return f"q {cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f} {e:.3f} {f:.3f} cm\n{inner}Q\n"


def _rgb(colour: Colour) -> str:
    return f"{colour.red:.4g} {colour.green:.4g} {colour.blue:.4g}"


def _drawing(item: Picture, inks: Inks) -> str:
    across, down = item.drawing.scale
    out = [f"q 0 g 0 G 1 w\n{across:.5f} 0 0 {down:.5f} {item.x:.3f} {item.y:.3f} cm\n"]
    for part in item.drawing.parts:
        if isinstance(part, str):
            out.append(part)
            continue
        shown = _shown(part.text, 0, len(part.text.text), part.x, part.y, 0.0, inks)
        out.append(f"q {part.colours}BT\n{'2 Tr 1 j' if part.outlined else '0 Tr'}\n{shown}ET\nQ\n")
    out.append("Q\n")
    return "".join(out)


def _text(item: Text, inks: Inks) -> str:
    """A run of text."""
    part = item.part
    shown = _shown(part.text, part.start, part.end, item.x, item.y, part.spread, inks)
    spacing = part.text.type.spacing
    return f"{spacing:.4f} Tc\n{shown}0 Tc\n" if spacing else shown


def _shown(text: Shaped, start: int, end: int, x: float, y: float, spread: float, inks: Inks) -> str:
    """The operators that show some characters of a text, each stretch of one face by itself."""
    size = int(text.type.size * UNITS) / UNITS
    out = []
    for run in text.runs:
        if run.end <= start or run.start >= end:
            continue
        first, last = max(run.start, start), min(run.end, end)
        shown = inks.shown(run.face)
        operand, moved = _operand(text, run.face, first, last, spread, shown)
        out.append(f"/F{shown.number} {size:g} Tf 1 0 0 -1 {x:.3f} {y:.3f} Tm {operand}\n")
        x += moved
    return "".join(out)


def _operand(text: Shaped, face: FlowFace, first: int, last: int, spread: float, shown: Shown) -> tuple[str, float]:
    """The operand and operator that show these characters, and how far they move on."""
    size = text.type.size
    codes = []
    bent = False
    glyphs = shown.glyphs
    for place in range(first, last):
        number = text.glyphs[place].number
        if number < 0:
            continue
        if number not in glyphs:
            glyphs[number] = _source(text, place)
        shift = _shift(text, face, place, spread, size)
        codes.append(f"{number:04x}")
        if shift:
            bent = True
            codes.append(f">{shift:g}<")
    width = text.ends[last] - text.ends[first]
    if spread:
        width += spread * sum(text.text.count(space, first, last) for space in " \u00a0")
    operand = f"<{''.join(codes)}>"
    return (f"[{operand}] TJ" if bent else f"{operand} Tj"), width


def _source(text: Shaped, place: int) -> str:
    """The characters that a glyph stands for."""
    end = place + 1
    while end < len(text.glyphs) and text.glyphs[end].number < 0:
        end += 1
    return text.text[place:end]


def _shift(text: Shaped, face: FlowFace, place: int, spread: float, size: float) -> float:
    """How far, in thousandths of the size, what follows a glyph is to be moved back."""
    glyph = text.glyphs[place]
    shift = (face.glyph_width(glyph.number) - glyph.advance) * 1000
    if spread and text.text[place] in " \u00a0":
        shift -= spread / size * 1000
    return round(shift, 2) if abs(shift) > _TOLERATED else 0.0
