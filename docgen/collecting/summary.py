"""A Collection → 汇总.xlsx: overview with charts, the one table, totals, deliveries, what was not read, contradictions, sources."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model.season import STAGES, Matter
from docgen.model.source import Source, column_letters
from docgen.season.periods import days_between
from docgen.tools.zips import stable_zip

from .charts import add_certificate_charts, add_charts
from .courses import certificate_sheet, progress_sheet
from .records import Collection, Delivery, Entry, Sourced
from .sheets import (
    BAD,
    BORDER,
    FAINT,
    FONT,
    GOOD,
    LATE,
    STAGE_NAMES,
    STRONG,
    SUM,
    TITLE_FONT,
    Column,
    Value,
    add_table,
    coloured,
    put,
    set_up_page,
)
from .tabulating import cumulative, due_numbers, latest
from .tasks import work_sheets

Key = tuple[str, str]


def summary_workbook(collection: Collection, today: datetime.date | None = None) -> bytes:
    """The workbook's bytes; the same collection gives the same bytes."""
    book = Workbook()
    book.properties.title, book.properties.creator = "双周报汇总", "docgen"
    overview = book.worksheets[0]
    overview.title = "概况"
    sums = cumulative(collection.entries)
    _details(book, collection, sums)
    last = latest(entry for entry in collection.entries if entry.line.counts)
    _by_school(book, collection, last, sums)
    totals = _by_type(book, last, sums)
    work_sheets(book, collection)
    _deliveries(book, collection, today)
    _conflicts(book, collection)
    _unread(book, collection)
    _notes(book, collection)
    progress = progress_sheet(book, collection, sums)
    by_certificate = certificate_sheet(book, collection, sums)
    _sources(book, collection)
    _overview(overview, collection, today)
    add_charts(overview, progress, totals, collection)
    add_certificate_charts(by_certificate)
    saved = io.BytesIO()
    book.save(saved)
    return stable_zip(saved.getvalue())


def _stage_columns(total: bool) -> list[Column]:
    return [Column(f"{scope}{name}", 9, "n", total) for name in STAGE_NAMES.values() for scope in ("本期", "累计")]


def _number(found: Sourced | None) -> Decimal | None:
    return found.number if found else None


def _share(part: Decimal | None, whole: Decimal | None) -> float | None:
    return round(float(part / whole), 6) if part is not None and whole else None


def _details(
    book: Workbook, collection: Collection, sums: dict[tuple[str, Key, int], dict[Matter, Decimal | None]]
) -> None:
    columns = [
        Column("院校名称", 28), Column("院校类型", 9, "c"), Column("证书名称", 26), Column("等级", 7, "c"), Column("期次", 7, "n"),
        Column("起止日期", 26, "c"), Column("批准人数", 9, "n"), *_stage_columns(False), Column("培训完成率", 10, "%"),
        Column("来源文件", 36), Column("位置", 20),
    ]  # fmt: skip

    def rows() -> Iterator[Sequence[Value]]:
        for entry in collection.entries:
            line = entry.line
            if not line.counts:
                continue
            stages: list[Value] = []
            for matter in STAGES:
                stages += [_number(line.this.get(matter)), _number(line.total.get(matter))]
            trained = sums[entry.school, line.key, entry.number][Matter.TRAINING]
            yield (
                entry.school, entry.type, line.certificate, line.level.value if line.level else "", entry.number,
                days_between(entry.start or entry.end, entry.end) if entry.end else "", _number(line.approved), *stages,
                _share(trained, _number(line.approved)), entry.file, _place(line.source),
            )  # fmt: skip

    note = (
        "一所院校、一个证书等级、一期一行，都是报告里写的数；空着的是报告里没有写。每个数在哪个文件、哪一格，见“出处”。"
    )
    add_table(book, "明细", columns, rows(), note=note, frozen=1)


def _place(source: Source) -> str:
    return " ".join(part for part in (source.sheet, source.cell) if part)


def _by_school(
    book: Workbook,
    collection: Collection,
    last: dict[tuple[str, Key], Entry],
    sums: dict[tuple[str, Key, int], dict[Matter, Decimal | None]],
) -> None:
    columns = [
        Column("院校名称", 28), Column("院校类型", 9, "c"), Column("证书名称", 26), Column("等级", 7, "c"), Column("批准人数", 10, "n", True),
        *(Column(f"累计{name}", 10, "n", True) for name in STAGE_NAMES.values()), Column("培训完成率", 10, "%"), Column("取证完成率", 10, "%"),
        Column("截至期次", 9, "n"),
    ]  # fmt: skip

    def rows() -> Iterator[Sequence[Value]]:
        for (school, key), entry in last.items():
            found = sums[school, key, entry.number]
            approved = _number(entry.line.approved)
            yield (
                school, entry.type, entry.line.certificate, entry.line.level.value if entry.line.level else "", approved,
                *(found[matter] for matter in STAGES), _share(found[Matter.TRAINING], approved),
                _share(found[Matter.CERTIFICATE], approved), entry.number,
            )  # fmt: skip

    note = "每所院校每个证书等级最近一期的累计数。报告没有写累计、也推不出的，空着，不计入合计。"
    add_table(book, "按院校", columns, rows(), note=note, frozen=1)
    silent = {school.name for school in collection.schools} - {school for school, _ in last}
    if silent:
        sheet = book["按院校"]
        text = f"没有读到任何报告的院校 {len(silent)} 所，见“报送情况”。"
        sheet.cell(sheet.max_row + 2, 1, text).font = FAINT


