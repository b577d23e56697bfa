"""Tables whose number of columns depends on data: the grid is made to fit the widest row, as docxtpl does.

A table whose rows have the same cells in every render is mended once, in the template's source. Only where loops or
conditions stand between cells, or the widest row may be missing, rendered XML is looked through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ELEMENTS = r'<(/?)w:(tbl|tblGrid|tr|tc)(?=[ >/])[^>]*?(/?)>|<w:gridSpan [^>]*?w:val="([^"]*)"'
_IN_XML = re.compile(_ELEMENTS)
_IN_SOURCE = re.compile(_ELEMENTS + r"|\{%[-+]?\s*(\w+)((?:(?!%\}).)*)%\}", re.DOTALL)
_COLUMN = re.compile(r'<w:gridCol(?: [^>]*?w:w="([^"]*)")?[^>]*/>')
_MIDDLE = frozenset({"elif", "else", "do", "include", "import", "from", "extends", "break", "continue", "pluralize"})
_REUSED = re.compile(r"\{%[-+]?\s*(macro|call|block)\b")


@dataclass(slots=True)
class _Table:
    depth: int
    grid: tuple[int, int] = (0, 0)
    sure: list[int] = field(default_factory=lambda: [0, 0])
    """Most cells, and most columns, of the rows that are always there."""
    most: list[int] = field(default_factory=lambda: [0, 0])
    loose: bool = False


@dataclass(slots=True)
class _Row:
    cells: int = 0
    columns: int = 0


class _Scan:
    """One pass over the tags of tables; `tables` in the order of their ends."""

    def __init__(self, xml: str, source: bool) -> None:
        self.tables: list[_Table] = []
        self.balanced = True
        self._open: list[_Table | _Row | None] = []
        self._depth = 0
        self._grid = 0
        for match in (_IN_SOURCE if source else _IN_XML).finditer(xml):
            closes, element, empty, span, *tag = match.groups()
            if element:
                self._element(match, element, bool(closes), bool(empty))
            elif span is not None:
                self._span(span)
            else:
                self._tag(*tag)
        self.balanced &= not self._open and not self._depth

    def _element(self, match: re.Match[str], element: str, closes: bool, empty: bool) -> None:
        if element == "tblGrid":
            table = self._open[-1] if self._open else None
            if isinstance(table, _Table) and closes:
                table.grid = (self._grid, match.start())
            self._grid = match.end()
        elif not closes and not empty:
            self._begin(element)
        elif closes and self._open:
            self._end(self._open.pop(), element)
        elif closes:
            self.balanced = False

    def _begin(self, element: str) -> None:
        row = self._open[-1] if self._open else None
        if element == "tc" and isinstance(row, _Row):
            row.cells += 1
            row.columns += 1
        self._open.append(_Table(self._depth) if element == "tbl" else _Row() if element == "tr" else None)

    def _end(self, ended: _Table | _Row | None, element: str) -> None:
        if isinstance(ended, _Table) != (element == "tbl") or isinstance(ended, _Row) != (element == "tr"):
            self.balanced = False
        if isinstance(ended, _Table):
            self.tables.append(ended)
        if isinstance(ended, _Row):
            # The rows of a table within a cell count for the table around it too, as with docxtpl.
            for table in self._open:
                if isinstance(table, _Table):
                    _widen(table.most, ended)
                    if table.depth == self._depth:
                        _widen(table.sure, ended)

    def _span(self, span: str) -> None:
        row = next((entry for entry in reversed(self._open) if entry is not None), None)
        if isinstance(row, _Row) and span.isdecimal():
            row.columns += int(span) - 1
        else:
            self._loosen()

    def _tag(self, word: str, rest: str) -> None:
        if self._open and isinstance(self._open[-1], _Row):
            self._loosen()
        if word.startswith("end"):
            self._depth -= 1
        elif word not in _MIDDLE and not (word == "set" and "=" in rest):
            self._depth += 1

    def _loosen(self) -> None:
        for entry in self._open:
            if isinstance(entry, _Table):
                entry.loose = True


def _widen(widths: list[int], row: _Row) -> None:
    widths[0] = max(widths[0], row.cells)
    widths[1] = max(widths[1], row.columns)


def mended_source(source: str) -> tuple[str, bool]:
    """A template's source with the grids mended that no data can change, and whether others depend on data."""
    if "<w:tbl>" not in source and "<w:tbl " not in source:
        return source, False
    scan = _Scan(source, source=True)
    if not scan.balanced or _REUSED.search(source):
        return source, True
    fixed = [table for table in scan.tables if not table.loose and table.sure == table.most]
    return _mended(source, fixed), len(fixed) < len(scan.tables)


def mended(xml: str) -> str:
    """Rendered XML with the grid of each table fitted to its widest row."""
    return _mended(xml, _Scan(xml, source=False).tables)


def _mended(xml: str, tables: list[_Table]) -> str:
    pieces: list[str] = []
    done = 0
    for table in sorted(tables, key=lambda table: table.grid):
        start, end = table.grid
        before, change, after = xml[start:end].partition("<w:tblGridChange")
        widths = [float(width or 0) for width in _COLUMN.findall(before)]
        if start and (fitting := _fitted(widths, *table.most)) != widths:
            columns = "".join(f'<w:gridCol w:w="{width:.0f}"/>' for width in fitting)
            pieces += (xml[done:start], columns, change, after)
            done = end
    return "".join([*pieces, xml[done:]])


def _fitted(widths: list[float], cells: int, columns: int) -> list[float]:
    """The widths of as many columns as the widest row has, in twips; the table keeps its width."""
    missing = cells - len(widths)
    if missing > 0 and (total := sum(widths)) > 0:
        old, new = total / len(widths), total / (len(widths) + missing)
        widths = [*(float(int(width * new / old)) for width in widths), *[float(int(new))] * missing]
    surplus = len(widths) - columns
    if surplus > 0 and columns > 0:
        share = int(sum(widths[columns:]) / columns)
        widths = [float(int(width + share)) for width in widths[:columns]]
    return widths
