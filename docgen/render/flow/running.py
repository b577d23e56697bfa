"""A long document, page by page: what the body holds is laid out as it is read, and let go of when its page is full.

Of a long table the rows are such parts too. An element is taken when the next one begins, since its style may depend on
whether it is the last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .blocks import add_block, widths_of
from .boxes import Block, Builder, Element, Piece
from .cascade import Style
from .pages import Pager
from .strips import Flow, Item, Strip
from .tree import Reader, check, check_children, complete, let_go
from .unfit import Tangled

Deliver = Callable[[list[Item]], None]
"""Takes what is on the next page."""
_BODY, _CHILD, _GROUP, _ROW = 2, 3, 4, 5
"""How deep elements stand: those that the body holds, the groups of rows of a table among them, their rows."""
_MANY_ROWS = 64


def run_through(reader: Reader, builder: Builder, width: float, height: float, deliver: Deliver) -> None:
    """Lay out what `reader` reads on pages whose text area is so large, in CSS pixels.

    Raises Unfit for what is not supported, Tangled for what cannot be laid out in pieces.
    """
    _Run(reader, builder, width, height, deliver).all()


class _Running(Flow):
    """A flow whose strips go to pages, `live` as soon as they come."""

    def __init__(self, height: float, deliver: Deliver) -> None:
        super().__init__()
        self.live = False
        self._pager = Pager(height)
        self._deliver = deliver

    def add(self, strip: Strip) -> None:
        """Put a strip below all that came."""
        super().add(strip)
        if self.live:
            self.drain()

    def drain(self) -> None:
        """Hand over the pages that are full."""
        for items in self._pager.filled(self.strips):
            self._deliver(items)
        self.strips.clear()

    def end(self) -> None:
        """Hand over what is left."""
        for items in self._pager.rest():
            self._deliver(items)


class _Run:
    def __init__(self, reader: Reader, builder: Builder, width: float, height: float, deliver: Deliver) -> None:
        self._reader = reader
        self._builder = builder
        self._body, self._style = builder.body()
        if self._style.display != "block" or not self._style.bare or _kept(self._style):
            raise Tangled
        self._x, self._inner, _ = widths_of(self._style, width)
        self._flow = _Running(height, deliver)
        self._block = Block(self._style)
        self._pending: list[Piece] = []
        self._begun = False
        self._counted = builder.styles.cascade.counts
        self._run_out: Element = None
        self._run_group: Element = None
        """A table whose rows were laid out already, and their group, which ends it."""

    def all(self) -> None:
        """Everything."""
        flow, style = self._flow, self._style
        flow.wish(str(style.own.get("break-before", "auto")))
        flow.margin_above(style.margins[0])
        waiting, rows = None, 0
        for kind, element, depth in self._reader.events:
            if depth == _CHILD:
                if element.getparent() is not self._body:
                    raise Tangled
                if kind == "end":
                    waiting = element
                    continue
                if waiting is not None:
                    self._take(waiting)
                waiting, rows = None, 0
            elif depth == _ROW and kind == "end" and element.tag == "tr":
                rows += 1
                if rows == _MANY_ROWS and self._can_run(element.getparent()):
                    self._run_table(element.getparent(), element)
        if waiting is not None:
            self._take(waiting)
        self._begin()
        self._end_lines()
        check_children(self._reader.page.root)
        check_children(self._body)
        flow.end()

    def _begin(self) -> None:
        """Take the text before the first element, which is whole when that is there."""
        if not self._begun and self._body.text:
            self._pending.append(Piece(self._body.text, self._style))
        self._begun = True

    def _end_lines(self) -> None:
        self._builder.end_lines(self._block, self._pending)
        self._lay_out()

    def _lay_out(self) -> None:
        for child in self._block.children:
            add_block(child, self._x, self._inner, self._flow)
        self._block.children.clear()
        self._flow.drain()

    def _take(self, child: Element) -> None:
        """Lay out an element of the body, and the text behind it with what follows."""
        self._begin()
        if child is self._run_out:
            check_children(child)
            if self._run_group.getnext() is not None:
                raise Tangled
        else:
            check(child)
            complete(child)
            styles = self._builder.styles
            self._builder.add(child, styles.of(child, self._style), self._block, self._pending)
            self._lay_out()
            styles.forget()
        if child.tail:
            self._pending.append(Piece(child.tail, self._style))
        let_go(child, counted=self._counted)

    def _can_run(self, group: Element) -> bool:
        """Whether the rows of a group that is not read yet can be laid out as they come."""
        table = group.getparent()
        if table.tag != "table" or group.tag != "tbody":
            return False
        # What is said of a caption's lines is settled when all of them are there: it cannot run.
        if any(each.tag not in ("colgroup", "thead") for each in group.itersiblings(preceding=True)):
            return False
        if any(self._builder.styles.cascade.looks_ahead(tag) for tag in ("table", "tbody")):
            return False
        style = self._builder.styles.of(table, self._style)
        return style.display != "none" and style.own.get("position") != "fixed" and not _kept(style)

    def _run_table(self, group: Element, last: Element) -> None:
        """Lay out a table of which the rows up to `last` are read, with those that are to come."""
        table = group.getparent()
        self._begin()
        self._end_lines()
        for before in group.itersiblings(preceding=True):
            check(before)
        style = self._builder.styles.of(table, self._style)
        self._flow.live = True
        long = self._builder.long_table(table, style, group, self._rows(group, last))
        add_block(Block(style, table=long), self._x, self._inner, self._flow)
        self._flow.live = False
        self._run_out, self._run_group = table, group

    def _rows(self, group: Element, waiting: Element) -> Iterator[Element]:
        for row in group[: group.index(waiting)]:
            yield from self._one_row(row)
        for kind, element, depth in self._reader.events:
            if kind == "end" and depth == _ROW:
                if element.getparent() is not group:
                    raise Tangled
                yield from self._one_row(waiting)
                waiting = element
            elif kind == "end" and depth == _GROUP:
                break
        yield from self._one_row(waiting)
        check_children(group)

    def _one_row(self, row: Element) -> Iterator[Element]:
        check(row)
        complete(row)
        yield row
        let_go(row, counted=self._counted)
        self._builder.styles.forget()


def _kept(style: Style) -> bool:
    """Whether a box is not to be broken, so that where it begins depends on all that is in it."""
    return bool(style.own.get("break-inside") == "avoid")
