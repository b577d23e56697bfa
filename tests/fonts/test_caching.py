"""What is kept of fonts between runs: digests that are trusted only while the file is as it was, and no old cuts."""

from __future__ import annotations

import hashlib
import json
import os
import time
from pathlib import Path

import pytest

from docgen.fonts import caching
from docgen.fonts.caching import cache_folder, font_digest, prune

LONG_AGO = time.time_ns() - 3600 * 1_000_000_000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(tmp_path / "cache"))
    return cache_folder()


@pytest.fixture
def font(tmp_path: Path) -> Path:
    path = tmp_path / "font.otf"
    path.write_bytes(b"OTTO one")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    time.sleep(0.1)  # the time of its change is at rest too
    return path


def in_another_run(path: Path) -> str:
    font_digest.cache_clear()
    return font_digest(path)


def test_a_font_is_read_once_as_long_as_it_is_as_it_was(
    folder: Path, font: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = hashlib.sha256(b"OTTO one").hexdigest()
    assert in_another_run(font) == right
    assert list(json.loads((folder / "digests.json").read_text("utf-8"))) == [str(font)]
    with monkeypatch.context() as closed:
        closed.setattr(caching, "digest_of", lambda path: pytest.fail(f"{path} was read again"))
        assert in_another_run(font) == right
    font.write_bytes(b"OTTO two")
    assert in_another_run(font) == hashlib.sha256(b"OTTO two").hexdigest()


def test_a_font_that_was_written_just_now_is_not_taken_on_trust(folder: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.otf"
    fresh.write_bytes(b"one")
    assert in_another_run(fresh) == hashlib.sha256(b"one").hexdigest()
    assert not (folder / "digests.json").exists()


@pytest.mark.parametrize("rubbish", [b"", b"{", b"[1]", b'{"x": 1}', b"\xff", b"[" * 100_000])
def test_digests_that_cannot_be_read_are_worked_out_anew(folder: Path, font: Path, rubbish: bytes) -> None:
    (folder / "digests.json").write_bytes(rubbish)
    assert in_another_run(font) == hashlib.sha256(b"OTTO one").hexdigest()
    assert str(font) in json.loads((folder / "digests.json").read_text("utf-8"))


def test_what_nobody_used_for_long_is_deleted_and_the_rest_stays(folder: Path) -> None:
    old = time.time() - 90 * 24 * 3600
    for name in ("used.otf", "old.otf", "new.otf", "digests.json"):
        (folder / name).write_bytes(b"x")
        if name != "new.otf":
            os.utime(folder / name, (old, old))
    prune({folder / "used.otf"})
    assert sorted(path.name for path in folder.iterdir()) == ["digests.json", "new.otf", "used.otf"]
