"""A school's own progress tables, written every way round: each period's figures are the same."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

import pytest
from season_maker import PLAN_SHEET, SETTINGS_SHEET, SHOP, Shelf, write_book

from docgen.load.season import LoadedSeason, load_season
from docgen.model.season import STAGES, Matter
from docgen.season.figures import Progress

WEB = "Web前端开发"
KEYS = {SHOP: (SHOP, "中级"), WEB: ("web前端开发", "初级")}
LEVELS = {SHOP: "中级", WEB: "初级"}
NAMES = ("培训", "报名", "考核", "取证")
ADDED = {1: {SHOP: (20, 0, 0, 0), WEB: (15, 9, 0, 0)}, 2: {SHOP: (7, 18, 0, 0), WEB: (4, 3, 0, 0)}, 3: {SHOP: (0, 4, 17, 11), WEB: (0, 0, 8, 6)}}  # fmt: skip
START = datetime.date(2021, 7, 5)
Rows = list[Sequence[object]]
Made = tuple[dict[str, Rows], dict[str, tuple[str, ...]]]


def days(number: int) -> tuple[datetime.date, datetime.date]:
    first = START + datetime.timedelta(14 * (number - 1))
    return first, first + datetime.timedelta(13)


def certificates_over_stages() -> Made:
    rows: Rows = [("期次", *(text for name in LEVELS for text in (f"{name}（{LEVELS[name]}）", None, None, None)))]
    rows += [(None, *(f"{name}人数" for _ in LEVELS for name in NAMES))]
    rows += [(f"第{number}期", *(n for name in LEVELS for n in by[name])) for number, by in ADDED.items()]
    return {"进度表": rows}, {"进度表": ("A1:A2", "B1:E1", "F1:I1")}


def periods_in_columns() -> Made:
    rows: Rows = [("证书", "等级", "指标", *(f"第{number}期" for number in ADDED), "合计")]
    for name, level in LEVELS.items():
        for index, stage in enumerate(NAMES):
            numbers = [by[name][index] for by in ADDED.values()]
            rows.append((name, level, f"{stage}人数", *numbers, sum(numbers)))
    return {"各期数据": rows}, {}


def periods_over_stages() -> Made:
    texts = ["{:%m.%d}-{:%m.%d}".format(*days(number)) for number in ADDED]
    rows: Rows = [("证书", "等级", *(text for each in texts for text in (each, None, None, None)))]
    rows += [(None, None, *(NAMES * 3))]
    rows += [(name, level, *(n for by in ADDED.values() for n in by[name])) for name, level in LEVELS.items()]
    return {"汇总": rows}, {}


def a_sheet_a_certificate() -> Made:
    return {
        f"{name}（{level}）": [
            (f"{name}进展登记",),
            ("日期", *(f"{stage}人数" for stage in NAMES)),
            *((days(number)[1], *by[name]) for number, by in ADDED.items()),
            ("合计", *(sum(by[name][index] for by in ADDED.values()) for index in range(4))),
        ]
        for name, level in LEVELS.items()
    }, {}


def a_block_a_period() -> Made:
    rows: Rows = []
    for number, by in ADDED.items():
        first, last = days(number)
        rows += [(f"第{number}期（{first.month}月{first.day}日—{last.month}月{last.day}日）",)]
        rows += [("证书名称", "等级", *(f"{stage}人数" for stage in NAMES))]
        rows += [(name, level, *by[name]) for name, level in LEVELS.items()]
        rows += [("小计", None, *(sum(by[name][index] for name in LEVELS) for index in range(4))), ()]
    return {"双周记录": rows}, {}


def days_in_three_columns() -> Made:
    words = ("组织学生培训", "学生报名", "参加考试", "获得证书")
    rows: Rows = [("2021年记录",), ("月", "日", "证书及等级", "工作内容", "人数")]
    for number, by in ADDED.items():
        day = days(number)[0]
        rows += [
            (day.month, day.day, f"{name}{level}", words[index], by[name][index])
            for name, level in LEVELS.items()
            for index in range(4)
            if by[name][index]
        ]
    return {"台账": rows}, {}


def words_with_figures() -> Made:
    words = ("组织{}名学生培训", "学生报名{}人", "{}人参加考核", "取证{}人")
    rows: Rows = [("日期", "证书名称", "等级", "工作内容")]
    for number, by in ADDED.items():
        rows += [
            (days(number)[0], name, level, words[index].format(by[name][index]))
            for name, level in LEVELS.items()
            for index in range(4)
            if by[name][index]
        ]
    return {"进展": rows}, {}


SHAPES: tuple[Callable[[], Made], ...] = (
    certificates_over_stages, periods_in_columns, periods_over_stages, a_sheet_a_certificate, a_block_a_period,
    days_in_three_columns, words_with_figures,
)  # fmt: skip


def added(season: LoadedSeason) -> dict[int, dict[str, tuple[int, ...]]]:
    progress = Progress(season.season)
    return {
        number: {
            name: tuple(int(progress.added(key, matter, number)) for matter in STAGES) for name, key in KEYS.items()
        }
        for number in ADDED
    }


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_season_is_read_whichever_way_it_is_written(tmp_path: Path, shape: Callable[[], Made]) -> None:
    sheets, merges = shape()
    write_book(tmp_path / "双周报数据.xlsx", {"设置": SETTINGS_SHEET, "计划": PLAN_SHEET, **sheets}, merges)
    season = load_season(tmp_path, Shelf())  # type: ignore[arg-type]
    assert added(season) == ADDED
    assert {finding.rule for finding in season.findings} <= {"DAT002", "DAT006", "DAT010"}


def test_settings_plan_and_progress_may_share_one_sheet(tmp_path: Path) -> None:
    rows: Rows = [
        ("1+X试点数据",), ("开始日期", START, None, "结束日期", "2021-12-31"), ("周期天数", 14, None, "填报人", "某某"), (),
        ("一、计划",), ("证书名称", "等级", "批准人数"), (SHOP, "中级", 100), (WEB, "初级", 50), ("合计", None, 150), (),
        ("二、进展",), ("日期", "证书名称", "等级", "事项", "数量"),
        *((days(n)[0], name, LEVELS[name], m.value, by[name][i]) for n, by in ADDED.items() for name in LEVELS for i, m in enumerate(STAGES) if by[name][i]),
    ]  # fmt: skip
    write_book(tmp_path / "双周报数据.xlsx", {"Sheet1": rows})
    season = load_season(tmp_path, Shelf())  # type: ignore[arg-type]
    assert added(season) == ADDED
    assert [(row.certificate, row.approved) for row in season.season.plan] == [(SHOP, 100), (WEB, 50)]


def test_a_certificate_written_once_above_its_rows_is_told(tmp_path: Path) -> None:
    rows: Rows = [
        ("证书名称", "等级", "日期", "事项", "数量"),
        (SHOP, "中级", "7月6日", "学生培训", 20),
        (None, None, "7月7日", "师资培训", 2),
        (None, None, "7月20日", "学生培训", 7),
        (WEB, "初级", "7月8日", "学生培训", 15),
        ("制表：某某", None, "审核：某某"),
    ]
    write_book(tmp_path / "双周报数据.xlsx", {"设置": SETTINGS_SHEET, "计划": PLAN_SHEET, "进展": rows})
    season = load_season(tmp_path, Shelf())  # type: ignore[arg-type]
    progress = Progress(season.season)
    assert [progress.total(KEYS[name], Matter.TRAINING, 3) for name in (SHOP, WEB)] == [27, 15]
    told = [
        finding.message for finding in season.findings if finding.level.value == "warning" and finding.rule == "DAT010"
    ]
    assert "有 2 行没有写证书名称" in told[0]
    assert not [finding for finding in season.findings if finding.level.value == "error"]


DIMENSIONS: dict[str, tuple[object, ...]] = {"period": tuple(ADDED), "certificate": tuple(LEVELS), "stage": NAMES}
TITLES = {"period": "期次", "certificate": "证书及等级", "stage": "指标"}
WAYS = [
    dict(zip(DIMENSIONS, way, strict=True))
    for way in product(("row", "column", "sheet"), ("row", "column", "sheet"), ("row", "column"))
    if way.count("sheet") <= 1 and "row" in way and "column" in way
]


def said(dimension: str, value: object) -> str:
    return (
        f"第{value}期"
        if dimension == "period"
        else f"{value}（{LEVELS[str(value)]}）"
        if dimension == "certificate"
        else f"本期{value}人数"
    )


def pivot(way: dict[str, str]) -> dict[str, Rows]:
    """The figures with each dimension in rows, in columns (a row of titles each, written where it changes) or in sheets."""
    rows, columns, sheets = (
        [name for name, place in way.items() if place == wanted] for wanted in ("row", "column", "sheet")
    )
    book: dict[str, Rows] = {}
    for sheet in product(*(DIMENSIONS[name] for name in sheets)):
        across = list(product(*(DIMENSIONS[name] for name in columns)))
        lines: Rows = []
        for depth, name in enumerate(columns):
            shown = [
                None if n and across[n - 1][: depth + 1] == key[: depth + 1] else said(name, key[depth])
                for n, key in enumerate(across)
            ]
            lines.append([*(TITLES[each] if depth == 0 else None for each in rows), *shown])
        for line in product(*(DIMENSIONS[name] for name in rows)):
            at = [dict(zip((*rows, *columns, *sheets), (*line, *key, *sheet), strict=True)) for key in across]
            figures = [ADDED[each["period"]][each["certificate"]][NAMES.index(each["stage"])] for each in at]  # type: ignore[index,call-overload,arg-type]
            lines.append([*map(said, rows, line), *figures])
        book[said(sheets[0], sheet[0]) if sheets else "统计表"] = lines
    return book


@pytest.mark.parametrize("way", WAYS, ids=lambda way: "-".join(way.values()))
def test_periods_certificates_and_stages_may_stand_anywhere(tmp_path: Path, way: dict[str, str]) -> None:
    write_book(tmp_path / "双周报数据.xlsx", {"设置": SETTINGS_SHEET, "计划": PLAN_SHEET, **pivot(way)})
    season = load_season(tmp_path, Shelf())  # type: ignore[arg-type]
    assert added(season) == ADDED


def test_what_the_schools_own_tables_say_is_not_called_missing(tmp_path: Path) -> None:
    plan = [("证书及等级", "批准人数"), *((f"{name}（{level}）", 60) for name, level in LEVELS.items())]
    sheets = {"设置": SETTINGS_SHEET, "计划": plan, "统计": certificates_over_stages()[0]["进度表"]}
    write_book(tmp_path / "双周报数据.xlsx", sheets)
    season = load_season(tmp_path, Shelf())  # type: ignore[arg-type]
    assert added(season) == ADDED
    assert [row.label for row in season.season.plan] == [f"{name}（{level}）" for name, level in LEVELS.items()]
    told = [finding.message for finding in season.findings if finding.level.value != "info"]
    assert told == ["工作簿里没有工作表“工作情况”，按没有这项内容处理。"]
