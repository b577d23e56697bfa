"""A blank table of progress → what belongs into which of its cells: the way the tables are read, the other way about.

Certificates may have a row each (or several: 本期 above 累计), a column each, or a block of titles with blanks beside
them; tables may stand side by side. What no title asks for stays blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from docgen.forms.structure import Cell, Table
from docgen.load.cells import as_text
from docgen.load.grid import Grid, rows_of
from docgen.load.progress.bands import Band, Column, band_at
from docgen.load.progress.facets import NONE, Facets, Names, is_figure, split_certificate
from docgen.load.progress.measures import Measure, Role, Scope
from docgen.load.progress.tables import measured
from docgen.model.season import Matter
from docgen.model.text import fold
from docgen.plan.season import STAGE_NAMES

Place = tuple[int, int]
"""Row and column from 0, as forms count them."""


@dataclass(frozen=True, slots=True)
class Growth:
    """A list that is too short: its last rows, `group` of them a certificate, are to be repeated `times` times."""

    last: int
    group: int
    times: int


@dataclass(slots=True)
class Placed:
    """What belongs where. `used` are the certificates (by number from 0) that have a place."""

    values: dict[Place, Any] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    grow: Growth | None = None
    blocks: set[int] = field(default_factory=set)
    """Those whose blocks have no name yet, and so take the next certificates."""
    single: bool = False
    """The table is one block for one certificate, and may be repeated as a whole."""


def placed(table: Table, context: Mapping[str, Any], first: int = 0) -> Placed:
    """The values of a table; blocks without a name take the certificates from number `first` on."""
    planner = _Planner(table, context, first)
    planner.run()
    return planner.found


def grid_of(table: Table) -> Grid:
    """A form's table as the readers of progress take it."""
    lines: list[list[Any]] = [[""] * table.width for _ in range(table.height)]
    merges = []
    for cell in table.cells:
        if cell.row < table.height and cell.column < table.width:
            lines[cell.row][cell.column] = cell.text
            if cell.rows > 1:
                merges.append(((cell.row + 1, cell.column + 1), (cell.bottom + 1, cell.column + 1)))
    return Grid(table.at, rows_of(lines, (1, 1), merges, {}))


