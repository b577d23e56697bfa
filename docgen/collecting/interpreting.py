"""Grids of a returned report → a Return: who, which period, what figures, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from docgen.load.cells import as_text
from docgen.load.dates import Span
from docgen.load.grid import Grid
from docgen.load.progress.measures import Measure, Role, Scope
from docgen.load.progress.tables import (
    FigureRow,
    FigureTable,
    figure_tables,
    read_figure,
    read_level,
    split_certificate,
)
from docgen.load.trouble import Trouble
from docgen.model.catalogue import CatalogueView
from docgen.model.records import CertificateLevel
from docgen.model.season import STAGES, Amount, Matter
from docgen.model.source import Source
from docgen.model.text import fold, tidy_name

from .heading import Reading, head_of, whole_days
from .labels import labelled, paired
from .records import Line, Note, Return, Sourced, Unread


def interpret(file: str, grids: Sequence[Grid], catalogue: CatalogueView) -> tuple[Return, ...]:
    """What a returned spreadsheet or Word document says: one return, or one for each period that its rows name.

    A file without a single figure of progress comes back with no lines and says so in `unread`.
    """
    reading = Reading(file)
    shown = [grid for grid in grids if not grid.hidden]
    said = list(labelled(shown))
    tables = [table for grid in shown for table in figure_tables(grid)]
    head = head_of(file, shown, said, reading)
    corrected = _corrections(shown)
    by_period: dict[tuple[str, int | None, Span | None], list[Line]] = {}
    for table in tables:
        context = _context(table, shown)
        lines = [(row, _line(row, table, context, catalogue, reading)) for row in table.rows]
        for row, line in lines:
            if not row.total and line is not None and not line.certificate:
                reading.unread.append(Unread(line.source, "这一行有人数，没有证书名称", "请补写证书名称和等级。"))
            elif not row.total and line is not None:
                by_period.setdefault((row.school, row.number, row.span), []).append(line)
        _check_totals(lines, reading)
    if not tables:
        lines_of_blocks = list(_blocks(shown, catalogue, reading))
        if lines_of_blocks:
            by_period["", None, None] = lines_of_blocks
    if not by_period:
        why = "没有找到证书和人数（表头如“证书名称、等级、本期培训人数、累计培训人数”）"
        remedy = "请学校按模板填写，或把表头改成这样的写法。"
        reading.unread.append(Unread(Source(file), why, remedy, whole=True))
        return (replace(head, unread=tuple(reading.unread), notes=tuple(reading.notes)),)
    found = []
    for index, ((school, number, span), lines_of_period) in enumerate(by_period.items()):
        each = _with_period(replace(head, school=school, type="", code="") if school else head, number, span)
        rest = (tuple(reading.unread), tuple(reading.notes), tuple(reading.conflicts)) if index == 0 else ((), (), ())
        found.append(
            replace(
                each,
                lines=tuple(_mended(line, corrected) for line in lines_of_period),
                unread=rest[0],
                notes=rest[1],
                conflicts=rest[2],
            )
        )
    return tuple(found)


def _corrections(grids: Sequence[Grid]) -> dict[str, dict[Matter, Decimal]]:
    """Certificate → stage → by how much the report's own list of corrections changes earlier periods."""
    found: dict[str, dict[Matter, Decimal]] = {}
    for grid in grids:
        columns: dict[str, int] = {}
        for row in grid.rows:
            texts = {tidy_name(as_text(value)): column for column, value in row.filled()}
            if {"证书", "事项", "相差"} <= texts.keys():
                columns = texts
                continue
            if not columns:
                continue
            matter = next((each for each in STAGES if each.value == as_text(row.at(columns["事项"])).strip()), None)
            change = read_figure(row.at(columns["相差"]), "")
            if matter is None or not isinstance(change, Amount):
                columns = {}
                continue
            of = found.setdefault(fold(as_text(row.at(columns["证书"]))), {})
            of[matter] = of.get(matter, Decimal(0)) + change.number
    return found


def _mended(line: Line, corrected: dict[str, dict[Matter, Decimal]]) -> Line:
    change = corrected.get(fold(line.label))
    return replace(line, corrected=change) if change else line


def _with_period(head: Return, number: int | None, span: Span | None) -> Return:
    """The head with what a row itself says of its period, which goes before what the page says."""
    if number is not None:
        return replace(head, number=number, start=None, end=None) if head.number != number else head
    if span is not None:
        days = whole_days(span, head.end or head.filled)
        if days:
            same = head.end == days[1]
            return replace(head, number=head.number if same else None, start=days[0], end=days[1])
    return head


@dataclass(frozen=True, slots=True)
class _Context:
    """What stands around a table: whether its title says that figures without a word are cumulative."""

    cumulative: bool


def _context(table: FigureTable, grids: Sequence[Grid]) -> _Context:
    grid = next(grid for grid in grids if grid.name == table.grid)
    above = " ".join(as_text(value) for row in grid.rows if row.number < table.header for _, value in row.filled())
    return _Context(
        bool(re.search(r"累计|截至|截止到|截止", f"{above} {grid.name}")) and not re.search("本期|新增", above)
    )


