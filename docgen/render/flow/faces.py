"""The faces that text is set in: lean ones, by family name, with what a line of type needs to know of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import uharfbuzz

from docgen.fonts.lean import LeanFace, lean_faces, lean_outlines
from docgen.fonts.outlines import Outlines
from docgen.fonts.roles import find_fonts

from .unfit import Unfit

_HAN, _LATIN = "Hani", "Latn"
_LANGUAGE, _LATIN_LANGUAGE = "zh-cn", "en"
_MOST_WORDS = 2048


class Glyph(NamedTuple):
    """One character as it is shown: its glyph's number (-1 for none), and how far it moves on, for size 1."""

    number: int
    advance: float


_SHOWN_BY_ANOTHER = Glyph(-1, 0.0)


@dataclass(eq=False, slots=True)
class FlowFace:
    """A face: lengths are for size 1, `descent` is positive, `foot` is the lower edge of ideographs."""

    lean: LeanFace
    font: uharfbuzz.Font
    ascent: float
    descent: float
    foot: float
    _singles: dict[str, Glyph] = field(default_factory=dict)
    _words: dict[tuple[str, str, bool], tuple[Glyph, ...]] = field(default_factory=dict)
    _glyphs: dict[tuple[int, int], Glyph] = field(default_factory=dict)
    """By number and advance in the font's units: letters and digits come in thousands of words."""

    def has(self, character: str) -> bool:
        """Whether it has a glyph for a character."""
        return self.font.get_nominal_glyph(ord(character)) is not None

    def single(self, character: str) -> Glyph:
        """A character's own glyph."""
        if character not in self._singles:
            number = self.font.get_nominal_glyph(ord(character)) or 0
            self._singles[character] = self._glyph(number, self.font.get_glyph_h_advance(number))
        return self._singles[character]

    def _glyph(self, number: int, advance: int) -> Glyph:
        known = self._glyphs.get((number, advance))
        if known is None:
            known = self._glyphs[number, advance] = Glyph(number, advance / self.font.face.upem)
        return known

    def word(self, text: str, script: str, even_digits: bool) -> tuple[Glyph, ...]:
        """The glyphs of characters that influence one another, one for each character.

        A character that is shown by another's glyph has the number -1. Raises Unfit where glyphs are placed otherwise
        than one after another.
        """
        key = (text, script, even_digits)
        if key not in self._words:
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            self._words[key] = self._shaped(text, script, even_digits)
        return self._words[key]

    def _shaped(self, text: str, script: str, even_digits: bool) -> tuple[Glyph, ...]:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.direction, buffer.script = "ltr", script
        # As text engines do: letters that Chinese is not written with are shaped as a language that is.
        buffer.language = _LATIN_LANGUAGE if script == _LATIN else _LANGUAGE
        uharfbuzz.shape(self.font, buffer, {"tnum": True} if even_digits else None)
        result = [_SHOWN_BY_ANOTHER] * len(text)
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if position.x_offset or position.y_offset or result[info.cluster].number >= 0:
                raise Unfit(f"{text!r} 的字形组合")
            result[info.cluster] = self._glyph(info.codepoint, position.x_advance)
        return tuple(result)

    @property
    def outlines(self) -> Outlines | None:
        """The glyphs to embed, where they are PostScript outlines."""
        return lean_outlines(self.lean.family)

    def glyph_width(self, number: int) -> float:
        """How far a glyph moves on by itself, for size 1."""
        width: float = self.font.get_glyph_h_advance(number) / self.font.face.upem
        return width


def load_faces() -> None:
    """Open all lean faces, which are made first where they are not there. Raises EnvironmentLacks without fonts."""
    _faces()


@cache
def _faces() -> dict[str, FlowFace]:
    return {lean.family: _face(lean) for lean in lean_faces()}


def _face(lean: LeanFace) -> FlowFace:
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(lean.path)))
    font = uharfbuzz.Font(face)
    extents = font.get_font_extents("ltr")
    foot = font.get_layout_baseline("icfb", "ltr", _HAN, _LANGUAGE)
    if foot is None:
        # As HarfBuzz itself supposes where a font is silent: a tenth of the em box above its lower edge.
        foot = extents.descender + (extents.ascender - extents.descender) / 10
    upem = face.upem
    return FlowFace(lean, font, extents.ascender / upem, -extents.descender / upem, foot / upem)


@dataclass(eq=False, slots=True)
class Stack:
    """The faces of a list of families, in the order in which they are asked for a character."""

    faces: tuple[FlowFace, ...]
    _homes: dict[str, FlowFace] = field(default_factory=dict)

    def home(self, character: str) -> FlowFace:
        """The first face that has a character. Raises Unfit where none of the lean ones has it."""
        found = self._homes.get(character)
        if found is None:
            found = next((face for face in self.faces if face.has(character)), None)
            if found is None:
                raise Unfit(f"字符 {character!r} 的字体")
            self._homes[character] = found
        return found


@cache
def stack(families: tuple[str, ...], weight: int) -> Stack:
    """The faces of a list of families in a weight. Raises Unfit where the first of them is not a lean one so heavy."""
    faces, cuts = _faces(), _cuts()
    names = dict.fromkeys(name for family in families for name in cuts.get((family, weight), (family,)))
    found = tuple(faces[name] for name in names if name in faces)
    if not found or families[0] not in faces:
        raise Unfit(f"字体 {'、'.join(families[:1])}")
    if any(face.lean.weight != weight for face in found):
        raise Unfit(f"字体 {families[0]} 的粗细 {weight}")
    return Stack(found)


@cache
def _cuts() -> dict[tuple[str, int], tuple[str, ...]]:
    """The lean faces that are cut from an installed family, by its name and weight."""
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for role, choice in find_fonts().items():
        name = f"docgen-{role.name.lower()}"
        found.setdefault((choice.family, choice.weight), (name, f"{name}-rare"))
    return found


def script_of(character: str) -> str:
    """The script that a character is shaped by: Latn, Hani, or "" for one that takes that of its neighbours."""
    code = ord(character)
    if code < 0x80:
        return _LATIN if character.isalpha() else ""
    if 0x2E80 <= code < 0x3000 or code in (0x3005, 0x3007) or 0x3400 <= code < 0xFE30:
        return _HAN
    return _LATIN if 0xC0 <= code < 0x250 and character.isalpha() else ""
