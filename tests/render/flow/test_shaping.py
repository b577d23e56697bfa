"""Text has the width and the height that Pango gives it, to a thousandth of a pixel."""

import random

import pytest
from page_engines import ours, page_of, theirs
from page_maker import phrase
from page_places import apart, places
from weasyprint import HTML

from docgen.fonts.lean import with_families
from docgen.render import pdf
from docgen.render.flow.shaping import Type, shaped
from docgen.render.flow.unfit import Unfit

STYLES = ("song", "fangsong", "hei", "kai", "title", "mono")


def families(style: str) -> tuple[str, ...]:
    return tuple(name.strip(" \"'") for name in with_families(f"var(--{style})").split(","))


def kind(style: str, size: float = 16.0) -> Type:
    return Type(families(style), 700 if style == "title" else 400, size)


def boxes_of_weasyprint(texts: list[str], css: str) -> list[tuple[float, float, float]]:
    """Width, height and baseline of each text, of which each is a paragraph that fits on its line."""
    lines = "".join(f'<p style="{css};text-indent:0;white-space:nowrap">{text}</p>' for text in texts)
    styles, fonts = pdf._kept_styles()
    document = HTML(string=page_of(lines)).render(font_config=fonts, stylesheets=styles)
    found = []
    for page in document.pages:
        for box in page._page_box.descendants():
            if type(box).__name__ == "TextBox" and box.element_tag == "p":
                found.append((box.width, box.height, box.baseline - box.margin_top))
    return found


@pytest.mark.parametrize("style", STYLES[:4])
def test_texts_are_as_wide_and_high_as_pango_makes_them(style: str) -> None:
    texts = [phrase(random.Random(seed), 3, 16) for seed in range(60)] + [  # noqa: S311 - no secret
        "——破折号——",
        "训 1",
        "12 训",
        "A 训",
        "AVA To",
    ]
    css = f"font: 16px/2 {', '.join(chr(39) + name + chr(39) for name in families(style))}"
    wanted = boxes_of_weasyprint(texts, css)
    assert len(wanted) == len(texts)
    for text, (width, height, baseline) in zip(texts, wanted, strict=True):
        found = shaped(text, kind(style))
        above, below = found.reach(0, len(text))
        assert found.width == pytest.approx(width, abs=0.001), text
        assert (above + below, above) == pytest.approx((height, baseline), abs=0.003), text


def test_a_dash_of_two_is_one_glyph_and_breaks_nowhere() -> None:
    text = shaped("甲——乙", kind("song"))
    assert [glyph.number >= 0 for glyph in text.glyphs] == [True, True, False, True]
    assert text.ends == [0, 16, 48, 48, 64]
    assert 2 not in text.places


def test_letter_spacing_follows_each_character() -> None:
    assert shaped("甲乙", Type(families("song"), 400, 16.0, spacing=2.0)).ends == [0, 18, 36]


def test_a_character_that_no_lean_face_has_is_left_to_the_general_engine() -> None:
    with pytest.raises(Unfit, match="𠮷"):
        shaped("甲𠮷", kind("song"))
    with pytest.raises(Unfit, match="粗细"):
        shaped("甲", Type(families("song"), 700, 16.0))


def test_numbers_of_a_column_stand_digit_below_digit_in_both_engines() -> None:
    numbers = ("1182", "2000", "8711", "110.5", "948.0")
    html = page_of("<table><tbody>" + "".join(f'<tr><td class="n">{one}</td></tr>' for one in numbers) + "</table>")
    mine, weasyprints = ours(html), theirs(html)
    assert apart(mine, weasyprints) < 0.05
    (page,) = places(mine)
    columns = sorted({round(x, 2) for sign, found in page.items() if sign.isdigit() for x, _ in found})
    # Four digits of whole numbers; of the others one behind the point, three before it.
    assert len(columns) == 4 + 3
