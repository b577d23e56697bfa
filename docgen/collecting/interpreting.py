"""Grids of a returned report → a Return: who, which period, what figures, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from docgen.load.cells import as_text
from docgen.load.dates import Span
from docgen.load.grid import Grid
from docgen.load.progress.entries import united
from docgen.load.progress.facets import Names
from docgen.load.progress.figures import FigureRow, FigureTable, read_figure
from docgen.load.progress.measures import Measure, Scope
from docgen.load.progress.tables import figure_tables, worded_tables
from docgen.load.trouble import Trouble
from docgen.model.catalogue import CatalogueView
from docgen.model.records import CertificateLevel
from docgen.model.season import STAGES, Amount, Matter
from docgen.model.source import Source
from docgen.model.text import fold, tidy_name

from .heading import Reading, head_of, whole_days
from .labels import labelled
from .records import Line, Note, Return, Sourced, Task, Unread, Work


def interpret(file: str, grids: Sequence[Grid], catalogue: CatalogueView) -> tuple[Return, ...]:
    """What a returned spreadsheet or Word document says: one return, or one for each period that its rows name.

    A file without a single figure of progress comes back with no lines and says so in `unread`.
    """
    reading = Reading(file)
    shown = [grid for grid in grids if not grid.hidden]
    said = list(labelled(shown))
    names = Names(lambda name: catalogue.certificate(name) is not None)
    tables = [table for grid in shown for table in figure_tables(grid, names)]
    if not any(row.figures for table in tables for row in table.rows):
        tables += [table for grid in shown for table in worded_tables(grid, names)]
    head = head_of(file, shown, said, reading)
    corrected = _corrections(shown)
    by_period = _by_period(tables, shown, head, catalogue, reading)
    if not by_period:
        why = "没有找到证书和人数（表头如“证书名称、等级、本期培训人数、累计培训人数”）"
        if reading.unread:
            why = "没有一个能计入的数，各处的原因另列"
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


def _by_period(
    tables: Sequence[FigureTable], grids: Sequence[Grid], head: Return, catalogue: CatalogueView, reading: Reading
) -> dict[Said, list[Line]]:
    """School and period that the rows themselves name → their lines, those of one certificate put together."""
    around = {(row.number, row.span) for table in tables for row in table.rows if row.around and not row.total}
    around.discard((None, None))
    found: dict[Said, list[Line]] = {}
    loose: list[tuple[FigureRow, Line]] = []
    events: list[tuple[FigureRow, Line]] = []
    for table in tables:
        context = _context(table, grids)
        lines = [(row, _line(row, table, context, catalogue, reading)) for row in table.rows]
        for row, line in lines:
            if row.total or line is None:
                continue
            if _is_event(row):
                events.append((row, line))
            elif not line.certificate:
                loose.append((row, line))
            else:
                # A title that holds for the whole report is read with its head, where there is more to go by.
                said = (None, None) if row.around and len(around) <= 1 else (row.number, row.span)
                _put(found.setdefault((row.school, *said), []), line)
        _check_totals(lines, reading)
        _tell_odd(table, reading)
    if events and not any(line.counts for lines in found.values() for line in lines):
        _add_events(events, head, found, reading)
    _place_loose(loose, head, found, reading)
    return found


Said = tuple[str, int | None, Span | None]
"""The school, the number and the days of its period, as far as a row itself names them."""


def _tell_odd(table: FigureTable, reading: Reading) -> None:
    for place, words in table.passed:
        source = reading.source(table.grid, place)
        reading.notes.append(Note(source, f"“{words[:20]}”这一列的数没有读取：不是双周报要汇总的"))
    for place, words in table.odd:
        why = f"“{words[:20]}”看不出是哪一类，这个数没有计入"
        reading.unread.append(Unread(reading.source(table.grid, place), why, "请写明是培训、报名、考核还是取证。"))


def _is_event(row: FigureRow) -> bool:
    """Whether a row tells of one day: a list of what was done, which a report sums up elsewhere."""
    return (
        row.span is not None
        and not row.around
        and row.number is None
        and row.span.start == row.span.end
        and (not any(what.scope is Scope.CUMULATIVE for what in row.figures))
    )


def _add_events(
    events: Sequence[tuple[FigureRow, Line]], head: Return, found: dict[Said, list[Line]], reading: Reading
) -> None:
    """Sum the entries of a report that has nothing but a list of them, as far as they lie in its period."""
    sums: dict[tuple[str, str], Line] = {}
    for row, line in events:
        days = whole_days(row.span, head.end or head.filled) if row.span else None
        if days is None or head.start is None or head.end is None or not head.start <= days[1] <= head.end:
            why = "只有逐日的记录，这一行的日期不在报告写的期间里，没有计入"
            reading.unread.append(Unread(line.source, why, "请核对日期和报告的起止日期。"))
            continue
        sums[line.key] = _added(sums[line.key], line) if line.key in sums else line
    for line in sums.values():
        _put(found.setdefault(("", None, None), []), line)
    if sums:
        reading.notes.append(Note(Source(reading.file), "报告里只有逐日的记录，本期数是其中各行之和"))


def _added(one: Line, other: Line) -> Line:
    this = dict(one.this)
    for matter, figure in other.this.items():
        this[matter] = replace(figure, number=figure.number + this[matter].number) if matter in this else figure
    work = dict(one.work)
    for task, done in other.work.items():
        before = work.get(task)
        both = done.this and before and before.this
        work[task] = (
            replace(done, this=replace(both, number=done.this.number + both.number)) if both and done.this else done
        )
    return replace(one, this=this, work=work)


def _place_loose(
    loose: Sequence[tuple[FigureRow, Line]], head: Return, found: dict[Said, list[Line]], reading: Reading
) -> None:
    """Rows that name no certificate: work of the whole school; sums to compare; figures that belong nowhere."""
    counted = [line for lines in found.values() for line in lines if line.counts]
    for row, line in loose:
        if line.work:
            own = replace(line, approved=None, this={}, total={}, certificate="", level=None)
            _put(found.setdefault((row.school, None, None), []), own)
        if not line.counts:
            continue
        if not counted:
            reading.unread.append(Unread(line.source, "这一行有人数，没有证书名称", "请补写证书名称和等级。"))
        elif row.around and row.number in (None, head.number):
            _compare(line, counted, reading)


def _compare(line: Line, counted: Sequence[Line], reading: Reading) -> None:
    """Hold a sum that stands apart from the certificates' rows against them."""
    for name, attribute in (("本期", "this"), ("累计", "total")):
        for matter, stated in getattr(line, attribute).items():
            summed = _summed(counted, attribute, matter)
            if stated.number != summed and any(matter in getattr(each, attribute) for each in counted):
                text = f"{name}{matter.value}写的总数是 {stated.number:f}，各证书之和是 {summed:f}"
                reading.conflicts.append(Note(stated.source, text))


