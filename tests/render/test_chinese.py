"""Numbers and enumerations in formal Chinese."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.render.chinese import blank, enumerate_names, grouped, money, number, paragraphs, percent, section, sentence


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (480, "480"), (Decimal("361.50"), "361.5"), (Decimal("1E+3"), "1000"), (None, ""), ("约三成", "约三成")],
)
def test_number(value: object, shown: str) -> None:
    assert number(value) == shown  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("yuan", "shown"),
    [
        (8600, "8600元"),
        (10_000, "1万元"),
        (15_480_000, "1548万元"),
        (123_456, "12.35万元"),
        (Decimal("99.5"), "99.5元"),
        (None, ""),
    ],
)
def test_money(yuan: Decimal | int | None, shown: str) -> None:
    assert money(yuan) == shown


@pytest.mark.parametrize(("part", "whole", "shown"), [(70, 76, "92.1%"), (1, 2, "50%"), (3, 0, ""), (None, 5, "")])
def test_percent(part: int | None, whole: int, shown: str) -> None:
    assert percent(part, whole) == shown


def test_enumeration_says_when_it_is_cut() -> None:
    assert enumerate_names(["甲", "", "乙"]) == "甲、乙"
    assert enumerate_names(["甲", "乙", "丙"], 2) == "甲、乙等"
    assert enumerate_names(["甲", "乙"], 2) == "甲、乙"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("有经验", "有经验。"), ("有经验。", "有经验。"), ("有经验，", "有经验。"), ("", ""), ("好！", "好！")],
)
def test_sentence_ends_once(text: str, shown: str) -> None:
    assert sentence(text) == shown


def test_blank_shows_zero_but_not_nothing() -> None:
    assert (blank(0), blank(None), blank(""), blank(Decimal("2.50"))) == ("0", "—", "—", "2.5")


def test_digest_in_groups() -> None:
    assert grouped("0123456789abcdef0123") == "0123 4567 89ab cdef"


@pytest.mark.parametrize(("index", "shown"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_section_numbers(index: int, shown: str) -> None:
    assert section(index) == shown


@given(st.integers(1, 99))
def test_section_numbers_are_distinct(index: int) -> None:
    assert [section(other) for other in range(1, 100)].count(section(index)) == 1


@given(st.decimals(0, 10**9, places=2))
def test_number_keeps_the_value(value: Decimal) -> None:
    assert Decimal(number(value)) == value


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("一段", "一段。"),
        ("措施如下：\r\n1. 经费 3 万元；\n\n2. 师资，", "措施如下：\n1.经费3万元；\n2.师资。"),
        ("第一段没有句号\n第二段。", "第一段没有句号。\n第二段。"),
        ("  开设 Web 前端与 Office 365 课程", "开设Web前端与Office 365课程。"),
        (" \n", ""),
    ],
)
def test_typed_paragraphs_are_made_fit_to_print(text: str, shown: str) -> None:
    assert paragraphs(text) == shown
