"""Runs an outside program: never through a shell, always with a time limit, its failures told in words."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from docgen.errors import EnvironmentLacks, reason_of

SECONDS = 60.0
"""How long a program may take unless its wrapper knows better."""


def find_program(*names: str) -> Path | None:
    """The first of these programs that is on the PATH, or None."""
    for name in names:
        if found := shutil.which(name):
            return Path(found)
    return None


def run(program: Path, arguments: Sequence[str], *, hint: str, seconds: float = SECONDS) -> str:
    """Run `program` and give its standard output as text (UTF-8).

    Messages of the program are asked for in English so that they can be read by code. Raises EnvironmentLacks with
    `hint` as its advice when it cannot be started, takes more than `seconds`, or ends with an error.
    """
    environment: Mapping[str, str] = {**os.environ, "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            [str(program), *arguments],
            check=False,
            capture_output=True,
            timeout=seconds,
            env=environment,
            stdin=subprocess.DEVNULL,
        )
    except OSError as error:
        raise EnvironmentLacks(f"程序 {program.name} 无法运行（{reason_of(error)}）。", hint) from error
    except subprocess.TimeoutExpired as error:
        raise EnvironmentLacks(f"程序 {program.name} 运行超过 {seconds:g} 秒，已停止。", hint) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        detail = f"：{said[-1]}" if said else ""
        raise EnvironmentLacks(f"程序 {program.name} 出错（返回值 {done.returncode}）{detail}。", hint)
    return done.stdout.decode("utf-8", "replace")
