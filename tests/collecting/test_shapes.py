"""Returned reports written every way round: whatever governs a figure, it is read with the certificate it belongs to."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from docgen.catalogue import load_catalogue
from docgen.collecting import collect
from docgen.collecting.gathering import Given
from docgen.collecting.reading import read_return
from docgen.collecting.records import Return
from docgen.model.season import STAGES, Matter

CATALOGUE = load_catalogue(Path())
MATTER = Matter.TRAINING
NAMES = ("培训", "报名", "考核", "取证")
TITLE = ("虚构职业技术学院1+X证书试点双周报（第3期）",)
DAYS = ("报送周期", "2021年10月4日至10月17日")
A, B = ("网店运营推广", "中级"), ("虚构新证书", "初级")
"""One certificate of the catalogue, one that no list has."""
FIGURES = {A: (60, (11, 55), (9, 41), (8, 30), (7, 21)), B: (45, (12, 40), (6, 33), (5, 27), (4, 19))}
"""Approved, then this period's and cumulative, stage by stage."""
HEADER = ["计划人数", *(f"{scope}{name}人数" for name in NAMES for scope in ("本期", "累计"))]
Rows = list[tuple[Any, ...]]


def flat(key: tuple[str, str]) -> list[int]:
    approved, *stages = FIGURES[key]
    return [approved, *(number for pair in stages for number in pair)]


def book(rows: Rows, merges: tuple[str, ...] = (), title: str = "Sheet1") -> bytes:
    made = Workbook()
    made.worksheets[0].title = title
    for row in rows:
        made.worksheets[0].append(list(row))
    for area in merges:
        made.worksheets[0].merge_cells(area)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def certificates_in_columns() -> tuple[str, bytes]:
    rows: Rows = [TITLE, DAYS, ("项目", *(f"{name}（{level}）" for name, level in FIGURES))]
    rows += zip(HEADER, *map(flat, FIGURES), strict=True)
    return "a.xlsx", book(rows)


def one_name_over_two_levels() -> tuple[str, bytes]:
    rows: Rows = [TITLE, DAYS, ("项目", B[0], None), (None, "初级", "高级")]
    rows += zip(HEADER, flat(B), flat(A), strict=True)
    return "a.xlsx", book(rows, ("A3:A4", "B3:C3"))


def a_block_a_certificate() -> tuple[str, bytes]:
    rows: Rows = [TITLE, DAYS]
    for (name, level), (approved, *stages) in FIGURES.items():
        rows += [(), ("证书名称", name, "等级", level), ("计划人数", approved), ("", *NAMES)]
        rows += [(scope, *(pair[index] for pair in stages)) for index, scope in enumerate(("本期", "累计"))]
    return "a.xlsx", book(rows)


def blocks_side_by_side() -> tuple[str, bytes]:
    heads = [f"{name}（{level}）" for name, level in FIGURES]
    rows: Rows = [
        TITLE, DAYS, (heads[0], None, None, None, heads[1]), ("指标", "本期", "累计", None, "指标", "本期", "累计"),
        *((f"{name}人数", *FIGURES[A][index], None, f"{name}人数", *FIGURES[B][index]) for index, name in enumerate(NAMES, 1)),  # type: ignore[misc]
    ]  # fmt: skip
    return "a.xlsx", book(rows, ("A3:C3", "E3:G3"))


def a_row_a_figure() -> tuple[str, bytes]:
    rows: Rows = [("学校", "期次", "起止时间", "证书", "等级", "指标", "计划", "本期", "累计")]
    rows += [
        ("虚构职业技术学院", 3, DAYS[1], *key, name, FIGURES[key][0], *FIGURES[key][index])  # type: ignore[misc]
        for key in FIGURES
        for index, name in enumerate(NAMES, 1)
    ]
    text = "\n".join(",".join(map(str, row)) for row in rows)
    return "a.csv", text.encode("gb18030")


def three_rows_of_titles() -> tuple[str, bytes]:
    rows: Rows = [
        TITLE, DAYS, ("试点证书", None, "计划", "学生情况"), ("名称", "等级", None, *(text for name in NAMES for text in (name, None))),
        (None, None, None, *("本期", "累计") * 4), *((*key, *flat(key)) for key in FIGURES),
    ]  # fmt: skip
    return "a.xlsx", book(rows, ("A3:B3", "A4:A5", "B4:B5", "C3:C5", "D3:K3", "D4:E4", "F4:G4", "H4:I4", "J4:K4"))


def the_plan_apart() -> tuple[str, bytes]:
    rows: Rows = [
        TITLE,
        DAYS,
        ("一、试点任务",),
        ("证书名称", "等级", "批准人数"),
        *((*k, FIGURES[k][0]) for k in FIGURES),
    ]
    rows += [("二、本期进展",), ("证书名称", "等级", *HEADER[1:]), *((*key, *flat(key)[1:]) for key in FIGURES)]
    return "a.xlsx", book(rows)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_word_table_below_each_title() -> tuple[str, bytes]:
    document = Document()
    document.add_heading(TITLE[0], 1)
    document.add_paragraph("：".join(DAYS))
    for number, ((name, level), (approved, *stages)) in enumerate(FIGURES.items()):
        document.add_paragraph(f"{'一二'[number]}、{name}（{level}）")
        lines = [
            ("指标", "计划", "本期", "累计"),
            *((f"{n}人数", approved, *pair) for n, pair in zip(NAMES, stages, strict=True)),
        ]
        table = document.add_table(len(lines), 4)
        for row, line in zip(table.rows, lines, strict=True):
            for cell, value in zip(row.cells, line, strict=True):
                cell.text = str(value)
    return "a.docx", saved(document)


