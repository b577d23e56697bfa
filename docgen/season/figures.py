"""What a season's entries come to, period by period: this period's, cumulative, rates; exact decimals, nothing rounded."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from docgen.model.records import CertificateLevel
from docgen.model.season import (
    STAGES,
    Matter,
    PeriodRemarks,
    PlannedCertificate,
    ProgressEntry,
    Season,
    key_of,
    label_of,
)
from docgen.model.source import Origin

from .periods import Period, period_at, periods_of

_ZERO = Decimal(0)
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One certificate at one level. `approved` None: it is not in the plan, or the plan does not say."""

    certificate: str
    level: CertificateLevel | None
    approved: int | None
    majors: tuple[str, ...]
    origin: Origin
    planned: bool = True

    @property
    def key(self) -> Key:
        """Under which it is told from others."""
        return key_of(self.certificate, self.level)

    @property
    def label(self) -> str:
        """What findings call it."""
        return label_of(self.certificate, self.level) or "（没有写证书名称）"


@dataclass(frozen=True, slots=True)
class Sums:
    """The four stages of one line (or of all lines) in one period, and up to its end. `before` is the period before's."""

    this: Mapping[Matter, Decimal]
    before: Mapping[Matter, Decimal]
    total: Mapping[Matter, Decimal]


@dataclass(frozen=True, slots=True)
class Work:
    """What was done beside the stages: sums of one matter in one unit."""

    matter: Matter
    unit: str
    this: Decimal
    total: Decimal


@dataclass(frozen=True)
class Progress:
    """A season with its arithmetic. `number` limits it to the first so many periods: a report knows nothing of later ones."""

    season: Season
    number: int | None = None
    issued: tuple[Issued, ...] = ()

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Every period of the season."""
        return periods_of(self.season.info)

    @cached_property
    def told(self) -> tuple[Period, ...]:
        """The periods up to the one that is reported."""
        return self.periods if self.number is None else self.periods[: self.number]

    def period_of(self, entry: ProgressEntry) -> Period | None:
        """The period that an entry is counted in; None where it has no day, or one outside the season."""
        if entry.number is not None:
            return self.periods[entry.number - 1] if 0 < entry.number <= len(self.periods) else None
        return period_at(self.periods, entry.date) if entry.date else None

    @cached_property
    def by_period(self) -> Mapping[int, tuple[ProgressEntry, ...]]:
        """Period number → its entries, by day, then as the sheet has them; only of the periods that are told."""
        found: dict[int, list[ProgressEntry]] = {period.number: [] for period in self.told}
        for entry in self.season.entries:
            period = self.period_of(entry)
            if period is not None and period.number in found:
                found[period.number].append(entry)
        return {
            number: tuple(sorted(entries, key=lambda entry: (entry.date is None, entry.date or datetime.date.max)))
            for number, entries in found.items()
        }

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The plan's certificates in its order, then those that have entries without being in it."""
        found: dict[Key, Line] = {}
        for row in self.season.plan:
            key = key_of(row.certificate, row.level)
            found.setdefault(key, Line(row.certificate, row.level, row.approved, row.majors, row.origin))
        for period in self.told:
            for entry in self.by_period[period.number]:
                if entry.matter is not None and entry.matter.is_stage:
                    line = Line(entry.certificate, entry.level, None, (), entry.origin, planned=False)
                    found.setdefault(self._key(entry), line)
        return tuple(found.values())

    @cached_property
    def _sole_levels(self) -> Mapping[str, Key]:
        """Certificates that the plan has at one level only: an entry that leaves the level out means that one."""
        keys: dict[str, set[Key]] = {}
        for row in self.season.plan:
            key = key_of(row.certificate, row.level)
            keys.setdefault(key[0], set()).add(key)
        return {name: next(iter(found)) for name, found in keys.items() if len(found) == 1}

    def _key(self, entry: ProgressEntry) -> Key:
        key = key_of(entry.certificate, entry.level)
        return self._sole_levels.get(key[0], key) if not key[1] else key

    @cached_property
    def _stages(self) -> Mapping[tuple[Key, Matter], Mapping[int, Decimal]]:
        """(line, stage) → period number → what was added in it."""
        found: dict[tuple[Key, Matter], dict[int, Decimal]] = {}
        for number, entries in self.by_period.items():
            for entry in entries:
                if entry.matter is not None and entry.matter.is_stage and entry.amount is not None:
                    added = found.setdefault((self._key(entry), entry.matter), {})
                    added[number] = added.get(number, _ZERO) + entry.amount.number
        return found

    def added(self, key: Key, matter: Matter, number: int) -> Decimal:
        """What a period added to a stage of a line."""
        return self._stages.get((key, matter), {}).get(number, _ZERO)

    def total(self, key: Key, matter: Matter, number: int) -> Decimal:
        """A stage of a line from the season's first day to the end of a period."""
        added = self._stages.get((key, matter), {})
        return sum((amount for period, amount in added.items() if period <= number), _ZERO)

    def entries_of(self, line: Line, matter: Matter | None = None) -> tuple[ProgressEntry, ...]:
        """The entries of a line, of one matter or all, in the order of the days."""
        return tuple(
            entry
            for number in self.by_period
            for entry in self.by_period[number]
            if self._key(entry) == line.key and (matter is None or entry.matter is matter)
        )

    def sums(self, line: Line, number: int) -> Sums:
        """The stages of a line in a period."""
        return _sums(self, (line.key,), number)

    def all_sums(self, number: int) -> Sums:
        """The stages of all lines together."""
        return _sums(self, tuple(line.key for line in self.lines), number)

    @property
    def approved(self) -> int | None:
        """Persons approved over all lines of the plan; None where one of them is not said."""
        numbers = [line.approved for line in self.lines if line.planned]
        return sum(number for number in numbers if number) if numbers and None not in numbers else None

    def work(self, number: int) -> tuple[Work, ...]:
        """Teacher training, purchases, building, spending and the rest, by matter and unit, up to a period."""
        this: dict[tuple[Matter, str], Decimal] = {}
        total: dict[tuple[Matter, str], Decimal] = {}
        for period in self.told[:number]:
            for entry in self.by_period[period.number]:
                if entry.matter is None or entry.matter.is_stage or entry.amount is None:
                    continue
                key = (entry.matter, entry.unit)
                total[key] = total.get(key, _ZERO) + entry.amount.number
                if period.number == number:
                    this[key] = this.get(key, _ZERO) + entry.amount.number
        order = list(Matter)
        keys = sorted(total, key=lambda key: (order.index(key[0]), list(total).index(key)))
        return tuple(Work(matter, unit, this.get((matter, unit), _ZERO), total[matter, unit]) for matter, unit in keys)

    def remarks_of(self, period: Period) -> tuple[PeriodRemarks, ...]:
        """What was written for a period: rows that name its number, or days of which the last lies in it."""
        return tuple(row for row in self.season.remarks if self.remarked(row) == period)

    def remarked(self, row: PeriodRemarks) -> Period | None:
        """The period that a row of 工作情况 is about."""
        if row.number is not None:
            return self.periods[row.number - 1] if 0 < row.number <= len(self.periods) else None
        day = row.end or row.start
        return period_at(self.periods, day) if day else None


