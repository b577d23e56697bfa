"""Work for pools of processes, and ways in which it goes wrong. Importable by workers."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docgen.errors import InputError

Work = Callable[[Any], Any]


def doubling() -> Work:
    return lambda number: (number * 2, os.getpid())


def deadly(marks: Path, times: int) -> Work:
    """Kills its process at the order "die", so many times; each time it leaves a mark."""

    def work(order: str) -> str:
        if order == "die" and len(list(marks.iterdir())) < times:
            (marks / str(time.time_ns())).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return order.upper()

    return work


def faulty() -> Work:
    def work(order: str) -> str:
        if order == "wrong":
            raise InputError("模板写错了。", "改正它。")
        if order == "odd":
            raise ValueError(lambda: None)  # cannot be pickled
        return order

    return work


def sleeping(mark: Path) -> Work:
    """Writes its process id, then works on and on."""

    def work(order: float) -> None:
        (mark / str(os.getpid())).touch()
        end = time.monotonic() + order
        while time.monotonic() < end:
            pass

    return work
