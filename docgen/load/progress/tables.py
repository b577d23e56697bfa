"""A grid → what it says of progress, whichever way its tables are written.

Certificates, levels, periods and what is counted may each stand in rows, in columns, in titles above a table, or beside
their figures. So every figure is asked what governs it: the titles of its column, the labels of its row, and what was
said last above. What no title explains is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from docgen.model.season import Amount, Matter

from ..dates import Span
from ..grid import Cell, Grid, Row, is_blank
from ..trouble import Trouble
from .bands import Band, band_at, is_pairs
from .facets import NONE, Facets, Names, is_figure, period_in, read_level, split_certificate, text_of
from .figures import Figure, FigureRow, FigureTable, read_figure
from .lines import Line, read_line
from .measures import Measure, Role, Scope
from .sentences import sentences_in

_FARTHEST = 3
"""Blank rows that a table may have inside."""
_RANKS = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}[、．.](?!\d)"),
    re.compile(r"[(（]?\d{1,2}[)）]"),
)


def figure_tables(grid: Grid, names: Names | None = None) -> tuple[FigureTable, ...]:
    """Every table of progress in a grid, from top to bottom; `names` tells certificates from other texts."""
    return tuple(_Reader(grid, names or Names()).tables())


def worded_tables(grid: Grid, names: Names) -> tuple[FigureTable, ...]:
    """What the sentences of a grid say (本期培训35人，累计培训120人), for reports that have no tables."""
    reader = _Reader(grid, names)
    rows: list[FigureRow] = []
    for row in grid.rows:
        for column, value in row.filled():
            reader.titled(row, value)
            if not isinstance(value, str):
                continue
            for facets, figures in sentences_in(value, row.place(column), names, reader.around):
                rows.append(_figure_row(facets, row.place(column), figures, around=True))
    measures = tuple(dict.fromkeys(what for row in rows for what in row.figures))
    last = grid.rows[-1].number if grid.rows else 0
    return (FigureTable(grid.name, 1, last + 1, tuple(rows), measures, worded=True),) if rows else ()


def header_of(grid: Grid, index: int = 0) -> tuple[Mapping[int, Measure | Role], int, int] | None:
    """Of a grid whose table may still be blank: what each column is, and the first and the last row of its header.

    The first header from the grid's row `index` on that has a certificate and a stage.
    """
    names = Names()
    for start in range(index, len(grid.rows)):
        band = band_at(grid, start, names)
        if band is None:
            continue
        columns = {
            number: column.facets.what for number, column in band.columns.items() if column.facets.what is not None
        }
        stages = [
            what for what in columns.values() if isinstance(what, Measure) and what.matter and what.matter.is_stage
        ]
        if Role.CERTIFICATE in columns.values() and stages:
            return columns, grid.rows[band.first].number, grid.rows[band.last].number
    return None


@dataclass(slots=True)
class _Group:
    """Figures of one certificate, level and period while they are gathered."""

    facets: Facets
    line: Line
    figures: dict[Measure, Figure] = field(default_factory=dict)
    place: tuple[int, int] = (0, 0)


class _Reader:
    """Walks one grid from top to bottom."""

    def __init__(self, grid: Grid, names: Names) -> None:
        self.grid, self.names = grid, names
        self.around = NONE
        self._rank = len(_RANKS)
        for text in (*grid.above, grid.name):
            self._title(text, own=text is grid.name)
        self._bands: dict[int, Band | None] = {}

    def tables(self) -> Iterator[FigureTable]:
        """The tables, and what stands in pairs of title and answer between them."""
        index = 0
        pairs = _Gathered(self.grid)
        rows = self.grid.rows
        while index < len(rows):
            band = self._band(index)
            if band is not None:
                table, end = self._body(band)
                if table is not None:
                    yield from pairs.table(rows[index].number)
                    pairs = _Gathered(self.grid)
                    yield table
                index = max(end, index + 1)
                continue
            self._between(rows[index], pairs)
            index += 1
        yield from pairs.table(rows[-1].number + 1 if rows else 1)

    def _band(self, index: int) -> Band | None:
        """The header that begins at a row of the grid; it is asked for where a table may end, and again where one may begin."""
        if index not in self._bands:
            self._bands[index] = band_at(self.grid, index, self.names)
        return self._bands[index]

    def titled(self, row: Row, value: Cell) -> None:
        """Take in what a cell that stands alone in its row says of all that follows."""
        if isinstance(value, str) and sum(1 for _ in row.filled()) == 1:
            self._title(value)

    def _title(self, value: str, own: bool = False) -> None:
        text = text_of(value)
        if len(text) > 50:
            return
        title, colon, answer = text.replace("：", ":").partition(":")
        asked = self.names.facets(title)
        if colon and answer.strip() and asked.what in (Role.CERTIFICATE, Role.LEVEL, Role.PERIOD):
            self._asked(asked, answer.strip(), "")
            return
        rank = next((number for number, pattern in enumerate(_RANKS) if pattern.match(text)), len(_RANKS))
        facets = self.names.facets(text)
        if not facets.places and not facets.titles:
            facets = period_in(text)
        if facets.certificate or facets.level:
            self._rank = rank
            self.around = replace(
                self.around, certificate=facets.certificate or self.around.certificate, level=facets.level
            )
        elif rank < len(_RANKS) and rank <= self._rank and not own:
            self.around = replace(self.around, certificate="", level=None)
        if facets.number is not None or facets.span is not None:
            self.around = replace(self.around, number=facets.number, span=facets.span)

    def _between(self, row: Row, pairs: _Gathered) -> None:
        """A row outside of any table: a title, or titles with their answers beside them."""
        cells = list(row.filled())
        if len(cells) == 1:
            self.titled(row, cells[0][1])
            return
        title: Facets = NONE
        start: Cell = ""
        for column, value in cells:
            facets = self.names.facets(value)
            if title.what in (Role.CERTIFICATE, Role.LEVEL, Role.PERIOD, Role.START, Role.END) and not facets.titles:
                if title.what is Role.START:
                    start = value
                else:
                    self._asked(title, value, start)
                title = NONE
            elif isinstance(title.what, Measure) and (is_figure(value) or row.place(column) in self.grid.faults):
                read = read_figure(value, self.grid.faults.get(row.place(column), ""), title.what.unit)
                if read is not None:
                    pairs.add(title.under(self.around), Line(), title.what, Figure(read, row.place(column)), None)
                title = NONE
            else:
                title = facets if facets.titles and not is_figure(value) else NONE

    def _asked(self, title: Facets, value: Cell, start: Cell) -> None:
        """The answer to a title that says what follows is about."""
        if title.what is Role.CERTIFICATE:
            name, level = split_certificate(text_of(value))
            self.around, self._rank = replace(self.around, certificate=name, level=level), len(_RANKS)
        elif title.what is Role.LEVEL:
            self.around = replace(self.around, level=read_level(text_of(value)) or self.around.level)
        else:
            line = Line()
            line.read_period(value if title.what is Role.PERIOD else (start, value))
            if line.facets.number is not None or line.facets.span is not None:
                self.around = replace(self.around, number=line.facets.number, span=line.facets.span)

    def _body(self, band: Band) -> tuple[FigureTable | None, int]:
        """The table below a header, None where nothing stands there; and the index of the row after it."""
        gathered = _Gathered(self.grid, band)
        above: dict[int, Line] = {}
        index, before = band.last + 1, self.grid.rows[band.last].number
        while index < len(self.grid.rows):
            row = self.grid.rows[index]
            if row.number > before + _FARTHEST or self._band(index) is not None:
                break
            if is_pairs(row, self.names) and not gathered.has_figures(row):
                break
            if sum(1 for _ in row.filled()) == 1 and not gathered.has_figures(row):
                if _ends(text_of(next(row.filled())[1])):
                    break
                self.titled(row, next(row.filled())[1])
            elif not self._line(row, band, gathered, above):
                break
            before = row.number
            index += 1
        end = self.grid.rows[index].number if index < len(self.grid.rows) else before + 1
        tables = list(gathered.table(end))
        return (tables[0] if tables else None), index

    def _line(self, row: Row, band: Band, gathered: _Gathered, above: dict[int, Line]) -> bool:
        """One row of a table, part by part where tables stand side by side; False where it belongs to the table no more."""
        first = next(row.filled())[1]
        facets = self.names.facets(first)
        if facets.what is Role.OTHER or (isinstance(first, str) and _ends(text_of(first))):
            return False
        for segment in band.starts or (0,):
            line = read_line(row, band, segment, self.names, above.get(segment))
            own = line.facets.what
            for column, title in band.columns.items():
                place = row.place(column)
                if band.segment(column) != segment or not title.counts:
                    unknown = title.facets == NONE and title.words and band.segment(column) == segment
                    if unknown and not isinstance(row.at(column), str) and is_figure(row.at(column)):
                        gathered.passed.setdefault(title.words, place)
                    continue
                fault = self.grid.faults.get(place, "")
                value = row.at(column)
                if place[0] != row.number or not (fault or is_figure(value)):
                    self._marked(value, place, row, title.facets, line, gathered)
                    continue
                label = line.label_of(column)
                if (
                    isinstance(label.what, Measure)
                    and isinstance(title.facets.what, Measure)
                    and title.facets.what.matter
                ):
                    return False
                said = label if label.titles or label.places else NONE
                measure = measured(title.facets, said, own, line.facets.scope)
                read = read_figure(value, fault, (measure.unit if measure else "") or line.unit)
                if measure is None:
                    if line.what_text and title.role is Role.AMOUNT:
                        gathered.odd.append((place, line.what_text))
                elif read is not None:
                    placed = line.facets.under(said).under(title.facets).under(self.around)
                    by_row = row.number if line.facets.places or title.role is Role.AMOUNT else None
                    gathered.add(placed, line, measure, Figure(read, place), by_row)
            gathered.say(line, self.names, self.around, row)
            above[segment] = line
        return True

    def _marked(
        self, value: Cell, place: tuple[int, int], row: Row, title: Facets, line: Line, gathered: _Gathered
    ) -> None:
        """A cell below a counting title that holds words instead of a figure is not passed over in silence."""
        if not isinstance(value, str) or is_blank(value) or place[0] != row.number or line.facets.sums:
            return
        read = read_figure(value, "")
        if isinstance(read, Trouble) and isinstance(title.what, Measure) and not self.names.facets(value).titles:
            measure = title.what
            if measure.matter is not None or measure.scope is Scope.PLANNED:
                by_row = row.number if line.facets.places else None
                gathered.add(line.facets.under(title).under(self.around), line, measure, Figure(read, place), by_row)


def _ends(text: str) -> bool:
    """Whether a text begins what comes after a table: remarks, who filled it in."""
    return bool(re.match(r"工作(?:进展|情况)|存在|下一步|意见|填报|填表|审核|联系|备注|注[:：\d]|说明|制表", text))


def measured(title: Facets, label: Facets, own: object = None, scope: Scope | None = None) -> Measure | None:
    """What a figure counts, by the title of its column and the label of its row; None where neither says.

    `own` and `scope` are what the row's own column of matters says.
    """
    by_row = label.what if isinstance(label.what, Measure) else own if isinstance(own, Measure) else None
    scope = title.scope or label.scope or scope
    what = title.what if isinstance(title.what, Measure) else None
    if what is not None and what.scope is Scope.PLANNED and by_row is not None:
        # 计划 beside 考核人数 is what was planned for the exam, not what the pilot was approved for.
        return what if by_row.matter in (None, what.matter, Matter.TRAINING) else None
    if what is None or (what.matter is None and what.scope is not Scope.PLANNED):
        what = by_row
    if what is None:
        return None
    if what.scope is Scope.UNSAID and scope is not None:
        return Measure(what.matter, scope, what.unit)
    return what


class _Gathered:
    """The rows of one table while they are gathered."""

    def __init__(self, grid: Grid, band: Band | None = None) -> None:
        self.grid, self.band = grid, band
        self.odd: list[tuple[tuple[int, int], str]] = []
        self.passed: dict[str, tuple[int, int]] = {}
        self._groups: dict[object, list[_Group]] = {}
        self._order: list[_Group] = []

    def has_figures(self, row: Row) -> bool:
        """Whether figures stand in the columns that count."""
        columns = self.band.columns if self.band else {}
        return any(title.counts and is_figure(row.at(column)) for column, title in columns.items())

    def add(self, facets: Facets, line: Line, measure: Measure, figure: Figure, by_row: int | None) -> None:
        """One figure; it goes to those of the same certificate, level and period, unless that figure is there already."""
        total = line.facets.sums
        key = (
            by_row,
            "" if total else facets.certificate,
            facets.level,
            facets.number,
            facets.span,
            line.school,
            total,
        )
        group = next((each for each in self._groups.get(key, ()) if measure not in each.figures), None)
        if group is None:
            group = _Group(replace(facets, sums=total), line, place=line.place or figure.place)
            self._groups.setdefault(key, []).append(group)
            self._order.append(group)
        group.figures[measure] = figure

    def say(self, line: Line, names: Names, around: Facets, row: Row) -> None:
        """What a row's own words say where the table has no column for figures: 组织学生培训35人."""
        if self.band is None or not line.what_text or any(title.counts for title in self.band.columns.values()):
            return
        place = row.place(line.what_column)
        for facets, figures in sentences_in(line.what_text, place, names, line.facets.under(around)):
            for measure, figure in figures.items():
                self.add(facets, line, measure, figure, row.number)
            return
        if re.search(r"\d", line.what_text):
            self.odd.append((place, line.what_text))

    def table(self, end: int) -> Iterator[FigureTable]:
        """The table, where it says anything; it ends before row `end`."""
        if not self._order and not self.odd:
            return
        rows = tuple(_figure_row(each.facets, each.place, each.figures, each.line) for each in self._order)
        measures = tuple(dict.fromkeys(what for row in rows for what in row.figures))
        first = self.grid.rows[self.band.first].number if self.band else min((row.place[0] for row in rows), default=1)
        yield FigureTable(
            self.grid.name,
            first,
            end,
            rows,
            measures,
            tuple(self.odd),
            tuple((place, words) for words, place in self.passed.items()),
        )


def _figure_row(
    facets: Facets,
    place: tuple[int, int],
    figures: Mapping[Measure, Figure],
    line: Line | None = None,
    *,
    around: bool = False,
) -> FigureRow:
    line = line or Line()
    own = line.facets.number is not None or line.facets.span is not None
    return FigureRow(
        "" if facets.sums else facets.certificate,
        facets.level,
        place,
        figures,
        facets.number,
        facets.span,
        line.school,
        line.note,
        facets.sums,
        line.trouble,
        line.carried,
        around or not own,
    )


__all__ = [
    "Amount",
    "Figure",
    "FigureRow",
    "FigureTable",
    "Span",
    "figure_tables",
    "header_of",
    "read_figure",
    "split_certificate",
    "worded_tables",
]
