"""What reading a progress table gives: figures with their places, by certificate, level and period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from docgen.model.records import CertificateLevel
from docgen.model.season import Amount

from ..dates import Span
from ..grid import Cell, Place, is_blank
from ..numbers import read_amount
from ..trouble import Trouble
from .facets import NOTHING
from .measures import Measure, Scope


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure at its place (row, column): an amount, or why it could not be read."""

    value: Amount | Trouble
    place: Place


@dataclass(frozen=True, slots=True)
class FigureRow:
    """What a table says of one certificate at one level (or, `total`, of all). `number` and `span` name its period.

    `carried`: its own certificate cell is blank, and the one above holds for it. `around`: its period stands in a title
    around the table, not in the row.
    """

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
    carried: bool = False
    around: bool = False


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One table of a grid: where its header begins, which row comes after it, and what it says.

    `odd` are places with figures of which nobody can tell what they count, each with the words that stand there; `passed`
    the first places of columns with figures under a title that says nothing of progress.
    `worded`: read out of sentences.
    """

    grid: str
    header: int
    end: int
    rows: tuple[FigureRow, ...]
    measures: tuple[Measure, ...]
    odd: tuple[tuple[Place, str], ...] = ()
    passed: tuple[tuple[Place, str], ...] = ()
    worded: bool = False

    @property
    def scoped(self) -> bool:
        """Whether any header says over what it is summed."""
        return any(measure.scope in (Scope.PERIOD, Scope.CUMULATIVE) for measure in self.measures)


def read_figure(value: Cell, fault: str, unit: str = "") -> Amount | Trouble | None:
    """A figure out of a cell, in the header's unit where the cell brings none; None where the cell says nothing."""
    if fault:
        return Trouble("DAT017", f"是公式错误或没有算出的公式“{fault}”", "请改正公式，或直接填写数值。")
    if is_blank(value) or (isinstance(value, str) and value.strip() in NOTHING):
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
