"""What one row of a table says beside its figures: of which certificate, level and period it is, and what it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..dates import Span, read_day, read_period
from ..grid import Cell, Row, is_blank
from ..matters import matter_of
from ..trouble import Trouble
from .bands import Band
from .facets import NONE, Facets, Names, is_figure, read_level, split_certificate, text_of
from .measures import Measure, Role, Scope, meaning_of


@dataclass(slots=True)
class Line:
    """A row's words. `labels` are those in columns without a known title, by column; `what_text` names what is counted."""

    facets: Facets = NONE
    school: str = ""
    note: str = ""
    unit: str = ""
    what_text: str = ""
    what_column: int = 0
    trouble: Trouble | None = None
    place: tuple[int, int] | None = None
    carried: bool = False
    labels: Mapping[int, Facets] = field(default_factory=dict)

    def label_of(self, column: int) -> Facets:
        """The labels to the left of a column, the nearest first."""
        found = NONE
        for number in sorted((each for each in self.labels if each < column), reverse=True):
            label = self.labels[number]
            found = replace(
                found.under(label),
                what=found.what or label.what,
                scope=found.scope or label.scope,
                sums=found.sums or label.sums,
            )
        return found

    def read_period(self, value: Cell | tuple[Cell, Cell]) -> None:
        """The period that a cell names, or that reaches from one cell to another."""
        if isinstance(value, tuple):
            days = [read_day(each) for each in value if not is_blank(each)]
            if len(days) == 2 and not any(isinstance(day, Trouble) for day in days):
                self.facets = replace(self.facets, number=None, span=Span(days[0], days[1]))  # type: ignore[arg-type]
            elif len(days) == 1 and not isinstance(days[0], Trouble):
                self.facets = replace(self.facets, number=None, span=Span(days[0], days[0]))
            else:
                self.trouble = next((day for day in days if isinstance(day, Trouble)), None)
            return
        read = read_period(value)
        if isinstance(read, Trouble):
            self.trouble = read
        elif isinstance(read, int):
            self.facets = replace(self.facets, number=read, span=None)
        else:
            self.facets = replace(self.facets, number=None, span=read)


def read_line(row: Row, band: Band, segment: int, names: Names, above: Line | None) -> Line:
    """The words of a row, in one of the tables side by side; `above` is the row before, for cells that are left blank."""
    line = Line()
    at = {role: band.role(role, segment) for role in Role}

    def cell(role: Role) -> Cell:
        column = at[role]
        return row.at(column) if column is not None else ""

    line.school, line.note = text_of(cell(Role.SCHOOL)), text_of(cell(Role.NOTE))
    line.unit = text_of(cell(Role.UNIT))
    _labels(row, band, segment, names, line, above)
    columns = [
        number
        for number, title in band.columns.items()
        if title.role is Role.PERIOD and band.segment(number) == segment
    ]
    _period(row, cell, at, columns, line, above)
    _certificate(row, cell, at, line, above)
    matter = at[Role.MATTER]
    if matter is not None and not is_blank(row.at(matter)):
        line.what_text, line.what_column = text_of(row.at(matter)), matter
        facets = names.facets(row.at(matter))
        known = facets.what if isinstance(facets.what, Measure) else None
        if known is None and not facets.titles and (said := matter_of(line.what_text)) is not None:
            known = Measure(said, Scope.UNSAID)
        line.facets = replace(
            line.facets.under(facets), what=known, scope=facets.scope, sums=line.facets.sums or facets.sums
        )
    return line


def _labels(row: Row, band: Band, segment: int, names: Names, line: Line, above: Line | None) -> None:
    labels = {}
    sums = False
    for column, value in row.filled():
        title = band.columns.get(column)
        if band.segment(column) != segment or is_figure(value):
            continue
        facets = names.facets(value)
        plain = title is None or (title.role is None and not title.counts)
        if facets.sums and plain and above is not None and column in above.labels and above.labels[column].scope:
            facets = Facets(scope=Scope.CUMULATIVE)  # 总计 below 本期, of the same certificate
        sums = sums or (facets.sums and not (title and title.counts))
        if plain:
            labels[column] = facets
    line.labels = {column: facets for column, facets in labels.items() if facets.titles or facets.places}
    line.facets = replace(line.facets, sums=sums)


def _period(
    row: Row, cell: Any, at: Mapping[Role, int | None], columns: list[int], line: Line, above: Line | None
) -> None:
    if at[Role.DAY] is not None and at[Role.MONTH] is not None:
        parts = [cell(role) for role in (Role.YEAR, Role.MONTH, Role.DAY)]
        day = _day(parts)
        if day is not None:
            line.facets = replace(line.facets, span=Span(day, day))
        elif not all(map(is_blank, parts)):
            text = "-".join(text_of(part) for part in parts)
            line.trouble = Trouble("DAT033", f"写的是“{text}”，读不出是哪一天", "请写成 2021-09-03 这样的日期。")
    elif not is_blank(cell(Role.PERIOD)):
        for column in columns:  # the number may stand in one, the days in another
            if not is_blank(row.at(column)):
                before = line.facets
                line.read_period(row.at(column))
                line.facets = replace(
                    line.facets, number=line.facets.number or before.number, span=line.facets.span or before.span
                )
    elif at[Role.START] is not None and at[Role.END] is not None:
        line.read_period((cell(Role.START), cell(Role.END)))
    elif not is_blank(cell(Role.END)):
        line.read_period((cell(Role.END), ""))
    elif not is_blank(cell(Role.START)):
        line.read_period((cell(Role.START), ""))
    if above is not None and line.facets.number is None and line.facets.span is None and line.trouble is None:
        line.facets = replace(line.facets, number=above.facets.number, span=above.facets.span)


def _day(parts: list[Cell]) -> Any:
    """A day out of year, month and day in cells of their own; without the year, a day that the season completes."""
    texts = [text_of(part).strip("年月日号") for part in parts]
    if not texts[1].isdecimal() or not texts[2].isdecimal():
        return None
    said = f"{texts[0]}-{texts[1]}-{texts[2]}" if texts[0].isdecimal() else f"{texts[1]}月{texts[2]}日"
    read = read_day(said)
    return None if isinstance(read, Trouble) else read


def _certificate(row: Row, cell: Any, at: Mapping[Role, int | None], line: Line, above: Line | None) -> None:
    column = at[Role.CERTIFICATE]
    if column is None:
        if at[Role.LEVEL] is not None:
            line.facets = replace(line.facets, level=read_level(text_of(cell(Role.LEVEL))))
        return
    text = text_of(row.at(column))
    level = read_level(text_of(cell(Role.LEVEL)))
    line.place = (row.number, column)
    if line.facets.sums:
        return
    what = meaning_of(text)
    if text and not (isinstance(what, Measure) and what.scope is not Scope.UNSAID):
        name, own = split_certificate(text)
        line.facets = replace(line.facets, certificate=name, level=level or own)
    elif not text and above is not None and above.facets.certificate:
        line.carried = True
        line.facets = replace(line.facets, certificate=above.facets.certificate, level=level or above.facets.level)
    else:
        line.facets = replace(line.facets, level=level)


__all__ = ["Line", "read_line"]
