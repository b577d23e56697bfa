"""stable_zip: same contents, same bytes."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from docgen.tools.containers import container, container_pieces, packed, packed_pieces
from docgen.tools.zips import stable_zip


def zipped(members: dict[str, bytes], date: tuple[int, int, int, int, int, int]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, date), content)
    return target.getvalue()


@given(st.dictionaries(st.text("abc甲乙/", min_size=1, max_size=8), st.binary(max_size=200), max_size=5))
def test_contents_and_order_are_kept_and_dates_do_not_show(members: dict[str, bytes]) -> None:
    first = stable_zip(zipped(members, (2021, 7, 5, 8, 30, 0)))
    assert first == stable_zip(zipped(members, (2026, 1, 1, 0, 0, 0))) == stable_zip(first)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert [(name, archive.read(name)) for name in archive.namelist()] == list(members.items())


def test_the_date_of_saving_leaves_a_workbook() -> None:
    book = Workbook()
    book.active["A1"] = "甲"
    saved = io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(io.BytesIO(stable_zip(saved.getvalue()))) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert core.count("1980-01-01T00:00:00Z") == 2
    assert load_workbook(io.BytesIO(stable_zip(saved.getvalue()))).active["A1"].value == "甲"


def test_what_is_no_zip_is_refused() -> None:
    with pytest.raises(zipfile.BadZipFile):
        stable_zip(b"not a zip")


@given(st.lists(st.binary(max_size=300), max_size=40), st.integers(1, 3))
def test_a_member_made_of_pieces_is_that_of_the_whole(pieces: list[bytes], times: int) -> None:
    member = packed_pieces("甲.xml", pieces * times)
    assert member == packed("甲.xml", b"".join(pieces * times))
    data = container([member, packed("b.xml", b"b")])
    assert data == b"".join(container_pieces(iter([member, packed("b.xml", b"b")])))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("甲.xml") == b"".join(pieces * times)


def test_a_long_member_made_of_pieces_is_that_of_the_whole() -> None:
    rows = [f'<row r="{number}"><c><v>{number * 7919 % 1000}</v></c></row>'.encode() for number in range(20_000)]
    assert packed_pieces("x", rows) == packed("x", b"".join(rows))
