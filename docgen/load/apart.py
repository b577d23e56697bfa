"""What reads a workbook through the fast reader, as plain values; run as a script, a process of its own for old .xls files.

It imports nothing of docgen: a process that reads one small file must not first load all the rest.
"""

from __future__ import annotations

import io
import pickle
import sys
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

Raw = tuple[str, bool, tuple[int, int] | None, tuple[tuple[tuple[int, int], tuple[int, int]], ...], list[list[Any]]]
"""Name, whether hidden, first place of the used area, merges, rows."""


def raw_sheets(data: bytes) -> list[Raw]:
    """Every worksheet of a workbook, in its order. Raises CalamineError where it cannot be read."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        return [
            _raw(workbook.get_sheet_by_index(index), metadata.visible is not SheetVisibleEnum.Visible)
            for index, metadata in enumerate(workbook.sheets_metadata)
            if metadata.typ is SheetTypeEnum.WorkSheet  # a chart has no cells
        ]


def _raw(sheet: CalamineSheet, hidden: bool) -> Raw:
    if sheet.start is None:
        return sheet.name, hidden, None, (), []
    merges = tuple(
        ((first[0] + 1, first[1] + 1), (last[0] + 1, last[1] + 1)) for first, last in sheet.merged_cell_ranges or ()
    )
    start = (sheet.start[0] + 1, sheet.start[1] + 1)
    return sheet.name, hidden, start, merges, sheet.to_python(skip_empty_area=True)


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(raw_sheets(sys.stdin.buffer.read())))
