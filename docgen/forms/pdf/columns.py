"""Rows of fields below a line of headings, without ruled lines: tables all the same."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.acroform.geometry import Box
from docgen.forms.structure import OBJECT, Cell, Line, Table

from .printed import Printed

_ALIGNED = 6.0


def with_columns(blocks: Sequence[Line | Table]) -> list[Line | Table]:
    """The blocks of a story, with rows of fields made tables: at least two rows of at least two, below their headings."""
    made: list[Line | Table] = []
    place = count = 0
    while place < len(blocks):
        rows = _rows_from(blocks, place)
        above = made[-1] if made else None
        if len(rows) >= 2 and isinstance(above, Line):
            heads = _heads(above, _edges(rows[0]))
            if sum(bool(text) for text, _ in heads) >= 2:
                count += 1
                made[-1] = _table(f"列表{count}", heads, rows)
                place += len(rows)
                continue
        made.append(blocks[place])
        place += 1
    return made


def _rows_from(blocks: Sequence[Line | Table], begin: int) -> list[Line]:
    """The lines from a place on that hold nothing but fields in the same columns."""
    rows: list[Line] = []
    for block in blocks[begin:]:
        if not isinstance(block, Line) or not _only_fields(block):
            break
        if rows and not _same(_edges(rows[0]), _edges(block)):
            break
        rows.append(block)
    return rows


def _only_fields(line: Line) -> bool:
    words = line.text.replace(OBJECT, "").strip(" \u3000.、()（）")
    return line.text.count(OBJECT) >= 2 and len(line.controls) >= 2 and (not words or words.isdigit())


def _edges(line: Line) -> list[Box]:
    printed: Printed = line.handle
    return [mark.box for _, mark in sorted(printed.marks.items())]


def _same(one: Sequence[Box], other: Sequence[Box]) -> bool:
    return len(one) == len(other) and all(
        abs(a.left - b.left) <= _ALIGNED and abs(a.right - b.right) <= _ALIGNED for a, b in zip(one, other, strict=True)
    )


def _heads(line: Line, columns: Sequence[Box]) -> list[tuple[str, Box]]:
    """The words over each column: each character goes to the column that it stands over, or next to."""
    printed: Printed = line.handle
    texts = [""] * len(columns)
    if OBJECT in line.text:
        return [("", box) for box in columns]
    for sign, box in zip(line.text, printed.boxes, strict=True):
        middle = (box.left + box.right) / 2
        if middle < columns[0].left - _ALIGNED:
            continue  # heads the numbers at the side
        nearest = min(
            range(len(columns)), key=lambda place: max(columns[place].left - middle, middle - columns[place].right, 0)
        )
        texts[nearest] += sign
    return [(text.strip(), box) for text, box in zip(texts, columns, strict=True)]


def _table(at: str, heads: Sequence[tuple[str, Box]], rows: Sequence[Line]) -> Table:
    first: Printed = rows[0].handle
    cells = []
    for column, (text, box) in enumerate(heads):
        name = f"{at}第1行第{column + 1}格"
        handle = Printed(first.page, (), first.size, box)
        cells.append(Cell(name, 0, column, blocks=(Line(name, text, handle=first),), handle=handle))
    for number, row in enumerate(rows, 1):
        printed: Printed = row.handle
        for column, (_, mark) in enumerate(sorted(printed.marks.items())):
            handle = Printed(printed.page, (), printed.size, mark.box, {0: mark})
            options = mark.control.options if mark.control else ()
            cells.append(Cell(f"{at}第{number + 1}行第{column + 1}格", number, column, options=options, handle=handle))
    return Table(at, tuple(cells), len(rows) + 1, len(heads))
