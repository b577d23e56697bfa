"""Transform tables of a spreadsheet into certificates and demands; what cannot be read is told, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from docgen.errors import InputError
from docgen.model.catalogue import Certificate, Demand
from docgen.model.records import CertificateLevel
from docgen.model.text import fold, tidy_name

from .catalogue import join_certificates, join_demands
from .names import certificate_key
from .parsing import parse_batch, parse_count, parse_levels, parse_names

FULL_LIST = 400
"""A list with so many certificates is taken for the whole: batches 1 to 4 hold 446 (guide 一（二）1)."""

_HEADER_ROWS = 20
_NAME = "name"
_HEADERS: Mapping[str, tuple[str, ...]] = {
    _NAME: ("证书名称", "证书", "职业技能等级证书名称", "职业技能等级证书", "X证书名称", "1+X证书名称"),
    "batch": ("批次", "所属批次", "证书批次"),
    "organisation": ("培训评价组织", "培训评价组织名称", "组织", "评价组织", "颁证机构", "证书颁发单位名称"),
    "levels": ("等级", "证书等级", "级别", "已知等级"),
    "majors": ("专业", "适用专业", "面向专业", "对应专业", "可申报专业"),
    "teachers": ("教师人数", "教师数", "师资人数"),
    "seats": ("工位数", "工位"),
    "equipment": ("设备", "设备要求", "软硬件设备"),
}
_FIELD_OF = {fold(header): name for name, headers in _HEADERS.items() for header in headers}
_OF_LISTS = {"batch", "organisation"}
_OF_DEMANDS = {"majors", "teachers", "seats", "equipment"}


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as texts: row number in the file and its cells, all rows beginning at the same column."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A row, or a cell of it, that could not be read: sheet, row number and the reason in Chinese."""

    sheet: str
    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What a spreadsheet said. `sheets` were read, `passed_over` have no header that is known."""

    certificates: tuple[Certificate, ...]
    demands: tuple[Demand, ...]
    unread: tuple[Unread, ...]
    sheets: tuple[str, ...]
    passed_over: tuple[str, ...]


@dataclass(slots=True)
class _Reader:
    """Gathers rows; rows of one certificate (and level) add up."""

    source: str
    certificates: dict[str, Certificate] = field(default_factory=dict)
    demands: dict[tuple[str, CertificateLevel | None], Demand] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

    def add(self, place: tuple[str, int], row: Mapping[str, str], kinds: set[str]) -> None:
        name = tidy_name(row.get(_NAME, ""))
        if not name:
            self.unread.append(Unread(*place, "没有证书名称，整行没有读取。"))
            return
        if _FIELD_OF.get(fold(name)) == _NAME:
            return  # the header once more, as on each printed page
        levels = parse_levels(row.get("levels", ""))
        if levels is None:
            self.unread.append(Unread(*place, f"“{name}”的等级“{row['levels']}”认不出来，应写初级、中级、高级。"))
        if kinds - _OF_DEMANDS:
            self._add_certificate(place, name, row, levels or ())
        # A demand at a level that cannot be read must not become a demand at every level.
        if kinds & _OF_DEMANDS and levels is not None:
            self._add_demands(place, name, row, levels)

    def _add_certificate(
        self, place: tuple[str, int], name: str, row: Mapping[str, str], levels: tuple[CertificateLevel, ...]
    ) -> None:
        batch = parse_batch(row.get("batch", ""))
        if batch is None and row.get("batch", "").strip():
            self.unread.append(Unread(*place, f"“{name}”的批次“{row['batch']}”认不出来，应写数字。"))
        entry = Certificate(name, tidy_name(row.get("organisation", "")), batch, levels, self.source)
        key = certificate_key(name)
        before = self.certificates.get(key)
        self.certificates[key] = join_certificates(before, entry) if before else entry

    def _add_demands(
        self, place: tuple[str, int], name: str, row: Mapping[str, str], levels: tuple[CertificateLevel, ...]
    ) -> None:
        if not any(row.get(part, "").strip() for part in _OF_DEMANDS):
            return
        teachers, seats = (self._count(place, name, row, part) for part in ("teachers", "seats"))
        for level in levels or (None,):
            majors, equipment = parse_names(row.get("majors", "")), parse_names(row.get("equipment", ""))
            entry = Demand(name, level, majors, teachers, seats, equipment, self.source)
            key = (certificate_key(name), level)
            before = self.demands.get(key)
            self.demands[key] = join_demands(before, entry) if before else entry

    def _count(self, place: tuple[str, int], name: str, row: Mapping[str, str], part: str) -> int | None:
        text = row.get(part, "").strip()
        count = parse_count(text)
        if text and count is None:
            header = _HEADERS[part][0]
            self.unread.append(Unread(*place, f"“{name}”的{header}“{text}”认不出来，应写一个整数；这一项没有读取。"))
        return count


def read_tables(tables: Iterable[Table], source: str) -> Imported:
    """The certificates and demands in a spreadsheet named `source`, from every sheet whose header row is known.

    A sheet with 专业, 教师人数, 工位数 or 设备 holds demands; one with 批次 or 培训评价组织, or with none of these all,
    holds certificates; one may hold both. Raises InputError where no sheet has a column 证书名称 with rows below it.
    """
    reader = _Reader(source)
    sheets: list[str] = []
    passed_over: list[str] = []
    for table in tables:
        header = _find_header(table)
        if header is None:
            passed_over.append(table.name)
            continue
        sheets.append(table.name)
        index, columns = header
        kinds = (columns.keys() & (_OF_LISTS | _OF_DEMANDS)) or {_NAME}
        for number, cells in table.rows[index + 1 :]:
            row = {name: cells[place] for name, place in columns.items() if place < len(cells)}
            if any(cell.strip() for cell in cells):
                reader.add((table.name, number), row, kinds)
    if not reader.certificates and not reader.demands:
        raise InputError(
            f"“{source}”里没有读到证书：{_why_nothing(sheets)}",
            "表头要有“证书名称”；名单还可有批次、培训评价组织、等级，证书要求还可有等级、专业、教师人数、工位数、设备。",
        )
    return Imported(
        tuple(reader.certificates.values()),
        tuple(reader.demands.values()),
        tuple(reader.unread),
        tuple(sheets),
        tuple(passed_over),
    )


def _why_nothing(sheets: list[str]) -> str:
    return (
        f"工作表“{'”“'.join(sheets)}”的表头下面没有可读的内容。" if sheets else "没有一张工作表的表头里有“证书名称”。"
    )


def _find_header(table: Table) -> tuple[int, dict[str, int]] | None:
    """Index of the header row among the first rows, and where each known column stands; None where there is none."""
    for index, (_, cells) in enumerate(table.rows[:_HEADER_ROWS]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(cells):
            if name := _FIELD_OF.get(fold(cell)):
                columns.setdefault(name, place)
        if _NAME in columns:
            return index, columns
    return None
