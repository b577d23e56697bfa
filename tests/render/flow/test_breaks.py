"""Lines may end where the Unicode standard's rules let them; Pango, which knows these too, is the judge."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from weasyprint.text.line_break import get_log_attrs

from docgen.render.flow.breaks import _MEMBERS, break_places
from docgen.render.flow.unfit import Unfit

EVERY = st.sampled_from(
    sorted({character for members in _MEMBERS.values() for character in members} | set("中国Aa①☂㎡"))
)
COMMON = st.sampled_from("中文学校ab12 ，。、；：（）“”《》-—…%345/.,:()+&①□")


def by_pango(text: str) -> tuple[int, ...]:
    attributes = get_log_attrs(text, "zh-CN")
    return tuple(place for place in range(1, len(text)) if attributes[place].is_line_break)


@given(st.text(COMMON | EVERY, min_size=1, max_size=14))
@example("（1）12.5%，“甲”——乙…… 3/4")
def test_places_are_those_of_pango(text: str) -> None:
    assert break_places(text) == by_pango(text)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    assert break_places("甲（乙）。丙") == (1, 5)
    assert break_places("见SHA-256与3.5%") == (1, 8, 9)


@pytest.mark.parametrize("character", ["\u0301", "\u202e", "\u0e01", "\U00020000", "\n"])
def test_what_is_not_set_character_by_character_is_left_to_the_general_engine(character: str) -> None:
    with pytest.raises(Unfit, match="字符"):
        break_places(f"甲{character}")
