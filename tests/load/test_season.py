"""Loading a season: our workbook, a school's own tables, and everything people write into them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
import xlwt
from season_maker import HEADER, PLAN_SHEET, SETTINGS_SHEET, SHOP, Shelf, write_book

from docgen.errors import InputError
from docgen.load.season import LoadedSeason, load_season
from docgen.model.season import Matter
from docgen.render.workbook import review_workbook, school_workbook, season_workbook
from docgen.season.figures import Progress

KEY, OTHER = (SHOP, "中级"), ("web前端开发", "初级")
T, A, E, C = Matter.TRAINING, Matter.REGISTRATION, Matter.EXAM, Matter.CERTIFICATE


def loaded(
    folder: Path,
    progress: Sequence[Sequence[object]],
    name: str = "双周报数据.xlsx",
    **sheets: Sequence[Sequence[object]],
) -> LoadedSeason:
    write_book(folder / name, {"设置": SETTINGS_SHEET, "计划": PLAN_SHEET, "进展": progress, **sheets})
    return load_season(folder, Shelf())  # type: ignore[arg-type]


def said(season: LoadedSeason) -> list[tuple[str, str]]:
    return [
        (finding.rule, finding.source.cell) for finding in season.findings if finding.rule not in ("DAT006", "DAT002")
    ]


def test_dates_in_five_styles_merged_cells_totals_units_and_corrections(tmp_path: Path) -> None:
    rows = [
        HEADER,
        (datetime.date(2021, 9, 3), SHOP, "中级", "学生培训", 35, "人", "一班"),
        ("2021/9/4", SHOP, "中级", "培训", "40人", None, "二班"),
        ("9月5日", f"{SHOP}（中级）", None, "学生培训", 5, None, None),
        ("20210906", None, None, "考核报名", "三十人", None, None),
        (44447, None, None, "报名", 4, None, None),
        ("9月小计", None, None, None, 114, None, None),
        ("2021年9月9日", f"{SHOP}职业技能等级证书", "中级", "学生培训", "更正：-3人", None, "退出"),
        ("2021.9.10", None, None, "经费支出", 2.4, "万元", None),
        ("2021.9.10", "全部", None, "经费支出", "800元", None, None),
        ("合计", None, None, None, 150, None, None),
    ]
    write_book(
        tmp_path / "双周报数据.xlsx",
        {"设置": SETTINGS_SHEET, "计划": PLAN_SHEET, "进展": rows},
        {"进展": ("B5:B6", "C5:C6")},
    )
    season = load_season(tmp_path, Shelf())  # type: ignore[arg-type]
    progress = Progress(season.season)
    # The merged cells of certificate and level reach over rows 5 and 6; both name nothing, and so belong to no line.
    assert progress.total(KEY, T, 13) == 35 + 40 + 5 - 3
    assert {(w.unit, w.total) for w in progress.work(13)} == {("元", Decimal(24800))}
    assert [rule for rule, _ in said(season)] == ["DAT010", "DAT010"]


def test_merged_certificates_fill_the_rows_below(tmp_path: Path) -> None:
    rows = [
        HEADER,
        ("9月3日", SHOP, "中级", "学生培训", 35),
        ("9月4日", None, None, "考核报名", 30),
        ("9月5日", None, None, "考核", 28),
    ]
    write_book(
        tmp_path / "双周报数据.xlsx",
        {"设置": SETTINGS_SHEET, "计划": PLAN_SHEET, "进展": rows},
        {"进展": ("B2:B4", "C2:C4")},
    )
    progress = Progress(load_season(tmp_path, Shelf()).season)  # type: ignore[arg-type]
    assert [progress.total(KEY, matter, 13) for matter in (T, A, E)] == [35, 30, 28]


def test_what_cannot_be_read_is_told_and_not_counted(tmp_path: Path) -> None:
    rows = [
        HEADER,
        ("上周五", SHOP, "中级", "学生培训", 35),
        ("9月3日", SHOP, "中级", "学生培训", "约40人"),
        ("9月4日", SHOP, "中级", "学习", 3),
    ]
    season = loaded(tmp_path, rows)
    assert said(season) == [("DAT013", "E3"), ("DAT014", "D4"), ("DAT033", "A2")]
    assert Progress(season.season).total(KEY, T, 13) == 0


ONE_ROW = (
    "期次",
    "证书名称",
    "等级",
    "新增培训人数",
    "新增报名人数",
    "新增考核人数",
    "新增取证人数",
    "经费支出（万元）",
)


def test_one_row_a_certificate_and_period(tmp_path: Path) -> None:
    rows = [
        ONE_ROW,
        (1, SHOP, "中级", 20, 0, None, None, 1.5),
        (1, "Web前端开发", "初级", "15人", None, None, None, None),
        ("合计", None, None, 35, 0, None, None, 1.5),
        ("第2期", SHOP, "中级", 10, 25, 20, 18, None),
        ("2021-08-02至2021-08-15", SHOP, "中级", -1, None, None, None, None),
    ]
    season = loaded(tmp_path, rows)
    progress = Progress(season.season)
    assert [progress.added(KEY, T, number) for number in (1, 2, 3)] == [20, 10, -1]
    assert [progress.total(KEY, matter, 13) for matter in (T, A, E, C)] == [29, 25, 20, 18]
    assert progress.total(OTHER, T, 13) == 15
    assert [(w.unit, w.total) for w in progress.work(1)] == [("元", 15000)]
    assert said(season) == [("DAT010", "B4")]


def test_a_header_in_two_rows_and_cumulative_figures(tmp_path: Path) -> None:
    rows = [
        ("虚构学院进展表", None, None, None, None, None, None),
        ("期次", "证书", "级别", "培训", None, "取证", None),
        (None, None, None, "本期", "累计", "本期", "累计"),
        (1, SHOP, "中级", 20, 20, 0, 0),
        (2, SHOP, "中级", 10, 31, 5, 5),
    ]
    write_book(
        tmp_path / "进展表.xlsx",
        {"设置": SETTINGS_SHEET, "计划": PLAN_SHEET, "进展": rows},
        {"进展": ("A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2")},
    )
    season = load_season(tmp_path, Shelf())  # type: ignore[arg-type]
    progress = Progress(season.season)
    assert (progress.total(KEY, T, 13), progress.total(KEY, C, 13)) == (30, 5)
    assert [entry.stated for entry in season.season.entries if entry.matter is T] == [20, 31]
    assert ("DAT021", "") in said(season)


def test_cumulative_figures_alone_become_what_each_period_added(tmp_path: Path) -> None:
    rows = [
        ("期次", "证书名称", "等级", "累计培训人数"),
        (1, SHOP, "中级", 20),
        (2, SHOP, "中级", 20),
        (3, SHOP, "中级", 55),
    ]
    progress = Progress(loaded(tmp_path, rows).season)
    assert [progress.added(KEY, T, number) for number in (1, 2, 3)] == [20, 0, 35]


def test_a_sheet_for_each_period(tmp_path: Path) -> None:
    sheet = (("证书名称", "等级", "本期培训人数"), (SHOP, "中级", 20))
    write_book(
        tmp_path / "双周报数据.xlsx", {"设置": SETTINGS_SHEET, "计划": PLAN_SHEET, "第1期": sheet, "第3期": sheet}
    )
    progress = Progress(load_season(tmp_path, Shelf()).season)  # type: ignore[arg-type]
    assert [progress.added(KEY, T, number) for number in (1, 2, 3)] == [20, 0, 20]


def test_a_sheet_of_events_for_each_month_under_any_name(tmp_path: Path) -> None:
    july, september = ([HEADER, (when, SHOP, "中级", "学生培训", 10)] for when in ("2021-07-06", "2021-09-03"))
    write_book(
        tmp_path / "双周报数据.xlsx", {"设置": SETTINGS_SHEET, "计划": PLAN_SHEET, "7月": july, "9月": september}
    )
    season = load_season(tmp_path, Shelf())  # type: ignore[arg-type]
    assert [Progress(season.season).added(KEY, T, number) for number in (1, 5)] == [10, 10]
    assert [entry.origin.sheet for entry in season.season.entries] == ["7月", "9月"]
    assert said(season) == []


def test_a_row_without_a_period_is_told(tmp_path: Path) -> None:
    season = loaded(tmp_path, [ONE_ROW, (None, SHOP, "中级", 20), (99, SHOP, "中级", 20)])
    assert said(season) == [("DAT033", "B2"), ("DAT033", "B3")]
    assert season.season.entries == ()


def test_an_old_xls_is_read(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    for name, rows in {
        "设置": SETTINGS_SHEET,
        "计划": PLAN_SHEET,
        "进展": [HEADER, ("2021-9-3", SHOP, "中级", "学生培训", 35)],
    }.items():
        page = book.add_sheet(name)
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                page.write(row, column, value)
    book.save(str(tmp_path / "双周报数据.xls"))
    assert Progress(load_season(tmp_path, Shelf()).season).total(KEY, T, 13) == 35  # type: ignore[arg-type]


def test_the_plan_comes_from_the_result_else_from_the_application(tmp_path: Path) -> None:
    write_book(tmp_path / "双周报数据.xlsx", {"设置": SETTINGS_SHEET[:1] + SETTINGS_SHEET[2:], "进展": [HEADER]})
    rows = {
        "院校信息": [{"院校名称": "虚构学院", "院校类型": "高职"}],
        "申报证书": [{"申报编号": "A01", "证书名称": SHOP, "等级": "中级", "培训人数": 120}],
    }
    (tmp_path / "申报数据.xlsx").write_bytes(school_workbook(rows, examples=False))
    applied = load_season(tmp_path, Shelf())  # type: ignore[arg-type]
    assert (applied.season.plan[0].approved, applied.season.plan_source) == (120, "申报数据.xlsx")
    assert applied.season.info.school_name == "虚构学院"
    decisions = [
        {"院校名称": "虚构学院", "证书名称": SHOP, "等级": "中级", "申报人数": 120, "结论": "调整", "批准人数": 100},
        {"院校名称": "虚构学院", "证书名称": "Web前端开发", "等级": "初级", "申报人数": 50, "结论": "不同意"},
        {"院校名称": "别的学院", "证书名称": SHOP, "等级": "中级", "申报人数": 70, "结论": "同意"},
    ]
    (tmp_path / "评审结果.xlsx").write_bytes(review_workbook({"评审结果": decisions}, examples=False))
    granted = load_season(tmp_path, Shelf())  # type: ignore[arg-type]
    assert [(row.label, row.approved) for row in granted.season.plan] == [("网店运营推广（中级）", 100)]
    assert "DAT035" in {finding.rule for finding in granted.findings}
    assert set(granted.season.inputs) == {"双周报数据.xlsx", "申报数据.xlsx", "评审结果.xlsx"}


def test_the_workbook_of_init_reads_back_without_a_finding(tmp_path: Path) -> None:
    rows = {"设置": [{"院校名称": "虚构学院", "院校类型": "高职", "院校代码": "4145000000", "开始日期": datetime.date(2021, 7, 5), "填报人": "某某"}],
            "计划": [{"证书名称": SHOP, "等级": "中级", "批准人数": 100}],
            "进展": [{"日期": datetime.date(2021, 9, 3), "证书名称": SHOP, "等级": "中级", "事项": "学生培训", "数量": 35}],
            "工作情况": [{"期次": 1, "工作进展": "无"}]}  # fmt: skip
    (tmp_path / "双周报数据.xlsx").write_bytes(season_workbook(rows))
    season = load_season(tmp_path, Shelf())  # type: ignore[arg-type]
    assert season.findings == ()
    assert Progress(season.season).total(KEY, T, 5) == 35


def test_without_a_progress_table_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有找到双周报的工作簿"):
        load_season(tmp_path, Shelf())  # type: ignore[arg-type]
    (tmp_path / "docgen.toml").write_text('kind = "secretariat"\n', "utf-8")
    with pytest.raises(InputError, match="秘书处的工作区"):
        load_season(tmp_path, Shelf())  # type: ignore[arg-type]
