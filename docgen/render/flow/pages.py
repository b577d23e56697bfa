"""Strips → pages (CSS Fragmentation 3, 5; CSS Paged Media 3)."""

from __future__ import annotations

from collections.abc import Sequence

from .strips import ALLOWED, FORCED, Item, Strip, ends_table
from .unfit import Unfit

_SLACK = 1e-6
"""CSS pixels by which sums of heights may differ."""


def paginated(strips: Sequence[Strip], height: float) -> list[list[Item]]:
    """What is on each page whose text area is so high, placed from the area's upper edge; at least one page.

    Raises Unfit where a strip is higher than a page, or one would have to be broken.
    """
    pages: list[list[Item]] = []
    start = 0
    asked = False
    while True:
        end, asked_next = _filled(strips, start, height, first=not pages, asked=asked)
        pages.append(_page(strips[start:end], first=not pages, asked=asked))
        if end >= len(strips):
            return pages
        start, asked = end, asked_next


def _gap(strip: Strip, *, first: bool, asked: bool) -> float:
    """The room above a strip that begins a page: margins are kept at the document's start and after a wish only."""
    return strip.gap if first else strip.first_gap if asked else 0.0


def _filled(strips: Sequence[Strip], start: int, height: float, *, first: bool, asked: bool) -> tuple[int, bool]:
    """Where the page that begins with this strip ends, and whether the break there was asked for."""
    y = 0.0
    allowed = start
    for number in range(start, len(strips)):
        strip = strips[number]
        if number == start:
            y += _gap(strip, first=first, asked=asked)
            y += _repeated(strip, first=first)
        else:
            if strip.keep == FORCED:
                return number, True
            if strip.keep == ALLOWED:
                allowed = number
            y += strip.gap
        y += strip.height
        if y > height + _SLACK:
            if number == start:
                raise Unfit("比一页还高的内容")
            if strip.whole:
                raise Unfit("跨页的框或表格行")
            return (allowed if allowed > start else number), False
    return len(strips), False


def _page(strips: Sequence[Strip], *, first: bool, asked: bool) -> list[Item]:
    items: list[Item] = []
    y = 0.0
    for number, strip in enumerate(strips):
        if number == 0:
            y += _gap(strip, first=first, asked=asked)
            if strip.head:
                items += [item.moved(0.0, y) for item in strip.head.items]
            y += _repeated(strip, first=first)
        else:
            y += strip.gap
        items += [item.moved(0.0, y) for item in strip.items]
        y += strip.height
        if strip.closing and ends_table(strips, number):
            items += [item.moved(0.0, y) for item in strip.closing]
    return items


def _repeated(strip: Strip, *, first: bool) -> float:
    """The height of what stands once more above a strip that begins a page."""
    if first:
        return 0.0
    return strip.head.height if strip.head else strip.lead
