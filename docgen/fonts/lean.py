"""Lean fonts: each style's face cut to what documents use, made once a machine.

The fonts of a Linux machine are collections of 20–30 MB that WeasyPrint would copy and subset for every document, and
what it embeds grows with the number of glyphs in the source. So each face is cut twice: to the characters of everyday
(GB/T 2312 and symbols), and to the rarer ones of GBK. A character outside GBK is taken from the full font, which
follows in each list of families: nothing is ever shown as a box for having been cut. Hints for screens,
which WeasyPrint leaves out of its PDFs anyhow, are cut too, and outlines stand on their own (see `outlines`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontTools
import uharfbuzz

from docgen.tools.fontconfig import Face

from .caching import cache_folder, font_digest, prune, write_whole
from .figures import TABULAR, with_tabular_feature
from .outlines import FontFile, Outlines, UnfitFont
from .roles import FontChoice, Role, css_family, find_fonts, find_mono

_LATIN = range(0x20, 0x7F)
_SYMBOLS = (
    range(0xA0, 0x100),  # Latin-1
    range(0x2000, 0x2070),  # dashes, quotes, dots
    range(0x2100, 0x2150),  # ℃, №
    range(0x2160, 0x2180),  # Roman numerals
    range(0x2190, 0x2200),  # arrows
    range(0x2200, 0x2300),  # mathematics
    range(0x2460, 0x2500),  # circled numbers
    range(0x2500, 0x2600),  # boxes
    range(0x2600, 0x2700),  # ballot boxes, stars
    range(0x3000, 0x3040),  # CJK punctuation
    range(0x3200, 0x3400),  # ㎡, ㈠
    range(0xFE30, 0xFE50),  # vertical forms
    range(0xFF00, 0xFFF0),  # full width
)
_SPACES = frozenset({0x20, 0xA0, 0x3000})
"""In every cut: Pango sets a space in the font of the character before it."""
_CUT = "5"
"""Goes up when `cut` changes: a cut font is found by all that shapes it."""
_ROMAN_ROLES = (Role.SONG, Role.FANGSONG, Role.KAI)
"""Styles whose letters and digits are taken from 宋: those of 仿宋 and 楷 fonts are often crude."""


@dataclass(frozen=True, slots=True)
class LeanFace:
    """A cut face: the family name that style sheets use, its file, and its weight."""

    family: str
    path: Path
    weight: int


@cache
def everyday() -> frozenset[int]:
    """The code points of GB/T 2312 with letters, digits and the symbols of documents: what nearly every page gets by on."""
    points = set(_LATIN)
    for symbols in _SYMBOLS:
        points.update(symbols)
    return frozenset(points | _decoded("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)))


@cache
def rare() -> frozenset[int]:
    """The code points that GBK has beyond `everyday`: names of people and places."""
    trails = (*range(0x40, 0x7F), *range(0x80, 0xFF))
    return frozenset(_decoded("gbk", range(0x81, 0xFF), trails) - everyday())


def _rare_with_spaces() -> frozenset[int]:
    return rare() | _SPACES


def _latin() -> frozenset[int]:
    return frozenset(_LATIN)


def _decoded(encoding: str, leads: Iterable[int], trails: Iterable[int]) -> set[int]:
    trails = tuple(trails)
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    return {ord(character) for pair in pairs for character in pair.decode(encoding, errors="ignore")}


def cut(path: Path, index: int, points: Iterable[int]) -> bytes:
    """One face of a font file with only the given code points (and what they need), as a font file of its own.

    It has the feature `tnum` where the face has figures of even width beside uneven ones.
    """
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), index)
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(points)
    wanted.layout_feature_tag_set.add(int.from_bytes(TABULAR.encode()))
    flags = uharfbuzz.SubsetFlags
    wanted.flags = flags.NO_HINTING | flags.DESUBROUTINIZE | flags.NOTDEF_OUTLINE
    return with_tabular_feature(bytes(uharfbuzz.subset(face, wanted).blob.data))


def _cut_file(choice: FontChoice | Face, points: Callable[[], frozenset[int]], what: str) -> Path:
    """The cut font's file, made if it is not there yet. Its name holds all that shapes its bytes."""
    key = f"{font_digest(choice.path)}-{choice.index}-{what}-{_CUT}-{uharfbuzz.__version__}-{fontTools.version}"
    target = cache_folder() / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.otf"
    if not _is_whole(target):
        write_whole(target, cut(choice.path, choice.index, points()))
    return target


def _is_whole(path: Path) -> bool:
    """Whether a font file is there with all the tables that it announces, filled up to four bytes each.

    A power cut can leave less of it.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(12)
            tables = stream.read(16 * int.from_bytes(head[4:6]))
    except OSError:
        return False
    ends = [
        int.from_bytes(tables[at + 8 : at + 12]) + int.from_bytes(tables[at + 12 : at + 16])
        for at in range(0, len(tables) - 15, 16)
    ]
    return bool(ends) and len(ends) == int.from_bytes(head[4:6]) and -(-max(ends) // 4) * 4 <= size


@cache
def lean_faces() -> tuple[LeanFace, ...]:
    """The cut faces of this machine: one a style, and the letters and digits of 宋. Raises EnvironmentLacks without fonts."""
    fonts = find_fonts()
    roman = fonts[Role.SONG]
    faces = [LeanFace("docgen-roman", _cut_file(roman, _latin, "latin"), 400)]
    for role, choice in fonts.items():
        name = f"docgen-{role.name.lower()}"
        faces.append(LeanFace(name, _cut_file(choice, everyday, "everyday"), choice.weight))
        faces.append(LeanFace(f"{name}-rare", _cut_file(choice, _rare_with_spaces, "rare"), choice.weight))
    if mono := find_mono():
        faces.append(LeanFace("docgen-mono", _cut_file(mono, _latin, "latin"), 400))
    prune({face.path for face in faces})
    return tuple(faces)


@cache
def lean_outlines(family: str) -> Outlines | None:
    """The glyphs of a cut face, by its family name; None where its outlines are not PostScript, or there is no such face."""
    for face in lean_faces():
        if face.family == family:
            try:
                return Outlines(FontFile(face.path))
            except UnfitFont:
                return None
    return None


@cache
def _families() -> dict[str, str]:
    """The value of `font-family` behind each variable that style sheets name a style of type by."""
    result = {}
    for role in Role:
        name = role.name.lower()
        first = '"docgen-roman", ' if role in _ROMAN_ROLES else ""
        result[f"--{name}"] = f'{first}"docgen-{name}", "docgen-{name}-rare", {css_family(role)}'
    mono = find_mono()
    result["--mono"] = f"\"docgen-mono\", '{mono.families[0]}', monospace" if mono else "monospace"
    return result


@cache
def font_css() -> str:
    """Style sheet text: an @font-face for each cut face, and the variables --song, --fangsong, --hei, --kai, --title, --mono."""
    rules = [
        f'@font-face {{ font-family: "{face.family}"; src: url("{face.path.as_uri()}"); font-weight: {face.weight}; }}'
        for face in lean_faces()
    ]
    variables = " ".join(f"{name}: {families};" for name, families in _families().items())
    return "\n".join((*rules, f":root {{ {variables} }}"))


def with_families(css: str) -> str:
    """A style sheet's text with the font variables put in, where it does not give them a value of its own."""
    for name, families in _families().items():
        if not re.search(rf"{name}\s*:", css):
            css = css.replace(f"var({name})", families)
    return css
