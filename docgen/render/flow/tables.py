"""Tables → strips: columns of fixed widths, borders that meet, a head that is repeated (CSS 2.1, 17)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from .borders import Grid, frame_items
from .boxes import Block, Cell, Row, Table
from .cascade import Style
from .declarations import AUTO, Length
from .strips import Box, Flow, Item, Strip, stacked
from .unfit import Unfit

Fill = Callable[[Block, float, float, Flow], None]
"""Lays out a block in a container that begins at x and is so wide."""
Insets = tuple[float, float, float, float]
"""What a cell's borders take from it: top, right, bottom, left."""


@dataclass(frozen=True, slots=True)
class _Measures:
    """Where the columns of a table begin and how wide they are; what is between cells; the borders where they meet."""

    starts: Sequence[float]
    widths: Sequence[float]
    across: float
    between: float
    grid: Grid | None


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows that stay together, the first of which has this number in the table; the last group is known as such."""

    rows: Sequence[Row]
    first: int
    last: bool


@dataclass(frozen=True, slots=True)
class _Set:
    """A cell that is laid out: what is on it, how high that is, and how high the cell wants to be."""

    cell: Cell
    x: float
    width: float
    items: Sequence[Item]
    height: float
    insets: Insets
    wanted: float


def add_table(table: Table, style: Style, x: float, width: float, flow: Flow, fill: Fill) -> None:
    """Lay out a table in a container that is `width` CSS pixels wide, from `x` on."""
    if style.own.get("table-layout") != "fixed" or any(style.padding) or style.background.alpha:
        raise Unfit("表格的版式")
    collapses = style.inherited["border-collapse"] == "collapse"
    grid = Grid(table.width, style) if collapses else None
    groups = _groups(table, grid)
    first = next(groups, None)
    if first is None:
        raise Unfit("没有单元格的行")
    x, outer = _place(style, x, width)
    for caption in table.captions:
        fill(caption, x, outer, flow)
        flow.wish("avoid")
    if not grid and any(edge for edge, _ in style.edges):
        raise Unfit("表格的边框")
    measures = _measures(table, style, grid, x, outer, first.rows[0])
    _add_rows(table, measures, chain([first], groups), flow, fill)


def _groups(table: Table, grid: Grid | None) -> Iterator[_Group]:
    """The head, then the rows with those that a cell of theirs reaches down to. Each is given once the borders around it
    are settled, so that a table of thousands of rows need never be there as a whole.
    """
    waiting: Sequence[Row] = ()
    number = 0
    for rows in chain([table.head] if table.head else [], _linked(table.body)):
        if not all(row.cells for row in rows):
            raise Unfit("没有单元格的行")
        if grid:
            for row in rows:
                grid.add(row)
        if waiting:
            yield _Group(waiting, number, last=False)
            number += len(waiting)
            if grid:
                grid.forget(number - 1)  # the borders above a row ask for those beside the row before
        waiting = rows
    if waiting:
        if grid:
            grid.end()
        yield _Group(waiting, number, last=True)


def _place(style: Style, x: float, width: float) -> tuple[float, float]:
    """Where the table begins, and how wide it is with its borders (HTML counts them in)."""
    own = style.length("width", AUTO)
    if isinstance(own, Length):
        own = own.value / 100 * width
    if own == AUTO:
        raise Unfit("表格没有宽度")
    left, right = style.margins[3], style.margins[1]
    room = width - own
    if isinstance(left, float):
        return x + left, own
    return x + max(room / 2 if right == AUTO else room - right, 0.0), own


def _measures(table: Table, style: Style, grid: Grid | None, x: float, outer: float, first: Row) -> _Measures:
    across, between = (0.0, 0.0) if grid else _spacing(style)
    left, right = (grid.left / 2, grid.right / 2) if grid else (0.0, 0.0)
    inner = outer - left - right
    widths = _columns(table, first, grid, inner, across)
    steps = accumulate((width + across for width in widths), initial=x + left + across)
    return _Measures(list(steps)[:-1], widths, across, between, grid)


def _spacing(style: Style) -> tuple[float, float]:
    across, between = (
        value.value if not value.unit else _length(style, value) for value in style.inherited["border-spacing"]
    )
    return across, between


def _length(style: Style, value: Length) -> float:
    found = Style({"x": value}, style.type, None, {}, style.root_size).length("x")
    if not isinstance(found, float):
        raise Unfit("单元格间距的百分比")
    return found


def _columns(table: Table, first: Row, grid: Grid | None, inner: float, across: float) -> list[float]:
    """The widths of the columns (CSS 2.1, 17.5.2.1)."""
    widths: list[float | None] = [None] * table.width
    for place, column in enumerate(table.columns):
        widths[place] = _share(column, inner)
    for cell in first.cells:
        own = _share(cell.block.style, inner)
        if own is None:
            continue
        own += _sides(_insets(cell, 0, grid), cell.block.style) - across * (cell.columns - 1)
        spanned = range(cell.column, cell.column + cell.columns)
        open_columns = [place for place in spanned if widths[place] is None]
        own -= sum(widths[place] or 0.0 for place in spanned)
        for place in open_columns:
            widths[place] = own / len(open_columns)
    spaces = across * (table.width + 1)
    rest = inner - sum(width or 0.0 for width in widths) - spaces
    left = sum(width is None for width in widths)
    found = [max(rest, 0.0) / left if width is None else width for width in widths]
    extra = inner - sum(found) - spaces
    # Columns that ask for more than there is widen the table.
    return [width + max(extra, 0.0) / len(found) for width in found]


def _share(style: Style, inner: float) -> float | None:
    own = style.length("width", AUTO)
    if own == AUTO:
        return None
    return own.value / 100 * inner if isinstance(own, Length) else float(own)


def _insets(cell: Cell, row: int, grid: Grid | None) -> Insets:
    if grid:
        return grid.insets(cell, row)
    (top, _), (right, _), (bottom, _), (left, _) = cell.block.style.edges
    return top, right, bottom, left


def _sides(insets: Insets, style: Style) -> float:
    return insets[1] + insets[3] + style.padding[1] + style.padding[3]


def _add_rows(table: Table, measures: _Measures, groups: Iterable[_Group], flow: Flow, fill: Fill) -> None:
    head: Strip | None = None
    grid = measures.grid
    top = grid.top / 2 if grid else measures.between
    for group in groups:
        rows = group.rows
        items, height = _rows(rows, group.first, measures, fill)
        closing = grid.below(group.first + len(rows), measures.starts, measures.widths) if grid else ()
        if table.head and not group.first:
            head = Strip(top + height, [item.moved(0.0, top) for item in items])
            head.table = table
            flow.add(head)
            head.closing = closing
            if not group.last:
                flow.wish("avoid")
            continue
        above = top if not group.first else 0.0
        bottom = 0.0 if not group.last else grid.bottom / 2 if grid else measures.between
        breakable = len(rows) > 1 or rows[0].style.own.get("break-inside") != "avoid"
        for row in rows[:1]:
            flow.wish(str(row.style.own.get("break-before", "auto")))
        flow.add(
            Strip(
                above + height + bottom,
                [item.moved(0.0, above) for item in items] if above else items,
                head=head,
                table=table,
                lead=grid.thickness(group.first) / 2 if grid and not head else 0.0,
                closing=[item.moved(0.0, -bottom) for item in closing] if group.last else closing,
                whole=breakable,
            )
        )
        flow.wish(str(rows[-1].style.own.get("break-after", "auto")))


def _linked(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows with those that a cell of theirs reaches down to."""
    group: list[Row] = []
    left = 0
    for row in rows:
        group.append(row)
        left = max(left - 1, *(cell.rows - 1 for cell in row.cells), 0)
        if not left:
            yield group
            group = []
    if group:
        yield group


