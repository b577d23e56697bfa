"""New files are whole, and never in the place of one that is there."""

import errno
import threading
from pathlib import Path

import pytest

from docgen.errors import OutputError
from docgen.publish.workspace import create_bytes, create_workspace


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_folders_and_files_are_made_once_and_then_kept(tmp_path: Path) -> None:
    place = tmp_path / "新" / "校"
    first = create_workspace(place, ["材料/公共"], {"甲.txt": b"1", "材料/乙.txt": b"2"})
    assert first.made == ("材料/公共/", "甲.txt", "材料/乙.txt")
    (place / "甲.txt").write_bytes(b"mine")
    second = create_workspace(place, ["材料/公共"], {"甲.txt": b"1", "丙.txt": b"3"})
    assert (second.made, second.kept) == (("丙.txt",), ("材料/公共/", "甲.txt"))
    assert (place / "甲.txt").read_bytes() == b"mine"
    assert names(place) == ["丙.txt", "材料", "材料/乙.txt", "材料/公共", "甲.txt"]


def test_one_of_many_writers_wins_and_its_file_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "甲"
    won: list[int] = []

    def write(number: int) -> None:
        if create_bytes(path, bytes([number]) * 200_000):
            won.append(number)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert path.read_bytes() == bytes(won) * 200_000
    assert names(tmp_path) == ["甲"]


def test_a_file_made_at_the_last_moment_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "甲"
    link = Path.hardlink_to

    def late(self: Path, target: Path) -> None:
        path.write_bytes(b"theirs")
        link(self, target)

    monkeypatch.setattr(Path, "hardlink_to", late)
    assert not create_bytes(path, b"ours")
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["甲"]


def test_a_file_system_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert create_bytes(tmp_path / "甲", b"whole")
    assert (tmp_path / "甲").read_bytes() == b"whole"
    assert names(tmp_path) == ["甲"]


def test_a_link_that_leads_nowhere_is_kept(tmp_path: Path) -> None:
    (tmp_path / "甲").symlink_to(tmp_path / "没有")
    assert not create_bytes(tmp_path / "甲", b"1")
    assert not (tmp_path / "没有").exists()


def test_a_new_file_may_be_read_by_others_as_usual(tmp_path: Path) -> None:
    create_bytes(tmp_path / "甲", b"1")
    (tmp_path / "乙").write_bytes(b"1")
    assert (tmp_path / "甲").stat().st_mode == (tmp_path / "乙").stat().st_mode


def test_a_file_where_a_folder_is_wanted_is_named(tmp_path: Path) -> None:
    (tmp_path / "材料").write_bytes(b"1")
    with pytest.raises(OutputError, match="“材料”是一个文件"):
        create_workspace(tmp_path, ["材料"], {})
    with pytest.raises(OutputError, match="是一个文件"):
        create_workspace(tmp_path / "材料", [], {})
    with pytest.raises(OutputError, match="不是文件夹"):
        create_workspace(tmp_path / "材料" / "里", [], {})


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int, data: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("docgen.publish.workspace.os.write", full)
    with pytest.raises(OutputError, match="甲"):
        create_bytes(tmp_path / "甲", b"1")
    monkeypatch.undo()
    assert names(tmp_path) == []
