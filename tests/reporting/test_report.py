"""`docgen report` from end to end: a season's documents, corrections against what was handed in, the user's words."""

from __future__ import annotations

import datetime
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader
from season_maker import HEADER, PLAN_SHEET, SETTINGS_SHEET, SHOP, write_book

from docgen.carried import carried
from docgen.cli.report_command import command
from docgen.errors import InputError, UsageError
from docgen.publish.verify import verify
from docgen.reporting import Reported, report
from docgen.reporting.choosing import chosen_periods
from docgen.season.periods import Period

pytestmark = pytest.mark.xdist_group("reports")

TODAY = datetime.date(2021, 8, 20)
ROWS = [
    HEADER,
    ("2021-07-06", SHOP, "中级", "学生培训", 40, "人", "一班"),
    ("2021-07-20", SHOP, "中级", "考核报名", 38, "人", "一班"),
    ("2021-08-03", SHOP, "中级", "学生培训", 20, "人", "二班"),
    ("2021-08-04", None, None, "经费支出", 1.2, "万元", "教材"),
]
REMARKS = [("期次", "工作进展", "存在问题", "下一步计划"), *((n, f"第{n}期的工作", "无", "继续") for n in range(1, 4))]


def write(folder: Path, rows: Sequence[Sequence[object]] = ROWS) -> None:
    write_book(
        folder / "双周报数据.xlsx", {"设置": SETTINGS_SHEET, "计划": PLAN_SHEET, "进展": rows, "工作情况": REMARKS}
    )


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(command, [str(argument) for argument in arguments], standalone_mode=False)
    assert result.exception is None, result.exception
    return result.return_value, result.stdout


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Reported]:
    folder = tmp_path_factory.mktemp("season")
    write(folder)
    return folder, report(folder, every=True, today=TODAY, date="2021年8月20日")


def file(folder: Path, number: int, suffix: str) -> Path:
    return next((folder / "双周报").glob(f"第{number:02}期*/*{suffix}"))


def test_a_season_is_made_in_one_command_and_proves_sound(season: tuple[Path, Reported]) -> None:
    folder, reported = season
    assert [made.period.number for made in reported.reports] == [1, 2, 3]
    assert len(reported.result.made) == 9
    assert not verify(folder / "双周报").changed


def test_the_pdf_says_the_figures_and_carries_them(season: tuple[Path, Reported]) -> None:
    path = file(season[0], 3, ".pdf")
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert "2021年度第3期" in re.sub(r"\s", "", text)
    assert "2021年8月20日" in text
    data = carried(path)
    assert data is not None
    shop = data["证书"][0]
    assert (shop["批准人数"], shop["本期"]["学生培训"], shop["累计"]["学生培训"]) == (100, 20, 60)
    assert data["工作"] == [{"事项": "经费支出", "单位": "元", "本期": 12000, "累计": 12000}]
    assert data["期"] == {"期次": 3, "开始日期": "2021-08-02", "结束日期": "2021-08-15", "总期数": 13}
    # The chart is drawn with lines, not as a picture.
    assert not [image for page in PdfReader(path).pages for image in page.images]


def test_word_has_the_figures_and_a_sharp_chart(season: tuple[Path, Reported]) -> None:
    document = Document(str(file(season[0], 3, ".docx")))
    cells = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert cells[2][:5] == [SHOP, "中级", "100", "20", "60"]
    assert cells[-1][3:5] == ["20", "60"]
    pictures = [part for part in document.part.package.iter_parts() if part.partname.endswith(".png")]
    picture = Image.open(io.BytesIO(pictures[0].blob))
    assert picture.width >= 160 / 25.4 * 300 - 2


def test_excel_has_formulas_and_a_native_chart_over_all_periods(season: tuple[Path, Reported]) -> None:
    book = load_workbook(file(season[0], 3, ".xlsx"))
    sheet = book["双周报"]
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == SHOP)
    assert [sheet.cell(row, column).value for column in (3, 4, 5)] == [100, 20, 60]
    assert sheet.cell(row + 2, 5).value == f"=SUM(E{row}:E{row + 1})"
    chart = book["累计进度"]._charts[0]
    assert chart.series[1].val.numRef.f == "'累计进度'!$D$3:$D$5"
    assert [book["累计进度"].cell(row, 4).value for row in (3, 4, 5)] == [40, 40, 60]


def test_the_same_data_gives_the_same_bytes(season: tuple[Path, Reported]) -> None:
    again = report(season[0], every=True, today=TODAY, date="2021年8月20日")
    assert again.result.made == ()


