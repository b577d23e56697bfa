"""Entries kept packed answer as a dict does; JSON read a member at a time says what it says as a whole; both in little memory."""

from __future__ import annotations

import hashlib
import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.publish.entries import Entries, Entry
from docgen.publish.manifest import MANIFEST_NAME, Manifest, read_manifest
from docgen.publish.reading import members

PATHS = st.sampled_from(["a.txt", "b", "x/1", "x/2", "x-y/1", "x!/1", "x", "申报/书.pdf", "申报/表.pdf"])
DIGESTS = st.sampled_from(["ab" * 32, "AB" * 32, "f", "", " " * 64, "0" * 64])


def entry(path: str, digest: str) -> Entry:
    return Entry(path, digest, 5, None, "题", "A01", False, digest, (("数据.xlsx", digest), ("模板 x", "1" * 64)))


@given(st.lists(st.tuples(PATHS, DIGESTS, st.booleans())), st.booleans())
def test_entries_answer_as_a_dict_does(puts: list[tuple[str, str, bool]], nested: bool) -> None:
    entries, expected, made = Entries(), dict[str, Entry](), set[str]()
    for path, digest, written in [*puts, *([("x/y/1", "0", True), ("x/y-z", "1", False)] if nested else [])]:
        entries.put(entry(path, digest), made=written)
        expected[path] = entry(path, digest)
        made |= {path} if written else set()
    assert list(entries.items()) == sorted(expected.items())
    assert list(entries.values()) == [expected[path] for path in sorted(expected)]
    assert len(entries) == len(expected)
    assert {path for path in entries if entries.was_made(path)} == made
    for path in ("a.txt", "x/1", "x/none", "none", "none/there"):
        assert entries.get(path) == expected.get(path)
        assert (path in entries) == (path in expected)
    assert 1 not in entries


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), JSON, max_size=5), st.sampled_from([None, 0, 3]), st.integers(1, 40))
def test_members_are_those_of_the_whole(content: dict[str, Any], indent: int | None, block: int) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=indent) + "\n"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("docgen.publish.reading._BLOCK", block)
        read = {
            name: list(value) if isinstance(value, Iterator) else value for name, value in members(io.StringIO(text))
        }
        assert read == content
        # Lists that nobody looks into are passed over.
        assert [name for name, _ in members(io.StringIO(text))] == list(content)


@pytest.mark.parametrize("text", ["", "[1]", "{", '{"a"}', '{"a": }', '{"a": [1, }', '{"a": [1 2]}', '{"a": 1} x', '{"a": 1,}', '{1: 2}'])  # fmt: skip
def test_what_is_no_object_is_told(text: str) -> None:
    with pytest.raises(ValueError):
        [list(value) if isinstance(value, Iterator) else value for _, value in members(io.StringIO(text))]


def many(count: int) -> Iterator[Entry]:
    for number in range(count):
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        yield entry(f"A{number // 8:04}-数据采集与标注-初级/文件{number % 8}.pdf", digest)


def test_a_manifest_takes_little_memory(tmp_path: Path) -> None:
    """4,000 files: 3 MB of JSON, ten as Python's objects."""
    tracemalloc.start()
    try:
        entries = Entries(many(4000))
        kept, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        manifest = Manifest("学校", entries.values(), {}, ())
        with (tmp_path / MANIFEST_NAME).open("wb") as out:
            out.writelines(manifest.pieces())
        _, writing = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        again = read_manifest(tmp_path)
        _, reading = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (tmp_path / MANIFEST_NAME).stat().st_size > 2_000_000
    assert kept < 1_200_000
    assert writing - kept < 500_000
    assert reading - kept < 2_000_000
    assert again is not None
    assert list(again.entries) == list(many(4000))