def _sums(progress: Progress, keys: Iterable[Key], number: int) -> Sums:
    keys = tuple(dict.fromkeys(keys))

    def summed(of: int) -> dict[Matter, Decimal]:
        return {matter: sum((progress.added(key, matter, of) for key in keys), _ZERO) for matter in STAGES}

    total = {matter: sum((progress.total(key, matter, number) for key in keys), _ZERO) for matter in STAGES}
    return Sums(summed(number), summed(number - 1) if number > 1 else dict.fromkeys(STAGES, _ZERO), total)


def rate(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """A share of 1; None where there is nothing to divide by."""
    return Decimal(part) / Decimal(whole) if whole and part is not None else None


@dataclass(frozen=True, slots=True)
class Issued:
    """A report that was made before: what it said of each line's period, and which earlier figures it corrected.

    `figures`: (line, stage) → what its period added. `corrections`: (period, line, stage) → the figure that holds since.
    """

    number: int
    figures: Mapping[tuple[Key, Matter], Decimal] = field(default_factory=dict)
    corrections: Mapping[tuple[int, Key, Matter], Decimal] = field(default_factory=dict)
    labels: Mapping[Key, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that an earlier report gave otherwise: 第3期 网店运营推广（中级） 取证 12 → 10."""

    number: int
    key: Key
    label: str
    matter: Matter
    was: Decimal
    now: Decimal


def corrections(progress: Progress, number: int) -> tuple[Correction, ...]:
    """How the season's figures now differ from what the reports before `number` said, as far as none of them told it."""
    labels = {line.key: line.label for line in progress.lines}
    found: list[Correction] = []
    for issue in progress.issued:
        if issue.number >= number or issue.number > len(progress.told):
            continue
        said = dict(issue.figures)
        for later in progress.issued:
            if later.number < number:
                said |= {
                    (key, matter): now for (of, key, matter), now in later.corrections.items() if of == issue.number
                }
        keys = dict.fromkeys((*(key for key, _ in said), *labels))
        for key in keys:
            for matter in STAGES:
                was, now = said.get((key, matter), _ZERO), progress.added(key, matter, issue.number)
                if was != now:
                    label = labels.get(key) or issue.labels.get(key, key[0])
                    found.append(Correction(issue.number, key, label, matter, was, now))
    return tuple(found)


__all__ = [
    "Correction",
    "Issued",
    "Key",
    "Line",
    "PlannedCertificate",
    "Progress",
    "Sums",
    "Work",
    "corrections",
    "rate",
]
