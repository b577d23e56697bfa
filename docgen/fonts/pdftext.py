"""Text set straight onto PDF pages: a font cut to the characters needed, embedded so that every reader shows it.

WeasyPrint sets whole documents; this module is for the few words that docgen adds to pages made by others (running
feet, captions, values in form fields). A font becomes a composite font with two-byte codes, widths and a ToUnicode
map (ISO 32000-1, 9.7 and 9.10), so that what is shown can also be searched and copied.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
import uharfbuzz
from pikepdf import Array, Dictionary, Name

from docgen.errors import EnvironmentLacks

from .figures import even_figures

GETA = "〓"
"""What printers set for a character that they do not have: it is plainly not the text, unlike an empty box."""

_LAYOUT_TABLES = ("BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx", "kern", "gasp", "STAT", "DSIG", "name")
_SYMBOLIC = 4


@dataclass(frozen=True, slots=True)
class FontFace:
    """One face of a font file; `index` counts within a collection (.ttc) and is 0 otherwise."""

    path: Path
    index: int = 0


def printable(text: str) -> str:
    """Text as one line can show it: composed (NFC), every control character, tab and line break a space."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        " " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character for character in composed
    )


class StampFont:
    """A face cut to the characters of `texts`; further text may only be set with these characters.

    Lengths are in points. Characters that the face lacks are told by `missing` and set as 〓, never as an empty box.
    Raises EnvironmentLacks where the file is not a font that can be read.
    """

    def __init__(self, face: FontFace, texts: Iterable[str]) -> None:
        whole = _font(face)
        wanted = sorted(set(printable("".join(texts))) | {" ", "?", "…", GETA})
        known = {character for character in wanted if whole.get_nominal_glyph(ord(character))}
        self._stand_in = next((sign for sign in (GETA, "?", " ") if sign in known), "")
        cut, self._glyphs = _subset(whole, sorted(known))
        font = uharfbuzz.Font(cut)
        self._scale: float = 1000 / cut.upem
        self._widths: dict[int, float] = {
            glyph: round(font.get_glyph_h_advance(glyph) * self._scale, 2) for glyph in {0, *self._glyphs.values()}
        }
        extents = font.get_font_extents("ltr")
        self._ascent: int = round(extents.ascender * self._scale)
        self._descent: int = round(extents.descender * self._scale)
        self._cut = cut
        self._name = _post_script_name(whole.face)

    @property
    def ascent(self) -> float:
        """The height above the baseline that a line wants, for size 1."""
        return self._ascent / 1000

    @property
    def descent(self) -> float:
        """The depth below the baseline that a line wants, for size 1; negative."""
        return self._descent / 1000

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters of a text that the face does not have, each once, in order of appearance."""
        return tuple(dict.fromkeys(character for character in printable(text) if character not in self._glyphs))

    def _glyphs_of(self, text: str) -> list[int]:
        stand_in = self._glyphs.get(self._stand_in, 0)
        return [self._glyphs.get(character, stand_in) for character in printable(text)]

    def glyph(self, character: str) -> int:
        """The glyph of one character, 0 where the face lacks it."""
        return self._glyphs.get(character, 0)

    def advance(self, glyph: int) -> float:
        """How far a glyph moves on, for size 1."""
        return self._widths[glyph] / 1000

    def reach(self, text: str) -> tuple[float, float]:
        """How high the ink of a text rises above the baseline and how deep it falls below it (negative), for size 1."""
        font = uharfbuzz.Font(self._cut)
        extents = [found for glyph in self._glyphs_of(text) if (found := font.get_glyph_extents(glyph)) is not None]
        tops = [found.y_bearing for found in extents]
        feet = [found.y_bearing + found.height for found in extents]
        return max(tops, default=0) * self._scale / 1000, min(feet, default=0) * self._scale / 1000

    def encode(self, text: str) -> bytes:
        """The text as a hexadecimal string of a content stream, brackets included, for the operator Tj."""
        return b"<" + "".join(f"{glyph:04X}" for glyph in self._glyphs_of(text)).encode() + b">"

    def width(self, text: str, size: float) -> float:
        """How wide the text runs in points at a size in points."""
        return sum(self._widths[glyph] for glyph in self._glyphs_of(text)) * size / 1000

    def wrap(self, text: str, size: float, width: float) -> list[str]:
        """The text in lines no wider than `width` points: broken anywhere between Chinese characters, else at spaces.

        Closing punctuation does not begin a line, opening punctuation does not end one.
        """
        return wrapped(text, lambda piece: self.width(piece, size), width)

    def shorten(self, text: str, size: float, width: float) -> str:
        """The text, or as much of it as fits into `width` points with … at its end."""
        text = printable(text)
        if self.width(text, size) <= width:
            return text
        while text and self.width(text + "…", size) > width:
            text = text[:-1]
        return text + "…"

    def embed(self, pdf: pikepdf.Pdf, only: Collection[int] | None = None) -> pikepdf.Object:
        """Put the font into a PDF; the result is a reference for the /Font resources of its pages.

        `only` are the glyphs that this PDF shows, where one font serves many: each then carries its own share, under
        the same numbers.
        """
        cut = self._cut if only is None else _share(self._cut, only)
        widths = self._widths if only is None else {glyph: self._widths[glyph] for glyph in {0, *only}}
        tag = hashlib.sha256(bytes(cut.blob.data)).digest()
        base = Name("/" + "".join(chr(ord("A") + byte % 26) for byte in tag[:6]) + "+" + self._name)
        compact = "CFF " in cut.table_tags
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=base,
            Flags=_SYMBOLIC,
            FontBBox=Array([-1000, self._descent, 2000, self._ascent]),
            ItalicAngle=0,
            Ascent=self._ascent,
            Descent=self._descent,
            CapHeight=round(self._ascent * 0.8),
            StemV=80,
        )
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType0 if compact else Name.CIDFontType2,
            BaseFont=base,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            DW=1000,
            W=_width_array(widths),
        )
        if compact:
            table = bytes(cut.reference_table("CFF ").data)
            descriptor.FontFile3 = pdf.make_stream(table, Subtype=Name.CIDFontType0C)
        else:
            data = bytes(cut.blob.data)
            descriptor.FontFile2 = pdf.make_stream(data, Length1=len(data))
            descendant.CIDToGIDMap = Name.Identity
        descendant.FontDescriptor = pdf.make_indirect(descriptor)
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=base,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_stream(self._unicode_map(widths)),
            )
        )

    def _unicode_map(self, shown: Collection[int]) -> bytes:
        """The ToUnicode map of the glyphs that are shown. Where one glyph serves several characters, the one that is its own plain form is told."""
        plain: dict[int, str] = {}
        for character, glyph in self._glyphs.items():
            if glyph not in shown:
                continue
            if glyph not in plain or unicodedata.normalize("NFKC", character) == character:
                plain[glyph] = character
        pairs = [f"<{glyph:04X}> <{_utf16(character)}>" for glyph, character in sorted(plain.items())]
        blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
        return "\n".join(lines).encode()


def wrapped(text: str, width_of: Callable[[str], float], width: float) -> list[str]:
    """A text in lines no wider than `width`, as `width_of` measures them; see StampFont.wrap."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        rest = printable(paragraph).strip()
        while rest:
            end = _break(rest, width_of, width)
            lines.append(rest[:end].rstrip())
            rest = rest[end:].lstrip()
    return lines


