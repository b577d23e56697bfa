"""Which sheets of a progress workbook are which: by their names, else by what stands in them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from docgen.model.catalogue import CatalogueView
from docgen.model.schema import PLAN, PROGRESS, REMARKS, SEASON, SEASON_SHEETS, Sheet
from docgen.model.text import fold

from ..cells import as_text
from ..grid import Grid
from ..headers import assign, find_header, header_key, spellings
from .facets import Names, split_certificate
from .tables import figure_tables

_ITEMS = 3
"""So many known settings make a sheet one of settings."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """`sheets` is the schema to read `long` by; `wide` are tables of figures; `more` further sheets of events.

    `names` knows the certificates of the plan.
    """

    sheets: tuple[Sheet, ...]
    long: tuple[Grid, ...]
    wide: tuple[Grid, ...]
    more: tuple[Grid, ...]
    names: Names


def sort_sheets(grids: tuple[Grid, ...], catalogue: CatalogueView) -> Sorted:
    """Tell the sheets apart: settings, plan, remarks, events (one sheet, or one a month), and tables of any shape."""
    taken = dict(assign(grids, SEASON_SHEETS).taken)
    free = [grid for grid in grids if not grid.hidden and all(grid.name != each.name for each in taken.values())]
    first = Names(lambda name: catalogue.certificate(name) is not None)
    counting = {grid.name for grid in grids if _counts(grid, first)}
    for sheet in (PLAN, REMARKS, SEASON):
        if sheet.name not in taken:
            found = [grid for grid in free if _fits(grid, sheet) and (sheet is SEASON or grid.name not in counting)]
            if len(found) == 1:
                taken[sheet.name] = found[0]
    names = Names(first.known, frozenset(_planned(taken.get(PLAN.name))))
    named = {grid.name: name for name, grid in taken.items()}
    long: list[Grid] = []
    wide: list[Grid] = []
    more: list[Grid] = []
    for grid in grids:
        name = named.get(grid.name)
        events = _events(grid)
        if name is None and events and not grid.hidden and not _turned_too(grid, names):
            more.append(grid)
        elif name in (None, PROGRESS.name) and not events and not grid.hidden and figure_tables(grid, names):
            wide.append(grid)
        else:
            long.append(grid)
        if name == SEASON.name and grid.name in counting:
            wide.append(grid)  # settings, plan and progress on one sheet
    sheets = tuple(
        replace(sheet, aliases=(*sheet.aliases, taken[sheet.name].name) if sheet.name in taken else sheet.aliases)
        for sheet in SEASON_SHEETS
    )
    if wide or more:
        # A school whose own tables say it all needs no sheet 进展.
        has_start = any(table.rows for grid in wide for table in figure_tables(grid, names))
        sheets = tuple(
            replace(sheet, required=sheet.name == SEASON.name and not (SEASON.name not in taken and has_start))
            for sheet in sheets
        )
    return Sorted(sheets, tuple(long), tuple(wide), tuple(more), names)


def _events(grid: Grid) -> bool:
    header = find_header(grid, PROGRESS)
    return header is not None and {"date", "matter", "amount"} <= header.columns.keys()


def _turned_too(grid: Grid, names: Names) -> bool:
    """Whether a sheet with a header of events has other tables above or below, which only the general reader knows."""
    header = find_header(grid, PROGRESS)
    return header is not None and len(figure_tables(grid, names)) > 1


def _counts(grid: Grid, names: Names) -> bool:
    """Whether a sheet has figures of progress, beside a plan."""
    return any(what.matter is not None for table in figure_tables(grid, names) for what in table.measures)


def _fits(grid: Grid, sheet: Sheet) -> bool:
    """Whether what stands in a sheet is what the schema wants there."""
    if sheet is SEASON:
        known = {key for tier in spellings(SEASON) for key in tier}
        items = {header_key(as_text(value)) for row in grid.rows for _, value in row.filled() if isinstance(value, str)}
        return len(items & known) >= _ITEMS
    header = find_header(grid, sheet)
    columns = header.columns.keys() if header else set()
    if sheet is PLAN:
        return {"certificate", "approved"} <= columns
    return (
        bool({"number", "start", "end"} & columns)
        and len({"progress", "problems", "plans", "suggestions"} & columns) >= 2
    )


def _planned(plan: Grid | None) -> list[str]:
    """The certificates that the plan names."""
    header = find_header(plan, PLAN) if plan is not None else None
    if plan is None or header is None or "certificate" not in header.columns:
        return []
    column = header.columns["certificate"]
    texts = [as_text(row.at(column)) for row in plan.rows if row.number > header.row]
    return [fold(split_certificate(text)[0]) for text in texts if text.strip()]
