"""Workbook bytes → raw sheets through the fast reader; old .xls files in a process of their own.

The reader sets memory aside by what an .xls announces of itself, and a damaged one makes it abort the whole process.
For the zipped formats that is checked before (see `parts`); for .xls the child may die, and one clear sentence remains.
"""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .grid import Cell, Place

_SECONDS = 120
_CHILD = f"from {__name__} import serve; serve()"


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
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        return [
            _raw(workbook.get_sheet_by_index(index), metadata.visible is not SheetVisibleEnum.Visible)
            for index, metadata in enumerate(workbook.sheets_metadata)
            if metadata.typ is SheetTypeEnum.WorkSheet  # a chart has no cells
        ]


def read_sheets_apart(data: bytes) -> list[RawSheet]:
    """As `read_sheets`, in another process. Raises CalamineError also where that process broke down."""
    try:
        child = subprocess.run(
            [sys.executable, "-c", _CHILD], input=data, capture_output=True, timeout=_SECONDS, check=True
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise CalamineError("the reader broke down") from error
    sheets: list[RawSheet] = pickle.loads(child.stdout)  # noqa: S301 - written by this very module
    return sheets


def _raw(sheet: CalamineSheet, hidden: bool) -> RawSheet:
    if sheet.start is None:
        return RawSheet(sheet.name, hidden, None, (), [])
    merges = tuple(
        ((first[0] + 1, first[1] + 1), (last[0] + 1, last[1] + 1)) for first, last in sheet.merged_cell_ranges or ()
    )
    start = (sheet.start[0] + 1, sheet.start[1] + 1)
    return RawSheet(sheet.name, hidden, start, merges, sheet.to_python(skip_empty_area=True))


def serve() -> None:
    """The child's work: a workbook on standard input, its sheets on standard output."""
    sys.stdout.buffer.write(pickle.dumps(read_sheets(sys.stdin.buffer.read())))