def _by_type(
    book: Workbook,
    last: dict[tuple[str, Key], Entry],
    sums: dict[tuple[str, Key, int], dict[Matter, Decimal | None]],
) -> Worksheet:
    """Totals by school type and certificate; the totals by type alone stand beside, for the chart."""
    groups: dict[tuple[str, str, str], list[Decimal]] = {}
    schools: dict[tuple[str, str, str], set[str]] = {}
    for (school, key), entry in last.items():
        level = entry.line.level.value if entry.line.level else ""
        group = (entry.type or "（没有写类型）", entry.line.certificate, level)
        found = sums[school, key, entry.number]
        numbers = [_number(entry.line.approved), *(found[matter] for matter in STAGES)]
        whole = groups.setdefault(group, [Decimal(0)] * 5)
        groups[group] = [one + (number or 0) for one, number in zip(whole, numbers, strict=True)]
        schools.setdefault(group, set()).add(school)
    columns = [
        Column("院校类型", 12, "c"), Column("证书名称", 28), Column("等级", 7, "c"), Column("院校数", 9, "n"), Column("批准人数", 11, "n", True),
        *(Column(f"累计{name}", 11, "n", True) for name in STAGE_NAMES.values()), Column("培训完成率", 11, "%"), Column("取证完成率", 11, "%"), Column("图中名称", 34),
    ]  # fmt: skip
    rows = [
        (
            *group,
            len(schools[group]),
            *numbers,
            _share(numbers[1], numbers[0]),
            _share(numbers[4], numbers[0]),
            _named(group),
        )
        for group, numbers in sorted(
            groups.items(), key=lambda item: (_type_order(item[0][0]), item[0][1], _level(item[0][2]))
        )
    ]
    note = "按院校类型、证书、等级合计各院校最近一期的累计数。"
    return add_table(book, "按类型和证书", columns, rows, note=note, frozen=3)


def _named(group: tuple[str, str, str]) -> str:
    kind, certificate, level = group
    return f"{kind} {certificate}{f'（{level}）' if level else ''}"


def _type_order(kind: str) -> int:
    order = ("中职", "高职", "本科")
    return order.index(kind) if kind in order else len(order)


def _level(level: str) -> int:
    order = ("初级", "中级", "高级")
    return order.index(level) if level in order else len(order)


def _deliveries(book: Workbook, collection: Collection, today: datetime.date | None) -> None:
    due = due_numbers(collection, today)
    columns = [
        Column("院校名称", 30),
        Column("院校类型", 9, "c"),
        *(Column(f"第{n}期", 11, "c") for n in due),
        Column("未报", 7, "n"),
        Column("迟报", 7, "n"),
    ]

    def rows() -> Iterator[Sequence[Value]]:
        for school in collection.schools:
            marks = [_mark(collection.deliveries.get((school.name, number))) for number in due]
            missing, late = (sum(mark.startswith(word) for mark in marks) for word in ("未报", "迟"))
            yield school.name, school.type, *marks, missing, late

    who = "院校名单里的院校" if collection.listed else "交过任何一期的院校（没有给出院校名单，从未报送的看不出来）"
    note = (
        f"{who}；晚于期末 {collection.grace} 天算迟报：按报告里的填报日期；没有的按收到日期（--received 或文件夹名），"
        "再没有的按文件里记的保存日期，都在括号里写明；什么日期也没有的写“已报（无日期）”。"
    )
    sheet = add_table(book, "报送情况", columns, rows(), note=note, frozen=2)
    if not due:
        return
    area = f"C3:{column_letters(2 + len(due))}{max(sheet.max_row, 3)}"
    for text, fill in (("未报", BAD), ("迟", LATE), ("已报", GOOD)):
        formula = f'LEFT(C3,{len(text)})="{text}"'
        sheet.conditional_formatting.add(area, Rule(type="expression", formula=[formula], dxf=coloured(fill)))


def _mark(delivery: Delivery | None) -> str:
    if delivery is None:
        return "未报"
    if delivery.late is None:
        return "已报（无日期）"
    basis = "" if delivery.basis == "填报" else f"（{delivery.basis}）"
    return f"迟{delivery.late}天{basis}" if delivery.late > 0 else f"已报{basis}"