def _break(text: str, width_of: Callable[[str], float], width: float) -> int:
    """Where the first line of a text ends; always at least one character."""
    used = 0.0
    for fits, character in enumerate(text):
        used += width_of(character)
        if used > width and fits:
            break
    else:
        return len(text)
    for end in range(fits, max(fits - 24, 0), -1):
        if _may_break(text[end - 1], text[end]):
            return end
    return fits


def _width_array(widths: Mapping[int, float]) -> Array:
    array: list[Any] = []
    for glyph, width in sorted(widths.items()):
        array += [glyph, Array([int(width) if width == int(width) else width])]
    return Array(array)


_NO_LINE_START = set("，。、；：？！）〕］｝〉》」』】’”…—～·,.;:?!)]}%℃㎡")
_NO_LINE_END = set("（〔［｛〈《「『【‘“([{")


def _may_break(before: str, after: str) -> bool:
    if after in _NO_LINE_START or before in _NO_LINE_END:
        return False
    return not (before.isascii() and after.isascii() and before != " " and after != " ")


def _utf16(character: str) -> str:
    return character.encode("utf-16-be").hex().upper()


@lru_cache(maxsize=16)
def _font(face: FontFace) -> uharfbuzz.Font:
    """The whole face, mapped into memory once a process."""
    try:
        return uharfbuzz.Font(_face(face))
    except uharfbuzz.HarfBuzzError as error:
        raise EnvironmentLacks(
            f"字体文件读不出来：{face.path}",
            "请重新安装这个字体；运行 docgen doctor 可以看到缺哪些字体、怎样安装。",
        ) from error


def _face(face: FontFace) -> uharfbuzz.Face:
    whole = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(os.fspath(face.path)), face.index)
    if not whole.glyph_count or "cmap" not in whole.table_tags:
        raise uharfbuzz.HarfBuzzError("not a font")
    return whole


def _subset(whole: uharfbuzz.Font, characters: Iterable[str]) -> tuple[uharfbuzz.Face, dict[str, int]]:
    """The face with these characters only, renumbered, and the glyph of each: of even width where that is a digit.

    For CFF, glyph and character id are made one (as Identity-H wants).
    """
    face = whole.face
    even = even_figures(whole)
    shown = {character: whole.get_nominal_glyph(ord(character)) or 0 for character in characters}
    changed = {even[glyph] for glyph in shown.values() if glyph in even}
    shown = {character: even.get(glyph, glyph) for character, glyph in shown.items()}
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(ord(character) for character, glyph in shown.items() if glyph not in changed)
    if changed:  # by their numbers, for which every character that the face has must be gone through
        wanted.glyph_set.update(changed)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in _LAYOUT_TABLES)
    if face.has_var_data:
        wanted.pin_all_axes_to_default(face)
    wanted.flags = (
        uharfbuzz.SubsetFlags.NO_HINTING
        | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
        | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
        | uharfbuzz.SubsetFlags.CFF_IDENTITY_CHARSET
        | uharfbuzz.SubsetFlags.DOWNGRADE_CFF2
    )
    plan = uharfbuzz.SubsetPlan(face, wanted)
    numbers = plan.old_to_new_glyph_mapping
    return plan.execute(), {character: numbers[glyph] for character, glyph in shown.items()}


def _share(cut: uharfbuzz.Face, glyphs: Collection[int]) -> uharfbuzz.Face:
    """A cut face with only some of its glyphs, which keep their numbers."""
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags = (
        uharfbuzz.SubsetFlags.NO_HINTING
        | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
        | uharfbuzz.SubsetFlags.RETAIN_GIDS
        | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
        | uharfbuzz.SubsetFlags.CFF_IDENTITY_CHARSET
    )
    return uharfbuzz.subset(cut, wanted)


def _post_script_name(face: uharfbuzz.Face) -> str:
    name = face.get_name(uharfbuzz.OTNameIdPredefined.POSTSCRIPT_NAME) or "Font"
    return "".join(
        character for character in name if character.isascii() and (character.isalnum() or character in "-_")
    )
