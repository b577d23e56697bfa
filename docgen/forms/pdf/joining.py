"""A filled page's lines as people read them: what only the width of a cell or the gaps of a form have parted is joined."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docgen.forms.structure import OBJECT, Cell, Line, Table

from .printed import Printed

_FULL = 1.9  # of the type size: what less than this stays free at the end of is a line that ran on
_LOOSE = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")


def as_read(blocks: Sequence[Line | Table]) -> tuple[Line | Table, ...]:
    """Blocks as a filled form is read: lines that only the width of their cell has parted are one again, and the spaces
    within a date are gone. Where its characters stand is no longer told."""
    return tuple(_read_table(block) if isinstance(block, Table) else _read_line(block) for block in blocks)


def _read_line(line: Line) -> Line:
    if OBJECT in line.text:
        return line
    text = _LOOSE.sub(lambda found: "".join(found[0].split()), line.text)
    return Line(line.at, text, level=line.level)


def _read_table(table: Table) -> Table:
    cells = []
    for cell in table.cells:
        rows: list[str] = []
        last: Printed | None = None
        for line in cell.lines:
            printed: Printed = line.handle
            text = _read_line(line).text.strip()
            if rows and last is not None and last.room.right - last.boxes[-1].right < _FULL * last.size:
                rows[-1] += text
            else:
                rows.append(text)
            last = printed
        held = any(line.controls for line in cell.lines)
        lines = cell.lines if held else tuple(Line(cell.at, text) for text in rows)
        cells.append(Cell(cell.at, cell.row, cell.column, cell.rows, cell.columns, lines, options=cell.options))
    return Table(table.at, tuple(cells), table.height, table.width)
