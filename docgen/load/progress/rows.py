"""A school's own tables with one row a certificate and period → what they say, table by table, and the plan in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from docgen.model.season import PlannedCertificate, key_of
from docgen.model.source import Origin

from ..grid import Grid
from ..trouble import Trouble
from .facets import Names
from .figures import Figure, FigureRow, FigureTable
from .measures import Scope
from .tables import figure_tables


@dataclass(frozen=True, slots=True)
class RowTables:
    """The tables of a workbook. `file` is its name; `plan` what columns such as 批准人数 say."""

    file: str = ""
    tables: tuple[FigureTable, ...] = ()
    plan: tuple[PlannedCertificate, ...] = field(default=())


def read_row_tables(grids: Iterable[Grid], file: str, names: Names) -> RowTables:
    """Every table of progress in the grids. A sheet named 第3期 lends its rows the number that they do not name."""
    tables = tuple(table for grid in grids for table in figure_tables(grid, names))
    return RowTables(file, tables, tuple(_plan(tables, file)))


def planned_of(row: FigureRow) -> Figure | None:
    """The number of persons that a row says the certificate was approved for."""
    return next((figure for what, figure in row.figures.items() if what.scope is Scope.PLANNED), None)


def _plan(tables: Iterable[FigureTable], file: str) -> Iterable[PlannedCertificate]:
    """The last number that the tables give for each certificate and level, in the order of their first rows."""
    found: dict[tuple[str, str], PlannedCertificate] = {}
    for table in tables:
        for row in table.rows:
            figure = planned_of(row)
            if row.total or not row.certificate or figure is None or isinstance(figure.value, Trouble):
                continue
            number = figure.value.number
            if number != number.to_integral_value():
                continue
            places = {"certificate": row.place, "level": row.place, "approved": figure.place}
            origin = Origin(file, table.grid, row.place[0], places)
            found[key_of(row.certificate, row.level)] = PlannedCertificate(
                origin, row.certificate, row.level, int(number)
            )
    return found.values()
