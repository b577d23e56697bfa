"""HTML text → PDF, by all of this package's parts in order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from .blocks import add_block
from .boxes import Block, Builder
from .cascade import Cascade
from .declarations import AUTO
from .faces import load_faces
from .file import Sheet, write
from .pages import paginated
from .painting import Inks, content, turned
from .paper import Paper, paper_of
from .sheets import sheet_of, split_pages, user_agent
from .strips import Flow, Heading, Item, Link, stacked
from .tree import parsed
from .unfit import Unfit


def set_document(html: str, shared: str, identifier: bytes) -> tuple[bytes, int]:
    """The PDF of a page and its number of pages; `shared` is the text of the style sheet that all pages have.

    The font variables of both are resolved already. The same text and identifier give the same bytes. Raises Unfit for
    what this engine does not set, EnvironmentLacks without fonts.
    """
    page = parsed(html)
    rules, own_pages = split_pages(page.style)
    cascade = _cascade(shared, rules)
    paper = paper_of((sheet_of(shared).pages, sheet_of(own_pages).pages))
    boxes = Builder(page, cascade.styles(page.root)).content()
    flow = Flow()
    add_block(boxes.body, 0.0, paper.text_width, flow)
    pages = paginated(flow.strips, paper.text_height)
    inks = Inks()
    fixed = "".join(_fixed(block, paper, inks) for block in boxes.fixed)
    sheets = [
        _sheet([*items, *paper.foot(number, len(pages))], paper, inks, fixed) for number, items in enumerate(pages, 1)
    ]
    data = write(sheets, inks, (paper.width, paper.height), page.title, page.language, identifier)
    return data, len(pages)


def prepare(shared: str) -> None:
    """Read the fonts and the shared style sheet, as the first document would. Raises EnvironmentLacks without fonts."""
    sheet_of(shared)
    load_faces()


@lru_cache(maxsize=64)
def _cascade(shared: str, own: str) -> Cascade:
    return Cascade((user_agent(), sheet_of(shared), sheet_of(own)))


def _sheet(items: Sequence[Item], paper: Paper, inks: Inks, fixed: str) -> Sheet:
    top, _, _, left = paper.margins
    stream = content(items, inks, paper.height, left, top)
    links = [item.moved(left, top) for item in items if isinstance(item, Link)]
    headings = [item.moved(left, top) for item in items if isinstance(item, Heading)]
    return Sheet(stream + fixed, links, headings)


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