class _Planner:
    """Works through one table."""

    def __init__(self, table: Table, context: Mapping[str, Any], first: int) -> None:
        self.table, self.context, self.first = table, context, first
        self.lines: Sequence[Mapping[str, Any]] = context["证书"]
        self.names = Names(more=frozenset(fold(str(line["证书名称"])) for line in self.lines))
        grid = grid_of(table)
        # Titles with blanks beside them are no header, however many stand below one another.
        self.grid = replace(grid, rows=tuple(row for row in grid.rows if not self._is_pairs(row.number - 1)))
        self.found = Placed()
        self.blocks: list[tuple[Place, int | None]] = []
        self.done: set[int] = set()

    def run(self) -> None:
        """Lists under headers, then titles with blanks beside them."""
        self._find_blocks()
        index = 0
        while index < len(self.grid.rows):
            band = band_at(self.grid, index, self.names)
            if band is None:
                index += 1
                continue
            rows = range(self.grid.rows[band.first].number - 1, self.grid.rows[band.last].number)
            self.done.update(rows)
            self._list(band, rows[-1] + 1)
            index = band.last + 1
        self._columns_of_certificates()
        for row in range(self.table.height):
            if row not in self.done:
                self._pairs(row)
        self.found.single = len(self.blocks) == 1 and self.blocks[0][1] is not None and self.found.grow is None

    def _is_pairs(self, row: int) -> bool:
        """Whether every title of a row has a blank to its right: it asks for what belongs there."""
        cells = self.table.row(row)
        titles = [number for number, cell in enumerate(cells) if not cell.empty]
        return bool(titles) and all(
            number + 1 < len(cells) and cells[number + 1].empty and self.names.facets(cells[number].text).titles
            for number in titles
        )

    # Where a certificate's name goes -------------------------------------------------------------------------------

    def _match(self, text: str, level: str = "") -> int | None:
        """The number of the certificate that a text names."""
        name, own = split_certificate(text)
        said = level or (own.value if own else "")
        found = [
            number
            for number, line in enumerate(self.lines)
            if fold(str(line["证书名称"])) == fold(name) and (not said or said == line["等级"])
        ]
        return found[0] if len(found) == 1 else None

    def _find_blocks(self) -> None:
        """Titles of certificates with the answer beside them: each begins a block."""
        number = self.first
        for row in range(self.table.height):
            for cell, answer in self._answers(row):
                title = self.names.facets(cell.text)
                if title.what is not Role.CERTIFICATE or (answer.empty and self._blanks_right(row, cell) > 1):
                    continue
                if answer.empty:
                    taken = number if number < len(self.lines) else None
                    self.blocks.append(((row, cell.column), taken))
                    self.found.blocks |= {taken} if taken is not None else set()
                    number += 1
                elif not self.names.facets(answer.text).titles:
                    self.blocks.append(((row, cell.column), self._match(answer.text)))

    def _blanks_right(self, row: int, cell: Cell) -> int:
        """Empty cells to the right of the only cell of a row that says anything; 0 where others do."""
        cells = self.table.row(row)
        if any(not each.empty for each in cells if each is not cell):
            return 0
        return sum(each.empty for each in cells if each.column > cell.column)

    def _owner(self, row: int, column: int) -> int | None:
        """The certificate of the block that a cell belongs to: the nearest to the left, then the nearest above."""
        above = [(place, number) for place, number in self.blocks if place[0] <= row and place[1] <= column]
        if not above:
            return None
        left = max(place[1] for place, _ in above)
        return max((each for each in above if each[0][1] == left), key=lambda each: each[0])[1]

    # Lists ----------------------------------------------------------------------------------------------------------

    def _list(self, band: Band, first: int) -> None:
        rows, totals = self._body(band, first)
        self.done.update(rows, totals)
        room: list[tuple[int, list[int]]] = []
        for segment in band.starts or (0,):
            certificate = band.role(Role.CERTIFICATE, segment)
            groups = list(self._groups(rows, band, segment, certificate))
            if certificate is None:
                for labelled in groups:
                    self._labelled(labelled, band, segment)
                continue
            for group in groups:
                cell = self.table.cell(group[0], certificate - 1)
                if cell is not None and not cell.empty:
                    level = band.role(Role.LEVEL, segment)
                    beside = self.table.cell(group[0], level - 1) if level else None
                    self._rows(group, band, segment, self._match(cell.text, beside.text.strip() if beside else ""))
                else:
                    room.append((segment, group))
            for row in totals:
                self._row(row, band, segment, self.context["合计"], names=False)
        if room:
            self._fill_room(band, room)

    def _fill_room(self, band: Band, room: list[tuple[int, list[int]]]) -> None:
        waiting = [number for number in range(len(self.lines)) if number not in self.found.used]
        missing = len(waiting) - len(room)
        if missing > 0 and self.found.grow is None:
            group = len(room[-1][1])
            across = len({segment for segment, _ in room})
            self.found.grow = Growth(max(row for _, each in room for row in each), group, -(-missing // across))
        for (segment, rows_of_one), number in zip(room, waiting, strict=False):
            self._rows(rows_of_one, band, segment, number)

    def _body(self, band: Band, first: int) -> tuple[list[int], list[int]]:
        """The rows below a header that are to be filled, and those of totals."""
        rows: list[int] = []
        totals: list[int] = []
        for row in range(first, self.table.height):
            said = [cell for cell in self.table.row(row) if not cell.empty and cell.row == row]
            facets = [self.names.facets(cell.text) for cell in said]
            if any(each.sums for each in facets):
                totals.append(row)
            elif totals or not self._fillable(row, band, said, facets):
                break
            else:
                rows.append(row)
        return rows, totals

    def _fillable(self, row: int, band: Band, said: list[Cell], facets: list[Facets]) -> bool:
        whole = self.table.cell(row, min(band.columns) - 1)
        if whole is not None and whole.columns >= self.table.width and self.table.width > 1:
            return False
        for cell, each in zip(said, facets, strict=True):
            column = band.columns.get(cell.column + 1)
            if column is not None and column.counts:
                return False
            if column is not None and column.role in (Role.CERTIFICATE, Role.LEVEL, Role.MATTER, Role.UNIT):
                continue
            if not (is_figure(cell.text) or each.scope or isinstance(each.what, Measure)):
                return False
        return True

    def _label(self, row: int, band: Band, segment: int) -> Facets:
        """What the words of a row say beside the columns that are filled: 本期, 师资培训."""
        found = NONE
        for cell in self.table.row(row):
            column = band.columns.get(cell.column + 1)
            if cell.empty or band.segment(cell.column + 1) != segment or (column is not None and column.counts):
                continue
            if column is None or column.role in (None, Role.MATTER):
                each = self.names.facets(cell.text)
                found = Facets(found.what or each.what, found.scope or each.scope)
        return found

    def _groups(self, rows: list[int], band: Band, segment: int, certificate: int | None) -> Iterator[list[int]]:
        """The rows of each certificate: one, or those that 本期 and 累计 (or a merged cell) hold together."""
        group: list[int] = []
        seen: list[Facets] = []
        labelled = [row for row in rows if self._label(row, band, segment).titles]
        for row in labelled or rows:
            label = self._label(row, band, segment)
            cell = self.table.cell(row, certificate - 1) if certificate else None
            joined = cell is not None and cell.row != row
            if group and not joined and (not label.titles or label in seen):
                yield group
                group, seen = [], []
            group.append(row)
            seen.append(label)
        if group:
            yield group

    def _labelled(self, group: list[int], band: Band, segment: int) -> None:
        """Rows that name no certificate: those of a block, of columns that are certificates, or of the whole school."""
        owner = self._owner(group[0], min(band.columns) - 1)
        listed = any(column.role is Role.MATTER for column in band.columns.values())
        first = self.grid.rows[band.last].number
        for row in group:
            if not self._label(row, band, segment).titles and (listed or row != first):
                continue
            self._row(row, band, segment, self.lines[owner] if owner is not None else None, names=False)
            if owner is not None:
                self.found.used.add(owner)

    def _rows(self, group: list[int], band: Band, segment: int, number: int | None) -> None:
        if number is None:
            return
        self.found.used.add(number)
        for row in group:
            self._row(row, band, segment, self.lines[number], number=number, names=row == group[0])

    def _row(
        self,
        row: int,
        band: Band,
        segment: int,
        line: Mapping[str, Any] | None,
        *,
        names: bool = True,
        number: int = -1,
    ) -> None:
        label = self._label(row, band, segment)
        has_level = band.role(Role.LEVEL, segment) is not None
        for place, column in band.columns.items():
            if band.segment(place) != segment:
                continue
            own = line
            if own is None and column.facets.certificate:
                matched = self._match(
                    column.facets.certificate, column.facets.level.value if column.facets.level else ""
                )
                own = self.lines[matched] if matched is not None else {}
                self.found.used |= {matched} if matched is not None else set()
            if column.counts:
                self._put(row, place - 1, self._figure(measured(column.facets, label), own))
            elif (names and own is not None) or (own is not None and column.role is Role.IGNORED):
                self._put(row, place - 1, _words(column, own, has_level, number))

    # Titles with blanks beside them --------------------------------------------------------------------------------

    def _columns_of_certificates(self) -> None:
        """Certificates in columns: rows that begin with a title and are blank else, the certificate's name among them."""
        columns: list[int] = []
        for row in range(self.table.height):
            cells = self.table.row(row)
            title = self.names.facets(cells[0].text) if cells else NONE
            if not cells or cells[0].empty or not self._blanks_right(row, cells[0]):
                columns = []
                continue
            if title.what is Role.CERTIFICATE and self._blanks_right(row, cells[0]) > 1:
                columns = [cell.column for cell in cells[1:] if cell.empty]
            if not columns:
                continue
            self.done.add(row)
            for number, column in enumerate(columns[: len(self.lines)]):
                line = self.lines[number]
                if title.what is Role.CERTIFICATE:
                    self.found.used.add(number)
                self._put(row, column, self._asked(title, cells[0].text, line))

    def _answers(self, row: int) -> Iterator[tuple[Cell, Cell]]:
        """Each cell of a row that says something, with the cell to its right."""
        cells = self.table.row(row)
        for cell, beside in pairwise(cells):
            if not cell.empty and cell.row == row:
                yield cell, beside

    def _pairs(self, row: int) -> None:
        for cell, answer in self._answers(row):
            title = self.names.facets(cell.text)
            if not answer.empty or not (
                isinstance(title.what, Measure) or title.what in (Role.CERTIFICATE, Role.LEVEL)
            ):
                continue
            owner = self._owner(row, cell.column)
            if self.blocks and owner is None:
                continue
            line = self.lines[owner] if owner is not None else None
            if owner is not None:
                self.found.used.add(owner)
            value = self._asked(title, cell.text, line) if line or isinstance(title.what, Measure) else None
            self._put(answer.row, answer.column, value)

    def _asked(self, title: Facets, text: str, line: Mapping[str, Any] | None) -> Any:
        if isinstance(title.what, Measure):
            return self._figure(title.what, line)
        if title.what is Role.CERTIFICATE and line is not None:
            alone = not any(self.names.facets(cell.text).what is Role.LEVEL for cell in self.table.cells)
            return line["名称"] if alone else line["证书名称"]
        if title.what is Role.LEVEL and line is not None:
            return line["等级"]
        return _words(Column(title, text, text), line, True, -1) if line is not None else None

    # Values ---------------------------------------------------------------------------------------------------------

    def _figure(self, what: Measure | None, line: Mapping[str, Any] | None) -> Any:
        """The figure that is asked for, of a certificate (or, where none is meant, of the school)."""
        if what is None or what.scope is Scope.PREVIOUS:
            return None
        source = self.context["合计"] if line is None else line
        if what.scope is Scope.PLANNED:
            return source.get("批准人数")
        if what.matter in STAGE_NAMES:
            # A form that says neither asks for what is new: it is a report of two weeks.
            scope = "累计" if what.scope is Scope.CUMULATIVE else "本期"
            return source.get(f"{scope}{STAGE_NAMES[what.matter]}")
        return self._work(what.matter, what) if line is None and what.matter is not None else None

    def _work(self, matter: Matter, what: Measure) -> Any:
        """What was done of a task by the whole school; where its units differ, in words."""
        scope = "累计" if what.scope is Scope.CUMULATIVE else "本期"
        rows = [row for row in self.context["工作"] if row["事项"] == matter.value]
        if len(rows) != 1:
            return "、".join(f"{as_text(row[scope])}{row['单位']}" for row in rows) or None
        value, unit = rows[0][scope], rows[0]["单位"]
        if what.unit == f"万{unit}":
            return value / 10_000
        return value if not what.unit or what.unit == unit or unit == "人" else f"{as_text(value)}{unit}"

    def _put(self, row: int, column: int, value: Any) -> None:
        cell = self.table.cell(row, column)
        if value is None or value == "" or cell is None or not cell.empty or cell.fixed:
            return
        if (cell.row, cell.column) == (row, column):
            self.found.values[row, column] = value


def _words(column: Column, line: Mapping[str, Any], has_level: bool, number: int) -> Any:
    """What stands in a column beside the figures: names, majors, shares, the running number."""
    role = column.role
    if role is Role.CERTIFICATE:
        return line.get("证书名称" if has_level else "名称")
    if role is Role.LEVEL:
        return line.get("等级")
    if role is Role.NOTE and "专业" in column.words:
        return line.get("试点专业")
    if role is Role.NOTE and number >= 0 and any(word in column.words for word in ("序号", "编号")):
        return number + 1
    if role is Role.IGNORED and ("完成率" in column.words or "完成比例" in column.words):
        stage = next((name for name in STAGE_NAMES.values() if name in column.words), "培训")
        return line.get(f"{stage}完成率")
    return None
