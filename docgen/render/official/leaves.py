"""One page as PDF operators: text, rules and pictures put at places in millimetres from the page's upper left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.fonts.roles import Role

from . import measures as m
from .faces import Faces
from .lines import Line

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Ink:
    """A line of text ready to be put anywhere: (x in mm, font, operand of TJ) for each run; the glyphs that it shows."""

    runs: tuple[tuple[float, int, str], ...]
    shown: frozenset[tuple[int, int]]
    width: float


def ink_of(line: Line, faces: Faces, size: float) -> Ink:
    """A set line in a size in points."""
    runs: list[tuple[float, int, str]] = []
    shown: set[tuple[int, int]] = set()
    operand: list[str] = []
    font, start, pen = -1, 0.0, 0.0
    scale = 1000 / (size * m.PT)
    for x, role, character in line.places:
        glyph = faces.glyphs(role)[character]
        shown.add((glyph.font, glyph.number))
        if glyph.font != font:
            if operand:
                runs.append((start, font, "".join(operand)))
            operand, font, start, pen = [], glyph.font, x, x
        step = round((pen - x) * scale)
        if step:
            operand.append(str(step))
            pen -= step / scale
        operand.append(f"<{glyph.code}>")
        pen += glyph.advance * size * m.PT
    if operand:
        runs.append((start, font, "".join(operand)))
    joined = tuple((x, number, f"[{text.replace('><', '')}]") for x, number, text in runs)
    return Ink(joined, frozenset(shown), line.width)


class Leaf:
    """One page's content. `number` is its printed number, 0 where it bears none."""

    def __init__(self, number: int = 0) -> None:
        self.number = number
        self.pictures: list[str] = []
        self.shown: set[tuple[int, int]] = set()
        self._operators: list[str] = []
        self._first: list[str] = []

    def text(self, ink: Ink, x: float, baseline: float, size: float, colour: Colour = m.BLACK) -> None:
        """Put a line with its start at `x` on a baseline; `size` in points."""
        self.shown |= ink.shown
        y = f"{(m.PAGE_HEIGHT - baseline) / m.PT:.2f}"
        put = "".join(
            f"/F{font} {size:g} Tf 1 0 0 1 {(x + dx) / m.PT:.2f} {y} Tm {operand} TJ\n"
            for dx, font, operand in ink.runs
        )
        if colour != m.BLACK:
            put = f"{_rgb(colour)} rg\n{put}0 g\n"
        self._operators.append(f"BT\n{put}ET\n")

    def mark(self, ink: Ink, size: float) -> None:
        """A pale word across the page, behind everything: what is no final document."""
        self.shown |= ink.shown
        middle = ink.width / 2 / m.PT
        put = "".join(
            f"/F{font} {size:g} Tf 1 0 0 1 {dx / m.PT - middle:.2f} 0 Tm {text} TJ\n" for dx, font, text in ink.runs
        )
        self._first.append(
            f"q 1 .86 .86 rg .7071 .7071 -.7071 .7071 {105 / m.PT:.2f} {140 / m.PT:.2f} cm\nBT\n{put}ET\nQ\n"
        )

    def rule(self, x: float, y: float, length: float, thickness: float, colour: Colour = m.BLACK) -> None:
        """A horizontal rule with its middle at `y`."""
        self._box(x, y - thickness / 2, length, thickness, colour)

    def upright(self, x: float, y: float, length: float, thickness: float) -> None:
        """A vertical rule with its middle at `x`."""
        self._box(x - thickness / 2, y, thickness, length, m.BLACK)

    def _box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        box = f"{x / m.PT:.2f} {(m.PAGE_HEIGHT - y - height) / m.PT:.2f} {width / m.PT:.2f} {height / m.PT:.2f} re f\n"
        self._operators.append(box if colour == m.BLACK else f"{_rgb(colour)} rg\n{box}0 g\n")

    def picture(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """A picture of the document's resources with its upper left corner at (x, y)."""
        self.pictures.append(name)
        self._operators.append(
            f"q {width / m.PT:.2f} 0 0 {height / m.PT:.2f} {x / m.PT:.2f} {(m.PAGE_HEIGHT - y - height) / m.PT:.2f} cm /{name} Do Q\n"
        )

    def content(self) -> bytes:
        """The page's content stream."""
        return "".join((*self._first, *self._operators)).encode()


def _rgb(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)


def places_of(role: Role, text: str, advances: Sequence[float]) -> Line:
    """A line whose characters stand at their natural distances (headings that are not on the grid)."""
    places, x = [], 0.0
    for character, advance in zip(text, advances, strict=True):
        places.append((x, role, character))
        x += advance
    return Line(tuple(places), x)