def _put(lines: list[Line], line: Line) -> None:
    """A line, put together with one of the same certificate where neither says what the other does otherwise."""
    for index, other in enumerate(lines):
        if other.key == line.key and not _contradict(other, line):
            lines[index] = replace(
                other,
                approved=other.approved or line.approved,
                this={**line.this, **other.this},
                total={**line.total, **other.total},
                work={**line.work, **other.work},
            )
            return
    lines.append(line)


def _contradict(one: Line, other: Line) -> bool:
    pairs = ((one.this, other.this), (one.total, other.total))
    return any(
        mine[matter].number != theirs[matter].number for mine, theirs in pairs for matter in mine.keys() & theirs.keys()
    ) or bool(one.approved and other.approved and one.approved.number != other.approved.number)


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
    days = whole_days(span, head.end or head.filled) if span is not None else None
    if number is not None:
        own = days or ((head.start, head.end) if head.number == number else (None, None))
        return replace(head, number=number, start=own[0], end=own[1])
    if days is not None:
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
    work: dict[Task, Work] = {}
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
        found = Sourced(figure.value.number, source)
        if measure.matter is None or measure.matter.is_stage:
            scope = Scope.PERIOD if _is_event(row) else _scope(measure, table, context, source, reading)
            figures[measure.matter, scope] = found
        elif measure.scope is not Scope.PREVIOUS:
            amount, unit = united(figure.value, "", measure.matter)
            found = Sourced(amount.number if amount else found.number, source)
            before = work.get((measure.matter, unit), Work())
            summed = measure.scope is Scope.CUMULATIVE
            work[measure.matter, unit] = replace(before, total=found) if summed else replace(before, this=found)
    place = reading.source(table.grid, row.place)
    if row.carried and not row.total and figures:
        reading.notes.append(Note(place, f"没有写证书名称，按上一行算作“{row.certificate}”"))
    return _made(row.certificate, row.level, place, figures, work, catalogue, reading)


def _made(
    certificate: str,
    level: CertificateLevel | None,
    place: Source,
    figures: dict[tuple[Matter | None, Scope], Sourced],
    work: dict[Task, Work],
    catalogue: CatalogueView,
    reading: Reading,
) -> Line | None:
    if not figures and not work:
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
        work=work,
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
