"""Marked digests are known again, and no others."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from docgen.evidence.marks import Marks

DIGESTS = st.binary(max_size=2).map(lambda data: sha256(data).hexdigest())


@given(st.lists(DIGESTS), st.lists(DIGESTS), st.lists(DIGESTS))
def test_what_was_marked_is_known(first: list[str], later: list[str], asked: list[str]) -> None:
    marks = Marks(first)
    assert [digest in marks for digest in asked] == [digest in first for digest in asked]
    for digest in later:
        marks.add(digest)
    assert [digest in marks for digest in asked] == [digest in {*first, *later} for digest in asked]


def test_what_is_no_digest_was_never_marked() -> None:
    marks = Marks(["0" * 64])
    assert "0" * 64 in marks
    assert not any(name in marks for name in ("", "说明.txt", "0" * 15, 0))


@given(st.lists(DIGESTS), st.lists(DIGESTS), st.lists(DIGESTS))
def test_marks_are_joined(first: list[str], second: list[str], asked: list[str]) -> None:
    marks = Marks(first)
    marks.update(Marks(second))
    assert [digest in marks for digest in asked] == [digest in {*first, *second} for digest in asked]
