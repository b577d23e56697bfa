"""Pools of real processes: results, deaths, faults, an end in good time."""

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pool_work import deadly, doubling, faulty, sleeping

from docgen.engine.pool import Pool
from docgen.engine.running import work
from docgen.errors import InputError

pytestmark = pytest.mark.xdist_group("pool")


class Job:
    needs: tuple[str, ...] = ()
    weight = 0.0

    def __init__(self, order: Any) -> None:
        self.path = str(order)
        self.order = order


def done(pool: Pool[Any, Any], orders: list[Any]) -> dict[str, Any]:
    results: dict[str, Any] = {}
    try:
        work(map(Job, orders), lambda job: job.order, pool, lambda job, result: results.update({job.path: result}))
    finally:
        pool.close()
    return results


def gone(process: int, seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_many_orders_are_shared_by_a_few_processes() -> None:
    results = done(Pool(2, doubling), list(range(40)))
    assert {name: number for name, (number, _) in results.items()} == {str(n): 2 * n for n in range(40)}
    processes = {process for _, process in results.values()}
    assert len(processes) == 2
    assert os.getpid() not in processes


def test_what_a_killed_process_did_is_done_by_another(tmp_path: Path) -> None:
    assert done(Pool(2, partial(deadly, tmp_path, 1)), ["a", "die", "b", "c"]) == {
        "a": "A",
        "die": "DIE",
        "b": "B",
        "c": "C",
    }


def test_what_kills_its_process_twice_is_named_and_the_others_are_done(tmp_path: Path) -> None:
    pool: Pool[Any, Any] = Pool(1, partial(deadly, tmp_path, 9))
    results: dict[str, Any] = {}
    jobs = list(map(Job, ["a", "die", "b", "c", "d"]))
    jobs[3].needs = ("die",)
    jobs[4].needs = ("c", "b")
    try:
        lost = work(jobs, lambda job: job.order, pool, lambda job, result: results.update({job.path: result}))
    finally:
        pool.close()
    assert results == {"a": "A", "b": "B"}
    assert sorted(lost) == ["c", "d", "die"]
    assert {loss.message for loss in lost.values()} == {"生成“die”的进程两次被终止（信号 SIGKILL），没有做成。"}
    assert len(list(tmp_path.iterdir())) == 2


def test_what_making_raises_is_raised_here() -> None:
    with pytest.raises(InputError, match="模板写错了") as error:
        done(Pool(2, faulty), ["a", "wrong"])
    assert error.value.hint == "改正它。"
    with pytest.raises(RuntimeError, match="ValueError"):
        done(Pool(1, faulty), ["odd"])


def test_busy_processes_are_let_go_within_two_seconds(tmp_path: Path) -> None:
    pool: Pool[float, None] = Pool(2, partial(sleeping, tmp_path))
    for name in "abcd":
        pool.give(name, 60.0)
    while len(list(tmp_path.iterdir())) < 2:
        time.sleep(0.02)
    start = time.monotonic()
    pool.close()
    assert time.monotonic() - start < 2
    assert all(gone(int(mark.name)) for mark in tmp_path.iterdir())


SCRIPT = """
import sys
from functools import partial
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from pool_work import sleeping
from docgen.engine.pool import Pool
print("main runs", flush=True)
pool = Pool(2, partial(sleeping, Path(sys.argv[2])))
pool.give("a", 60.0)
pool.give("b", 60.0)
pool.take()
"""


def test_processes_end_when_the_one_that_hired_them_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "no_guard.py"  # a script without `if __name__ == "__main__"` is not run again by its workers
    script.write_text(SCRIPT, "utf-8")
    marks = tmp_path / "marks"
    marks.mkdir()
    helpers = Path(__file__).parents[1] / "helpers"
    with subprocess.Popen([sys.executable, script, helpers, marks], stdout=subprocess.PIPE, text=True) as program:
        while len(list(marks.iterdir())) < 2:
            assert program.poll() is None
            time.sleep(0.02)
        program.kill()
        assert program.stdout is not None
        assert program.stdout.read() == "main runs\n"
    assert all(gone(int(mark.name)) for mark in marks.iterdir())
