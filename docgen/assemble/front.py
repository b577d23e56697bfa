"""Transforms the index into front pages whose number no longer changes the numbers printed in them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from io import BytesIO

import pikepdf

from .pieces import Piece
from .records import Entry, FrontMaker, FrontMatter, VolumeOrder
from .sheets import Sheet, index_of

_ENTRIES_A_PAGE = 24
_WITH_A_NOTE = 1.4  # lines
_MOST_TRIES = 8


def make_front(
    order: VolumeOrder, pieces: Sequence[Piece], sheets: Sequence[Sheet], front: FrontMaker | None, dpi: int
) -> tuple[pikepdf.Pdf, tuple[Entry, ...]]:
    """The front pages and the index as printed in them.

    The page numbers in the index depend on how many pages it takes itself: it is made again until that number is
    what it was made for. `dpi` is the resolution that pictures were reduced to. Without `front` there are none. Should it swing between two numbers, the larger is kept, with an empty page at the end.
    """
    if front is None:
        return pikepdf.Pdf.new(), index_of(pieces, sheets, 0)
    lines = sum(_WITH_A_NOTE if piece.item.caption else 1 for piece in pieces)
    guess = 1 + max(math.ceil(lines / _ENTRIES_A_PAGE), 1)
    tried: set[int] = set()
    while len(tried) < _MOST_TRIES:
        entries = index_of(pieces, sheets, guess)
        pdf = pikepdf.Pdf.open(BytesIO(front(FrontMatter(order, entries, guess + len(sheets), guess, dpi))))
        pages = len(pdf.pages)
        if pages < guess and pages in tried:
            box = pdf.pages[-1].mediabox
            for _ in range(guess - pages):
                pdf.add_blank_page(page_size=(float(box[2]), float(box[3])))
            return pdf, entries
        if pages == guess:
            return pdf, entries
        tried.add(guess)
        guess = pages
    raise RuntimeError(f"the front matter's length does not settle: {sorted(tried)}")
