"""What finding, filling and reading back come to: the frozen values that Word, Excel and PDF forms share."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from docgen.findings import Finding


class PlaceKind(StrEnum):
    """What sort of blank a place is."""

    CELL = "单元格"  # an empty cell beside or below its label
    BLANK = "空白"  # a blank after a colon or on an underline in running text
    DATE = "日期"  # 「　年　月　日」
    CHOICE = "选项"  # □中职 □高职: `options` are what stands beside the boxes
    LIST = "下拉列表"  # a drop-down: `options` are what it offers
    CONTROL = "控件"  # a named content control, bookmark, legacy or PDF field for text
    CHECK = "复选框"  # one box by itself: yes or no
    TABLE = "表格"  # a header row and empty rows: `columns` are its headers
    PICTURE = "照片"
    COMB = "逐格"  # a row of small cells that take a character each; `limit` is how many


_FOR_NOBODY = re.compile(r"序号?|编号|备\s*注|附注|no\.?", re.IGNORECASE)
"""Heads of columns whose gaps are no news."""


class State(StrEnum):
    """What became of a place."""

    FILLED = "已填"
    PROPOSED = "待定"  # not sure enough: shown, not filled
    BLANK = "留空"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a form that may take a value.

    `at` is its address, as a person reads it and the map keeps it: 表1 第3行第2格, Sheet1!C5, 字段 name. `label` is the
    text that names it, as it stands there. `context` are the words around, the nearest first: labels to its left in the
    same row, a row group's heading, headings above. `options` belong to CHOICE and LIST, `columns` to TABLE (one label a
    column, with the heading above it before a line break). `closed` says, in Chinese, why nothing may be written there
    (a signature, an opinion, a locked cell); "" for a place that is open. `limit` is how many characters it says it takes,
    0 where it does not say. `section` is the heading that it stands under. `name` is a second label: what the control,
    the bookmark or the field is called in the file. `where` is its place on paper, of what has one: 第1页 左53 上35 宽106 高8 毫米.
    `near` is how many words of the context stand beside the place, in its row or line; the rest stand above. `aside`: its section is
    a heading over some columns, beside another. `unit` is that of all sums around, by a note (金额单位：万元).
    """

    at: str
    kind: PlaceKind
    label: str
    context: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    closed: str = ""
    limit: int = 0
    section: str = ""
    name: str = ""
    where: str = ""
    near: int = 0
    aside: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which field a place means, and what became of it.

    `field` is the data's key (院校.院校名称), "" where none fits; for a TABLE the name of the rows (教师), and `columns`
    maps each of the place's columns, by number from 0, to a key. `value` is what is written, as text; for a TABLE what
    `rows` tell. `score` from 0 to 1, `why` in Chinese; `others` are further candidates (key, score).
    """

    place: Place
    field: str = ""
    title: str = ""
    value: str = ""
    score: float = 0.0
    state: State = State.BLANK
    why: str = ""
    others: tuple[tuple[str, float], ...] = ()
    columns: Mapping[int, str] = dataclasses.field(default_factory=dict)
    rows: tuple[tuple[str, ...], ...] = ()

    def empty_columns(self) -> tuple[str, ...]:
        """The headers of a filled list under which nothing was written: not known, or with nothing in the data.

        Numbers and remarks are passed over: nobody misses them.
        """
        if self.state is not State.FILLED or not self.rows:
            return ()
        return tuple(
            " ".join(header.split())
            for number, header in enumerate(self.place.columns)
            if not any(number < len(row) and row[number] for row in self.rows)
            and not _FOR_NOBODY.fullmatch("".join(header.split()))
        )


@dataclass(frozen=True, slots=True)
class FillResult:
    """A filled form: its bytes, what became of every place, and what a person should look at."""

    data: bytes
    proposals: tuple[Proposal, ...] = ()
    findings: tuple[Finding, ...] = ()

    def of(self, state: State) -> tuple[Proposal, ...]:
        """The places in that state, in the order of the form."""
        return tuple(proposal for proposal in self.proposals if proposal.state is state)


@dataclass(frozen=True, slots=True)
class Extracted:
    """One value read back: where, under which label, which field it is ("" where the label is not known)."""

    place: Place
    field: str
    title: str
    value: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class ExtractedRows:
    """A table read back: the data's name for its rows (教师), and each row by column."""

    place: Place
    field: str
    rows: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class ExtractResult:
    """What a filled form says, in the order of the form."""

    form: str
    values: tuple[Extracted, ...] = ()
    tables: tuple[ExtractedRows, ...] = ()
    findings: tuple[Finding, ...] = ()

    def as_data(self) -> dict[str, object]:
        """The values by key and the tables by name, as `fill` takes them: {"院校": {…}, "教师": [{…}]}."""
        data: dict[str, object] = {}
        for each in self.values:
            if not each.field:
                continue
            group, _, name = each.field.partition(".")
            inner = data.setdefault(group, {}) if name else data
            if isinstance(inner, dict):
                inner.setdefault(name or group, each.value)
        for table in self.tables:
            if table.field:
                data.setdefault(table.field, [dict(row) for row in table.rows])
        return data