def test_changed_figures_are_listed_once_as_corrections_and_old_reports_stay(tmp_path: Path) -> None:
    write(tmp_path)
    report(tmp_path, every=True, today=datetime.date(2021, 8, 1))
    first = file(tmp_path, 1, ".pdf").read_bytes()
    changed = [ROWS[0], (*ROWS[1][:4], 37, *ROWS[1][5:]), *ROWS[2:]]
    write(tmp_path, changed)
    third = report(tmp_path, today=TODAY)
    assert [(made.period.number, made.corrections) for made in third.reports] == [(3, 1)]
    data = carried(file(tmp_path, 3, ".pdf"))
    assert data is not None
    assert data["更正"] == [
        {"期次": "第1期", "证书": f"{SHOP}（中级）", "事项": "学生培训", "原报": 40, "更正为": 37, "相差": -3}
    ]
    assert data["证书"][0]["累计"]["学生培训"] == 57
    # All again: the first stays as it was handed in, the third lists the same, the fourth would list nothing.
    code, text = run(tmp_path, "--all", "--on", "2021-08-20")
    assert code == 0
    assert "第1期　2021年7月5日—7月18日（已报过" in text
    assert file(tmp_path, 1, ".pdf").read_bytes() == first
    fourth = report(tmp_path, period="4", today=TODAY)
    assert fourth.reports[0].corrections == 0
    with pytest.raises(UsageError, match="第1期的报告已经生成"):
        report(tmp_path, period="1", today=TODAY)
    forced = report(tmp_path, period="第1期", today=TODAY, force=True)
    assert not forced.reports[0].settled
    assert carried(file(tmp_path, 1, ".pdf"))["证书"][0]["累计"]["学生培训"] == 37  # type: ignore[index]


def test_an_error_makes_a_draft_and_exit_code_1(tmp_path: Path) -> None:
    write(tmp_path, [*ROWS, ("2021-08-05", SHOP, "中级", "取证", 5, "人", "")])
    code, text = run(tmp_path, "--on", "2021-08-20", "--json")
    content = json.loads(text)
    assert code == 1
    assert content["reports"][0]["draft"]
    assert {"BIW006"} <= {finding["rule"] for finding in content["findings"] if finding["level"] == "error"}
    assert content["missing"] == [1, 2]
    assert "草稿" in "".join(page.extract_text() for page in PdfReader(file(tmp_path, 3, ".pdf")).pages)


PERIODS = tuple(Period(n, datetime.date(2021, 12, 6) + datetime.timedelta(14 * (n - 1)), datetime.date(2021, 12, 19) + datetime.timedelta(14 * (n - 1))) for n in range(1, 4))  # fmt: skip


@pytest.mark.parametrize(
    "wanted", ["2", "第2期", "2021-12-25", "12月25日", "1月2日", "2021-12-20/2022-01-02", "2021-12-20至2022-1-2"]
)
def test_a_period_is_named_by_number_day_or_days_over_the_years_end(wanted: str) -> None:
    assert chosen_periods(PERIODS, wanted, False, TODAY) == (PERIODS[1],)


@pytest.mark.parametrize(
    ("wanted", "word"),
    [
        ("9", "没有第9期"),
        ("2021-12-20/2022-01-10", "跨了第2期至第3期"),
        ("去年", "看不出"),
        ("2023-01-01", "不在试点时段"),
    ],
)
def test_a_period_that_is_not_there_is_told(wanted: str, word: str) -> None:
    with pytest.raises(UsageError, match=word):
        chosen_periods(PERIODS, wanted, False, TODAY)


def test_what_is_due_depends_on_the_day() -> None:
    with pytest.raises(InputError, match="还没有到期"):
        chosen_periods(PERIODS, "", True, datetime.date(2021, 12, 18))
    assert chosen_periods(PERIODS, "", False, datetime.date(2022, 1, 2)) == (PERIODS[1],)
    assert chosen_periods(PERIODS, "", True, datetime.date(2022, 1, 15)) == PERIODS[:2]


