"""Processes that hang, crash and lack memory: each costs one answer, and none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docgen.errors import EnvironmentLacks
from docgen.evidence.guard import Failure, Guard, Trouble

ODD = (sys.executable, str(Path(__file__).parents[1] / "helpers/odd_worker.py"))


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_each_failure_is_its_requests_own_and_the_others_go_on(tmp_path: Path) -> None:
    requests = {
        "a": {"do": "work"},
        "hang": {"do": "hang"},
        "compute": {"do": "compute"},
        "kill": {"do": "kill"},
        "garbage": {"do": "garbage"},
        "raise": {"do": "raise"},
        "memory": {"do": "memory"},
        "once": {"do": "crash once", "marker": str(tmp_path / "seen")},
        "b": {"do": "work"},
    }
    with Guard(ODD, seconds=1.5, workers=2) as guard:
        answers = dict(guard.answers(requests))
    failures = {key: answer for key, answer in answers.items() if isinstance(answer, Failure)}
    assert failures == {
        "hang": Failure(Trouble.TIME),
        "compute": Failure(Trouble.TIME),
        "kill": Failure(Trouble.CRASH, "SIGKILL"),
        "garbage": Failure(Trouble.CRASH, "SIGKILL"),
        "raise": Failure(Trouble.CRASH, "TypeError"),
        "memory": Failure(Trouble.MEMORY),
    }
    assert {answers[key]["done"] for key in ("a", "b")} == {"work"}
    assert answers["once"]["done"] == "crash once"


def test_one_process_serves_many_requests_and_ends_with_the_guard() -> None:
    with Guard(ODD, workers=1) as guard:
        pids = {answer["pid"] for _, answer in guard.answers({str(n): {"do": "work"} for n in range(20)})}
        pids.add(guard.ask({"do": "work"})["pid"])
        assert len(pids) == 1
    assert not is_running(pids.pop())


def test_nothing_is_started_without_work() -> None:
    with Guard(("/no/such/program",)) as guard:
        assert list(guard.answers({})) == []


def test_a_worker_that_cannot_be_started_is_told() -> None:
    for command in (("/no/such/program",), (sys.executable, "-c", "raise SystemExit(3)")):
        with Guard(command) as guard, pytest.raises(EnvironmentLacks, match="启动不了"):
            guard.ask({"do": "work"})


def test_stopping_early_ends_the_processes_at_once() -> None:
    started = time.monotonic()
    with Guard(ODD, workers=2) as guard:
        for _, answer in guard.answers({"a": {"do": "work"}, "b": {"do": "hang"}, "c": {"do": "hang"}}):
            pid = answer["pid"]
            break
    assert time.monotonic() - started < 10
    assert not is_running(pid)
    with pytest.raises(EnvironmentLacks, match="中止"):
        guard.ask({"do": "work"})


CALL = """
import sys
from docgen.evidence.guard import Guard
guard = Guard(sys.argv[1:], workers=1)
print(guard.ask({"do": "work"})["pid"], flush=True)
guard.ask({"do": "hang"})
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_parent_that_is_stopped_leaves_no_idle_process(how: signal.Signals) -> None:
    code = CALL if how is signal.SIGINT else CALL.replace('guard.ask({"do": "hang"})', "input()")
    parent = subprocess.Popen(
        [sys.executable, "-c", code, *ODD],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    pid = int(parent.stdout.readline())
    time.sleep(0.3)
    parent.send_signal(how)
    parent.wait(20)
    for _ in range(50):
        if not is_running(pid):
            break
        time.sleep(0.1)
    assert not is_running(pid)
    parent.stdin.close()
    parent.stdout.close()
