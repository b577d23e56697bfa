"""Periods: they tile the season, number on over the year's end and the summer, and know which is due."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.season import SeasonInfo
from docgen.model.source import Origin
from docgen.season.periods import days_between, latest_due, period_at, periods_of

DAY = datetime.timedelta(days=1)
days = st.dates(datetime.date(2019, 1, 1), datetime.date(2026, 12, 31))


def info(
    start: datetime.date | None, end: datetime.date | None = None, cycle: int | None = None, **more: object
) -> SeasonInfo:
    return SeasonInfo(Origin(), start=start, end=end, cycle=cycle, **more)  # type: ignore[arg-type]


@given(days, st.integers(0, 500), st.integers(1, 60))
def test_periods_tile_the_season_without_gap_or_overlap(start: datetime.date, length: int, cycle: int) -> None:
    end = start + datetime.timedelta(days=min(length, cycle * 399))
    found = periods_of(info(start, end, cycle))
    assert (found[0].start, found[-1].end) == (start, end)
    assert [period.number for period in found] == list(range(1, len(found) + 1))
    assert all(one.end + DAY == two.start for one, two in pairwise(found))
    assert all((period.end - period.start).days + 1 == cycle for period in found[:-1])


@given(days, st.integers(0, 300), st.integers(0, 60), st.integers(0, 400))
def test_a_pause_takes_its_days_and_nothing_else(start: datetime.date, before: int, length: int, probe: int) -> None:
    paused_from = start + datetime.timedelta(days=before)
    paused_until = paused_from + datetime.timedelta(days=length)
    end = start + datetime.timedelta(days=365)
    found = periods_of(info(start, end, 14, paused_from=paused_from, paused_until=paused_until))
    day = start + datetime.timedelta(days=probe)
    paused = paused_from <= day <= paused_until
    assert any(period.holds(day) for period in found) is (start <= day <= end and not paused)
    if paused and day <= end:
        own = period_at(found, day)
        assert own is None or own.start > paused_until
    assert [period.number for period in found] == list(range(1, len(found) + 1))


@given(days, days)
def test_the_latest_due_is_over_and_the_next_is_not(start: datetime.date, today: datetime.date) -> None:
    found = periods_of(info(start))
    due = latest_due(found, today)
    assert (due is None) is (today < found[0].end)
    if due is not None:
        assert due.end <= today
        assert due.number == len(found) or found[due.number].end > today


def test_the_season_ends_with_the_year_unless_it_says_otherwise() -> None:
    found = periods_of(info(datetime.date(2021, 7, 5)))
    assert len(found) == 13
    assert found[-1].end == datetime.date(2021, 12, 31)
    assert found[4].days == "2021年8月30日—9月12日"
    over = periods_of(info(datetime.date(2021, 12, 20), datetime.date(2022, 1, 9)))
    assert [period.days for period in over] == ["2021年12月20日—2022年1月2日", "2022年1月3日—1月9日"]
    assert days_between(over[0].start, over[0].start) == "2021年12月20日"


@pytest.mark.parametrize(
    "settings",
    [info(None), info(datetime.date(2021, 7, 5), datetime.date(2021, 7, 4)), info(datetime.date(2021, 7, 5), None, 0)],
)
def test_settings_that_name_no_period_give_none(settings: SeasonInfo) -> None:
    assert periods_of(settings) == ()
