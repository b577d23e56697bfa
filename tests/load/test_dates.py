"""Days and amounts as people write them."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.load.dates import Span, Window, read_day, read_period, read_span
from docgen.load.numbers import read_amount
from docgen.load.trouble import Trouble
from docgen.model.season import Amount, MonthDay

THIRD = datetime.date(2021, 9, 3)


@pytest.mark.parametrize(
    "written",
    [
        "2021-09-03", "2021/9/3", "2021.9.3", "2021年9月3日", "2021 年 9 月 3 日", "20210903", 20210903, 44442, 44442.5,
        "二〇二一年九月三日", "２０２１年９月３日", "2021-09-03 08:30", "21.9.3", "2021年9月3日（星期五）", "2021年9月1日至3日",
        "2021年9月1日—9月3日", "2021年9月1日-3日", "20210901-20210903", "2021-09-01~2021-09-03", "2021/9/1-2021/9/3", datetime.datetime(2021, 9, 3, 8), THIRD,
    ],
)  # fmt: skip
def test_one_day_in_many_spellings(written: object) -> None:
    assert read_day(written) == THIRD  # type: ignore[arg-type]


@pytest.mark.parametrize("written", ["9月3日", "9月3号", "9.3", "9/3", "九月三日", "9月1日至3日"])
def test_a_day_without_a_year_is_completed_by_the_season(written: str) -> None:
    read = read_day(written)
    assert read == MonthDay(9, 3)
    assert Window(datetime.date(2021, 7, 5), datetime.date(2022, 1, 2)).complete(read) == THIRD
    over = Window(datetime.date(2021, 12, 20), datetime.date(2022, 1, 20))
    assert over.complete(MonthDay(1, 5)) == datetime.date(2022, 1, 5)
    assert Window(datetime.date(2020, 1, 1), datetime.date(2022, 1, 1)).complete(MonthDay(9, 3)) is None


@pytest.mark.parametrize(
    "written", ["上周五", "2021-13-03", "2021年2月30日", "9月", "", "2021", 3.5, True, "2021-09-09至2021-09-03"]
)
def test_what_names_no_day_is_not_guessed(written: object) -> None:
    assert isinstance(read_day(written), Trouble)  # type: ignore[arg-type]


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)))
def test_every_day_comes_back(day: datetime.date) -> None:
    for text in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
    ):
        assert read_day(text) == day
    assert read_day((day - datetime.date(1899, 12, 30)).days) == day


@pytest.mark.parametrize(
    ("written", "meant"),
    [(5, 5), ("5", 5), ("第5期", 5), ("第五期", 5), ("第十二期", 12), ("第5期（9月1日—9月14日）", 5),
     ("2021-09-01至2021-09-14", Span(datetime.date(2021, 9, 1), datetime.date(2021, 9, 14)))],
)  # fmt: skip
def test_a_period_is_a_number_or_its_days(written: object, meant: object) -> None:
    assert read_period(written) == meant  # type: ignore[arg-type]


def test_a_stretch_over_the_years_end_ends_in_the_next_year() -> None:
    assert read_span("2021年12月20日—1月2日") == Span(datetime.date(2021, 12, 20), datetime.date(2022, 1, 2))


@pytest.mark.parametrize(
    ("written", "number", "unit"),
    [
        (35, "35", ""), ("35人", "35", "人"), ("35 人次", "35", "人次"), ("2.4万元", "24000.0", "元"), ("-2", "-2", ""), (-2, "-2", ""),
        ("（2）", "-2", ""), ("减少2人", "-2", "人"), ("1,200元", "1200", "元"), ("三十五人", "35", "人"), ("新增12人", "12", "人"),
        ("更正：-3人", "-3", "人"), ("12台（套）", "12", "台(套)"),
    ],
)  # fmt: skip
def test_an_amount_brings_its_sign_and_unit(written: object, number: str, unit: str) -> None:
    read = read_amount(written)  # type: ignore[arg-type]
    assert isinstance(read, Amount), read
    assert (read.number, read.unit) == (Decimal(number), unit)


@pytest.mark.parametrize("written", ["约30人", "35余人", "3万多元", "三十多", "20-30", "已完成", True, float("nan")])
def test_what_is_no_exact_figure_is_not_counted(written: object) -> None:
    assert isinstance(read_amount(written), Trouble)  # type: ignore[arg-type]
