"""Data that a PDF carries: it comes back as it went in, and what is not ours is not taken for ours."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from docgen.carried import attach, carried
from docgen.errors import InputError


def blank(identifier: bytes = b"one", **encryption: Any) -> bytes:
    """A PDF of one blank page."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.trailer.ID = pikepdf.Array([identifier, identifier])
        document.save(out, **encryption)
    return out.getvalue()


BLANK = blank()
KIND = {"kind": "biweekly", "schema": 1}

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8"), max_size=20),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text("证书人数", max_size=4), parts, max_size=3),
    max_leaves=8,
)


@given(values)
def test_what_is_attached_comes_back(value: object) -> None:
    data = carried(attach(BLANK, {**KIND, "值": value}))
    assert data == {"generator": "docgen", **KIND, "值": value}


def test_the_same_pages_and_data_give_the_same_bytes_and_other_data_others() -> None:
    first, again, other = (attach(BLANK, {**KIND, "人数": number}) for number in (1, 1, 2))
    assert first == again != other


def test_pages_and_the_first_half_of_the_identifier_stay_and_any_reader_finds_the_file() -> None:
    reader = PdfReader(io.BytesIO(attach(BLANK, {**KIND, "校": "某学院"})))
    assert len(reader.pages) == 1
    assert "某学院" in reader.attachments["docgen.json"][0].decode()
    with pikepdf.open(io.BytesIO(attach(blank(b"two"), KIND))) as document:
        assert bytes(document.trailer.ID[0]) == b"two"
        assert document.Root.AF[0].AFRelationship == "/Data"


def test_attaching_again_replaces() -> None:
    assert carried(attach(attach(BLANK, {**KIND, "次": 1}), {**KIND, "次": 2}))["次"] == 2  # type: ignore[index]


@pytest.mark.parametrize("data", [{}, {"kind": "biweekly"}, {"schema": 1}, {"kind": 3, "schema": 1}])
def test_data_must_say_what_it_is(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="kind"):
        attach(BLANK, data)


def with_file(content: bytes, name: str = "docgen.json") -> bytes:
    """A PDF with a file of somebody else's attached."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(BLANK)) as document:
        document.attachments[name] = content
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"kind": "x", "schema": 1}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_not_ours_is_none(content: bytes) -> None:
    assert carried(with_file(content)) is None


def test_a_pdf_without_attachment_or_with_another_name_carries_none(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(with_file(b"{}", "other.json"))
    assert carried(BLANK) is None
    assert carried(path) is None


def test_an_attachment_that_unpacks_to_far_too_much_is_not_unpacked() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(attach(BLANK, KIND))) as document:
        stream = document.attachments["docgen.json"].get_file().obj
        packer = zlib.compressobj(9)
        packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(40)) + packer.flush()
        stream.write(packed, filter=pikepdf.Name.FlateDecode)
        document.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert carried(out.getvalue()) is None


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    locked = blank(encryption=pikepdf.Encryption(owner="a", user="b"))
    for content, word in ((locked, "打开密码"), (b"hello", "不是 PDF")):
        with pytest.raises(InputError, match=word):
            carried(content)
    with pytest.raises(InputError, match=r"“没有\.pdf”"):
        carried(tmp_path / "没有.pdf")
