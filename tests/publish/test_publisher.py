"""Publishing: whole files, only our own, and proof later."""

import errno
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from docgen.errors import InputError, OutputError
from docgen.publish.atomic import TEMPORARY_PREFIX, aside_of
from docgen.publish.journal import JOURNAL_NAME
from docgen.publish.manifest import Entry, read_manifest
from docgen.publish.publisher import Publisher, Result, check_place
from docgen.publish.verify import verify


def publish(out: Path, files: Mapping[str, bytes], force: bool = False) -> Result:
    publisher = Publisher(out)
    publisher.open(files, force)
    for path, data in files.items():
        digest = hashlib.sha256(data).hexdigest()
        publisher.put(Entry(path, digest, len(data), None, path, "", False, "f"), data)
    return publisher.finish("某校", {"申报数据.xlsx": "0" * 64}, [])


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_first_build_then_the_same_again(tmp_path: Path) -> None:
    out = tmp_path / "成品"
    files = {"A01/申报书.pdf": b"one", "index.html": b"two"}
    assert publish(out, files).made == ("A01/申报书.pdf", "index.html")
    before = tree(out)
    again = publish(out, files)
    assert (again.made, again.kept) == ((), ("A01/申报书.pdf", "index.html"))
    assert tree(out) == before
    assert set(before) == {*files, "manifest.json"}


def test_a_file_is_published_by_moving_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for _ in range(2):  # the second build finds the same bytes in place
        publisher = Publisher(out)
        publisher.open(["A01/v.pdf"])
        aside = aside_of(out)
        aside.write_bytes(b"volume")
        publisher.put(Entry("A01/v.pdf", hashlib.sha256(b"volume").hexdigest(), 6, 1, "v", "A01", False, "f"), aside)
        result = publisher.finish("某校", {}, [])
    assert result.kept == ("A01/v.pdf",)
    assert set(tree(out)) == {"A01/v.pdf", "manifest.json"}


def test_what_is_no_longer_made_goes_with_its_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(out, {"A01/x.pdf": b"1", "A02/x.pdf": b"2"})
    assert publish(out, {"A01/x.pdf": b"1"}).removed == ("A02/x.pdf",)
    assert not (out / "A02").exists()


def test_foreign_files_are_never_deleted_or_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(out, {"A01/x.pdf": b"1"})
    (out / "A01/我的笔记.txt").write_text("mine")
    assert publish(out, {"B/y.pdf": b"2"}).foreign == ("A01/我的笔记.txt",)
    assert (out / "A01/我的笔记.txt").read_text() == "mine"
    with pytest.raises(OutputError, match="我的笔记"):
        publish(out, {"A01/我的笔记.txt": b"theirs"})
    assert (out / "A01/我的笔记.txt").read_text() == "mine"


def test_a_folder_of_other_files_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "合同.docx").write_bytes(b"x")
    before = tree(tmp_path)
    with pytest.raises(OutputError, match=r"合同\.docx"):
        publish(tmp_path, {"a.pdf": b"1"})
    assert tree(tmp_path) == before


def test_work_in_a_finished_file_is_not_overwritten_unasked(tmp_path: Path) -> None:
    publish(tmp_path / "o", {"申报书.docx": b"made"})
    (tmp_path / "o/申报书.docx").write_bytes(b"edited by hand")
    with pytest.raises(OutputError, match=r"申报书\.docx.*改动"):
        publish(tmp_path / "o", {"申报书.docx": b"new"})
    assert (tmp_path / "o/申报书.docx").read_bytes() == b"edited by hand"
    publish(tmp_path / "o", {"申报书.docx": b"new"}, force=True)
    assert (tmp_path / "o/申报书.docx").read_bytes() == b"new"


def test_a_killed_build_is_gone_on_from(tmp_path: Path) -> None:
    out = tmp_path / "o"
    publish(out, {"a.pdf": b"1", "b.pdf": b"1"})
    killed = Publisher(out)
    killed.open({"a.pdf", "c.pdf"})
    killed.put(Entry("a.pdf", hashlib.sha256(b"2").hexdigest(), 1, 1, "a", "", False, "f"), b"2")
    killed.put(Entry("c.pdf", hashlib.sha256(b"3").hexdigest(), 1, 1, "c", "", False, "f"), b"3")
    (out / f"{TEMPORARY_PREFIX}half").write_bytes(b"ha")
    die(killed)
    assert verify(out).unfinished
    publish(out, {"a.pdf": b"2", "b.pdf": b"1"})
    undisturbed = tmp_path / "u"
    publish(undisturbed, {"a.pdf": b"2", "b.pdf": b"1"})
    assert tree(out) == tree(undisturbed)


