"""A build after which nothing was touched says at once what the last one would say; anything touched, and it does not."""

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.makers.standing import Standing, Telling
from docgen.tools.traits import digest_of

SAID = Telling("共1项申报。", "模板提醒", 1)
DONE = {"A01/申报书.pdf": b"%PDF- one", "manifest.json": b"{}"}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with what a build left, as far as this module looks: files."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "data" / "fonts").mkdir(parents=True)
    top = tmp_path / "学校"
    for path, data in {"申报数据.xlsx": b"book", "佐证材料/A01/教师/照片.jpg": b"photo"}.items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_bytes(data)
    (top / ".docgen").mkdir()
    return top


def build(top: Path, during: Callable[[], object] = int, out: Path | None = None) -> None:
    """What a build does as far as this module looks: it reads, `during` something else happens, and it writes."""
    standing = Standing(top, out, ())
    standing.begin()
    during()
    target = out or top / "成品"
    for path, data in DONE.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(data)
    files = {path: hashlib.sha256(data).hexdigest() for path, data in DONE.items()}
    standing.keep(target, files, digest_of, SAID)


def told(top: Path, out: Path | None = None, only: tuple[str, ...] = ()) -> Telling | None:
    return Standing(top, out, only).told()


def rewrite(path: Path, data: bytes) -> None:
    """Other bytes, as many, with the times that the file had: only the system's own note of the change differs."""
    status = path.stat()
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def put(path: Path, data: bytes = b"new") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


CHANGES: dict[str, Callable[[Path], object]] = {
    "the workbook": lambda top: rewrite(top / "申报数据.xlsx", b"kood"),
    "an evidence file": lambda top: rewrite(top / "佐证材料/A01/教师/照片.jpg", b"PHOTO"),
    "one more evidence file": lambda top: put(top / "佐证材料/A01/教师/照片2.jpg"),
    "an evidence file gone": lambda top: (top / "佐证材料/A01/教师/照片.jpg").unlink(),
    "settings": lambda top: put(top / "docgen.toml"),
    "a template of their own": lambda top: put(top / "templates/index/template.html"),
    "a finished file": lambda top: rewrite(top / "成品/A01/申报书.pdf", b"%PDF- two"),
    "a finished file gone": lambda top: (top / "成品/A01/申报书.pdf").unlink(),
    "the manifest": lambda top: rewrite(top / "成品/manifest.json", b"[]"),
    "a foreign file in OUT": lambda top: put(top / "成品/A01/我的.txt"),
    "a build under way": lambda top: put(top / "成品/.docgen-lock"),
    "a font": lambda top: put(top.parent / "data/fonts/new.ttf"),
    "a folder of fonts": lambda top: (top.parent / "data/fonts/more").mkdir(),
    "a link to a folder": lambda top: (top / "佐证材料/链接").symlink_to(top.parent),
    "the note": lambda top: rewrite(note := next((top / ".docgen/standing").iterdir()), note.read_bytes()[:-2] + b"  "),
}


@pytest.mark.parametrize("outside", [False, True], ids=["OUT in the workspace", "OUT elsewhere"])
def test_what_would_be_said_is_said_as_long_as_nothing_is_touched(workspace: Path, outside: bool) -> None:
    out = workspace.parent / "别处" if outside else None
    assert told(workspace, out) is None
    build(workspace, out=out)
    assert told(workspace, out) == SAID == told(workspace, out)
    assert told(workspace, out, ("A01",)) is None
    assert told(workspace, workspace.parent / "另一处") is None
    assert Standing(workspace, out, (), "json").told() is None
    if out:
        rewrite(out / "A01/申报书.pdf", b"%PDF- two")
        assert told(workspace, out) is None


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_is_touched_leads_to_an_ordinary_build(workspace: Path, change: Callable[[Path], object]) -> None:
    build(workspace)
    assert told(workspace) == SAID
    change(workspace)
    assert told(workspace) is None


def test_what_was_written_just_now_is_read_whatever_the_system_says(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two writings within one tick of a clock leave the same times; here, a clock that stands still."""
    monkeypatch.setattr("docgen.makers.standing.traits", lambda status: str(status.st_size))
    build(workspace)
    assert told(workspace) == SAID
    (workspace / "成品/A01/申报书.pdf").write_bytes(b"%PDF- two")
    assert told(workspace) is None


@pytest.mark.parametrize("name", ["申报数据.xlsx", "佐证材料/A01/教师/照片.jpg"])
def test_what_changes_while_the_build_runs_is_not_taken_for_what_it_read(workspace: Path, name: str) -> None:
    build(workspace, during=lambda: rewrite(workspace / name, (workspace / name).read_bytes()[::-1]))
    assert told(workspace) is None


def test_a_finished_file_that_someone_changed_before_the_end_is_not_taken_for_ours(workspace: Path) -> None:
    standing = Standing(workspace, None, ())
    standing.begin()
    put(workspace / "成品/申报书.pdf", b"theirs")
    standing.keep(workspace / "成品", {"申报书.pdf": hashlib.sha256(b"ours").hexdigest()}, digest_of, SAID)
    assert told(workspace) is None


def test_files_of_the_future_prove_nothing(workspace: Path) -> None:
    """A clock that was set back: what is written now may bear the same time as what was there."""
    ahead = time.time_ns() + 3600 * 10**9
    os.utime(workspace / "申报数据.xlsx", ns=(ahead, ahead))
    build(workspace)
    assert told(workspace) is None


def test_other_settings_of_the_environment_may_mean_other_fonts(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(workspace)
    monkeypatch.setenv("FONTCONFIG_FILE", str(workspace / "fonts.conf"))
    assert told(workspace) is None


def test_a_workspace_that_cannot_be_written_to_has_no_note(workspace: Path) -> None:
    (workspace / ".docgen").rmdir()
    build(workspace)
    assert not (workspace / ".docgen").exists()
    assert told(workspace) is None
