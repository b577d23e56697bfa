"""A grid → its tables of progress: a header in one row or several, certificates in rows or in columns, totals told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docgen.model.records import CertificateLevel
from docgen.model.season import Amount
from docgen.model.text import fold, tidy_name

from ..cells import as_text
from ..dates import Span, read_day, read_period, read_span
from ..grid import Cell, Grid, Place, Row, is_blank
from ..numbers import read_amount
from ..trouble import Trouble
from .measures import Measure, Role, Scope, meaning_of

_TOTAL = re.compile(r".{0,8}(?:总计|合计|小计|共计|总和)(?:[(（].*)?")
_NOTHING = frozenset(("/", "-", "--", "—", "——", "－", "／", "无", "暂无", "\\"))
_DEEPEST, _DEEPEST_TURNED = 3, 2
"""Rows (or, where certificates stand in columns, columns) that a header may take."""
_LEVEL = re.compile(r"[(（]?\s*(?:职业技能等级)?\s*([初中高])级?\s*[)）]?$")
_BEFORE_LEVEL = re.compile(r"[(（\s·\-—_/]$|证书$")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure at its place (row, column): an amount, or why it could not be read."""

    value: Amount | Trouble
    place: Place


@dataclass(frozen=True, slots=True)
class FigureRow:
    """What a table says of one certificate at one level (or, `total`, of all). `number` and `span` name its period."""

    certificate: str
    level: CertificateLevel | None
    place: Place
    figures: Mapping[Measure, Figure] = field(default_factory=dict)
    number: int | None = None
    span: Span | None = None
    school: str = ""
    note: str = ""
    total: bool = False
    period_trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One table of a grid: where its header begins, which row comes after it, and what it says."""

    grid: str
    header: int
    end: int
    rows: tuple[FigureRow, ...]
    measures: tuple[Measure, ...]
    turned: bool = False

    @property
    def scoped(self) -> bool:
        """Whether any header says over what it is summed."""
        return any(measure.scope in (Scope.PERIOD, Scope.CUMULATIVE) for measure in self.measures)


def figure_tables(grid: Grid) -> tuple[FigureTable, ...]:
    """Every table of progress in a grid, from top to bottom; certificates in columns are tried where none has them in rows."""
    found = tuple(_tables(grid))
    if found:
        return found
    turned = _turned(grid)
    if _has_labels_in_body(turned):
        return ()
    return tuple(
        FigureTable(t.grid, t.header, t.end, tuple(_turned_row(row) for row in t.rows), t.measures, True)
        for t in _tables(turned, deepest=_DEEPEST_TURNED)
    )


def split_certificate(text: str) -> tuple[str, CertificateLevel | None]:
    """A certificate's name, and the level if it stands at the name's end: 网店运营推广（中级） → 网店运营推广, 中级."""
    name = tidy_name(text)
    match = _LEVEL.search(name)
    if match and match.start() and (match.group(0)[0] in "(（" or name.endswith("级")):
        before = name[: match.start()]
        return re.sub(r"[\s·\-—_/(（]+$", "", before), CertificateLevel(f"{match.group(1)}级")
    return name, None


def read_level(text: str) -> CertificateLevel | None:
    """The level that a cell names, None where it is none or several."""
    found = re.findall(r"[初中高](?=级|等|$|[)）])", fold(text))
    return CertificateLevel(f"{found[0]}级") if len(set(found)) == 1 else None


def _tables(grid: Grid, deepest: int = _DEEPEST) -> Iterator[FigureTable]:
    index = 0
    while index < len(grid.rows):
        found = _header_at(grid, index, deepest)
        if found is None:
            index += 1
            continue
        columns, depth = found
        rows, end = _body(grid, index + depth, columns)
        if rows:
            measures = tuple(dict.fromkeys(what for what in columns.values() if isinstance(what, Measure)))
            number = grid.rows[end].number if end < len(grid.rows) else grid.rows[-1].number + 1
            yield FigureTable(grid.name, grid.rows[index].number, number, tuple(rows), measures)
            index = end
        else:
            index += 1


def _header_at(grid: Grid, index: int, deepest: int) -> tuple[dict[int, Measure | Role], int] | None:
    """What each column is, and how many rows the header that begins at `index` takes; None where none begins there."""
    best: tuple[dict[int, Measure | Role], int] | None = None
    for depth in range(1, deepest + 1):
        band = grid.rows[index : index + depth]
        if len(band) < depth or any(_has_figures(row) for row in band):
            break
        columns = _columns(band)
        figures = [what for what in columns.values() if isinstance(what, Measure)]
        stages = [what for what in figures if what.matter is not None and what.matter.is_stage]
        if Role.CERTIFICATE not in columns.values() or not stages or not _is_header(columns, band):
            continue
        if best is None or _worth(columns) > _worth(best[0]):
            best = (columns, depth)
    return best


def _is_header(columns: Mapping[int, Measure | Role], band: tuple[Row, ...]) -> bool:
    """Whether most cells are titles: a list of events may have 证书 above and 考核 among its words without being one."""
    filled = {column for row in band for column, _ in row.filled()}
    first = {column for column, what in columns.items() if what is Role.CERTIFICATE}
    titles = [column for column in first if meaning_of(as_text(band[0].at(column))) is Role.CERTIFICATE]
    # Twice the same title: tables side by side, or blocks below one another, which another reader takes apart.
    named = [
        what
        for row in band[:1]
        for _, value in row.filled()
        if (what := meaning_of(as_text(value))) is Role.CERTIFICATE
    ]
    return bool(titles) and len(named) == 1 and 2 * len(columns) >= len(filled)


def _has_labels_in_body(grid: Grid) -> bool:
    """Whether titles of figures stand in several lines of a grid: then they are no header, but pairs of label and value."""
    lines = [
        row
        for row in grid.rows
        if sum(isinstance(meaning_of(value), Measure) for _, value in row.filled() if isinstance(value, str)) >= 2
    ]
    return len(lines) > _DEEPEST_TURNED or (
        len(lines) == _DEEPEST_TURNED
        and any(_has_figures(row) for row in grid.rows if lines[0].number < row.number < lines[1].number)
    )


def _worth(columns: Mapping[int, Measure | Role]) -> tuple[int, int]:
    """A header is the better, the more figures it tells apart, and the more of them say what they are summed over."""
    figures = {what for what in columns.values() if isinstance(what, Measure)}
    return len(figures), sum(what.scope is not Scope.UNSAID for what in figures)


def _has_figures(row: Row) -> bool:
    return any(isinstance(value, int | float) and not isinstance(value, bool) for _, value in row.filled())


def _columns(band: tuple[Row, ...]) -> dict[int, Measure | Role]:
    """Column → meaning, for header rows taken together; a cell that reaches over several columns counts for each."""
    last = max(row.first + len(row.cells) for row in band)
    columns: dict[int, Measure | Role] = {}
    over = [""] * len(band)
    for column in range(1, last):
        texts = []
        for level, row in enumerate(band):
            text = tidy_name(as_text(row.at(column)))
            below = any(not is_blank(lower.at(column)) for lower in band[level + 1 :])
            if text:
                over[level] = text
            elif below and level < len(band) - 1:
                text = over[level]
            if text and text not in texts:
                texts.append(text)
        if not any(not is_blank(row.at(column)) for row in band):
            continue
        meaning = meaning_of("".join(texts))
        if meaning is None and len(texts) > 1:
            meaning = meaning_of(texts[-1])
        if meaning is not None and not (isinstance(meaning, Measure) and meaning in columns.values()):
            columns[column] = meaning
    return columns


def _body(grid: Grid, index: int, columns: Mapping[int, Measure | Role]) -> tuple[list[FigureRow], int]:
    """The rows below a header up to where the table ends, and the index of the row after it."""
    rows: list[FigureRow] = []
    names = {what: column for column, what in reversed(tuple(columns.items())) if isinstance(what, Role)}
    certificate, period = "", None
    before = grid.rows[index - 1].number
    while index < len(grid.rows):
        row = grid.rows[index]
        text = as_text(row.at(names[Role.CERTIFICATE])) if Role.CERTIFICATE in names else ""
        figures = _figures(row, columns, grid)
        if row.number > before + 3 or _begins_anew(row, text, figures):
            break
        before = row.number
        total = _total_label(row, columns)
        if not figures and not total:
            if not rows and is_blank(text):
                index += 1
                continue
            if not text.strip() or meaning_of(text) is not None:
                break
            index += 1
            continue
        if text.strip() and not total:
            certificate = text
        told, trouble = _period(row, names)
        period = told or period
        rows.append(_row(row, "" if total else certificate, names, figures, period, trouble, bool(total)))
        index += 1
    return rows, index


def _begins_anew(row: Row, text: str, figures: Mapping[Measure, Figure]) -> bool:
    """Whether a row is the header of another table or the label of something else (工作进展)."""
    titles = [meaning_of(as_text(value)) for _, value in row.filled() if isinstance(value, str)]
    if sum(isinstance(what, Measure) for what in titles) >= 2:
        return True
    return not figures and bool(re.match(r"工作|存在|下一步|意见|填报|审核|联系|备注|注[:：]|说明", text.strip()))


def _total_label(row: Row, columns: Mapping[int, Measure | Role]) -> str:
    for column, value in row.filled():
        if (
            isinstance(value, str)
            and not isinstance(columns.get(column), Measure)
            and _TOTAL.fullmatch(tidy_name(value))
        ):
            return value
    return ""


def _figures(row: Row, columns: Mapping[int, Measure | Role], grid: Grid) -> dict[Measure, Figure]:
    figures: dict[Measure, Figure] = {}
    for column, what in columns.items():
        if not isinstance(what, Measure):
            continue
        place = row.place(column)
        read = read_figure(row.at(column), grid.faults.get(place, ""), what.unit)
        if read is not None and place[0] == row.number:
            figures[what] = Figure(read, place)
    return figures


def read_figure(value: Cell, fault: str, unit: str = "") -> Amount | Trouble | None:
    """A figure out of a cell, in the header's unit where the cell brings none; None where the cell says nothing."""
    if fault:
        return Trouble("DAT017", f"是公式错误或没有算出的公式“{fault}”", "请改正公式，或直接填写数值。")
    if is_blank(value) or (isinstance(value, str) and value.strip() in _NOTHING):
        return None
    amount = read_amount(value)
    if isinstance(amount, Trouble):
        return amount
    said = amount.unit or unit
    if said.startswith("万") and not amount.unit:
        return Amount(amount.number * 10_000, said[1:])
    if said.startswith("千") and not amount.unit:
        return Amount(amount.number * 1000, said[1:])
    return Amount(amount.number, said)


