"""A file is there whole or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.errors import OutputError
from docgen.publish.atomic import TEMPORARY_PREFIX, aside_of, put_file, write_aside, write_bytes


def test_it_makes_the_folder_and_leaves_nothing_beside(tmp_path: Path) -> None:
    target = tmp_path / "成品" / "核查报告.html"
    write_bytes(target, b"one")
    write_bytes(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in target.parent.iterdir()] == ["核查报告.html"]


def test_a_new_file_gets_the_usual_permissions_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    usual, new = tmp_path / "usual", tmp_path / "new"
    usual.write_bytes(b"")
    write_bytes(new, b"")
    assert new.stat().st_mode == usual.stat().st_mode
    new.chmod(0o640)
    write_bytes(new, b"again")
    assert new.stat().st_mode & 0o777 == 0o640


def test_a_rename_that_fails_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.json"
    target.write_bytes(b"old")

    def refuse(self: Path, target: Path) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match=r"a\.json"):
        write_bytes(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("name", ["folder", "file/below"])
def test_a_place_that_is_no_file_is_one_clear_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError) as caught:
        write_bytes(tmp_path / name, b"x")
    assert caught.value.exit_code == 3
    assert "-o" in caught.value.hint


def test_a_file_written_aside_is_moved_into_its_place(tmp_path: Path) -> None:
    target, usual = tmp_path / "A01" / "佐证.pdf", tmp_path / "usual"
    usual.write_bytes(b"")
    aside = aside_of(tmp_path, ".pdf")
    assert aside.name.startswith(TEMPORARY_PREFIX)
    aside.write_bytes(b"volume")
    put_file(target, aside)
    assert target.read_bytes() == b"volume"
    assert not aside.exists()
    assert target.stat().st_mode == usual.stat().st_mode


def test_a_file_aside_stays_where_its_place_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    aside = aside_of(tmp_path)
    with pytest.raises(OutputError):
        put_file(tmp_path / "folder", aside)
    assert aside.exists()


def test_a_file_is_written_aside_piece_by_piece(tmp_path: Path) -> None:
    aside, digest, size = write_aside(tmp_path / "new", (b"ab" * number for number in range(4)), ".html")
    assert (aside.read_bytes(), digest, size) == (b"ab" * 6, hashlib.sha256(b"ab" * 6).hexdigest(), 12)
    assert aside.name.startswith(TEMPORARY_PREFIX)


@pytest.mark.parametrize(("error", "told"), [(ValueError("torn"), ValueError), (OSError(28, "full"), OutputError)])
def test_nothing_is_left_aside_where_making_the_pieces_fails(
    tmp_path: Path, error: Exception, told: type[Exception]
) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise error

    with pytest.raises(told):
        write_aside(tmp_path, pieces())
    assert not list(tmp_path.iterdir())
