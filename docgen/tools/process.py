"""Runs an outside program: never through a shell, always with a time limit, its failures told in words."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic

from docgen.errors import EnvironmentLacks, reason_of

SECONDS = 60.0
"""How long a program may take unless its wrapper knows better."""

_LOOK_SECONDS = 0.2
_MOST_SAID = 100_000


class TookTooLong(EnvironmentLacks):
    """A program was stopped at its time limit."""


def find_program(*names: str) -> Path | None:
    """The first of these programs that is on the PATH, or None."""
    for name in names:
        if found := shutil.which(name):
            return Path(found)
    return None


def run(
    program: Path,
    arguments: Sequence[str],
    *,
    hint: str,
    seconds: float = SECONDS,
    memory: int = 0,
    environment: Mapping[str, str] | None = None,
    moved: Callable[[], object] | None = None,
) -> str:
    """Run `program` and give its standard output as text (UTF-8).

    Messages of the program are asked for in English so that they can be read by code. Whatever ends the run, nothing
    that the program started is left running. `memory` limits the bytes of each of its processes where the system can
    (0: no limit); `environment` is added to the own. With `moved`, the time limit begins anew whenever what it returns
    changes: it is the limit for each step of the work.

    Raises EnvironmentLacks with `hint` as its advice when it cannot be started, takes more than `seconds` (TookTooLong),
    or ends with an error.
    """
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complaint:
        try:
            process = subprocess.Popen(
                [str(program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=complaint,
                env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})},
                start_new_session=True,
            )
        except OSError as error:
            raise EnvironmentLacks(f"程序 {program.name} 无法运行（{reason_of(error)}）。", hint) from error
        try:
            limit_memory(process.pid, memory)
            _wait(process, seconds, moved)
        except subprocess.TimeoutExpired as error:
            raise TookTooLong(f"程序 {program.name} 运行超过 {seconds:g} 秒，已停止。", hint) from error
        finally:
            end_tree(process)
        if process.returncode:
            complaint.seek(0)
            lines = complaint.read(_MOST_SAID).decode("utf-8", "replace").strip().splitlines()
            detail = f"：{lines[-1]}" if lines else ""
            raise EnvironmentLacks(f"程序 {program.name} 出错（返回值 {process.returncode}）{detail}。", hint)
        said.seek(0)
        return said.read().decode("utf-8", "replace")


def _wait(process: subprocess.Popen[bytes], seconds: float, moved: Callable[[], object] | None) -> None:
    """Wait for the end. Raises subprocess.TimeoutExpired when nothing moved for so long."""
    if moved is None:
        process.wait(seconds)
        return
    last, since = moved(), monotonic()
    while True:
        try:
            process.wait(_LOOK_SECONDS)
            return
        except subprocess.TimeoutExpired:
            now = moved()
            if now != last:
                last, since = now, monotonic()
            elif monotonic() - since > seconds:
                raise


def end_tree(process: subprocess.Popen[bytes]) -> None:
    """End a program that was started in a session of its own, with all that it started, and wait until it is gone.

    Where it has ended already, what it left running is ended.
    """
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(  # only this knows a program's children there
                ["taskkill", "/F", "/T", "/PID", str(process.pid)],  # noqa: S607
                check=False,
                capture_output=True,
            )
            process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):  # all gone; PermissionError is what macOS says of zombies
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def limit_memory(pid: int, limit: int) -> None:
    """Limit the address space, in bytes, of a process that was just started, where the system can (Linux); 0: no limit."""
    if not limit or sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 - Unix only

    with suppress(OSError, ValueError):  # it has ended already, or has a lower limit
        resource.prlimit(pid, resource.RLIMIT_AS, (limit, limit))
