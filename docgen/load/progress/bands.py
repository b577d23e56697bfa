"""Headers: which rows of a grid title the columns below them, and what each column is.

A header may take several rows; its cells may reach over several columns, merged or not. Beside measures and roles a
column may stand for a certificate, a level or a period: tables are written either way round.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..grid import Cell, Grid, Row, is_blank
from .facets import NONE, Facets, Names, is_figure, read_level, split_certificate, text_of
from .measures import Measure, Role, Scope, joined_meaning, scope_of

DEEPEST = 4
_PAIRED = frozenset((Role.CERTIFICATE, Role.LEVEL, Role.PERIOD, Role.START, Role.END, Role.SCHOOL, Role.OTHER))
"""Titles that a form may put to the left of what they title."""
_LINES = (Role.CERTIFICATE, Role.LEVEL, Role.PERIOD)


@dataclass(frozen=True, slots=True)
class Column:
    """One column below a header: what the header says of it, in `words`; `title` is the lowest part of them."""

    facets: Facets
    title: str = ""
    words: str = ""

    @property
    def role(self) -> Role | None:
        """What it is for where it holds no figure."""
        return self.facets.what if isinstance(self.facets.what, Role) else None

    @property
    def counts(self) -> bool:
        """Whether figures may stand below it."""
        facets = self.facets
        if facets.sums or (isinstance(facets.what, Role) and facets.what is not Role.AMOUNT):
            return False
        return facets.what is not None or facets.scope is not None or facets.places


@dataclass(frozen=True, slots=True)
class Band:
    """A header: the indices of its rows, its columns, and where tables side by side begin."""

    first: int
    last: int
    columns: Mapping[int, Column] = field(default_factory=dict)
    starts: tuple[int, ...] = ()

    def segment(self, column: int) -> int:
        """Which of the tables side by side a column belongs to: the first column of it."""
        return max((start for start in self.starts if start <= column), default=0)

    def role(self, role: Role, segment: int) -> int | None:
        """The column of a role in one of the tables side by side."""
        return next(
            (
                number
                for number, column in self.columns.items()
                if column.role is role and self.segment(number) == segment
            ),
            None,
        )


def is_pairs(row: Row, names: Names) -> bool:
    """Whether a row holds titles with their answers beside them: 填报单位 | 虚构学院 | 期次 | 3."""
    cells = [value for _, value in row.filled()]
    if len(cells) < 2:
        return False
    title = False
    asked: object = None
    seen = 0
    for value in cells:
        facets = names.facets(value)
        titles = facets.what in _PAIRED and not is_figure(value)
        if title and ((asked is Role.PERIOD and facets.certificate) or (facets.titles and not is_figure(value))):
            return (
                False  # 期次 is no question that a certificate answers, nor is 本期培训 an answer: both title columns
            )
        asked = facets.what
        if title and titles:
            return False
        if not title and not titles:
            return False
        title, seen = titles, seen + titles
    return seen > 0


def line_role(row: Row, names: Names) -> Role | None:
    """What a row is for whose first cell titles all others: 证书名称 | 网店运营推广 | 物流管理; None for other rows."""
    cells = [names.facets(value) for _, value in row.filled()]
    if len(cells) < 2 or cells[0].what not in _LINES or any(each.titles for each in cells[1:]):
        return None
    role, rest = cells[0].what, cells[1:]
    fitting = {
        Role.CERTIFICATE: all(each.certificate or not each.places for each in rest),
        Role.LEVEL: all(each.level for each in rest),
        Role.PERIOD: all(each.number is not None or each.span for each in rest),
    }
    return role if isinstance(role, Role) and fitting[role] else None


def _may_title(row: Row, names: Names) -> bool:
    """Whether a row can be (part of) a header: no figures, and at least half its cells title or place something."""
    if line_role(row, names) is not None and not any(is_figure(value) for _, value in row.filled()):
        return True
    known = titles = filled = 0
    placed: dict[str, int] = {}
    for _, value in row.filled():
        if is_figure(value):
            return False
        filled += 1
        facets = names.facets(value)
        titles += facets.titles
        known += facets.titles or facets.places
        for name in ("certificate", "level", "number", "span"):
            placed[name] = placed.get(name, 0) + (getattr(facets, name) not in ("", None))
    several = max(placed.values(), default=0) >= 2
    return filled > 0 and 2 * known >= filled and (titles > 0 or several)


def band_at(grid: Grid, index: int, names: Names) -> Band | None:
    """The header that begins at the grid's row `index`; None where none does."""
    rows = grid.rows
    if not _may_title(rows[index], names) or is_pairs(rows[index], names) or _asks(grid, index, names):
        return None
    if sum(1 for _ in rows[index].filled()) == 1 and not _reaches_over(grid, index, names):
        return None
    last = index
    while last + 1 < min(len(rows), index + DEEPEST) and rows[last + 1].number == rows[last].number + 1:
        below = rows[last + 1]
        if not _may_title(below, names) or is_pairs(below, names) or _starts_anew(below, rows[last], names):
            break
        last += 1
    columns = _columns(rows[index : last + 1], names)
    if not any(column.counts or column.role is Role.MATTER for column in columns.values()):
        return None
    return Band(index, last, columns, _starts(columns))


