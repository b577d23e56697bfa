"""The periods of a pilot year: which days each reaches over, its number, which is due on a day (guide 三)."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from docgen.model.season import CYCLE_DAYS, SeasonInfo

_DAY = datetime.timedelta(days=1)
MOST_PERIODS = 400
"""A daily report over a year and more; beyond it a date is a slip."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One biweekly report's time: its number from 1, its first and last day."""

    number: int
    start: datetime.date
    end: datetime.date

    @property
    def label(self) -> str:
        """第5期."""
        return f"第{self.number}期"

    @property
    def days(self) -> str:
        """2021年8月30日—9月12日; the year is said again where it changes."""
        return days_between(self.start, self.end)

    def holds(self, day: datetime.date) -> bool:
        """Whether a day lies in it."""
        return self.start <= day <= self.end


def day_text(day: datetime.date) -> str:
    """2021年9月3日 (GB/T 9704: no leading zeros)."""
    return f"{day.year}年{day.month}月{day.day}日"


def days_between(start: datetime.date, end: datetime.date) -> str:
    """A stretch of days as a document writes it."""
    if start == end:
        return day_text(start)
    last = day_text(end) if start.year != end.year else f"{end.month}月{end.day}日"
    return f"{day_text(start)}—{last}"


def default_end(start: datetime.date) -> datetime.date:
    """The last day of the pilots of a year: 31 December (guide 三)."""
    return datetime.date(start.year, 12, 31)


def season_end(info: SeasonInfo) -> datetime.date | None:
    """The last day of the season; None where its first is not known either."""
    return info.end or (default_end(info.start) if info.start else None)


def periods_of(info: SeasonInfo) -> tuple[Period, ...]:
    """The season's periods in order; () where the settings name none (no first day, an end before it, a cycle of 0).

    Each is `cycle` days long, the last as long as the season leaves. A pause (the summer) is left out: a period that it
    cuts ends before it, and the next begins after it; numbers run on.
    """
    end = season_end(info)
    cycle = CYCLE_DAYS if info.cycle is None else info.cycle
    if info.start is None or end is None or end < info.start or cycle < 1:
        return ()
    found: list[Period] = []
    start = info.start
    while start <= end and len(found) < MOST_PERIODS:
        if info.paused_from and info.paused_until and info.paused_from <= start <= info.paused_until:
            start = info.paused_until + _DAY
            continue
        last = min(start + datetime.timedelta(days=cycle - 1), end)
        if info.paused_from and info.paused_until and start < info.paused_from <= last:
            last = info.paused_from - _DAY
        found.append(Period(len(found) + 1, start, last))
        start = last + _DAY
    return tuple(found)


def period_at(periods: Sequence[Period], day: datetime.date) -> Period | None:
    """The period that a day is counted in: the one that holds it, or after a pause the next; None outside the season."""
    index = bisect_right(periods, day, key=lambda period: period.start) - 1
    if index < 0:
        return None
    if periods[index].end >= day:
        return periods[index]
    return periods[index + 1] if index + 1 < len(periods) else None


def latest_due(periods: Sequence[Period], today: datetime.date) -> Period | None:
    """The last period that is over by the evening of a day; None before the first one is."""
    due = [period for period in periods if period.end <= today]
    return due[-1] if due else None
