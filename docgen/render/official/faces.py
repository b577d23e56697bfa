"""The five styles of type for a batch of documents: each face cut once to what the whole batch shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docgen.fonts.coverage import has
from docgen.fonts.pdftext import GETA, FontFace, StampFont
from docgen.fonts.roles import FontChoice, Role, chain

_ROMAN = frozenset(map(chr, range(0x21, 0x7F)))
_ROMAN_ROLES = (Role.FANGSONG, Role.KAI)
"""Styles whose letters and digits are taken from 宋: those of 仿宋 and 楷 fonts are often crude."""
_BLANKS = frozenset(" \u3000")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as it is shown: which of the batch's fonts, the code as hexadecimal, the advance for size 1."""

    font: int
    number: int
    code: str
    advance: float


class _Glyphs(dict[str, Glyph]):
    """Glyphs by character."""

    def __missing__(self, character: str) -> Glyph:
        return self[GETA]


class Faces:
    """The fonts of a batch. `texts` is, for each role, a text with every character that it will be asked to show.

    The texts are printable ones (docgen.fonts.pdftext); a character that was not announced is shown as 〓.
    """

    def __init__(self, texts: Mapping[Role, str]) -> None:
        homes: dict[tuple[Role, str], FontFace] = {}
        wanted: dict[FontFace, set[str]] = {}
        for role, text in texts.items():
            for character in sorted({*text, GETA}):
                face = _face(role, character)
                homes[role, character] = face
                wanted.setdefault(face, set()).add(character)
        order = list(wanted)
        self.fonts = [StampFont(face, sorted(wanted[face])) for face in order]
        self._glyphs: dict[Role, _Glyphs] = {role: _Glyphs() for role in texts}
        for (role, character), face in homes.items():
            number = order.index(face)
            self._glyphs[role][character] = self._glyph(number, character)

    def _glyph(self, number: int, character: str) -> Glyph:
        font = self.fonts[number]
        code = font.encode(character)[1:-1].decode()
        glyph = int(code, 16)
        return Glyph(number, glyph, code, font.advance(glyph))

    def glyphs(self, role: Role) -> Mapping[str, Glyph]:
        """Every character of a role with its glyph."""
        return self._glyphs[role]

    def reach(self, role: Role, text: str) -> tuple[float, float]:
        """The ink above and below the baseline (negative), for size 1."""
        reaches = [self.fonts[self._glyphs[role][one].font].reach(one) for one in text]
        return max((top for top, _ in reaches), default=0.0), min((foot for _, foot in reaches), default=0.0)


def _face(role: Role, character: str) -> FontFace:
    """The first face of the role's chain that has the character; the role's own where none has it."""
    first = Role.SONG if role in _ROMAN_ROLES and character in _ROMAN else role
    faces = chain(first)
    for choice in faces:
        if character in _BLANKS or has(choice.path, choice.index, character):
            return _of(choice)
    return _of(faces[0])


def _of(choice: FontChoice) -> FontFace:
    return FontFace(choice.path, choice.index)
