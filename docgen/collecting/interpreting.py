"""Grids of a returned report → a Return: who, which period, what figures, each with its place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import PurePosixPath

from docgen.load.cells import as_text
from docgen.load.dates import Span, Window, read_day, read_period, read_span
from docgen.load.grid import Grid, Place
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
from docgen.model.season import STAGES, Amount, Matter, MonthDay
from docgen.model.source import Source, column_letters
from docgen.model.text import fold, tidy_name

from .labels import Said, labelled, paired
from .records import Line, Note, Return, Sourced, Unread

_PERIOD = re.compile(r"第\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*[期次]")
_SCHOOL = re.compile(
    r"([\u4e00-\u9fffA-Za-z0-9（）()·]{2,30}?(?:职业技术学院|职业学院|技术学院|专科学校|技工学校|中等专业学校|职业技术学校|职业学校|师范学院|学院|大学|学校|职教中心))"
)
_LEAD = re.compile(r"^(?:附件\d*[:：.、]?|关于|报送|20\d\d年度?|\s|[“”\"《》])+")
_FILE_NUMBER = re.compile(r"双周报[-_—\s]*(?:第)?0*(\d{1,2})(?:期)?$")
_TYPES = (("中职", "中职|中专|中等|技工|职高"), ("本科", "本科|大学"), ("高职", "高职|高专|专科|大专"))
_SEARCHED_ROWS = 12


@dataclass(slots=True)
class _Reading:
    """One return while it is being read."""

    file: str
    notes: list[Note] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    conflicts: list[Note] = field(default_factory=list)

    def source(self, grid: str, place: Place | None = None) -> Source:
        return Source(self.file, grid, f"{column_letters(place[1])}{place[0]}" if place else "")


def interpret(file: str, grids: Sequence[Grid], catalogue: CatalogueView) -> tuple[Return, ...]:
    """What a returned spreadsheet or Word document says: one return, or one for each period that its rows name.

    A file without a single figure of progress comes back with no lines and says so in `unread`.
    """
    reading = _Reading(file)
    shown = [grid for grid in grids if not grid.hidden]
    said = list(labelled(shown))
    tables = [table for grid in shown for table in figure_tables(grid)]
    head = _head(file, shown, said, reading)
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
        days = _whole(span, head.end or head.filled)
        if days:
            same = head.end == days[1]
            return replace(head, number=head.number if same else None, start=days[0], end=days[1])
    return head


def _whole(span: Span, near: datetime.date | None) -> tuple[datetime.date, datetime.date] | None:
    """The days of a stretch with their years, taken from a day that is near where they are not said."""
    start, end = span.start, span.end
    if isinstance(start, MonthDay) and isinstance(end, datetime.date):
        start = _year_before(start, end)
    if isinstance(start, datetime.date) and isinstance(end, datetime.date):
        return start, end
    if near is None:
        return None
    window = Window(near - datetime.timedelta(days=182), near + datetime.timedelta(days=182))
    whole = window.complete(start), window.complete(end)
    return (whole[0], whole[1]) if whole[0] and whole[1] else None


def _year_before(day: MonthDay, end: datetime.date) -> datetime.date:
    year = end.year - ((day.month, day.day) > (end.month, end.day))
    return datetime.date(year, day.month, day.day)


def _head(file: str, grids: Sequence[Grid], said: Sequence[Said], reading: _Reading) -> Return:
    """Who returned what for which period: from labels, else from a title, else (told) from the file's name."""
    values: dict[str, Said] = {}
    for each in said:
        values.setdefault(each.what, each)
    filled = _label_day(values.get("filled"), reading)
    school = _school(file, grids, values.get("school"), reading)
    number, days = _period(file, grids, values, filled, reading)
    return Return(
        file,
        school,
        _type(as_text(values["type"].value)) if "type" in values else "",
        re.sub(r"\D", "", as_text(values["code"].value)) if "code" in values else "",
        number,
        days[0] if days else None,
        days[1] if days else None,
        filled,
    )


def _label_day(said: Said | None, reading: _Reading) -> datetime.date | None:
    if said is None:
        return None
    text = re.sub(r"[\s　_]", "", as_text(said.value))
    if re.fullmatch("年月日", text) or not text:
        return None
    day = read_day(said.value)
    if isinstance(day, datetime.date):
        return day
    why = day.message if isinstance(day, Trouble) else "没有写年份"
    reading.unread.append(
        Unread(reading.source(said.grid, said.place), f"填报日期{why}", "请写成 2021-09-13 这样的日期。")
    )
    return None


def _type(text: str) -> str:
    return next((name for name, words in _TYPES if re.search(words, text)), "")


def _top_texts(grids: Sequence[Grid]) -> Iterable[tuple[str, Grid, Place]]:
    for grid in grids:
        for row in grid.rows[:_SEARCHED_ROWS]:
            for column, value in row.filled():
                if isinstance(value, str):
                    yield tidy_name(value), grid, row.place(column)