def test_the_schools_own_word_form_is_used_in_place_of_ours(tmp_path: Path) -> None:
    write(tmp_path)
    own = tmp_path / "templates" / "biweekly"
    own.mkdir(parents=True)
    form = Document()
    form.add_heading("官方双周报（{{ 期.名称 }}）", 1)
    table = form.add_table(rows=4, cols=3)
    for row, texts in enumerate(
        (
            ("证书", "本期", "累计"),
            ("{%tr for 行 in 证书 %}",),
            ("{{ 行.名称 }}", "{{ 行.本期培训 }}", "{{ 行.累计培训 }}"),
            ("{%tr endfor %}",),
        )
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    form.save(str(own / "2021年官方模板.docx"))
    reported = report(tmp_path, period="3", today=TODAY)
    made = Document(str(file(tmp_path, 3, ".docx")))
    assert made.paragraphs[0].text == "官方双周报（第3期）"
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows][1] == [f"{SHOP}（中级）", "20", "60"]
    path = file(tmp_path, 3, ".pdf")
    assert carried(path)["证书"][0]["累计"]["学生培训"] == 60  # type: ignore[index]
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert "官方双周报" in text or any("转成 PDF" in note for note in reported.notes)
    form.save(str(own / "另一份.docx"))
    with pytest.raises(InputError, match="不知道用哪一份"):
        report(tmp_path, period="3", today=TODAY)


def blank_word(path: Path) -> None:
    """An official form as it might be: labels, blanks to write on, a header in two rows, empty rows, a totals row."""
    form = Document()
    form.add_heading("1+X证书制度试点双周报", 1)
    form.add_paragraph("（第    期    年   月   日—   月   日）")
    form.add_paragraph("填报单位（盖章）：            填报日期：")
    table = form.add_table(rows=6, cols=6)
    for column, text in ((0, "序号"), (1, "证书名称"), (2, "批准人数"), (5, "培训完成率")):
        table.cell(0, column).merge(table.cell(1, column)).text = text
    table.cell(0, 3).merge(table.cell(0, 4)).text = "培训人数"
    table.cell(1, 3).text, table.cell(1, 4).text = "本期", "累计"
    table.cell(5, 0).text = "合计"
    labels = form.add_table(rows=2, cols=2)
    for row, text in enumerate(("存在问题", "下一步工作计划")):
        labels.cell(row, 0).text = text
    form.save(str(path))


def blank_excel(path: Path) -> None:
    rows = [
        ["双周报"], ["单位名称", None, "期次", None], ["证书", "级别", "新增培训", "累计培训", "新增取证", "累计取证"],
        [], [], [], [], ["合计"], ["存在问题", None],
    ]  # fmt: skip
    write_book(path, {"双周报": rows})


def test_a_blank_official_form_is_filled_by_its_labels(tmp_path: Path) -> None:
    write(tmp_path)
    own = tmp_path / "templates" / "双周报"
    own.mkdir(parents=True)
    blank_word(own / "官方.docx")
    blank_excel(own / "官方.xlsx")
    before = (own / "官方.docx").read_bytes()
    report(tmp_path, period="3", today=TODAY)
    made = Document(str(file(tmp_path, 3, ".docx")))
    texts = [paragraph.text for paragraph in made.paragraphs]
    assert "（第3期2021年8月2日—8月15日）" in texts
    assert any(text.startswith("填报单位（盖章）：虚构学院") for text in texts)
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert rows[2:] == [
        ["1", f"{SHOP}（中级）", "100", "20", "60", "60%"],
        ["2", "Web前端开发（初级）", "50", "0", "0", "0%"],
        [""] * 6,
        ["合计", "", "150", "20", "60", "40%"],
    ]
    assert [[cell.text for cell in row.cells] for row in made.tables[1].rows] == [
        ["存在问题", "无"],
        ["下一步工作计划", "继续"],
    ]
    sheet = load_workbook(file(tmp_path, 3, ".xlsx")).worksheets[0]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[1][:4] == ["单位名称", "虚构学院", "期次", 3]
    assert values[3] == [SHOP, "中级", 20, 60, 0, 0]
    assert next(row for row in values if row[0] == "合计")[2:] == [20, 60, 0, 0]
    assert (own / "官方.docx").read_bytes() == before
    Document().save(str(own / "官方.docx"))
    with pytest.raises(InputError, match="认不出可以填的地方"):
        report(tmp_path, period="3", today=TODAY)


def test_the_day_of_filling_in_is_that_of_the_period_in_the_workbook(tmp_path: Path) -> None:
    remarks = [("期次", "工作进展", "填报日期"), (1, "开班", "7月19日"), (2, "报名", None)]
    write_book(
        tmp_path / "双周报数据.xlsx", {"设置": SETTINGS_SHEET, "计划": PLAN_SHEET, "进展": ROWS, "工作情况": remarks}
    )
    reported = report(tmp_path, every=True, today=datetime.date(2021, 8, 1))
    days = [carried(file(tmp_path, number, ".pdf"))["填报"]["填报日期"] for number in (1, 2)]  # type: ignore[index]
    assert days == ["2021年7月19日", ""]
    assert [period.number for period in reported.undated] == [2]