def _reaches_over(grid: Grid, index: int, names: Names) -> bool:
    """Whether the only cell of a row titles several columns below: it is followed by another row of a header."""
    row = grid.rows[index]
    column, value = next(row.filled())
    if names.facets(value).places or index + 1 >= len(grid.rows):
        return False
    below = grid.rows[index + 1]
    if next(below.filled())[0] >= column:
        return False  # it stands over the first column: the title of the table
    return below.number == row.number + 1 and _may_title(below, names) and sum(1 for _ in below.filled()) > 2


def _asks(grid: Grid, index: int, names: Names) -> bool:
    """Whether a row asks who reports and when, its answers left blank, and the header of a table comes right below it."""
    row, below = grid.rows[index], grid.rows[index + 1 : index + 2]
    asked = all(names.facets(value).what in _PAIRED - {Role.CERTIFICATE, Role.LEVEL} for _, value in row.filled())
    return asked and any(
        _may_title(each, names) and all(not is_blank(each.at(column)) for column, _ in row.filled()) for each in below
    )


def _starts_anew(below: Row, above: Row, names: Names) -> bool:
    """Whether a row that looks like a header belongs to the one above no more: it has the same titles, or answers them."""
    same = [
        column
        for column, value in below.filled()
        if not is_blank(above.at(column))
        and column not in below.anchors
        and text_of(above.at(column)) == text_of(value)
    ]
    answered = [
        column
        for column, value in below.filled()
        if names.facets(above.at(column)).what in _LINES and column not in below.anchors and names.facets(value).places
    ]
    return bool(same or answered)


def _columns(band: tuple[Row, ...], names: Names) -> dict[int, Column]:
    last = max(row.first + len(row.cells) for row in band)
    over = [""] * len(band)
    columns: dict[int, Column] = {}
    lines = [line_role(row, names) for row in band]
    for number in range(1, last):
        parts: list[str] = []
        placed = NONE
        if not any(not is_blank(row.at(number)) for row in band):
            continue
        for level, row in enumerate(band):
            if lines[level] is not None:
                if number != next(row.filled())[0] and not is_blank(row.at(number)):
                    placed = _answer(lines[level], row.at(number), names).under(placed)
                continue
            text = text_of(row.at(number))
            below = any(not is_blank(lower.at(number)) for lower in band[level + 1 :])
            if text:
                over[level] = text
            elif below and level < len(band) - 1:
                text = over[level]
            if text and text not in parts:
                parts.append(text)
        together = _together(tuple(parts), names)
        columns[number] = Column(
            replace(placed.under(together), what=together.what, scope=together.scope, sums=together.sums),
            parts[-1] if parts else "",
            "".join(parts),
        )
    scopes = {column.facets.scope for column in columns.values()}
    if Scope.PERIOD in scopes and Scope.CUMULATIVE not in scopes:
        # 总计 beside 本期 is what there is so far; beside 第1期 and 第2期 it is their sum.
        columns |= {
            number: replace(each, facets=replace(each.facets, sums=False, scope=Scope.CUMULATIVE))
            for number, each in columns.items()
            if each.facets.sums
        }
    if any(column.role in (Role.MATTER, Role.AMOUNT) for column in columns.values()):
        # 单位 beside 数量 is what it is counted in, else who reports.
        unit = replace(NONE, what=Role.UNIT)
        columns |= {
            number: Column(unit, each.title, each.words) for number, each in columns.items() if each.title == "单位"
        }
    return columns


def _answer(role: Role | None, value: Cell, names: Names) -> Facets:
    """What an answer says of the certificate, the level or the period that it was asked for."""
    if role is Role.CERTIFICATE:
        return Facets(None, None, *split_certificate(text_of(value)))
    if role is Role.LEVEL:
        return Facets(level=read_level(text_of(value)))
    facets = names.facets(value)
    return Facets(number=facets.number, span=facets.span)


def _together(parts: tuple[str, ...], names: Names) -> Facets:
    """What the parts of a column's title, from top to bottom, say together."""
    placed = NONE
    rest: list[str] = []
    unknown = ""
    for part in parts:
        facets = names.facets(part)
        if facets.sums and part is parts[-1]:
            above = joined_meaning(tuple(rest))
            if not isinstance(above, Measure) or above.matter is None:
                return replace(placed, sums=True)
            return replace(placed, what=Measure(above.matter, Scope.CUMULATIVE, above.unit), scope=Scope.CUMULATIVE)
        if facets.places:
            placed = facets.under(placed)
            if facets.what is None and facets.scope is None:
                continue
        elif not facets.titles:
            unknown = unknown or part
        rest.append(part)
    scope = next((said for part in reversed(rest) if (said := scope_of(part)) is not None), None)
    what = joined_meaning(tuple(rest)) if rest else None
    for part in rest:
        own = names.facets(part)
        if own.certificate and isinstance(own.what, Measure):
            what = own.what
    if placed.level is not None and not placed.certificate and unknown and what is None:
        # A name that no list has, over levels: what else would have levels?
        placed = replace(placed, certificate=unknown)
    if isinstance(what, Measure) and scope is not None and what.scope is Scope.UNSAID:
        what = Measure(what.matter, scope, what.unit)
    return replace(placed, what=what, scope=scope)


def _starts(columns: Mapping[int, Column]) -> tuple[int, ...]:
    """Where tables side by side begin: where the first column's title comes again."""
    if not columns:
        return ()
    first = min(columns)
    role = columns[first].role
    if role is None:
        return (0,)
    again = [number for number, column in columns.items() if number > first and column.title == columns[first].title]
    return (0, *again)