def _school(file: str, grids: Sequence[Grid], said: Said | None, reading: _Reading) -> str:
    if said is not None:
        name = re.sub(r"[(（](?:公?章|盖章|签章|加盖公章)[)）]|[_＿]+", "", tidy_name(as_text(said.value))).strip()
        if name and not re.fullmatch(r"[\d.\-/年月日]+", name):
            return name
    for text, grid, place in _top_texts(grids):
        match = _SCHOOL.search(_LEAD.sub("", text))
        if match:
            reading.notes.append(Note(reading.source(grid.name, place), f"院校名称取自标题：{match.group(1)}"))
            return match.group(1)
    for part in reversed(PurePosixPath(file).parts):
        match = _SCHOOL.search(_LEAD.sub("", re.sub(r"^[\d_\-.\s]+", "", part)))
        if match:
            reading.notes.append(Note(Source(file), f"报告里没有院校名称，取自文件名：{match.group(1)}"))
            return match.group(1)
    return ""


def _period(
    file: str, grids: Sequence[Grid], values: dict[str, Said], filled: datetime.date | None, reading: _Reading
) -> tuple[int | None, tuple[datetime.date, datetime.date] | None]:
    """The number and the days of the period, as far as they are said."""
    number: int | None = None
    days: tuple[datetime.date, datetime.date] | None = None
    near = filled or _year_said(grids)
    said = values.get("period")
    if said is not None:
        number, days = _number_and_days(as_text(said.value), near, bare=True)
        if number is None and days is None:
            why = f"期次写的是“{as_text(said.value)[:30]}”，读不出是哪一期"
            reading.unread.append(Unread(reading.source(said.grid, said.place), why, "请写期次的数字或起止日期。"))
    if days is None and "start" in values and "end" in values:
        start, end = (read_day(values[name].value) for name in ("start", "end"))
        if not isinstance(start, Trouble) and not isinstance(end, Trouble):
            days = _whole(Span(start, end), near)
    if number is None or days is None:
        for text, _, _ in _top_texts(grids):
            more, stretch = _number_and_days(text, near)
            number, days = number if number is not None else more, days or stretch
    if number is None:
        stem = PurePosixPath(file).stem
        number, stretch = _number_and_days(stem.replace("_", " "), near)
        if number is None and (named := _FILE_NUMBER.search(stem)):
            number = int(named.group(1))
        if number is not None or (days is None and stretch):
            what = "期次" if number is not None else "起止日期"
            reading.notes.append(Note(Source(file), f"报告里没有写{what}，取自文件名：{PurePosixPath(file).name}"))
        days = days or stretch
    return number, days


def _year_said(grids: Sequence[Grid]) -> datetime.date | None:
    """The middle of the only year that the top of a report names, for days without one; None where it names none."""
    years = {year for text, _, _ in _top_texts(grids) for year in re.findall(r"(20\d\d)\s*年", text)}
    return datetime.date(int(years.pop()), 7, 2) if len(years) == 1 else None


_STRETCH = re.compile(
    r"(20\d{6}\s*(?:至|-|—|~)\s*20\d{6}|20\d\d[-./年]?\d{1,2}[-./月]?\d{1,2}[日号]?\s*(?:至|到|—+|–|~|～|-|－|--)\s*(?:20\d\d[-./年]?)?(?:\d{1,2}[-./月])?\d{1,2}[日号]?|\d{1,2}月\d{1,2}[日号]?\s*(?:至|到|—+|–|~|～|-|－)\s*(?:\d{1,2}月)?\d{1,2}[日号]?)"
)


def _number_and_days(
    text: str, near: datetime.date | None, *, bare: bool = False
) -> tuple[int | None, tuple[datetime.date, datetime.date] | None]:
    """The number and the days that a text names; a `bare` number counts only where a label asked for it."""
    named = _PERIOD.search(text)
    written = named.group(0).replace(" ", "").replace("次", "期") if named else text.strip() if bare else ""
    read = read_period(written) if written else None
    number = read if isinstance(read, int) else None
    stretch = _STRETCH.search(text)
    span = read_span(stretch.group(1)) if stretch else read if isinstance(read, Span) else None
    if isinstance(span, Span) and span.start != span.end:
        return number, _whole(span, near)
    return number, None


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
    row: FigureRow, table: FigureTable, context: _Context, catalogue: CatalogueView, reading: _Reading
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
    reading: _Reading,
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


def _scope(measure: Measure, table: FigureTable, context: _Context, source: Source, reading: _Reading) -> Scope:
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


def _check_totals(lines: Sequence[tuple[FigureRow, Line | None]], reading: _Reading) -> None:
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


def _blocks(grids: Sequence[Grid], catalogue: CatalogueView, reading: _Reading) -> Iterable[Line]:
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
