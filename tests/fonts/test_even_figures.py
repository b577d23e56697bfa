"""Numbers below one another stand digit below digit, in whatever font they are set."""

from io import BytesIO

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from docgen.fonts.figures import even_figures, with_tabular_feature
from docgen.fonts.lean import LeanFace, cut, lean_faces
from docgen.fonts.pdftext import FontFace, StampFont
from docgen.fonts.roles import Role, find_fonts

DIGITS = "0123456789"
SETTINGS = (("Latn", "en"), ("Hani", "zh-cn"), ("Zyyy", "zh-cn"))


def advances(data: bytes, text: str, script: str = "Zyyy", language: str = "zh-cn", *, even: bool) -> list[int]:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", script, language
    uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(data))), buffer, {"tnum": even, "kern": False})
    return [position.x_advance for position in buffer.glyph_positions]


@pytest.mark.parametrize(
    "face", [face for face in lean_faces() if "rare" not in face.family], ids=lambda face: face.family
)
def test_digits_are_of_even_width_where_a_style_sheet_asks_for_it(face: LeanFace) -> None:
    data = face.path.read_bytes()
    for script, language in SETTINGS:
        assert len(set(advances(data, DIGITS, script, language, even=True))) == 1
    # Whatever else stands in a cell stays as it is.
    others = "AbX.,%-+()"
    assert advances(data, others, even=True) == advances(data, others, even=False)


def test_a_feature_is_added_once_and_in_the_order_that_readers_search_by() -> None:
    choice = find_fonts()[Role.SONG]
    data = cut(choice.path, choice.index, map(ord, DIGITS + "A"))
    assert with_tabular_feature(data) == data
    font = TTFont(BytesIO(data))
    if "GSUB" in font:
        tags = [record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord]
        assert tags == sorted(tags)


def test_a_font_without_even_figures_is_left_as_it_is() -> None:
    choice = find_fonts()[Role.HEI]
    font = TTFont(BytesIO(cut(choice.path, choice.index, map(ord, DIGITS))))
    one = font.getBestCmap()[ord("1")]
    font["hmtx"][one] = (300, 0)
    if "GSUB" in font:
        del font["GSUB"]
    out = BytesIO()
    font.save(out)
    uneven = out.getvalue()
    assert len(set(advances(uneven, DIGITS, even=True))) == 2
    assert not even_figures(uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(uneven))))
    assert with_tabular_feature(uneven) == uneven


@pytest.mark.parametrize("role", list(Role))
def test_text_that_is_set_character_by_character_has_even_digits(role: Role) -> None:
    choice = find_fonts()[role]
    font = StampFont(FontFace(choice.path, choice.index), [DIGITS])
    assert len({font.width(digit, 10) for digit in DIGITS}) == 1
    assert not font.missing(DIGITS)