def _line(
    row: FigureRow, table: FigureTable, context: _Context, catalogue: CatalogueView, reading: Reading
) -> Line | None:
    """A table's row as a line; None where it has no certificate or no figure that could be read."""
    figures: dict[tuple[Matter | None, Scope], Sourced] = {}
    for measure, figure in row.figures.items():
        source = reading.source(table.grid, figure.place)
        if isinstance(figure.value, Trouble):
            if row.total:
                continue  # a sum that was not calculated: it is only there to be compared
            what = measure.matter.value if measure.matter else "批准人数"
            reading.unread.append(
                Unread(source, f"{row.certificate or '合计'} {what}{figure.value.message}", figure.value.hint)
            )
            continue
        figures[measure.matter, _scope(measure, table, context, source, reading)] = Sourced(figure.value.number, source)
    place = reading.source(table.grid, row.place)
    return _made(row.certificate, row.level, place, figures, catalogue, reading)


def _made(
    certificate: str,
    level: CertificateLevel | None,
    place: Source,
    figures: dict[tuple[Matter | None, Scope], Sourced],
    catalogue: CatalogueView,
    reading: Reading,
) -> Line | None:
    if not figures:
        return None
    known = catalogue.certificate(certificate)
    if known is not None and fold(known.name) != fold(certificate):
        reading.notes.append(Note(place, f"“{certificate}”按证书目录写作“{known.name}”"))
    return Line(
        known.name if known else certificate,
        level,
        place,
        figures.get((None, Scope.PLANNED)),
        {matter: found for matter in STAGES if (found := figures.get((matter, Scope.PERIOD)))},
        {matter: found for matter in STAGES if (found := figures.get((matter, Scope.CUMULATIVE)))},
    )


def _scope(measure: Measure, table: FigureTable, context: _Context, source: Source, reading: Reading) -> Scope:
    """What a figure is summed over; where the header leaves it out, as the table's other headers (or its title) have it."""
    if measure.scope is not Scope.UNSAID or measure.matter is None or not measure.matter.is_stage:
        return measure.scope
    others = {other.scope for other in table.measures if other.matter is measure.matter} - {Scope.UNSAID}
    taken = Scope.CUMULATIVE if others == {Scope.PERIOD} or (not others and context.cumulative) else Scope.PERIOD
    place = Source(source.file, source.sheet)
    text = f"表头“{measure.matter.value}”没有写明本期还是累计，按{taken.value}读取"
    if Note(place, text) not in reading.notes:
        reading.notes.append(Note(place, text))
    return taken


def _check_totals(lines: Sequence[tuple[FigureRow, Line | None]], reading: Reading) -> None:
    """Hold each totals row against the sum of the rows above it (of all rows, or since the totals before)."""
    since: list[Line] = []
    everything: list[Line] = []
    for row, line in lines:
        if not row.total:
            if line is not None:
                since.append(line)
                everything.append(line)
            continue
        if line is not None and everything:
            for name, attribute in (("本期", "this"), ("累计", "total")):
                for matter, stated in getattr(line, attribute).items():
                    sums = [_summed(group, attribute, matter) for group in (since, everything) if group]
                    if stated.number not in sums:
                        text = f"{name}{matter.value}的合计写的是 {stated.number:f}，各行之和是 {sums[-1]:f}"
                        reading.conflicts.append(Note(stated.source, text))
        since = []


def _summed(lines: Iterable[Line], attribute: str, matter: Matter) -> Decimal:
    found = (getattr(line, attribute).get(matter) for line in lines)
    return sum((each.number for each in found if each is not None), Decimal(0))


def _blocks(grids: Sequence[Grid], catalogue: CatalogueView, reading: Reading) -> Iterable[Line]:
    """Lines of a form that names a certificate and then, label by label, its figures."""
    name, level, place = "", None, Source(reading.file)
    figures: dict[tuple[Matter | None, Scope], Sourced] = {}
    for pair in paired(grids):
        source = reading.source(pair.grid, pair.place)
        if pair.meaning is Role.CERTIFICATE:
            line = _made(name, level, place, figures, catalogue, reading) if name else None
            if line is not None:
                yield line
            name, level = split_certificate(as_text(pair.value))
            place, figures = source, {}
        elif pair.meaning is Role.LEVEL:
            level = read_level(as_text(pair.value)) or level
        elif isinstance(pair.meaning, Measure) and name:
            read = read_figure(pair.value, "", pair.meaning.unit)
            what = pair.meaning.matter.value if pair.meaning.matter else "批准人数"
            if isinstance(read, Trouble):
                reading.unread.append(Unread(source, f"{name} {what}{read.message}", read.hint))
            elif isinstance(read, Amount):
                scope = Scope.PERIOD if pair.meaning.scope is Scope.UNSAID else pair.meaning.scope
                if pair.meaning.scope is Scope.UNSAID and pair.meaning.matter in STAGES:
                    reading.notes.append(Note(source, f"“{what}”没有写明本期还是累计，按本期读取"))
                figures[pair.meaning.matter, scope] = Sourced(read.number, source)
    line = _made(name, level, place, figures, catalogue, reading) if name else None
    if line is not None:
        yield line
