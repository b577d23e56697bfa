"""申报编号 in a cell: several, ranges, 全部."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.load.scopes import ScopeReader
from docgen.load.trouble import Trouble
from docgen.model.records import Scope

READER = ScopeReader(["A01", "A02", "A03", "A10", "B-1"])


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("A01", "A01"), ("a01", "A01"), ("Ａ０１", "A01"), (" A 01 ", "A01"), ("A1", "A01"), ("A01、A03", "A01 A03"),
        ("A01,A03", "A01 A03"), ("A01；A03", "A01 A03"), ("A01/A03", "A01 A03"), ("A01 A03", "A01 A03"),
        ("A01\nA03", "A01 A03"), ("A01，A01", "A01"), ("A01-A03", "A01 A02 A03"), ("A01～A03", "A01 A02 A03"),
        ("A01 至 A03", "A01 A02 A03"), ("A01-03", "A01 A02 A03"), ("A03-A01", "A01 A02 A03"), ("A02—A10", "A02 A03 A10"),
        ("A01-A02、A10", "A01 A02 A10"), ("B-1", "B-1"), ("b-1、a01", "B-1 A01"), ("A09", "A09"),
        ("A02-A05", "A02 A03 A05"), ("无", ""), ("/", ""),
    ],
)  # fmt: skip
def test_numbers(cell: str, numbers: str) -> None:
    assert READER.read(cell) == Scope(tuple(numbers.split()))


@pytest.mark.parametrize(
    "cell", ["全部", " 全 部 ", "所有申报", "公共", "全部（A01-A10）", "各项申报", "ALL", "A01、全部"]
)
def test_everywhere(cell: str) -> None:
    assert READER.read(cell) == Scope(everywhere=True)


@pytest.mark.parametrize(
    "cell", ["全部" + "申报" * 5000 + "x", "A" + "9" * 20000 + "-A1", " " * 30000 + "~" + " " * 30000, "-" * 30000]
)
def test_a_hostile_cell_takes_no_time(cell: str) -> None:
    assert isinstance(READER.read(cell), Scope)


def test_plain_numbers() -> None:
    reader = ScopeReader(["1", "2"])
    assert reader.read(1.0) == Scope(("1",))
    assert reader.read("1、2") == Scope(("1", "2"))


@pytest.mark.parametrize("cell", [True, datetime.date(2021, 1, 2)])
def test_what_cannot_be_a_number(cell: Any) -> None:
    assert isinstance(READER.read(cell), Trouble)


_NUMBERS = st.lists(st.from_regex(r"[A-Z][0-9]{2}", fullmatch=True), min_size=1, max_size=6, unique=True)


@given(_NUMBERS, st.sampled_from(["、", ",", "，", "；", "/", " ", "\n", " 、 "]))
def test_whatever_joins_them_the_same_numbers_are_read(numbers: list[str], joint: str) -> None:
    assert ScopeReader(numbers).read(joint.join(numbers).lower()) == Scope(tuple(numbers))


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_range_names_what_lies_in_it(first: int, last: int) -> None:
    reader = ScopeReader([f"A{number:02}" for number in range(61)])
    low, high = sorted((first, last))
    wanted = {f"A{number:02}" for number in range(low, high + 1)}
    assert set(reader.read(f"A{first:02}-A{last:02}").numbers) == wanted  # type: ignore[union-attr]


@given(st.text(max_size=30))
def test_a_scope_never_breaks_and_reads_itself_again(text: str) -> None:
    scope = READER.read(text)
    assert isinstance(scope, Scope)
    assert all(number and not number.isspace() for number in scope.numbers)
