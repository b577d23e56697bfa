"""A document as a sequence of strips: what lies between two places where a page may end.

A strip is as wide as the page's text area and has a height; what is on it is placed from its upper edge. Between strips
are gaps (collapsed margins), and the wish or the ban of a page break.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .declarations import Colour
from .drawings import Drawing
from .lines import Line, Part

ALLOWED, AVOIDED, FORCED = range(3)
"""What stands for a page break before a strip."""


class Text(NamedTuple):
    """A run of text with its start and its baseline."""

    x: float
    y: float
    part: Part

    def moved(self, x: float, y: float) -> Text:
        """The same elsewhere."""
        return Text(self.x + x, self.y + y, self.part)


class Box(NamedTuple):
    """A filled rectangle: a background."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour

    def moved(self, x: float, y: float) -> Box:
        """The same elsewhere."""
        return Box(self.x + x, self.y + y, self.width, self.height, self.colour)


class Rule(NamedTuple):
    """A line: a border. It is drawn as one, since readers widen thin rectangles to whole points of the screen."""

    x: float
    y: float
    right: float
    bottom: float
    thickness: float
    colour: Colour

    def moved(self, x: float, y: float) -> Rule:
        """The same elsewhere."""
        return Rule(self.x + x, self.y + y, self.right + x, self.bottom + y, self.thickness, self.colour)


class Picture(NamedTuple):
    """A drawing with its upper left corner."""

    x: float
    y: float
    drawing: Drawing

    def moved(self, x: float, y: float) -> Picture:
        """The same elsewhere."""
        return Picture(self.x + x, self.y + y, self.drawing)


class Link(NamedTuple):
    """An area that leads to an address."""

    x: float
    y: float
    width: float
    height: float
    address: str

    def moved(self, x: float, y: float) -> Link:
        """The same elsewhere."""
        return Link(self.x + x, self.y + y, self.width, self.height, self.address)


class Heading(NamedTuple):
    """A place that the reader's table of contents leads to."""

    x: float
    y: float
    level: int
    label: str

    def moved(self, x: float, y: float) -> Heading:
        """The same elsewhere."""
        return Heading(self.x + x, self.y + y, self.level, self.label)


Item = Text | Box | Rule | Picture | Link | Heading


def line_items(line: Line, x: float, y: float) -> list[Item]:
    """What is seen of a line whose upper edge is at `y`."""
    left, baseline = x + line.x, y + line.baseline
    items: list[Item] = [Text(left + part.x, baseline, part) for part in line.parts]
    for part in line.parts:
        if part.link:
            above, below = part.text.reach(part.start, part.end)
            items.append(Link(left + part.x, baseline - above, part.width, above + below, part.link))
    return items


@dataclass(eq=False, slots=True)
class Strip:
    """One strip. `gap` is the room above it, `first_gap` that at the top of a page after a break that was asked for.

    `head` is repeated above it where it begins a page, or `lead` is left free there; `closing` is drawn at its foot where
    the next strip is not of the same `table`. `whole`: it could have been broken, which only the general engine does.
    """

    height: float
    items: Sequence[Item]
    gap: float = 0.0
    first_gap: float = 0.0
    keep: int = ALLOWED
    head: Strip | None = None
    lead: float = 0.0
    table: object = None
    closing: Sequence[Item] = ()
    whole: bool = False


def collapsed(margins: Iterable[float]) -> float:
    """Adjoining margins as one (CSS 2.1, 8.3.1)."""
    highest = lowest = 0.0
    for margin in margins:
        highest, lowest = max(highest, margin), min(lowest, margin)
    return highest + lowest


_STRENGTH = {"auto": ALLOWED, "avoid": AVOIDED, "page": FORCED}


@dataclass(eq=False, slots=True)
class Flow:
    """Strips as they come; margins and wishes for page breaks are kept until the next of them."""

    strips: list[Strip] = field(default_factory=list)
    _below: list[float] = field(default_factory=list)
    _above: list[float] = field(default_factory=list)
    _keep: int = ALLOWED

    def margin_above(self, margin: float) -> None:
        """Margin on top of what comes next."""
        self._above.append(margin)

    def margin_below(self, margin: float) -> None:
        """Margin below what came last."""
        (self._below if not self._above else self._above).append(margin)

    def wish(self, page_break: str) -> None:
        """What an element says of the page break before what comes next."""
        self._keep = max(self._keep, _STRENGTH[page_break])

    def add(self, strip: Strip) -> None:
        """Put a strip below all that came."""
        strip.gap = collapsed((*self._below, *self._above))
        strip.first_gap = collapsed(self._above)
        strip.keep = max(strip.keep, self._keep)
        self.strips.append(strip)
        self._below, self._above, self._keep = [], [], ALLOWED

    def left_margins(self) -> list[float]:
        """The margins below everything, which may collapse with those around."""
        return [*self._below, *self._above]


def stacked(flow: Flow, top: float = 0.0) -> tuple[list[Item], float]:
    """All strips of a flow as one, beginning at `top`; the second value is where the last ends."""
    items: list[Item] = []
    y = top
    for number, strip in enumerate(flow.strips):
        y += strip.gap
        items += strip.items if y == 0 else [item.moved(0.0, y) for item in strip.items]
        y += strip.height
        if strip.closing and ends_table(flow.strips, number):
            items += [item.moved(0.0, y) for item in strip.closing]
    return items, y


def ends_table(strips: Sequence[Strip], number: int) -> bool:
    """Whether a strip is the last of its table among these."""
    return number + 1 == len(strips) or strips[number + 1].table is not strips[number].table
