"""Elements → boxes: blocks, lines of text, tables, and rows of boxes beside each other (CSS 2.1, 9.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .cascade import DocumentStyles, Style
from .declarations import AUTO
from .drawings import Drawing, drawing_of
from .tree import HEADINGS, Page
from .unfit import Tangled, Unfit

Element = Any
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LINK = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring text in one style; `link` is the address that it leads to; or a line break."""

    text: str
    style: Style
    link: str = ""
    breaks: bool = False


@dataclass(eq=False, slots=True)
class Block:
    """A block box. It holds lines of text, or other boxes; `anonymous` is one that has only its parent's lines."""

    style: Style
    anonymous: bool = False
    children: list[Block] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    heading: tuple[int, str] | None = None
    marker: bool = False
    drawing: Drawing | None = None
    table: Table | None = None


@dataclass(eq=False, slots=True)
class Cell:
    """A cell of a table; `column` is its first column."""

    block: Block
    column: int
    columns: int
    rows: int


@dataclass(eq=False, slots=True)
class Row:
    """A row of a table."""

    style: Style
    cells: list[Cell]


@dataclass(eq=False, slots=True)
class Table:
    """A table: the widths that its columns ask for, the rows of its head, which is repeated, and the others, which are
    asked for once.
    """

    captions: list[Block]
    columns: list[Style]
    head: list[Row]
    body: Iterable[Row]
    width: int


@dataclass(eq=False, slots=True)
class Content:
    """A document's boxes: those in the flow, and those that stand at a fixed place of every page."""

    body: Block
    fixed: list[Block]