def _conflicts(book: Workbook, collection: Collection) -> None:
    columns = [
        Column("院校名称", 28),
        Column("期次", 7, "n"),
        Column("矛盾", 70),
        Column("怎样计入", 30),
        Column("文件", 36),
        Column("位置", 20),
    ]
    rows = [
        (each.school, each.number, each.what, each.used, each.source.file, _place(each.source))
        for each in sorted(collection.conflicts, key=lambda each: (each.school, each.number or 0, each.what))
    ]
    add_table(
        book, "矛盾", columns, rows, note="同一份报告里、同一所院校各期之间不能都对的数。请与院校核对。", frozen=1
    )


def _unread(book: Workbook, collection: Collection) -> None:
    columns = [
        Column("文件", 44),
        Column("位置", 20),
        Column("为什么", 60),
        Column("怎么办", 60),
        Column("范围", 12, "c"),
    ]
    rows = [
        (each.source.file, _place(each.source), each.why, each.remedy, "整个文件" if each.whole else "这一处")
        for each in sorted(collection.unread, key=lambda each: (not each.whole, each.source))
    ]
    add_table(book, "未读出", columns, rows, note="没有计入的文件和格子。", frozen=1)


def _notes(book: Workbook, collection: Collection) -> None:
    columns = [Column("文件", 44), Column("位置", 20), Column("说明", 90)]
    rows = [
        (each.source.file, _place(each.source), each.text)
        for each in sorted(collection.notes, key=lambda each: (each.source, each.text))
    ]
    add_table(
        book,
        "读取说明",
        columns,
        rows,
        note="报告里没有明说、按下面的读法计入的；有不对的，改正原文件后再汇总一次。",
        frozen=1,
    )


def _sources(book: Workbook, collection: Collection) -> None:
    columns = [Column("院校名称", 28), Column("证书名称", 24), Column("等级", 7, "c"), Column("期次", 7, "n"), Column("数", 22, "c"), Column("值", 9, "n"),
               Column("文件", 44), Column("工作表", 18), Column("单元格", 10, "c")]  # fmt: skip

    def rows() -> Iterator[Sequence[Value]]:
        for entry in collection.entries:
            line = entry.line
            head = (entry.school, line.certificate, line.level.value if line.level else "", entry.number)
            figures: list[tuple[str, Sourced | None]] = [("批准人数", line.approved)]
            for matter, name in STAGE_NAMES.items():
                figures += [(f"本期{name}", line.this.get(matter)), (f"累计{name}", line.total.get(matter))]
            for (matter, unit), done in line.work.items():
                name = f"{matter.value}（{unit}）" if unit else matter.value
                figures += [(f"本期{name}", done.this), (f"累计{name}", done.total)]
            for what, figure in figures:
                if figure is not None:
                    yield *head, what, figure.number, figure.source.file, figure.source.sheet, figure.source.cell

    add_table(
        book,
        "出处",
        columns,
        rows(),
        note="“明细”里每一个数来自哪个文件、哪张工作表、哪一格（Word 里是第几个表的哪一格）。",
        frozen=1,
    )


def _overview(sheet: Worksheet, collection: Collection, today: datetime.date | None) -> None:
    sheet["A1"] = "1+X证书试点双周报汇总"
    sheet["A1"].font = TITLE_FONT
    sheet.row_dimensions[1].height = 32
    due = due_numbers(collection, today)
    reported = {school for school, _ in collection.deliveries}
    missing = sum((school.name, number) not in collection.deliveries for school in collection.schools for number in due)
    late = sum(1 for each in collection.deliveries.values() if each.late is not None and each.late > 0)
    last = max(collection.periods, default=0)
    unreadable = len({each.source.file for each in collection.unread if each.whole})
    facts: list[tuple[str, Value, str]] = [
        ("读取的文件", collection.files, f"其中 {unreadable} 个没有读出，见“未读出”"),
        ("院校", len(reported), f"名单里共 {len(collection.schools)} 所" if collection.listed else "没有给出院校名单"),
        ("期次", last, _span(collection)),
        ("明细行", sum(entry.line.counts for entry in collection.entries), "见“明细”"),
        ("应报未报", missing, "见“报送情况”"),
        ("迟报", late, f"晚于期末 {collection.grace} 天的份数，按什么日期看的见“报送情况”"),
        ("矛盾", len(collection.conflicts), "见“矛盾”"),
        ("按推断读取", len(collection.notes), "见“读取说明”"),
    ]
    for row, (name, value, remark) in enumerate(facts, 3):
        put(sheet, row, 1, name, "t").fill = SUM
        sheet.cell(row, 1).font = STRONG
        put(sheet, row, 2, value, "n")
        put(sheet, row, 3, remark, "t")
    for letter, width in (("A", 16), ("B", 12), ("C", 56)):
        sheet.column_dimensions[letter].width = width
    sheet["A1"].border, sheet["C1"].font = BORDER.__class__(), FONT
    set_up_page(sheet)
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "portrait", 1


def _span(collection: Collection) -> str:
    ends = [days for days in collection.periods.values() if days[1]]
    if not ends:
        return ""
    start, end = ends[0][0] or ends[0][1], ends[-1][1]
    return days_between(start, end) if start and end else ""