def _period(row: Row, names: Mapping[Role, int]) -> tuple[int | Span | None, Trouble | None]:
    if Role.PERIOD in names and not is_blank(row.at(names[Role.PERIOD])):
        read = read_period(row.at(names[Role.PERIOD]))
        return (None, read) if isinstance(read, Trouble) else (read, None)
    if Role.START in names and Role.END in names:
        days = [read_day(row.at(names[role])) for role in (Role.START, Role.END) if not is_blank(row.at(names[role]))]
        if len(days) == 2 and not any(isinstance(day, Trouble) for day in days):
            return Span(days[0], days[1]), None  # type: ignore[arg-type]
    elif Role.END in names and not is_blank(row.at(names[Role.END])):
        day = read_day(row.at(names[Role.END]))
        return (None, day) if isinstance(day, Trouble) else (Span(day, day), None)
    return None, None


def _row(
    row: Row,
    certificate: str,
    names: Mapping[Role, int],
    figures: dict[Measure, Figure],
    period: int | Span | None,
    trouble: Trouble | None,
    total: bool,
) -> FigureRow:
    name, level = split_certificate(certificate)
    if Role.LEVEL in names:
        level = read_level(as_text(row.at(names[Role.LEVEL]))) or level
    column = names.get(Role.CERTIFICATE, row.first)
    texts = {
        role: tidy_name(as_text(row.at(names[role]))) if role in names else "" for role in (Role.SCHOOL, Role.NOTE)
    }
    return FigureRow(
        name,
        level,
        (row.number, column),
        figures,
        period if isinstance(period, int) else None,
        period if isinstance(period, Span) else None,
        texts[Role.SCHOOL],
        texts[Role.NOTE],
        total,
        trouble,
    )


