"""Workbook bytes → raw sheets through the fast reader; old .xls files in a process of their own.

The reader sets memory aside by what an .xls announces of itself, and a damaged one makes it abort the whole process.
For the zipped formats that is checked before (see `parts`); for .xls the child may die, and one clear sentence remains.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError

from .apart import Raw, raw_sheets
from .grid import Cell, Place

_SECONDS = 120
_CHILD = Path(__file__).with_name("apart.py")


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet as the reader gives it; `start` is the first place of its used area, None for an empty sheet."""

    name: str
    hidden: bool
    start: Place | None
    merges: tuple[tuple[Place, Place], ...]
    rows: list[list[Cell]]


def read_sheets(data: bytes) -> list[RawSheet]:
    """Every worksheet of a workbook, in its order. Raises CalamineError where it cannot be read."""
    return [RawSheet(*raw) for raw in raw_sheets(data)]


def read_sheets_apart(data: bytes) -> list[RawSheet]:
    """As `read_sheets`, in another process. Raises CalamineError also where that process broke down."""
    try:
        # Isolated: the folder of the script is not on its path, where a module could take the place of a standard one.
        child = subprocess.run(
            [sys.executable, "-I", str(_CHILD)], input=data, capture_output=True, timeout=_SECONDS, check=True
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise CalamineError("the reader broke down") from error
    raws: list[Raw] = pickle.loads(child.stdout)  # noqa: S301 - written by our own script
    return [RawSheet(*raw) for raw in raws]
