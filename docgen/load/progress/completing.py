"""Rows as read → the season's entries: days without a year completed, units put where they belong, totals left out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from docgen.findings import Finding, Severity
from docgen.model.catalogue import CatalogueView
from docgen.model.season import (
    MonthDay,
    PeriodRemarks,
    ProgressEntry,
    SeasonInfo,
)
from docgen.model.source import Origin
from docgen.season.periods import default_end

from ..dates import Span, Window
from ..faults import finding
from .entries import table_entries, united
from .facets import TOTAL, split_certificate
from .rows import RowTables

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
        _named(entry, catalogue)
        for entry in (*_entries(entries, done), *table_entries(tables, done.info, done.findings))
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


def _filled_down(entries: tuple[ProgressEntry, ...], done: Completed) -> Iterable[ProgressEntry]:
    """The entries with the certificates that people write once, above all the rows that belong to them.

    Only where a sheet is written so throughout: no certificate stands twice in a row, and students are counted in rows
    without one. It is told, since spending without a certificate may belong to the whole school.
    """
    by_sheet: dict[str, list[ProgressEntry]] = {}
    for entry in entries:
        by_sheet.setdefault(entry.origin.sheet, []).append(entry)
    for sheet, rows in by_sheet.items():
        pairs = [(one, other) for one, other in pairwise(rows) if one.certificate and other.certificate]
        blank = [row for row in rows if not row.certificate]
        counted = [row for row in blank if row.matter is not None and row.matter.is_stage]
        if (
            not counted
            or not rows[0].certificate
            or any((one.certificate, one.level) == (other.certificate, other.level) for one, other in pairs)
        ):
            yield from rows
            continue
        message = f"“{sheet}”里有 {len(blank)} 行没有写证书名称，按上面最近写了的一行计入那个证书。"
        hint = "不属于那个证书的行，请补写证书名称；不分证书的写“全部”。"
        done.findings.append(
            finding("DAT010", message, hint, blank[0].origin.at("certificate"), level=Severity.WARNING)
        )
        above = rows[0]
        for row in rows:
            if row.certificate:
                above = row
                yield row
            else:
                yield replace(row, certificate=above.certificate, level=row.level or above.level)


def _entries(entries: Iterable[ProgressEntry], done: Completed) -> Iterable[ProgressEntry]:
    for entry in _filled_down(tuple(entries), done):
        if any(TOTAL.fullmatch(text) for text in (entry.certificate, entry.note)):
            done.totals.add((entry.origin.sheet, str(entry.origin.row)))
            message = f"第 {entry.origin.row} 行是合计，没有作为数据读取。"
            done.findings.append(
                finding("DAT010", message, "不必改；合计由 docgen 算。", entry.origin.at("certificate"))
            )
            continue
        amount, unit = united(entry.amount, entry.unit, entry.matter)
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


def _named(entry: ProgressEntry, catalogue: CatalogueView) -> ProgressEntry:
    known = catalogue.certificate(entry.certificate) if entry.certificate else None
    return replace(entry, certificate=known.name) if known else entry


def _remark(row: PeriodRemarks, done: Completed) -> PeriodRemarks:
    number: Any = row.number
    start, end = _day(row.start, "start", row.origin, done), _day(row.end, "end", row.origin, done)
    if isinstance(number, Span):
        start, end = _day(number.start, "number", row.origin, done), _day(number.end, "number", row.origin, done)
        number = None
    return replace(row, number=number, start=start, end=end, filled=_day(row.filled, "filled", row.origin, done))
