"""Builds that are killed, broken off, refused room or done by several: whole files, and the same bytes in the end."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from small_school import tree

from docgen.engine.running import Alone, TaskLost
from docgen.errors import OutputError
from docgen.makers.crews import hire
from docgen.pipeline import build
from docgen.publish.atomic import TEMPORARY_PREFIX
from docgen.publish.journal import JOURNAL_NAME
from docgen.publish.manifest import MANIFEST_NAME

pytestmark = pytest.mark.xdist_group("small_school")


def in_a_process_of_its_own(action: Callable[[], object]) -> int:
    """Start it in a copy of this process, with all libraries loaded; its id."""
    process = os.fork()
    if process == 0:
        try:
            action()
        finally:
            os._exit(0)
    return process


def whole(out: Path) -> None:
    """Nothing that bears a document's name is half a document."""
    for path in out.rglob("*.pdf"):
        if not path.name.startswith(TEMPORARY_PREFIX):
            assert len(PdfReader(path, strict=True).pages) > 0


def test_killed_at_random_instants_a_build_ends_like_an_undisturbed_one(finished: Path, bare: Path) -> None:
    wanted = tree(finished / "成品")
    seed = random.SystemRandom().randrange(1 << 30)
    chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    killed, longest = 0, 0.8
    for number in range(24):
        process = in_a_process_of_its_own(lambda: build(bare))
        time.sleep(chance.uniform(0.02, longest))
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        killed += os.WIFSIGNALED(status)
        if number % 8 == 7:
            whole(bare / "成品")
        if not os.WIFSIGNALED(status):  # it was done: some of its work is lost, and it begins again
            longest = max(longest * 0.75, 0.1)
            # But not the manifest: without it nobody could tell docgen's files from other people's.
            for path in chance.sample(sorted(wanted.keys() - {MANIFEST_NAME}), 8):
                (bare / "成品" / path).unlink(missing_ok=True)
    assert killed > 8
    build(bare)
    assert tree(bare / "成品") == wanted, f"seed {seed}"


def test_three_processes_make_the_same_bytes_as_one(finished: Path, bare: Path) -> None:
    build(bare, jobs=3)
    assert tree(bare / "成品") == tree(finished / "成品")


def test_a_killed_worker_costs_nothing_but_time(finished: Path, bare: Path) -> None:
    struck = []

    def strike(step: object) -> None:
        workers = [path for path in Path("/proc").glob("[0-9]*") if _is_worker_of_ours(path)]
        if workers and not struck:
            os.kill(int(workers[0].name), signal.SIGKILL)
            struck.append(workers[0])

    build(bare, jobs=2, watch=strike)
    assert struck
    assert tree(bare / "成品") == tree(finished / "成品")


def _is_worker_of_ours(process: Path) -> bool:
    """Whether it was split off the server of this process."""
    server = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1]) == server
    except OSError:
        return False


def test_ctrl_c_stops_within_two_seconds_and_leaves_things_whole(bare: Path) -> None:
    command = [sys.executable, "-m", "docgen", "build", str(bare), "--jobs", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as program:
        assert program.stderr is not None
        for line in program.stderr:
            if line.startswith("生成文书 1/"):
                break
        start = time.monotonic()
        os.killpg(program.pid, signal.SIGINT)  # as a terminal does
        said = program.stderr.read()
        assert program.wait() == 130
        assert time.monotonic() - start < 2
    assert "已中断" in said
    assert "Traceback" not in said
    assert not list((bare / "成品").rglob(f"{TEMPORARY_PREFIX}*"))
    whole(bare / "成品")


def test_a_disk_that_is_full_midway_is_told_and_the_next_build_goes_on(finished: Path, bare: Path) -> None:
    """The system refuses files of more than some size, as a full disk refuses them: in this process and in its workers."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, before[1]))
        with pytest.raises(OutputError, match=r"文件太大|磁盘空间不足"):
            build(bare)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    whole(bare / "成品")
    build(bare)
    assert tree(bare / "成品") == tree(finished / "成品")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 kB, in memory, where this user may have one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if mount("-t", "tmpfs", "-o", "size=400k", "tmpfs", disk):
        pytest.skip("may not mount a file system here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def mount(*options: str | Path) -> int:
    return subprocess.run(["mount", *options], check=False, capture_output=True).returncode


def test_out_on_a_small_disk_then_on_a_read_only_one(finished: Path, workspace: Path, small_disk: Path) -> None:
    out = small_disk / "成品"
    with pytest.raises(OutputError, match="磁盘空间不足"):
        build(workspace, out)
    whole(out)
    assert mount("-o", "remount,size=40m", small_disk) == 0
    build(workspace, out)
    assert tree(out) == tree(finished / "成品")
    (workspace / "docgen.toml").write_text('[documents]\ndate = "2021-03-03"\n', "utf-8")
    assert mount("-o", "remount,ro", small_disk) == 0
    with pytest.raises(OutputError, match="只能读，不能写"):
        build(workspace, out)
    assert tree(out) == tree(finished / "成品")


class Fated(Alone[Any, Any]):
    """One process that is killed whenever it makes a certain volume."""

    def take(self) -> tuple[str, Any]:
        name, order = self._given.pop()
        if name.endswith("网店运营推广-中级/教师佐证材料.pdf"):
            raise TaskLost(f"生成“{name}”的进程两次被终止。", "再运行一次。", name)
        return name, self._make(order)


def test_what_cannot_be_made_is_named_and_all_that_does_not_need_it_is_made(
    finished: Path, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as fate:
        fate.setattr("docgen.pipeline.hire", lambda means: Fated(hire(means)._make))  # type: ignore[attr-defined]
        with pytest.raises(TaskLost, match=r"网店运营推广-中级/教师佐证材料\.pdf"):
            build(bare)
    made, wanted = tree(bare / "成品"), tree(finished / "成品")
    assert made.keys() - wanted.keys() == {JOURNAL_NAME}
    assert all(made[path] == wanted[path] for path in made.keys() & wanted.keys() - {"核查报告.html", "核查报告.xlsx"})
    lacking = {path.rpartition("/")[2] for path in wanted.keys() - made.keys() if path.startswith("A01")}
    assert "教师佐证材料.pdf" in lacking
    assert {"申报书.pdf", "场地佐证材料.pdf"} & lacking == set()
    assert all(path in made for path in wanted if path.startswith("A02"))
    build(bare)
    assert tree(bare / "成品") == wanted
