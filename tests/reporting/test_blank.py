"""Official forms without tags are filled whichever way their tables are written, and grow in their own style."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from docgen.reporting.blank import BlankForm
from docgen.reporting.own import fitted

NAMES = ("培训", "报名", "考核", "取证")
LINES: list[dict[str, Any]] = [
    {
        "证书名称": f"虚构证书{sign}", "等级": level, "名称": f"虚构证书{sign}（{level}）", "试点专业": "某专业", "批准人数": 100 + n,
        **{f"{scope}{name}": 10 * n + k + 50 * (scope == "累计") for scope in ("本期", "累计") for k, name in enumerate(NAMES)},
        **{f"{name}完成率": f"{n}{k}%" for k, name in enumerate(NAMES)},
    }
    for n, (sign, level) in enumerate((("甲", "初级"), ("乙", "中级"), ("丙", "高级")), 1)
]  # fmt: skip
TOTALS = {key: sum(line[key] for line in LINES) for key in LINES[0] if isinstance(LINES[0][key], int)}
CONTEXT: dict[str, Any] = {
    "院校": {"院校名称": "虚构学院", "院校类型": "高职", "院校代码": "4100000000"},
    "期": {"期次": 3, "起止": "2021年8月2日—8月15日", "开始日期": "2021年8月2日", "结束日期": "2021年8月15日"},
    "填报": {"填报人": "某某", "审核人": "某人", "联系电话": "0771-0000000"},
    "日期": "2021年8月16日",
    "证书": LINES,
    "合计": TOTALS,
    "工作": [{"事项": "师资培训", "单位": "人", "本期": 2, "累计": 5}, {"事项": "经费支出", "单位": "元", "本期": 12000, "累计": 36000}],
    "工作情况": {"工作进展": ["开班"], "存在问题": ["设备不足"], "下一步计划": ["报名"], "意见建议": []},
}  # fmt: skip
Rows = list[list[Any]]


def excel(rows: Rows, merges: tuple[str, ...] = (), shade: str = "") -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for area in merges:
        sheet.merge_cells(area)
    if shade:
        sheet[shade].fill = PatternFill("solid", fgColor="FFEEEEEE")
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def filled(tmp_path: Path, form: bytes, suffix: str = ".xlsx") -> tuple[list[list[Any]], BlankForm]:
    blank = BlankForm(tmp_path / f"官方{suffix}", form)
    made = blank.render(CONTEXT)
    assert made == blank.render(CONTEXT)
    if suffix == ".xlsx":
        return [list(row) for row in load_workbook(io.BytesIO(made)).worksheets[0].iter_rows(values_only=True)], blank
    document = Document(io.BytesIO(made))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return [*([each.text] for each in document.paragraphs if each.text), *rows], blank


def test_one_blank_row_grows_in_its_own_style(tmp_path: Path) -> None:
    header = ["证书名称", "等级", "批准人数", "本期培训人数", "累计取证人数"]
    form = excel(
        [["填报单位", None, "期次", None], header, [None] * 5, ["合计"], ["存在的问题及困难", None]], shade="D3"
    )
    rows, blank = filled(tmp_path, form)
    assert rows[0][:4] == ["填报单位", "虚构学院", "期次", 3]
    assert rows[2:5] == [[x["证书名称"], x["等级"], x["批准人数"], x["本期培训"], x["累计取证"]] for x in LINES]
    assert rows[5] == ["合计", None, TOTALS["批准人数"], TOTALS["本期培训"], TOTALS["累计取证"]]
    assert rows[6][1] == "设备不足"
    sheet = load_workbook(io.BytesIO(blank.render(CONTEXT))).worksheets[0]
    assert [sheet.cell(row, 4).fill.fgColor.rgb for row in (3, 4, 5)] == ["FFEEEEEE"] * 3
    assert not any("没有放" in note for note in blank.notes)


def test_tables_side_by_side_take_the_certificates_one_after_another(tmp_path: Path) -> None:
    header = ["证书名称", "等级", "本期培训", "累计培训"] * 2
    rows, _ = filled(tmp_path, excel([header, [None] * 8, [None] * 8, ["填报人", None, "审核人", None]]))
    cells = [[x["证书名称"], x["等级"], x["本期培训"], x["累计培训"]] for x in LINES]
    assert rows[1:4] == [cells[0] + cells[2], cells[1] + [None] * 4, ["填报人", "某某", "审核人", "某人"] + [None] * 4]


def test_rows_of_this_period_above_cumulative_are_repeated_together(tmp_path: Path) -> None:
    form = excel([["证书及等级", None, "培训人数", "取证人数"], [None, "本期"], [None, "累计"]], ("A2:A3",))
    rows, blank = filled(tmp_path, form)
    assert rows[1:] == [
        row
        for x in LINES
        for row in ([x["名称"], "本期", x["本期培训"], x["本期取证"]], [None, "累计", x["累计培训"], x["累计取证"]])
    ]
    merged = load_workbook(io.BytesIO(blank.render(CONTEXT))).worksheets[0].merged_cells
    assert sorted(map(str, merged.ranges)) == ["A2:A3", "A4:A5", "A6:A7"]


def test_blocks_in_a_sheet_and_what_has_no_place_is_told(tmp_path: Path) -> None:
    block = [["证书名称", None, "等级", None], [None, "培训", "取证", None], ["本期"], ["累计"], []]
    rows, blank = filled(tmp_path, excel([["单位", None], *block, *block]))
    one, other = LINES[0], LINES[1]
    assert rows[1][:4] == ["证书名称", one["证书名称"], "等级", one["等级"]]
    assert [rows[3][:3], rows[9][:3]] == [
        ["本期", one["本期培训"], one["本期取证"]],
        ["累计", other["累计培训"], other["累计取证"]],
    ]
    assert [note for note in blank.notes if "没有放 1 个证书（虚构证书丙（高级））的地方" in note]


def test_certificates_in_columns_and_work_by_its_title(tmp_path: Path) -> None:
    rows, _ = filled(
        tmp_path,
        excel([
            ["指标", "证书一", "证书二", "证书三"], ["证书名称"], ["等级"], ["累计培训人数"], [],
            ["事项", "本期", "累计"], ["师资培训"], ["经费支出（万元）"],
        ]),
    )  # fmt: skip
    assert rows[1:4] == [
        ["证书名称", *(x["证书名称"] for x in LINES)],
        ["等级", *(x["等级"] for x in LINES)],
        ["累计培训人数", *(x["累计培训"] for x in LINES)],
    ]
    assert [row[:3] for row in rows[6:8]] == [["师资培训", 2, 5], ["经费支出（万元）", 1.2, 3.6]]


def word(rows: Rows, paragraphs: tuple[str, ...]) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    table = document.add_table(len(rows), len(rows[0]))
    for line, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text or ""
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_a_word_block_is_repeated_for_every_certificate_and_gaps_are_filled(tmp_path: Path) -> None:
    rows: Rows = [["证书名称", None, "等级", None], ["批准人数", None, "累计取证人数", None]]
    texts = (
        "第    期（20  年  月  日至    年  月  日）",
        "填报单位（盖章）：        填报日期：  年  月  日",
        "二、存在问题",
        "",
    )
    made, _ = filled(tmp_path, word(rows, texts), ".docx")
    assert made[:4] == [
        ["第3期（2021年8月2日—8月15日）"],
        ["填报单位（盖章）：虚构学院　　填报日期：2021年8月16日"],
        ["二、存在问题"],
        ["设备不足"],
    ]
    assert made[4:] == [
        row
        for x in LINES
        for row in (
            ["证书名称", x["证书名称"], "等级", x["等级"]],
            ["批准人数", str(x["批准人数"]), "累计取证人数", str(x["累计取证"])],
        )
    ]


def test_names_that_stand_in_the_form_keep_their_rows(tmp_path: Path) -> None:
    header = ["证书名称", "等级", "本期培训"]
    rows, blank = filled(tmp_path, excel([header, ["虚构证书丙", "高级", None], ["虚构证书甲", "初级", None]]))
    assert [row[2] for row in rows[1:3]] == [LINES[2]["本期培训"], LINES[0]["本期培训"]]
    assert any("虚构证书乙（中级）" in note for note in blank.notes) or rows[3][0] == "虚构证书乙"


@pytest.mark.parametrize("fits", [True, False])
def test_a_workbook_is_printed_as_wide_as_the_page(fits: bool) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["证书名称"])
    if fits:
        sheet.page_setup.scale = 60
    saved = io.BytesIO()
    book.save(saved)
    setup = load_workbook(io.BytesIO(fitted(saved.getvalue()))).worksheets[0].page_setup
    assert (setup.scale, setup.orientation) == ((60, None) if fits else (None, "landscape"))


def test_a_label_with_a_colon_on_open_paper_is_written_on(tmp_path: Path) -> None:
    rows, _ = filled(tmp_path, excel([["填报单位（盖章）：", None], ["联系电话", None], ["证书名称", "本期培训"]]))
    assert [row[:2] for row in rows[:2]] == [["填报单位（盖章）：虚构学院", None], ["联系电话", "0771-0000000"]]
    assert rows[3:] == [[x["名称"], x["本期培训"]] for x in LINES]
