"""Strips → pages (CSS Fragmentation 3, 5; CSS Paged Media 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .strips import ALLOWED, FORCED, Item, Strip, ends_table
from .unfit import Unfit

_SLACK = 1e-6
"""CSS pixels by which sums of heights may differ."""


def paginated(strips: Sequence[Strip], height: float) -> list[list[Item]]:
    """What is on each page whose text area is so high, placed from the area's upper edge; at least one page.

    Raises Unfit where a strip is higher than a page, or one would have to be broken.
    """
    pager = Pager(height)
    return [*pager.filled(strips), *pager.rest()]


@dataclass(eq=False, slots=True)
class Pager:
    """Pages whose text area is so high, each as soon as no strip that is to come can change it."""

    height: float
    _pages_ended: int = 0
    _strips: list[Strip] = field(default_factory=list)
    _held: float = 0.0
    _forced: bool = False
    _asked: bool = False

    def filled(self, strips: Iterable[Strip]) -> Iterator[list[Item]]:
        """The pages that end with these strips, which follow those given before. Raises Unfit as `paginated` does."""
        for strip in strips:
            self._strips.append(strip)
            self._held += strip.gap + strip.height
            self._forced |= strip.keep == FORCED and len(self._strips) > 1
        if self._held > self.height or self._forced:
            yield from self._pages()

    def rest(self) -> Iterator[list[Item]]:
        """The pages that are left at the end."""
        yield from self._pages()
        if self._strips or not self._pages_ended:
            yield self._ended(len(self._strips))

    def _pages(self) -> Iterator[list[Item]]:
        start = 0
        while True:
            end, asked = _filled(self._strips, start, self.height, first=not self._pages_ended, asked=self._asked)
            if end >= len(self._strips):
                break
            yield self._ended(end, start)
            start, self._asked = end, asked
        del self._strips[:start]
        self._held = sum(strip.gap + strip.height for strip in self._strips)
        self._forced = False

    def _ended(self, end: int, start: int = 0) -> list[Item]:
        items = _page(self._strips[start:end], first=not self._pages_ended, asked=self._asked)
        self._pages_ended += 1
        return items


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
