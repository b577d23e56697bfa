"""What is kept from one run to the next, and what happens when its folder is not as it should be."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sqlite3
from pathlib import Path

import pytest

from docgen.evidence import store as store_module
from docgen.evidence.store import Store, open_store

ONE, TWO = "1" * 64, "2" * 64


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "docgen.toml").write_text("")
    return tmp_path


def test_what_is_kept_is_there_in_the_next_run(workspace: Path) -> None:
    with open_store(workspace) as store:
        assert store.facts(f"{ONE}|a") is None
        assert not (workspace / ".docgen").exists()
        store.keep_facts(f"{ONE}|a", b"facts")
        (workspace / "big").write_bytes(b"from a file")
        store.keep_blob(f"{ONE}|b", b"bytes")
        store.keep_blob(f"{ONE}|c", workspace / "big")
    with open_store(workspace) as store:
        assert store.facts(f"{ONE}|a") == b"facts"
        assert [store.blob(f"{ONE}|{key}").read_bytes() for key in "bc"] == [b"bytes", b"from a file"]
        assert store.blob(f"{ONE}|d") is None
    assert (workspace / ".docgen/.gitignore").read_text() == "*\n"
    assert "可以随时整个删除" in (workspace / ".docgen/说明.txt").read_text("utf-8")


def test_another_version_finds_nothing(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(workspace) as store:
        store.keep_facts(ONE, b"old")
        store.keep_blob(ONE, b"old")
    monkeypatch.setattr(store_module, "version", lambda: "other")
    monkeypatch.setattr(store_module, "_made_by", lambda: "0" * 8)
    with open_store(workspace) as store:
        assert (store.facts(ONE), store.blob(ONE)) == (None, None)


def test_what_is_not_in_use_any_more_is_dropped(workspace: Path) -> None:
    with open_store(workspace) as store:
        for digest in (ONE, TWO):
            store.keep_facts(f"{digest}|x", b"x")
            store.keep_blob(f"{digest}|x", b"x")
        store.prune([TWO])
        assert (store.facts(f"{ONE}|x"), store.blob(f"{ONE}|x")) == (None, None)
        assert store.facts(f"{TWO}|x") == b"x"
        assert store.blob(f"{TWO}|x")


@pytest.mark.parametrize("damage", ["foreign", "torn", "other table"])
def test_a_damaged_database_begins_anew(workspace: Path, damage: str) -> None:
    with open_store(workspace) as store:
        store.keep_facts(ONE, b"x" * 9000)
    path = workspace / ".docgen/evidence.sqlite"
    if damage == "foreign":
        path.write_bytes(b"no database at all " * 100)
    elif damage == "torn":
        path.write_bytes(path.read_bytes()[:5000])
    else:
        path.unlink()
        with sqlite3.connect(path) as database:
            database.execute("CREATE TABLE facts (something TEXT)")
        database.close()
    with open_store(workspace) as store:
        assert store.facts(ONE) is None
        store.keep_facts(TWO, b"new")
    with open_store(workspace) as store:
        assert store.facts(TWO) == b"new"


def test_a_value_that_was_changed_behind_our_back_is_not_believed(workspace: Path) -> None:
    with open_store(workspace) as store:
        store.keep_facts(ONE, b"value")
    with sqlite3.connect(workspace / ".docgen/evidence.sqlite") as database:
        database.execute("UPDATE facts SET value = ?", (b"sixteen bytes...valuf",))
    database.close()
    with open_store(workspace) as store:
        assert store.facts(ONE) is None


def test_no_folder_is_made_where_there_is_no_workspace_or_a_file_is_in_the_way(tmp_path: Path, workspace: Path) -> None:
    other = tmp_path / "photos"
    other.mkdir()
    with open_store(other) as store:
        store.keep_facts(ONE, b"x")
        assert store.facts(ONE) == b"x"
    assert list(other.iterdir()) == []
    (workspace / ".docgen").write_text("a file")
    with open_store(workspace) as store:
        kept = store.keep_blob(ONE, b"x")
        assert not kept.is_relative_to(workspace / ".docgen")
    assert not kept.exists()


def test_a_link_in_the_place_of_the_folder_is_not_followed(workspace: Path, tmp_path_factory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (workspace / ".docgen").symlink_to(outside)
    with open_store(workspace) as store:
        store.keep_facts(ONE, b"x")
    assert list(outside.iterdir()) == []


def _keep(folder: Path, number: int) -> None:
    with Store(folder) as store:
        for index in range(20):
            store.keep_facts(f"{ONE}|{number}|{index}", str(index).encode())
            store.keep_blob(f"{ONE}|{index}", b"same" * 1000)


def test_several_processes_write_at_once(workspace: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_keep, args=(workspace / ".docgen", number)) for number in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    with open_store(workspace) as store:
        kept = [store.facts(f"{ONE}|{number}|{index}") for number in range(3) for index in range(20)]
        assert kept == [str(index).encode() for _ in range(3) for index in range(20)]
        assert not list(store.folder.rglob(".part-*"))


def test_a_store_can_be_handed_to_another_process(workspace: Path) -> None:
    with open_store(workspace) as store:
        store.keep_facts(ONE, b"x")
        with pickle.loads(pickle.dumps(store)) as other:  # noqa: S301 - our own
            assert other.facts(ONE) == b"x"
        child = os.fork()
        if child == 0:
            os._exit(0 if store.facts(ONE) == b"x" else 1)
        assert os.waitpid(child, 0)[1] == 0


def test_a_key_without_a_digest_is_a_mistake(workspace: Path) -> None:
    with open_store(workspace) as store, pytest.raises(ValueError, match="sha256"):
        store.facts("name")


def test_a_folder_is_there_once_it_is_named_or_the_fault_is_told(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    def overtaken(path: Path, target: Path) -> Path:
        rename(path, target)
        raise FileExistsError(17, "File exists")

    with open_store(workspace) as store:
        monkeypatch.setattr(Path, "rename", refuse)
        with pytest.raises(OSError, match="No space"):
            store.keep_folder("a" * 64, {"x/y.txt": b"1"})
        monkeypatch.setattr(Path, "rename", overtaken)
        found = store.keep_folder("a" * 64, {"x/y.txt": b"1"})
        assert (found / "x" / "y.txt").read_bytes() == b"1"
        assert [path.name for path in found.parent.iterdir()] == [found.name]
