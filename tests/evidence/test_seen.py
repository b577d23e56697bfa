"""Digests are taken from memory only where the file is surely as it was."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from docgen.evidence import seen
from docgen.evidence.seen import Digests, place_of
from docgen.evidence.store import Store

LONG_AGO = 1_600_000_000_123_456_789


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that has been at rest for a while, as far as its times say (ctime cannot be set: it is waited for)."""
    path = tmp_path / "a.jpg"
    path.write_bytes(b"one")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    time.sleep(0.06)
    return path


def test_a_file_at_rest_is_read_once(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Digests(store).with_size(file) == (sha256(file), 3)
    monkeypatch.setattr(seen, "_read", lambda path: pytest.fail(f"{path} was read again"))
    assert Digests(store).with_size(file) == (sha256(file), 3)


def test_a_change_of_the_same_size_with_the_time_put_back_is_noticed(store: Store, file: Path) -> None:
    before = Digests(store).of(file)
    file.write_bytes(b"two")
    os.utime(file, ns=(LONG_AGO, LONG_AGO))
    assert Digests(store).of(file) == sha256(file) != before


def test_another_file_in_its_place_is_noticed(store: Store, file: Path) -> None:
    Digests(store).of(file)
    other = file.with_name("b.jpg")
    other.write_bytes(b"two")
    os.utime(other, ns=(LONG_AGO, LONG_AGO))
    other.replace(file)
    assert Digests(store).of(file) == hashlib.sha256(b"two").hexdigest()


def test_a_file_that_was_just_written_is_not_taken_on_trust(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "fresh"
    path.write_bytes(b"one")
    digests = Digests(store)
    digests.of(path)
    key = place_of(path)
    assert key in digests.used
    assert store.facts(f"{key}|seen") is None


def test_a_clock_that_was_set_back_only_costs_reading_again(store: Store, file: Path) -> None:
    ahead = time.time_ns() + 3600 * 1_000_000_000
    os.utime(file, ns=(ahead, ahead))
    digests = Digests(store)
    for data in (b"one", b"two"):
        file.write_bytes(data)
        os.utime(file, ns=(ahead, ahead))
        assert digests.of(file) == hashlib.sha256(data).hexdigest()
