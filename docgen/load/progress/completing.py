"""Rows as read → the season's entries: days without a year completed, units put where they belong, totals left out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from docgen.findings import Finding, Severity
from docgen.model.catalogue import CatalogueView
from docgen.model.season import (
    Amount,
    Matter,
    MonthDay,
    PeriodRemarks,
    ProgressEntry,
    SeasonInfo,
    key_of,
)
from docgen.model.source import Origin, column_letters
from docgen.season.periods import Period, default_end, period_at, periods_of

from ..dates import Span, Window
from ..faults import finding
from ..trouble import Trouble
from .measures import Measure, Scope
from .rows import RowTables
from .tables import Figure, FigureRow, FigureTable, split_certificate

_TOTAL = re.compile(r".{0,6}(?:合计|小计|总计|共计|总和)")
_SCALES = {"万": 10_000, "千": 1000}
_WHOLE_SCHOOL = frozenset(("全部", "全校", "所有证书", "全部证书", "/", "无", "—", "-", "公共"))
_HINT = "请写成 2021-09-03 这样带年份的日期。"


@dataclass(slots=True)
class Completed:
    """The season's parts. `totals` are (sheet, row) of rows that turned out to be sums of others."""

    info: SeasonInfo
    entries: tuple[ProgressEntry, ...] = ()
    remarks: tuple[PeriodRemarks, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    totals: set[tuple[str, str]] = field(default_factory=set)


def complete(
    info: SeasonInfo,
    entries: Iterable[ProgressEntry],
    remarks: Iterable[PeriodRemarks],
    tables: RowTables,
    catalogue: CatalogueView,
) -> Completed:
    """The season's settings, entries and remarks as they are meant. What cannot be told is a finding."""
    done = Completed(info)
    done.info = _info(info, tables, done)
    done.entries = tuple(
        _named(entry, catalogue) for entry in (*_entries(entries, done), *_table_entries(tables, done))
    )
    done.remarks = tuple(_remark(row, done) for row in remarks)
    return done


def _info(info: SeasonInfo, tables: RowTables, done: Completed) -> SeasonInfo:
    """The settings with days that have a year; without a first day, the one at which the school's own table begins."""
    for name in ("start", "end", "paused_from", "paused_until"):
        day: Any = getattr(info, name)
        if not isinstance(day, MonthDay):
            continue
        year = info.start.year if isinstance(info.start, datetime.date) else None
        whole = Window(datetime.date(year, 1, 1), datetime.date(year, 12, 31)).complete(day) if year else None
        if whole is None:
            message = f"“{day.month}月{day.day}日”没有写年份。"
            done.findings.append(finding("DAT033", message, _HINT, info.origin.at(name)))
        info = replace(info, **{name: whole})  # type: ignore[arg-type]
    spans = [row.span for table in tables.tables for row in table.rows if row.span]
    days: list[Any] = [(span.start, span.end) for span in spans if _whole(span)]
    if info.start is None and days:
        first: Any = min(days)
        info = replace(info, start=first[0], cycle=info.cycle or _days(first))
        message = f"没有填“开始日期”，按进展表里最早的一期从 {first[0]} 开始、{info.cycle} 天一期计算。"
        done.findings.append(
            finding(
                "DAT033", message, "请在“设置”工作表里填写开始日期。", info.origin.at("start"), level=Severity.WARNING
            )
        )
    return info


def _whole(span: Span) -> bool:
    return isinstance(span.start, datetime.date) and isinstance(span.end, datetime.date)


def _days(days: Any) -> int:
    return int((days[1] - days[0]).days) + 1


def _window(info: SeasonInfo) -> Window | None:
    return Window(info.start, info.end or default_end(info.start)) if info.start else None


def _day(value: Any, name: str, origin: Origin, done: Completed) -> datetime.date | None:
    """A day with its year, None (and a finding) where the season does not tell which."""
    if not isinstance(value, MonthDay):
        return value  # type: ignore[no-any-return]
    window = _window(done.info)
    day = window.complete(value) if window else None
    if day is None:
        message = f"“{value.month}月{value.day}日”没有写年份，从开始日期和结束日期也看不出是哪一年。"
        done.findings.append(finding("DAT033", message, _HINT, origin.at(name)))
    return day


def _entries(entries: Iterable[ProgressEntry], done: Completed) -> Iterable[ProgressEntry]:
    for entry in entries:
        if any(_TOTAL.fullmatch(text) for text in (entry.certificate, entry.note)):
            done.totals.add((entry.origin.sheet, str(entry.origin.row)))
            message = f"第 {entry.origin.row} 行是合计，没有作为数据读取。"
            done.findings.append(
                finding("DAT010", message, "不必改；合计由 docgen 算。", entry.origin.at("certificate"))
            )
            continue
        amount, unit = _united(entry.amount, entry.unit, entry.matter)
        certificate = "" if entry.certificate in _WHOLE_SCHOOL else entry.certificate
        name, level = split_certificate(certificate)
        yield replace(
            entry,
            certificate=name,
            level=entry.level or level,
            date=_day(entry.date, "date", entry.origin, done),
            amount=amount,
            unit=unit,
        )


def _united(amount: Amount | None, unit: str, matter: Matter | None) -> tuple[Amount | None, str]:
    """The amount in the plain unit: 2.4 with 万元 beside it is 24000 元; people where a stage names none."""
    if amount is None:
        return None, unit
    said = amount.unit or unit
    if not amount.unit and unit[:1] in _SCALES and len(unit) > 1:
        amount, said = Amount(amount.number * _SCALES[unit[0]], unit[1:]), unit[1:]
    if (
        said in ("名", "位", "人次", "学员", "")
        and matter is not None
        and (matter.is_stage or matter is Matter.TEACHERS)
    ):
        said = "人"
    if said == "圆" or (not said and matter is Matter.SPENDING):
        said = "元"
    return Amount(amount.number, said), said


def _named(entry: ProgressEntry, catalogue: CatalogueView) -> ProgressEntry:
    known = catalogue.certificate(entry.certificate) if entry.certificate else None
    return replace(entry, certificate=known.name) if known else entry


def _remark(row: PeriodRemarks, done: Completed) -> PeriodRemarks:
    number: Any = row.number
    start, end = _day(row.start, "start", row.origin, done), _day(row.end, "end", row.origin, done)
    if isinstance(number, Span):
        start, end = _day(number.start, "number", row.origin, done), _day(number.end, "number", row.origin, done)
        number = None
    return replace(row, number=number, start=start, end=end)


def _table_entries(tables: RowTables, done: Completed) -> Iterable[ProgressEntry]:
    """The entries that rows of one certificate and period come to; cumulative figures become what each period added."""
    periods = periods_of(done.info)
    for table in tables.tables:
        before: dict[tuple[tuple[str, str], Matter], Decimal] = {}
        for row in _in_order(table, tables.file, periods, done):
            yield from _row_entries(row, table, tables.file, before, done)


@dataclass(frozen=True, slots=True)
class _Dated:
    row: FigureRow
    number: int


def _in_order(table: FigureTable, file: str, periods: tuple[Period, ...], done: Completed) -> list[_Dated]:
    dated = []
    for row in table.rows:
        if row.total:
            message = f"第 {row.place[0]} 行是合计，没有作为数据读取。"
            done.findings.append(
                finding("DAT010", message, "不必改；合计由 docgen 算。", _source(table, file, row.place))
            )
            continue
        number = _number(row, periods)
        if number is None:
            why = row.period_trouble.message if row.period_trouble else "没有写期次或日期，或者不在试点时段内"
            message = f"第 {row.place[0]} 行（{row.certificate}）的期次{why}，这一行没有计入。"
            hint = "请在这一行填期次的数字，或开始、结束日期。"
            done.findings.append(finding("DAT033", message, hint, _source(table, file, row.place)))
        else:
            dated.append(_Dated(row, number))
    return sorted(dated, key=lambda each: each.number)


def _number(row: FigureRow, periods: tuple[Period, ...]) -> int | None:
    if row.number is not None:
        return row.number if 0 < row.number <= len(periods) else None
    if row.span is None or not periods:
        return None
    window = Window(periods[0].start, periods[-1].end)
    end = window.complete(row.span.end)
    period = period_at(periods, end) if end else None
    return period.number if period else None


def _source(table: FigureTable, file: str, place: tuple[int, int]) -> Any:
    return Origin(file, table.grid, place[0], {"": place}).at("")


def _row_entries(
    dated: _Dated, table: FigureTable, file: str, before: dict[Any, Decimal], done: Completed
) -> Iterable[ProgressEntry]:
    row = dated.row
    key = key_of(row.certificate, row.level)
    for matter in Matter:
        this = _figure(row, matter, (Scope.PERIOD, Scope.UNSAID))
        total = _figure(row, matter, (Scope.CUMULATIVE,))
        stated = _read(total, table, file, row, done)
        amount = _read(this, table, file, row, done)
        place = this or total
        if place is None or (amount is None and stated is None):
            continue
        if amount is None and stated is not None and this is None:
            added = stated.number - before.get((key, matter), Decimal(0))
            amount = Amount(added, stated.unit)
        if stated is not None:
            before[key, matter] = stated.number
        if amount is None or (amount.number == 0 and stated is None):
            continue
        amount, unit = _united(amount, "", matter)
        places = {"certificate": row.place, "amount": place.place, "date": row.place, "matter": place.place}
        yield ProgressEntry(
            Origin(file, table.grid, row.place[0], places),
            certificate=row.certificate,
            level=row.level,
            matter=matter,
            amount=amount,
            unit=unit,
            note=row.note,
            number=dated.number,
            stated=stated.number if stated and this is not None else None,
        )


def _figure(row: FigureRow, matter: Matter, scopes: tuple[Scope, ...]) -> Figure | None:
    found: Mapping[Measure, Figure] = row.figures
    return next(
        (figure for scope in scopes for what, figure in found.items() if (what.matter, what.scope) == (matter, scope)),
        None,
    )


def _read(figure: Figure | None, table: FigureTable, file: str, row: FigureRow, done: Completed) -> Amount | None:
    if figure is None:
        return None
    if isinstance(figure.value, Trouble):
        cell = f"{column_letters(figure.place[1])}{figure.place[0]}"
        message = f"{row.certificate}的数（{cell}）{figure.value.message}，没有计入。"
        done.findings.append(finding(figure.value.rule, message, figure.value.hint, _source(table, file, figure.place)))
        return None
    return figure.value
