"""Text in one style of type → glyphs with their advances, kept for as long as the same text comes again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from .breaks import break_places
from .faces import FlowFace, Glyph, Stack, script_of, stack

UNITS = 1024
"""Sizes and advances are whole multiples of a 1024th of a CSS pixel, as text engines count; sums of them are exact."""
_SHORT = 60
"""Characters of a text that is likely to come again: a cell, a heading. Paragraphs are each document's own."""
_SEPARATE = 0x2E80
"""From here on characters do not influence one another's glyphs."""


@dataclass(frozen=True, slots=True)
class Type:
    """A style of type: families in order, weight, size and letter spacing in CSS pixels, digits of even width."""

    families: tuple[str, ...]
    weight: int
    size: float
    spacing: float = 0.0
    even_digits: bool = False

    @property
    def stack(self) -> Stack:
        """The faces of the families. Raises Unfit where they are not lean ones."""
        return stack(self.families, self.weight)


@dataclass(eq=False, slots=True)
class Run:
    """Neighbouring characters in one face: from `start` up to `end`."""

    start: int
    end: int
    face: FlowFace
    script: str


@dataclass(eq=False, slots=True)
class Shaped:
    """A text in a style of type. `ends[i]` is where character i begins, in CSS pixels; `ends[-1]` is the whole width."""

    text: str
    type: Type
    glyphs: Sequence[Glyph]
    ends: Sequence[float]
    runs: Sequence[Run]
    _places: tuple[int, ...] | None = field(default=None)
    _heights: tuple[float, float] | None = field(default=None)

    @property
    def width(self) -> float:
        """The width of the text on one line."""
        return self.ends[-1]

    @property
    def places(self) -> tuple[int, ...]:
        """Where a line may end within the text."""
        if self._places is None:
            self._places = break_places(self.text)
        return self._places

    def leans_back(self, start: int) -> bool:
        """Whether a character takes its script from those before it, and would take another at the start of a line."""
        if script_of(self.text[start]):
            return False
        own = next((found for character in self.text[start:] if (found := script_of(character))), "")
        run = next(run for run in self.runs if run.end > start)
        return own != run.script

    def reach(self, start: int, end: int) -> tuple[float, float]:
        """How far the type of these characters reaches above and below the baseline of their line."""
        if start == 0 and end == len(self.text):
            if self._heights is None:
                self._heights = self._reach(start, end)
            return self._heights
        return self._reach(start, end)

    def _reach(self, start: int, end: int) -> tuple[float, float]:
        size = int(self.type.size * UNITS) / UNITS
        above = below = 0.0
        first: Run | None = None
        for run in self.runs:
            if run.start >= end:
                break
            if run.end <= start:
                continue
            face = run.face
            if first is None:
                first = run
                above, below = face.ascent, face.descent
                continue
            # Lines that begin in Chinese stand on the lower edge of the ideographs.
            rise = first.face.foot - face.foot if first.script == "Hani" else 0.0
            above, below = max(above, face.ascent + rise), max(below, face.descent - rise)
        return above * size, below * size


def shaped(text: str, style: Type) -> Shaped:
    """A text set in a style. Raises Unfit for what the lean faces do not have, or do not set one after another."""
    return _kept(text, style) if len(text) <= _SHORT else _shaped(text, style)


@lru_cache(maxsize=1536)
def _kept(text: str, style: Type) -> Shaped:
    return _shaped(text, style)


def _shaped(text: str, style: Type) -> Shaped:
    runs = _runs(text, style.stack)
    glyphs: list[Glyph] = []
    for run in runs:
        glyphs += _glyphs(text[run.start : run.end], run, style.even_digits)
    size = int(style.size * UNITS)
    spacing = int(style.spacing * UNITS) / UNITS
    advances = [round(glyph.advance * size) / UNITS + spacing for glyph in glyphs]
    return Shaped(text, style, glyphs, list(accumulate(advances, initial=0.0)), runs)


def _runs(text: str, faces: Stack) -> list[Run]:
    """The text by faces and scripts."""
    runs: list[Run] = []
    homes = faces.home
    script = next((found for character in text if (found := script_of(character))), "")
    for place, character in enumerate(text):
        script = script_of(character) or script
        last = runs[-1] if runs else None
        face = _home_of_space(text, place, last, faces) if last and character == " " else homes(character)
        if last and last.face is face and last.script == script:
            last.end = place + 1
        else:
            runs.append(Run(place, place + 1, face, script))
    return runs


def _home_of_space(text: str, place: int, last: Run, faces: Stack) -> FlowFace:
    """The face of a space: that of a neighbour in the same script, of two the one that is asked first."""
    following = text[place:].lstrip(" ")[:1]
    found = last.face
    if following and script_of(following) in ("", last.script):
        found = min(found, faces.home(following), key=faces.faces.index)
    return found if found.has(" ") else faces.home(" ")


def _glyphs(text: str, run: Run, even_digits: bool) -> list[Glyph]:
    face = run.face
    result: list[Glyph] = []
    word: list[str] = []
    for character in text:
        if ord(character) >= _SEPARATE:
            if word:
                result += face.word("".join(word), run.script or "Zyyy", even_digits)
                word.clear()
            result.append(face.single(character))
        else:
            word.append(character)
    if word:
        result += face.word("".join(word), run.script or "Zyyy", even_digits)
    return result


def line_of(style: Type, height: float | None) -> tuple[float, float]:
    """The height of a line that holds nothing, and its baseline from the top (CSS 2.1, 10.8.1: the strut).

    `height` is the line height, None for the font's own.
    """
    face = style.stack.home(" ")
    above, below = face.ascent * style.size, face.descent * style.size
    if height is None:
        return above + below, above
    return height, above + (height - above - below) / 2
