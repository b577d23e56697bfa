"""Rows as tuples become rows as the workbook writer takes them: header → value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Row = dict[str, object]


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> list[Row]:
    """One dictionary a row; None stands for an empty cell. Raises ValueError where a row is too short or too long."""
    return [dict(zip(headers, row, strict=True)) for row in rows]
