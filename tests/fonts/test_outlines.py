"""Glyphs taken out of a font: the same outlines and widths under the same numbers, and nothing else."""

import io
import os
from pathlib import Path

import pytest
import uharfbuzz
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from docgen.fonts.lean import cut
from docgen.fonts.outlines import FontBytes, FontFile, Outlines, UnfitFont
from docgen.fonts.roles import MONO, Role, find_fonts, find_mono

TEXT = "广西壮族自治区1X证书Ag，。☑"


def cut_of(role: Role) -> bytes:
    choice = find_fonts()[role]
    return cut(choice.path, choice.index, map(ord, TEXT))


def drawn(charstrings, name: str) -> tuple[list, float]:
    pen = RecordingPen()
    charstrings[name].draw(pen)
    return pen.value, charstrings[name].width


@pytest.mark.parametrize("role", [Role.SONG, Role.KAI], ids=["many private dictionaries", "one"])
def test_each_glyph_kept_is_drawn_as_in_the_source(role: Role) -> None:
    source = cut_of(role)
    font = TTFont(io.BytesIO(source))
    if "CFF " not in font:
        pytest.skip(f"{find_fonts()[role].family} has no PostScript outlines")
    numbers = sorted({font.getGlyphID(name) for name in font.getBestCmap().values()})[::2]
    program = Outlines(FontBytes(source)).program(numbers, "ABCDEF+docgen")
    kept = CFFFontSet()
    kept.decompile(io.BytesIO(program), None)
    top = kept["ABCDEF+docgen"]
    assert top.charset == [".notdef", *(f"cid{number:05d}" for number in numbers)]
    before = font["CFF "].cff[0].CharStrings
    for number in numbers:
        assert drawn(top.CharStrings, f"cid{number:05d}") == drawn(before, font.getGlyphName(number))


def test_the_same_glyphs_in_any_order_give_the_same_bytes_and_an_unknown_one_is_refused() -> None:
    outlines = Outlines(FontBytes(cut_of(Role.SONG)))
    assert outlines.program([3, 1, 2, 1], "a") == outlines.program([1, 2, 3], "a")
    with pytest.raises(KeyError):
        outlines.program([outlines.count], "a")


def test_a_file_is_read_as_its_bytes_are_even_after_it_was_deleted(tmp_path: Path) -> None:
    data = cut_of(Role.SONG)
    path = tmp_path / "cut.otf"
    path.write_bytes(data)
    outlines = Outlines(FontFile(path))
    if os.name != "nt":
        path.unlink()
    assert outlines.program([1, 2, 5], "a") == Outlines(FontBytes(data)).program([1, 2, 5], "a")


@pytest.mark.skipif(find_mono() is None or find_mono().path.suffix != ".ttf", reason=f"none of {MONO} is a .ttf")
def test_a_font_without_postscript_outlines_does_not_fit() -> None:
    with pytest.raises(UnfitFont):
        Outlines(FontFile(find_mono().path))


def test_outlines_that_lean_on_subroutines_do_not_fit() -> None:
    choice = find_fonts()[Role.SONG]
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(choice.path)), choice.index)
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, TEXT))
    with pytest.raises(UnfitFont, match=r"subroutines|no PostScript"):
        Outlines(FontBytes(bytes(uharfbuzz.subset(face, wanted).blob.data)))