class Builder:
    """Builds the boxes of one document."""

    def __init__(self, page: Page, styles: DocumentStyles) -> None:
        self._page = page
        self.styles = styles
        self.fixed: list[Block] = []
        """What stands at the same place of every page, of all that was built so far."""

    def content(self) -> Content:
        """Everything. Raises Unfit for what is not supported."""
        body, style = self.body()
        return Content(self._block(body, style), self.fixed)

    def body(self) -> tuple[Element, Style]:
        """The element that holds everything, and its style. Raises Unfit for what is not supported."""
        root = self._page.root
        style = self.styles.of(root, None)
        body = root.find("body")
        if body is None:
            raise Unfit("没有 <body>")
        if style.background.alpha or not style.bare:
            raise Unfit("<html> 的样式")
        return body, self.styles.of(body, style)

    def _block(self, element: Element, style: Style) -> Block:
        block = Block(style)
        if element.tag == "table":
            block.table = self._table(element, style)
            return block
        pending: list[Piece] = []
        self._gather(element, style, block, pending, "")
        self.end_lines(block, pending)
        if len(block.children) == 1 and block.children[0].anonymous:
            block.pieces = block.children.pop().pieces
        if element.tag in HEADINGS:
            block.heading = (int(element.tag[1]), " ".join("".join(element.itertext()).split()))
        block.marker = style.display == "list-item" and style.inherited["list-style-type"] == "disc"
        return block

    def _gather(
        self, element: Element, style: Style, block: Block, pending: list[Piece], link: str, *, inline: bool = False
    ) -> None:
        """Sort what an element holds into lines and blocks of `block`."""
        if element.text:
            pending.append(Piece(element.text, style, link))
        for child in element:
            self.add(child, self.styles.of(child, style), block, pending, link, inline=inline)
            if child.tail:
                pending.append(Piece(child.tail, style, link))

    def add(
        self, child: Element, style: Style, block: Block, pending: list[Piece], link: str = "", *, inline: bool = False
    ) -> None:
        """Put an element that a block holds to its lines or boxes; text is `pending` until a box follows, or the end."""
        tag, display = child.tag, style.display
        if display == "none":
            return
        if style.own.get("position") == "fixed":
            self.fixed.append(self._block(child, style))
        elif tag == "br":
            pending.append(Piece("", style, breaks=True))
        elif tag == "svg":
            self._draw(child, style, block, pending)
        elif tag == "table" or display in ("block", "list-item", "flex"):
            if inline:
                raise Unfit(f"行内的 <{tag}>")
            self.end_lines(block, pending)
            block.children.append(self._block(child, style))
        elif display == "inline":
            if not style.bare or any(style.margins) or any(style.padding):
                raise Unfit(f"<{tag}> 的边框和边距")
            if style.own.get("text-decoration") == "underline":
                raise Unfit(f"<{tag}> 的下划线")
            target = child.get("href") or link
            if (target or tag == "a") and not _LINK.match(target):
                raise Unfit(f"链接 {target[:40]}")
            self._gather(child, style, block, pending, target, inline=True)
        else:
            raise Unfit(f"<{tag}> 的 display")

    def _draw(self, child: Element, style: Style, block: Block, pending: list[Piece]) -> None:
        drawing = drawing_of(self._page.drawings[int(child.get("data-drawing"))])
        if style.display != "block" and any(piece.text.strip() for piece in pending):
            raise Unfit("文字中间的图")
        self.end_lines(block, pending)
        block.children.append(Block(style, drawing=drawing))

    def end_lines(self, block: Block, pending: list[Piece]) -> None:
        """Make a box of the text that is pending."""
        pieces = _collapsed(pending)
        pending.clear()
        if pieces:
            block.children.append(Block(block.style, pieces=pieces, anonymous=True))

    def long_table(self, element: Element, style: Style, group: Element, rows: Iterable[Element]) -> Table:
        """A table that ends with `group`, of which `rows` are to come.

        Asking for them raises Tangled where one has more columns than those before the group and its first row.
        """
        table = self._table(element[: element.index(group)], style)
        own = self.styles.of(group, style)
        if not own.bare:
            raise Unfit(f"<{group.tag}> 的边框和底色")
        first = sum(int(cell.get("colspan") or 1) for cell in group[0])
        table.width = max(table.width, first)
        table.body = self._not_wider(self._rows(rows, own), table.width)
        return table

    @staticmethod
    def _not_wider(rows: Iterable[Row], width: int) -> Iterator[Row]:
        for row in rows:
            if any(cell.column + cell.columns > width for cell in row.cells):
                raise Tangled
            yield row

    def _table(self, element: Iterable[Element], style: Style) -> Table:
        captions: list[Block] = []
        columns: list[Style] = []
        head: list[Row] = []
        body: list[Row] = []
        for child in element:
            own = self.styles.of(child, style)
            if child.tag == "caption":
                captions.append(self._block(child, own))
            elif child.tag == "colgroup":
                for column in child:
                    columns += [self.styles.of(column, own)] * int(column.get("span") or 1)
            else:
                rows = head if child.tag == "thead" else body
                if child.tag == "thead" and body:
                    raise Unfit("<thead> 在表身之后")
                if not own.bare:
                    raise Unfit(f"<{child.tag}> 的边框和底色")
                rows += self._rows(child, own)
        width = max((cell.column + cell.columns for row in (*head, *body) for cell in row.cells), default=0)
        return Table(captions, columns, head, body, max(width, len(columns)))

    def _rows(self, group: Iterable[Element], style: Style) -> Iterator[Row]:
        taken: dict[int, int] = {}
        for element in group:
            own = self.styles.of(element, style)
            if not own.bare or own.length("height", AUTO) != AUTO:
                raise Unfit("<tr> 的边框和底色")
            column, cells = 0, []
            for child in element:
                while taken.get(column, 0):
                    column += 1
                span, rowspan = int(child.get("colspan") or 1), int(child.get("rowspan") or 1)
                if span < 1 or rowspan < 1:
                    raise Unfit("跨零列的单元格")
                cells.append(Cell(self._block(child, self.styles.of(child, own)), column, span, rowspan))
                for taking in range(column, column + span):
                    taken[taking] = rowspan
                column += span
            taken = {place: left - 1 for place, left in taken.items() if left > 1}
            yield Row(own, cells)
        if taken:
            raise Unfit("跨出表外的单元格")


def _collapsed(pieces: list[Piece]) -> list[Piece]:
    """Text without the white space that HTML does not show (CSS Text 3, 4.1.1 and 4.1.2); empty where nothing is left."""
    result: list[Piece] = []
    spaced = True
    for piece in pieces:
        if piece.breaks:
            _trim(result)
            result.append(piece)
            spaced = True
            continue
        text = _SPACE.sub(" ", piece.text)
        if spaced and text.startswith(" "):
            text = text[1:]
        if text:
            result.append(Piece(text, piece.style, piece.link))
            spaced = text.endswith(" ")
    _trim(result)
    return result


def _trim(pieces: list[Piece]) -> None:
    """Take away a space at the end of a line."""
    if pieces and not pieces[-1].breaks and pieces[-1].text.endswith(" "):
        last = pieces.pop()
        if text := last.text[:-1]:
            pieces.append(Piece(text, last.style, last.link))
