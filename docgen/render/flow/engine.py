"""HTML text → PDF, by all of this package's parts in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from .blocks import add_block
from .boxes import Block, Builder
from .cascade import Cascade
from .declarations import AUTO
from .faces import load_faces
from .file import Sheet, packed, write
from .pages import paginated
from .painting import Canvas, Inks, turned
from .paper import Paper, paper_of
from .running import run_through
from .sheets import sheet_of, split_pages, user_agent
from .strips import Flow, Heading, Item, Link, stacked
from .tree import Page, Reader, parsed
from .unfit import Tangled, Unfit

_FEET = 2
"""What stands below the text of later pages differs from the second's by numbers only."""


def set_document(html: str, shared: str, identifier: bytes) -> tuple[bytes, int]:
    """The PDF of a page and its number of pages; `shared` is the text of the style sheet that all pages have.

    The font variables of both are resolved already. The same text and identifier give the same bytes. Raises Unfit for
    what this engine does not set, EnvironmentLacks without fonts.
    """
    page = parsed(html)
    cascade, paper = _style(page, shared)
    boxes = Builder(page, cascade.styles(page.root)).content()
    flow = Flow()
    add_block(boxes.body, 0.0, paper.text_width, flow)
    pages = paginated(flow.strips, paper.text_height)
    press = _Press(paper, boxes.fixed, len(pages))
    for items in pages:
        press.paint(items)
    return press.file(page, identifier), len(pages)


def set_pieces(html: Iterable[str], shared: str, identifier: bytes) -> tuple[bytes, int]:
    """The same of a long page, whose text comes in pieces: only what its pages come to is kept.

    Raises Tangled for a page that must be set as a whole.
    """
    reader = Reader(html)
    page = reader.page
    cascade, paper = _style(page, shared)
    builder = Builder(page, cascade.styles(page.root))
    press = _Press(paper, builder.fixed)
    run_through(reader, builder, paper.text_width, paper.text_height, press.paint)
    return press.file(page, identifier), len(press.sheets)


def prepare(shared: str) -> None:
    """Read the fonts and the shared style sheet, as the first document would. Raises EnvironmentLacks without fonts."""
    sheet_of(shared)
    load_faces()


def _style(page: Page, shared: str) -> tuple[Cascade, Paper]:
    rules, own_pages = split_pages(page.style)
    return _cascade(shared, rules), paper_of((sheet_of(shared).pages, sheet_of(own_pages).pages))


@lru_cache(maxsize=64)
def _cascade(shared: str, own: str) -> Cascade:
    return Cascade((user_agent(), sheet_of(shared), sheet_of(own)))


class _Press:
    """Paints pages, each with what is `fixed` to the same place of all, over all else.

    What stands below their text tells how many there are: where that is not known yet (`count` 0), it is painted last.
    """

    def __init__(self, paper: Paper, fixed: Sequence[Block], count: int = 0) -> None:
        self.sheets: list[Sheet] = []
        self._paper = paper
        self._blocks = fixed
        self._count = count
        self._inks = Inks()
        self._fixed: list[str] = []
        self._open: list[Canvas] = []

    def paint(self, items: Sequence[Item]) -> None:
        """Paint the next page. Raises Tangled for what is fixed and comes after the first one."""
        paper, inks = self._paper, self._inks
        if not self.sheets:
            self._fixed = [_fixed(block, paper, inks) for block in self._blocks]
        top, _, _, left = paper.margins
        number = len(self.sheets) + 1
        canvas = Canvas(inks, paper.height, left, top)
        canvas.put(items)
        links = [item.moved(left, top) for item in items if isinstance(item, Link)]
        headings = [item.moved(left, top) for item in items if isinstance(item, Heading)]
        if self._count:
            self.sheets.append(Sheet(self._finished(canvas, number), links, headings))
            return
        self.sheets.append(Sheet(b"", links, headings))
        if number <= _FEET:
            inks.reserve(paper.foot(number, number))
        canvas.fold()
        self._open.append(canvas)

    def _finished(self, canvas: Canvas, number: int) -> bytes:
        canvas.put(self._paper.foot(number, self._count))
        return packed(canvas.content() + "".join(self._fixed))

    def file(self, page: Page, identifier: bytes) -> bytes:
        """The PDF of the pages."""
        if len(self._blocks) != len(self._fixed):
            raise Tangled
        self._count = len(self.sheets)
        self._open.reverse()
        for place in range(len(self._open)):
            self.sheets[place] = replace(self.sheets[place], content=self._finished(self._open.pop(), place + 1))
        self._inks.settle()
        size = (self._paper.width, self._paper.height)
        return write(self.sheets, self._inks, size, page.title, page.language, identifier)


def _fixed(block: Block, paper: Paper, inks: Inks) -> str:
    """What stands at the same place of every page, over all else."""
    style = block.style
    sides = [style.length(side, AUTO) for side in ("top", "left", "right")]
    if not all(isinstance(side, float) for side in sides) or style.length("bottom", AUTO) != AUTO:
        raise Unfit("固定位置的框")
    if not style.bare or any(style.padding) or style.length("width", AUTO) != AUTO or any(style.margins):
        raise Unfit("固定位置的框")
    top, left, right = sides
    width = paper.text_width - left - right
    flow = Flow()
    add_block(Block(style, pieces=block.pieces, anonymous=True), left, width, flow)
    items, height = stacked(flow, 0.0)
    moved = [item.moved(0.0, top) for item in items]
    turn = float(style.own.get("transform", 0.0))
    return turned(moved, inks, turn, left + width / 2, top + height / 2)