def _turned(grid: Grid) -> Grid:
    """The grid with rows and columns exchanged."""
    cells = {(row.number, column): value for row in grid.rows for column, value in row.filled()}
    if not cells:
        return Grid(grid.name)
    by_column: dict[int, dict[int, Cell]] = {}
    for (row, column), value in cells.items():
        by_column.setdefault(column, {})[row] = value
    last = max(row for row, _ in cells)
    rows = []
    for column in sorted(by_column):
        line = by_column[column]
        rows.append(Row(column, 1, tuple(line.get(number, "") for number in range(1, last + 1)), {}))
    faults = {(column, row): fault for (row, column), fault in grid.faults.items()}
    return Grid(grid.name, tuple(rows), faults, grid.hidden)


def _turned_row(row: FigureRow) -> FigureRow:
    figures = {what: Figure(each.value, each.place[::-1]) for what, each in row.figures.items()}
    return FigureRow(
        row.certificate, row.level, row.place[::-1], figures, row.number, row.span, row.school, row.note, row.total,
        row.period_trouble,
    )  # fmt: skip


__all__ = [
    "Figure",
    "FigureRow",
    "FigureTable",
    "Span",
    "figure_tables",
    "read_figure",
    "read_span",
    "split_certificate",
]


def header_of(grid: Grid) -> tuple[Mapping[int, Measure | Role], int, int] | None:
    """Of a grid whose table may still be blank: what each column is, and the first and the last row of its header."""
    for index in range(len(grid.rows)):
        found = _header_at(grid, index, _DEEPEST)
        if found is not None:
            columns, depth = found
            return columns, grid.rows[index].number, grid.rows[index + depth - 1].number
    return None
