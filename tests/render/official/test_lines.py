"""Lines keep to 禁则, lose nothing, and titles break by sense."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.fonts.roles import Role
from docgen.render.official.faces import Faces
from docgen.render.official.lines import NO_END, NO_START, Setter
from docgen.render.official.titles import title_lines, width

WORDS = ("试点", "院校", "证书制度", "1+X", "2021年", "评审结果", "BIM", "人", "0771-0000000", "的")
SIGNS = ("", "，", "。", "；", "、", "（", "）", "“", "”。", "《", "》", "！", "：")
CELL = 156 / 28


@pytest.fixture(scope="module")
def setter() -> Setter:
    text = "".join((*WORDS, *SIGNS))
    return Setter(Faces({Role.FANGSONG: text}), 16 * 25.4 / 72, CELL)


# Marks do not pile up: what no rule of typesetting could keep apart is no text.
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SIGNS)), min_size=1, max_size=60).map(
    lambda pairs: "".join(word + sign for word, sign in pairs)
)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, characters=st.integers(14, 28))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(setter, text, characters):
    wide = characters * CELL
    lines = setter.lines([(Role.FANGSONG, text)], wide, first=2 * CELL)
    texts = ["".join(sign for _, _, sign in line.places) for line in lines]
    assert "".join(texts) == text
    assert [line for line in texts[1:] if line[0] in NO_START] == []
    assert [line for line in texts[:-1] if line[-1] in NO_END] == []
    assert [line.places[-1][0] for line in lines if line.places[-1][0] > wide + 0.01] == []


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_full_lines_reach_the_edge(setter, text):
    lines = setter.lines([(Role.FANGSONG, text)], 28 * CELL, first=2 * CELL)
    for place, line in enumerate(lines[:-1]):
        start = 2 * CELL if place == 0 else 0
        assert start + line.width == pytest.approx(156, abs=0.05)


def test_28_characters_fill_a_line_and_the_29th_goes_on(setter):
    lines = setter.lines([(Role.FANGSONG, "试" * 57)], 156)
    assert [len(line.places) for line in lines] == [28, 28, 1]
    assert lines[0].places[1][0] == pytest.approx(CELL)


def test_a_mark_that_would_begin_a_line_is_drawn_in_by_narrowing(setter):
    text = "试，试。" + "试" * 24 + "，" + "试" * 5
    first = setter.lines([(Role.FANGSONG, text)], 156)[0]
    assert "".join(sign for _, _, sign in first.places) == text[:29]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于公布2021年1+X证书制度试点院校名单的通知", ("关于公布2021年1+X证书制度", "试点院校名单的通知")),
        ("关于做好评审工作的通知", ("关于做好评审工作的通知",)),
        (
            "某某职业教育试点工作秘书处关于公布2021年1+X证书制度试点院校名单和批准人数的通知",
            ("某某职业教育试点工作秘书处", "关于公布2021年1+X证书制度试点", "院校名单和批准人数的通知"),
        ),
        (
            "关于广西示例职业技术学院1+X证书制度试点申报评审结果的函",
            ("关于广西示例职业技术学院", "1+X证书制度试点申报评审结果的函"),
        ),
    ],
)
def test_a_title_breaks_by_sense(title, lines):
    assert title_lines(title, ("广西示例职业技术学院",)) == lines


TITLES = st.lists(
    st.sampled_from(
        ("关于", "公布", "试点院校", "名单", "做好", "《管理办法（试行）》", "评审结果", "和", "的", "2021年")
    ),
    min_size=3,
    max_size=20,
)


@settings(max_examples=40, deadline=None)
@given(words=TITLES)
def test_a_titles_lines_fit_and_lose_nothing(words):
    title = "".join((*words, "的通知"))
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(width(line) <= 19 for line in lines)
    assert not any(line[0] in "的和，。、》）" and line[0] != "和" for line in lines[1:])


def test_of_two_shapes_the_hour_glass_is_not_taken():
    """Three lines: the middle one is not the shortest (GB/T 9704-2012, 7.3.1: no 沙漏形)."""
    for title in (
        "关于做好某某地区职业院校1+X证书制度试点工作评审和结果公布以及后续培训考核工作的通知",
        "关于请某某职业技术学院补充报送2021年1+X证书制度试点申报佐证材料和账号信息的函",
    ):
        widths = [width(line) for line in title_lines(title)]
        assert not any(
            before > middle < after for before, middle, after in zip(widths, widths[1:], widths[2:], strict=False)
        )