def test_verify_names_what_changed(tmp_path: Path) -> None:
    publish(tmp_path / "o", {"A01/a.pdf": b"1", "b.pdf": b"2", "c.pdf": b"3"})
    (tmp_path / "o/A01/a.pdf").write_bytes(b"other")
    (tmp_path / "o/b.pdf").unlink()
    (tmp_path / "o/new.txt").write_bytes(b"")
    found = verify(tmp_path / "o")
    assert (found.changed, found.missing, found.added) == (("A01/a.pdf",), ("b.pdf",), ("new.txt",))
    assert not found.intact


def test_verify_wants_a_manifest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="成品清单"):
        verify(tmp_path)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 99}', "\x00"])
def test_damaged_manifest_is_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(InputError, match=r"manifest\.json"):
        read_manifest(tmp_path)


def test_a_manifest_cannot_point_outside(tmp_path: Path) -> None:
    publish(tmp_path / "o", {"a.pdf": b"1"})
    manifest = tmp_path / "o/manifest.json"
    manifest.write_text(manifest.read_text().replace("a.pdf", "../victim.txt"))
    (tmp_path / "victim.txt").write_text("keep me")
    with pytest.raises(InputError, match="不该有的路径"):
        publish(tmp_path / "o", {"b.pdf": b"1"})
    assert (tmp_path / "victim.txt").read_text() == "keep me"


def test_places_that_would_endanger_the_users_files(tmp_path: Path) -> None:
    workspace = tmp_path / "学校"
    evidence = workspace / "佐证材料"
    evidence.mkdir(parents=True)
    (tmp_path / "file").write_text("x")
    for bad in (workspace, tmp_path, evidence, evidence / "out", workspace / "templates", tmp_path / "file"):
        with pytest.raises(OutputError):
            check_place(bad, workspace, evidence)
    check_place(workspace / "成品", workspace, evidence)
    check_place(tmp_path / "elsewhere", workspace, evidence)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_read_only_place(tmp_path: Path) -> None:
    (tmp_path / "ro").mkdir(mode=0o500)
    with pytest.raises(OutputError):
        publish(tmp_path / "ro/out", {"a.pdf": b"1"})


def test_place_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError):
        publish(tmp_path / "file/out", {"a.pdf": b"1"})


def test_journal_is_gone_after_a_build(tmp_path: Path) -> None:
    publish(tmp_path / "o", {"a.pdf": b"1"})
    assert not (tmp_path / "o" / JOURNAL_NAME).exists()


def killed_after(out: Path, wanted: set[str], written: Mapping[str, bytes]) -> None:
    """A build that was cut short after some files."""
    publisher = Publisher(out)
    publisher.open(wanted)
    for path, data in written.items():
        publisher.put(Entry(path, hashlib.sha256(data).hexdigest(), len(data), None, path, "", False, "f"), data)
    die(publisher)


def die(publisher: Publisher) -> None:
    """The system lets go of what a killed process had locked; all else stays as it is."""
    publisher._lock.release()


def test_work_done_after_a_kill_is_not_overwritten_unasked(tmp_path: Path) -> None:
    out = tmp_path / "o"
    publish(out, {"a.docx": b"1", "b.docx": b"1"})
    killed_after(out, {"a.docx", "b.docx"}, {"a.docx": b"2"})
    for path in ("a.docx", "b.docx"):
        kept = (out / path).read_bytes()
        (out / path).write_bytes(b"edited by hand")
        with pytest.raises(OutputError, match=path):
            publish(out, {"a.docx": b"3", "b.docx": b"3"})
        assert (out / path).read_bytes() == b"edited by hand"
        (out / path).write_bytes(kept)
    assert publish(out, {"a.docx": b"3", "b.docx": b"3"}).made == ("a.docx", "b.docx")


def test_two_kills_in_a_row_are_gone_on_from(tmp_path: Path) -> None:
    out = tmp_path / "o"
    killed_after(out, {"a", "b", "c"}, {"a": b"1"})
    killed_after(out, {"a", "b"}, {"b": b"2"})
    assert publish(out, {"a": b"1", "b": b"3"}).foreign == ()
    assert tree(out).keys() == {"a", "b", "manifest.json"}


def test_a_disk_without_locks_is_written_to_and_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(stream: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("docgen.publish.lock._try", no_locks)
    with Publisher(tmp_path / "成品") as publisher:
        publisher.open([])
        publisher.finish("学校", {}, [])
        (note,) = publisher.notes
    assert "不支持文件锁" in note
    monkeypatch.undo()
    with Publisher(tmp_path / "成品") as publisher:
        publisher.open([])
        assert publisher.notes == ()
