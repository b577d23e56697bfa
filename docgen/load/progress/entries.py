"""Rows of a school's own tables → the season's entries; cumulative figures become what each period added."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from docgen.findings import Finding
from docgen.model.season import Amount, Matter, ProgressEntry, SeasonInfo, key_of
from docgen.model.source import Origin, Source, column_letters
from docgen.season.periods import Period, period_at, periods_of

from ..dates import Window
from ..faults import finding
from ..grid import Place
from ..trouble import Trouble
from .figures import Figure, FigureRow, FigureTable
from .measures import Measure, Scope
from .rows import RowTables

_SCALES = {"万": 10_000, "千": 1000}


def united(amount: Amount | None, unit: str, matter: Matter | None) -> tuple[Amount | None, str]:
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


def table_entries(tables: RowTables, info: SeasonInfo, findings: list[Finding]) -> Iterator[ProgressEntry]:
    """The entries that the tables come to, by period. What cannot be placed or read goes to `findings`."""
    work = _Work(tables.file, periods_of(info), findings)
    before: dict[tuple[tuple[str, str], Matter], Decimal] = {}
    for dated in work.in_order(tables.tables):
        yield from work.entries(dated, before)


@dataclass(frozen=True, slots=True)
class _Dated:
    """A row with its table, its period, and its day where it tells of one."""

    table: FigureTable
    row: FigureRow
    number: int
    day: datetime.date | None


@dataclass(slots=True)
class _Work:
    """One workbook's rows."""

    file: str
    periods: tuple[Period, ...]
    findings: list[Finding]

    def in_order(self, tables: Iterable[FigureTable]) -> list[_Dated]:
        """The rows that add something, by period; those of the same in the order of the sheets."""
        dated = []
        for table in tables:
            for place, words in table.passed:
                message = f"“{words}”这一列的数没有读取：看不出是哪一类。"
                self._say("DAT003", message, "是进展的，表头写“培训人数”这样的名称；不是的，不必理会。", table, place)
            for place, words in table.odd:
                message = f"“{words}”看不出是哪一类事项，这一行的数没有计入。"
                self._say("DAT034", message, "请在“事项”里写学生培训、考核报名、考核、取证等。", table, place)
            for row in table.rows:
                found = None if row.total else self._dated(table, row)
                if row.total:
                    message = f"第 {row.place[0]} 行是合计，没有作为数据读取。"
                    self._say("DAT010", message, "不必改；合计由 docgen 算。", table, row.place)
                elif found is not None:
                    dated.append(found)
                    self._tell_carried(table, row)
        return sorted(dated, key=lambda each: each.number)

    def _say(self, rule: str, message: str, hint: str, table: FigureTable, place: Place) -> None:
        self.findings.append(finding(rule, message, hint, self._source(table, place)))

    def _source(self, table: FigureTable, place: Place) -> Source:
        return Origin(self.file, table.grid, place[0], {"": place}).at("")

    def _tell_carried(self, table: FigureTable, row: FigureRow) -> None:
        if row.carried and any(what.matter is not None and what.matter.is_stage for what in row.figures):
            message = f"第 {row.place[0]} 行没有写证书名称，按上一行算作“{row.certificate}”。"
            self._say("DAT010", message, "不是这个证书的，请补写证书名称。", table, row.place)

    def _dated(self, table: FigureTable, row: FigureRow) -> _Dated | None:
        """A row with the period that it is counted in, None (and a finding) where none can be told."""
        if all(what.scope is Scope.PLANNED for what in row.figures):
            return None  # the plan has no period
        number, day = self._number(row)
        if number is None:
            why = row.period_trouble.message if row.period_trouble else "没有写期次或日期，或者不在试点时段内"
            what = row.certificate or "没有写证书"
            message = f"第 {row.place[0]} 行（{what}）的期次{why}，这一行没有计入。"
            hint = "请在这一行填期次的数字，或开始、结束日期。"
            self._say("DAT033", message, hint, table, row.place)
            return None
        return _Dated(table, row, number, day)

    def _number(self, row: FigureRow) -> tuple[int | None, datetime.date | None]:
        if row.span is None or not self.periods:
            known = row.number is not None and 0 < row.number <= len(self.periods)
            return (row.number if known else None), None
        window = Window(self.periods[0].start, self.periods[-1].end)
        end = window.complete(row.span.end)
        period = period_at(self.periods, end) if end else None
        if period is None:
            known = row.number is not None and 0 < row.number <= len(self.periods)
            return (row.number if known else None), None
        return period.number, end if row.span.start == row.span.end else None

    def entries(self, dated: _Dated, before: dict[tuple[tuple[str, str], Matter], Decimal]) -> Iterator[ProgressEntry]:
        """What a row adds, matter by matter; `before` holds what the rows so far said in sum."""
        row, table = dated.row, dated.table
        key = key_of(row.certificate, row.level)
        for matter in Matter:
            this = _figure(row, matter, (Scope.PERIOD, Scope.UNSAID))
            total = _figure(row, matter, (Scope.CUMULATIVE,))
            stated = self._read(total, table, row)
            amount = self._read(this, table, row)
            place = this or total
            if place is None or (amount is None and stated is None):
                continue
            if amount is None and stated is not None and this is None:
                amount = Amount(stated.number - before.get((key, matter), Decimal(0)), stated.unit)
            if stated is not None:
                before[key, matter] = stated.number
            if amount is None or (amount.number == 0 and stated is None):
                continue
            amount, unit = united(amount, "", matter)
            places = {"certificate": row.place, "amount": place.place, "date": row.place, "matter": place.place}
            yield ProgressEntry(
                Origin(self.file, table.grid, place.place[0], places),
                date=dated.day,
                certificate=row.certificate,
                level=row.level,
                matter=matter,
                amount=amount,
                unit=unit,
                note=row.note,
                number=None if dated.day else dated.number,
                stated=stated.number if stated and this is not None else None,
            )

    def _read(self, figure: Figure | None, table: FigureTable, row: FigureRow) -> Amount | None:
        if figure is None:
            return None
        if isinstance(figure.value, Trouble):
            cell = f"{column_letters(figure.place[1])}{figure.place[0]}"
            message = f"{row.certificate}的数（{cell}）{figure.value.message}，没有计入。"
            self._say(figure.value.rule, message, figure.value.hint, table, figure.place)
            return None
        return figure.value


def _figure(row: FigureRow, matter: Matter, scopes: tuple[Scope, ...]) -> Figure | None:
    found: Mapping[Measure, Figure] = row.figures
    return next(
        (figure for scope in scopes for what, figure in found.items() if (what.matter, what.scope) == (matter, scope)),
        None,
    )
