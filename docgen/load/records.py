"""A sheet's rows → records with their origin, and a finding for each cell that could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from docgen.findings import Finding, Severity
from docgen.model.records import Scope
from docgen.model.schema import EXAMPLE_MARK, Column, Sheet, ValueKind
from docgen.model.source import Origin, RowPlaces, Source, column_letters
from docgen.model.text import fold, tidy

from .cells import Read, as_text, cell_error, error_trouble, reader_of, says_nothing
from .faults import finding
from .grid import UNCALCULATED, Cell, Grid, Place, Row, is_blank
from .headers import Header
from .scopes import ScopeReader
from .trouble import FORMULA, TOO_LONG, Trouble, shown

KEYS = {
    "申报证书": "number",
    "教师": "name",
    "场地": "name",
    "设备": "name",
    "招生": "major",
    "往年试点": "certificate",
    "佐证材料": "path",
    "院校": "name",
    "评审结果": "school",
    "账号申请": "name",
    "计划": "certificate",
    "进展": "amount",
    "工作情况": "number",
}
"""The attribute of each sheet without which a row cannot be told from others."""

_LONGEST = 1000
_LONG_KINDS = (ValueKind.TEXT, ValueKind.PATH, ValueKind.SCOPE)
"""Kinds of cells that may well be long: paragraphs, and lists of files or numbers."""
_TOTALS = re.compile(r"(?:总计|合计|小计|共计|累计|总数|平均)(?:\(.*\)|[:：].*|\d.*)?")
_SUMMED = re.compile(r".{0,5}(?:总计|合计|小计)[:：]?")
_REMARKS = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明|填表人|制表人|审核人|填报人|联系人|填表日期|日期)(?:\d*)[:：.、].*"
)

_SIGNED = re.compile(r"(?:填表|制表|填报|审核|复核|经办|校对|负责|单位负责)人?(?:\(?签[字名章]\)?)?[:：].*")
"""A line at the foot of a sheet for those who sign it."""


@dataclass(slots=True)
class Troubles:
    """Collects the findings of one sheet."""

    file: str
    sheet: str
    found: list[Finding] = field(default_factory=list)

    def source(self, place: Place | None = None) -> Source:
        """A cell of the sheet, or the sheet."""
        return Source(self.file, self.sheet, f"{column_letters(place[1])}{place[0]}" if place else "")

    def say(self, id: str, message: str, hint: str = "", place: Place | None = None, **more: Any) -> None:
        """Note a finding at a cell of the sheet."""
        self.found.append(finding(id, message, hint, self.source(place), **more))

    def unreadable(self, trouble: Trouble, column: Column, place: Place, application: str = "") -> None:
        """Note a cell that could not be read: an error where the column is compulsory, else a warning."""
        message = f"“{column.header}”{trouble.message}。"
        level = Severity.ERROR if column.required else Severity.WARNING
        self.say(trouble.rule, message, trouble.hint, place, application=application, level=level)


def read_cell(
    value: Cell, fault: str, column: Column, read: Read, cache: dict[object, object] | None = None
) -> object | None:
    """The value of a cell; None where it says nothing; a Trouble where it cannot be read."""
    if fault:
        if fault == UNCALCULATED:
            return Trouble(
                FORMULA, "是公式，但没有保存计算结果", "请用 Excel 或 WPS 打开工作簿并保存，或直接填写数值。"
            )
        return cell_error(fault)
    if cache is not None and isinstance(value, str | int | float):
        key = value if isinstance(value, str) else (type(value), value)
        if key not in cache:
            cache[key] = read_cell(value, "", column, read)
        return cache[key]
    if says_nothing(value, column):
        return None
    return error_trouble(value) or _too_long(value, column) or read(value)


def _too_long(value: Cell, column: Column) -> Trouble | None:
    """The trouble of a whole page pasted where a word or a line belongs: no table could be laid out with it."""
    if not isinstance(value, str) or len(value) <= _LONGEST or column.kind in _LONG_KINDS:
        return None
    return Trouble(
        TOO_LONG,
        f"这一格有 {len(value)} 个字（“{shown(value)}”），超过 {_LONGEST} 个，没有读取",
        "多半是粘贴错了格子：请只填这一栏要的内容。",
    )


@dataclass(slots=True)
class _Bound:
    """A column with where it stands, how it is read, and what its texts were read as before."""

    column: Column
    number: int
    read: Read
    cache: dict[object, object] = field(default_factory=dict)


@dataclass(slots=True)
class _Shared:
    """What the records of a sheet have in common, and hold only once."""

    bound: list[_Bound]
    columns: Mapping[str, int]
    no_extra: Mapping[str, str] = field(default_factory=dict)
    none_bad: frozenset[str] = frozenset()


def read_records(grid: Grid, sheet: Sheet, header: Header, scopes: ScopeReader, troubles: Troubles) -> list[Any]:
    """The records of a sheet with a header row, in its order. What cannot be read goes to `troubles`."""
    bound = [
        _Bound(column, header.columns[column.attribute], reader_of(column, scopes))
        for column in sheet.columns
        if column.attribute in header.columns
    ]
    rows = list(_data_rows(grid, sheet, header, troubles))
    _tell_headless(rows, header, troubles)
    columns = {item.column.attribute: item.number for item in bound}
    columns |= {text: number for number, text in header.extra.items()}
    shared = _Shared(bound, columns)
    return [_record(row, grid, sheet, header, shared, troubles) for row in rows]


def _tell_headless(rows: list[Row], header: Header, troubles: Troubles) -> None:
    """Say so once for each column that holds something but has no header: nothing is dropped in silence."""
    known = {*header.columns.values(), *header.extra, *(column for _, column in header.repeated)}
    reach = {column for row in rows[:1] for column in range(row.first, row.first + len(row.cells))}
    for column in sorted(reach - known):
        row = next((row for row in rows if not is_blank(row.at(column))), None)
        if row is not None:
            message = f"{column_letters(column)} 列没有表头，但有内容“{_short(as_text(row.at(column)))}”，没有读取。"
            hint = f"请在 {column_letters(column)} 列加上表头；用不到的，清除这一列的内容。"
            troubles.say("DAT026", message, hint, row.place(column))


def _data_rows(grid: Grid, sheet: Sheet, header: Header, troubles: Troubles) -> Iterator[Row]:
    """The rows below the header that are records: no example, no totals, no remark, no second header."""
    titles = next((list(row.filled()) for row in grid.rows if row.number == header.row), [])
    for row in grid.rows:
        if row.number <= header.row or any(top <= header.row for top in row.anchors.values()):
            continue
        first = next(row.filled(), None)
        text = as_text(first[1]).strip() if first else ""
        if first and text.startswith(EXAMPLE_MARK):
            _check_example(row, sheet, header, first[0], troubles)
        elif first and _is_remark(row, text):
            message = f"第 {row.number} 行以“{_short(text)}”开头，看作合计或说明，没有作为数据读取。"
            hint = "不必改；如果它确实是一条数据，请改掉开头的字样。"
            troubles.say("DAT010", message, hint, (row.number, first[0]))
        elif sum(row.at(column) == title for column, title in titles) >= 2:
            continue  # the header again, as on the next printed page
        elif not first or not _is_only_numbered(row, first[1]):
            yield row


def _is_only_numbered(row: Row, first: Cell) -> bool:
    """Whether a row holds a running number and nothing else: prepared, but not filled in."""
    return as_text(first).strip().isdecimal() and sum(1 for _ in row.filled()) == 1


def _columns(sheet: Sheet, header: Header) -> Iterator[tuple[Column, int]]:
    for column in sheet.columns:
        if column.attribute in header.columns:
            yield column, header.columns[column.attribute]


def _is_remark(row: Row, text: str) -> bool:
    if _TOTALS.fullmatch(re.sub(r"\s", "", text)):
        return True
    # 9月小计, or a day with 合计 beside it: totals stand where the second column tells what a row is, too.
    beside = [as_text(value).strip() for _, value in list(row.filled())[:2]]
    if any(len(said) <= 8 and _SUMMED.fullmatch(re.sub(r"\s", "", said)) for said in beside):
        return True
    if all(_SIGNED.match(as_text(value).strip()) for _, value in row.filled()):
        return True
    return _REMARKS.fullmatch(text.replace("\n", " ")) is not None and sum(1 for _ in row.filled()) == 1


def _check_example(row: Row, sheet: Sheet, header: Header, first: int, troubles: Troubles) -> None:
    """Say so where a row bears the mark of an example but someone has put data of their own into it."""
    by_column = {number: column for column, number in _columns(sheet, header)}
    changed = []
    for number, value in row.filled():
        column = by_column.get(number)
        said = fold(as_text(value))
        if number == first:
            said = said.removeprefix(EXAMPLE_MARK).lstrip(":：-、.()")
        if said and (column is None or said != fold(as_text(column.example))):
            changed.append(number)
    if changed:
        message = f"第 {row.number} 行以“{EXAMPLE_MARK}”开头，当作示例没有读取，但其中有改填的内容。"
        hint = f"如果这是真实数据，请删去开头的“{EXAMPLE_MARK}”；否则请删除这一行。"
        troubles.say("DAT009", message, hint, (row.number, first))


def _short(text: str, most: int = 12) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most] + "…"


def _record(row: Row, grid: Grid, sheet: Sheet, header: Header, shared: _Shared, troubles: Troubles) -> Any:
    values: dict[str, Any] = {}
    bad: list[tuple[Trouble, Column, Place]] = []
    for item in shared.bound:
        column, place = item.column, row.place(item.number)
        fault = grid.faults.get(place, "") if grid.faults else ""
        value = read_cell(row.at(item.number), fault, column, item.read, item.cache)
        if isinstance(value, Trouble):
            bad.append((value, column, place))
        elif value is not None:
            values[column.attribute] = value
    extra = {text: tidy(as_text(row.at(number))) for number, text in header.extra.items()} or shared.no_extra
    unreadable = frozenset(column.attribute for _, column, _ in bad) if bad else shared.none_bad
    places = RowPlaces(row.number, shared.columns, row.anchors)
    origin = Origin(troubles.file, grid.name, row.number, places, unreadable)
    application = values.get("number", "") or _single(values.get("scope"))
    for trouble, column, place in bad:
        troubles.unreadable(trouble, column, place, application)
    _check_key(sheet, header, values, unreadable, row, application, troubles)
    return sheet.record(origin=origin, extra=extra, **values)


def _single(scope: Scope | None) -> str:
    """The only application that a row belongs to, "" where it is none or several."""
    return scope.numbers[0] if scope and len(scope.numbers) == 1 and not scope.everywhere else ""


def _check_key(
    sheet: Sheet,
    header: Header,
    values: Mapping[str, Any],
    unreadable: Iterable[str],
    row: Row,
    application: str,
    troubles: Troubles,
) -> None:
    key = KEYS[sheet.name]
    if key in values or key in unreadable or key not in header.columns:
        return
    column = next(column for column in sheet.columns if column.attribute == key)
    shown = "、".join(_short(as_text(value)) for _, value in list(row.filled())[:3])
    message = f"第 {row.number} 行没有填“{column.header}”（这一行有：{shown}）。"
    hint = f"请补填“{column.header}”；多余的行请整行删除。"
    troubles.say("DAT011", message, hint, row.place(header.columns[key]), application=application)
