"""Characters that no font has are told, and only those."""

import pytest

from docgen.fonts.coverage import gbk_share, has, uncovered
from docgen.fonts.roles import Role, find_fonts

# A place in the Unicode table that will never be a character, one for private use, and half of a pair.
NEVER, PRIVATE, HALF = "\uffff", "\U0010fffd", "\ud800"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "张三",
        "朱镕基堃喆",
        "〔2021〕5号",
        "①㎡×—…“”",
        "☐☑",
        "零宽\u200b\ufeff空格\u3000\t\r\n\xa0",
        "葛\ufe00",
        "ABC xyz",
    ],
)
def test_what_school_documents_hold_is_covered(text):
    assert uncovered(text) == frozenset()


@pytest.mark.parametrize("sign", [NEVER, PRIVATE, HALF])
def test_what_no_font_has_is_told_once(sign):
    assert uncovered(f"王{sign}明{sign}") == {sign}


@pytest.mark.parametrize("role", list(Role))
def test_every_role_covers_what_song_covers(role):
    assert uncovered("镕囍喆堃☐☑" + PRIVATE, role) == uncovered("镕囍喆堃☐☑" + PRIVATE)


def test_a_face_of_a_collection_is_read_by_its_index():
    choice = find_fonts()[Role.SONG]
    assert has(choice.path, choice.index, "宋")
    assert not has(choice.path, choice.index, PRIVATE)


def test_the_share_of_gbk_lies_between_none_and_all():
    assert 0.3 < gbk_share(find_fonts()[Role.SONG]) <= 1