def _rows(rows: Sequence[Row], first: int, measures: _Measures, fill: Fill) -> tuple[list[Item], float]:
    """Neighbouring rows, the first of which has this number in the table: what is on them, and their height."""
    cells = [[_cell(cell, first + place, measures, fill) for cell in row.cells] for place, row in enumerate(rows)]
    tops = [0.0]
    for place in range(len(rows)):
        height = 0.0
        for start in range(place + 1):
            for one in cells[start]:
                if start + one.cell.rows - 1 == place:
                    height = max(height, one.wanted + tops[start] - tops[place])
        tops.append(tops[-1] + height + measures.between)
    backgrounds: list[Item] = []
    items: list[Item] = []
    for place, row in enumerate(cells):
        for one in row:
            top = tops[place]
            height = tops[place + one.cell.rows] - measures.between - top
            style = one.cell.block.style
            if style.background.alpha:
                backgrounds.append(Box(one.x, top, one.width, height, style.background))
            if not measures.grid:
                backgrounds += frame_items(style, one.x, top, one.width, height)
            items += [item.moved(0.0, top + _drop(style, one, height)) for item in one.items]
    if measures.grid:
        backgrounds += measures.grid.lines(first, len(rows), tops, measures.starts, measures.widths)
    return backgrounds + items, tops[-1]


def _cell(cell: Cell, row: int, measures: _Measures, fill: Fill) -> _Set:
    style = cell.block.style
    spanned = measures.widths[cell.column : cell.column + cell.columns]
    width = sum(spanned) + measures.across * (cell.columns - 1)
    insets = _insets(cell, row, measures.grid)
    padding_top, _, padding_bottom, padding_left = style.padding
    x = measures.starts[cell.column]
    inner = Flow()
    content = cell.block
    room = width - _sides(insets, style)
    if room < 0:
        raise Unfit("没有宽度的单元格")
    _fill_cell(content, x + insets[3] + padding_left, room, inner, fill)
    items, height = stacked(inner)
    height += max(inner.left_margins(), default=0.0)
    own = style.length("height", AUTO)
    if isinstance(own, Length):
        raise Unfit("单元格高度的百分比")
    around = insets[0] + insets[2] + padding_top + padding_bottom
    wanted = around + (height if own == AUTO else max(height, float(own)))
    return _Set(cell, x, width, items, height, insets, wanted)


def _fill_cell(content: Block, x: float, width: float, flow: Flow, fill: Fill) -> None:
    if content.pieces:
        fill(Block(content.style, pieces=content.pieces, anonymous=True), x, width, flow)
    for child in content.children:
        fill(child, x, width, flow)


def _drop(style: Style, one: _Set, height: float) -> float:
    """How far below the cell's upper edge its content begins."""
    padding_top, _, padding_bottom, _ = style.padding
    spare = height - one.insets[0] - one.insets[2] - padding_top - padding_bottom - one.height
    align = style.inherited["vertical-align"]
    if align == "baseline":
        raise Unfit("单元格按基线对齐")
    return one.insets[0] + padding_top + {"top": 0.0, "middle": spare / 2, "bottom": spare}[align]
