"""Figures: what the periods add is what the season comes to; corrections tell each change once."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from season_maker import SHOP, entry, season

from docgen.model.season import STAGES, Matter
from docgen.season.figures import Issued, Progress, corrections, rate

KEY = (SHOP, "中级")
rows = st.lists(st.tuples(st.integers(1, 13), st.sampled_from(list(STAGES)), st.integers(-20, 60)), max_size=25)


@given(rows, st.integers(1, 13))
def test_cumulative_is_the_sum_of_all_periods_so_far(given_rows: list[tuple[int, Matter, int]], number: int) -> None:
    progress = Progress(season(entry(period, matter.value, count) for period, matter, count in given_rows))
    sums = progress.all_sums(number)
    for matter in STAGES:
        expected = sum(count for period, of, count in given_rows if of is matter and period <= number)
        assert sums.total[matter] == expected
        assert sums.this[matter] == sum(count for period, of, count in given_rows if of is matter and period == number)
        assert sums.before[matter] == sum(
            count for period, of, count in given_rows if of is matter and period == number - 1
        )


@given(rows, rows, st.integers(2, 13))
def test_the_sum_of_reports_and_corrections_is_the_truth(
    before: list[tuple[int, Matter, int]], after: list[tuple[int, Matter, int]], number: int
) -> None:
    def figures(given_rows: list[tuple[int, Matter, int]], of: int) -> dict[tuple[tuple[str, str], Matter], Decimal]:
        progress = Progress(season(entry(period, matter.value, count) for period, matter, count in given_rows))
        return {(KEY, matter): progress.added(KEY, matter, of) for matter in STAGES}

    issued = tuple(Issued(of, figures(before, of)) for of in range(1, number))
    now = Progress(season(entry(period, matter.value, count) for period, matter, count in after), number, issued)
    told = corrections(now, number)
    for matter in STAGES:
        said = sum((figures(before, of)[KEY, matter] for of in range(1, number)), Decimal(0))
        mended = sum((each.now - each.was for each in told if each.matter is matter), Decimal(0))
        assert said + mended + now.added(KEY, matter, number) == now.total(KEY, matter, number)
    # Once told, a correction is not told again by the next report.
    if number < 13:
        last = Issued(
            number,
            {(KEY, m): now.added(KEY, m, number) for m in STAGES},
            {(c.number, c.key, c.matter): c.now for c in told},
        )
        assert corrections(Progress(now.season, number + 1, (*issued, last)), number + 1) == ()


def test_a_report_knows_nothing_of_later_periods() -> None:
    progress = Progress(season([entry("7-6", "学生培训", 10), entry("9-6", "学生培训", 20)]), 1)
    assert progress.all_sums(1).total[Matter.TRAINING] == 10
    assert list(progress.by_period) == [1]


def test_an_entry_without_level_belongs_to_the_only_level_of_its_certificate() -> None:
    progress = Progress(season([entry("7-6", "学生培训", 10, level=None)]))
    assert [line.label for line in progress.lines] == ["网店运营推广（中级）"]
    two = season([entry("7-6", "学生培训", 10, level=None)], plan=((SHOP, "中级", 100), (SHOP, "初级", 50)))
    assert [line.planned for line in Progress(two).lines] == [True, True, False]


def test_work_is_summed_by_matter_and_unit() -> None:
    progress = Progress(
        season([
            entry("7-6", "经费支出", 1200, unit="元"),
            entry("7-20", "经费支出", 300.5, unit="元"),
            entry("7-21", "教材设备购置", 12, unit="台"),
            entry("7-22", "教材设备购置", 160, unit="册"),
        ])
    )  # fmt: skip
    assert [(w.matter.value, w.unit, w.this, w.total) for w in progress.work(2)] == [
        ("教材设备购置", "台", 12, 12),
        ("教材设备购置", "册", 160, 160),
        ("经费支出", "元", Decimal("300.5"), Decimal("1500.5")),
    ]


def test_a_rate_without_a_whole_is_none() -> None:
    assert rate(Decimal(3), 4) == Decimal("0.75")
    assert rate(Decimal(3), 0) is rate(Decimal(3), None) is None