def sentences() -> tuple[str, bytes]:
    document = Document()
    document.add_heading(TITLE[0], 1)
    document.add_paragraph(f"{DAYS[1]}，各证书进展如下。")
    for key, (approved, *stages) in FIGURES.items():
        told = "；".join(f"本期{n}{this}人，累计{n}{total}人" for n, (this, total) in zip(NAMES, stages, strict=True))
        document.add_paragraph(f"{key[0]}（{key[1]}）：计划{approved}人，{told}。")
    return "a.docx", saved(document)


SHAPES: tuple[Callable[[], tuple[str, bytes]], ...] = (
    certificates_in_columns, a_block_a_certificate, blocks_side_by_side, a_row_a_figure, three_rows_of_titles,
    the_plan_apart, a_word_table_below_each_title, sentences,
)  # fmt: skip


def read(name: str, data: bytes) -> Return:
    (found,) = read_return(Given(name, data), CATALOGUE)
    return found


def figures(found: Return) -> dict[tuple[str, str], list[int | None]]:
    return {
        (line.certificate, line.level.value if line.level else ""): [
            int(each.number) if each else None
            for each in (line.approved, *(f for m in STAGES for f in (line.this.get(m), line.total.get(m))))
        ]
        for line in found.lines
    }


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_report_is_read_whichever_way_it_is_written(shape: Callable[[], tuple[str, bytes]]) -> None:
    found = read(*shape())
    wanted = {key: flat(key) for key in FIGURES}
    if shape is blocks_side_by_side:
        wanted = {key: [None, *numbers[1:]] for key, numbers in wanted.items()}
    assert figures(found) == wanted
    assert found.unread == found.conflicts == ()
    assert (found.school, found.end.isoformat() if found.end else "") == ("虚构职业技术学院", "2021-10-17")


def test_a_name_that_no_list_has_stands_over_its_levels() -> None:
    found = figures(read(*one_name_over_two_levels()))
    assert found == {(B[0], "初级"): flat(B), (B[0], "高级"): flat(A)}


def test_a_certificate_whose_name_sounds_like_a_task_is_one_and_totals_may_be_sums_so_far() -> None:
    name = "5G网络建设与设备维护"  # neither building nor buying, and no figure of 5
    rows: Rows = [TITLE, DAYS, ("证书及等级", "培训人数", None, "班级数"), (None, "本期", "总计", None)]
    found = read("a.xlsx", book([*rows, (f"{name}（中级）", 12, 30, 2), ("合计", 12, 30, 2)], ("B3:C3",)))
    assert [(line.certificate, line.this[MATTER].number, line.total[MATTER].number) for line in found.lines] == [
        (name, 12, 30)
    ]
    assert [note.text for note in found.notes if "班级数" in note.text] == [
        "“班级数”这一列的数没有读取：不是双周报要汇总的"
    ]


def test_a_draft_that_was_handed_in_is_told(tmp_path: Path) -> None:
    rows: Rows = [("草稿",), TITLE, ("起止日期", DAYS[1]), ("证书名称", "等级", "本期培训"), (*A, 5)]
    (tmp_path / "a.xlsx").write_bytes(book(rows))
    found = collect([tmp_path / "a.xlsx"], tmp_path / "汇总.xlsx").collection
    assert found is not None
    assert ["交来的是草稿" in each.what for each in found.conflicts] == [True]


def test_figures_that_are_not_exact_and_sums_without_certificates_are_named() -> None:
    rows: Rows = [TITLE, DAYS, ("证书名称", "等级", "本期培训", "累计培训"), (*A, "约25人", "40人左右")]
    found = read("a.xlsx", book(rows))
    assert [(each.source.cell, each.whole) for each in found.unread] == [("C4", False), ("D4", False), ("", True)]
    rows = [TITLE, DAYS, ("证书名称", "本期培训", "累计培训"), ("合计", 12, 30)]
    assert [each.whole for each in read("a.xlsx", book(rows)).unread] == [True]


def test_teacher_training_and_spending_are_added_up_beside_the_stages(tmp_path: Path) -> None:
    head = (
        "证书名称",
        "等级",
        "本期培训人数",
        "累计培训人数",
        "本期师资培训（人）",
        "本期经费支出（万元）",
        "累计经费支出（元）",
    )
    rows: Rows = [TITLE, ("期次", 3), ("起止日期", DAYS[1]), head, (*A, 5, 20, 2, 1.5, 40000), (*B, 4, 9, 1, 0.2, None)]
    found = read("a.xlsx", book(rows))
    work = {line.certificate: line.work for line in found.lines}
    assert work[A[0]][Matter.SPENDING, "元"].this.number == 15000  # type: ignore[union-attr]
    assert work[A[0]][Matter.SPENDING, "元"].total.number == 40000  # type: ignore[union-attr]
    assert work[B[0]][Matter.TEACHERS, "人"].this.number == 1  # type: ignore[union-attr]
    (tmp_path / "a.xlsx").write_bytes(book(rows))
    summed = load_workbook(collect([tmp_path / "a.xlsx"], tmp_path / "汇总.xlsx").target)["其他工作合计"]
    said = {(row[1], row[3]): row[6] for row in summed.iter_rows(min_row=3, values_only=True)}
    assert said == {(A[0], "师资培训"): 2, (A[0], "经费支出"): 40000, (B[0], "师资培训"): 1, (B[0], "经费支出"): 2000}
