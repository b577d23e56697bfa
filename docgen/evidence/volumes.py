"""Which evidence of an application goes into which volume (guide 二（二）2（4）: one to three files, a kind in one file).

Evidence of one kind makes one volume. Where that would be longer than max_volume_pages, or larger than max_volume_mb
even when its pictures are reduced to min_dpi, it is cut between two items into volumes of much the same size, as long
as the application has no more than three. All this is told from estimates (`estimates.py`), so that it is known before
anything is assembled. What is still too much for one volume stays in it: rule EVI030 tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from docgen.model.case import Case
from docgen.model.records import Application, EvidenceItem, EvidenceKind
from docgen.model.settings import EvidenceSettings

from .estimates import FRONT, Room, Ruler, ruler

MOST_VOLUMES = 3
MEGABYTE = 1_000_000
_WORTH_IT = 0.9  # a further volume that does not make all fit must take at least a tenth off the fullest
_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class VolumePart:
    """One volume of evidence: the kind, which of how many of that kind it is, its items in order.

    `room` is what it is estimated to take; `max_mb` its size limit in 10⁶ bytes, 0 for none. Where that limit is its
    share of what all volumes of the application may have, `of_total_mb` is the latter, else 0.
    """

    kind: EvidenceKind
    number: int
    of: int
    items: tuple[EvidenceItem, ...]
    room: Room
    max_mb: float = 0
    of_total_mb: int = 0

    @property
    def name(self) -> str:
        """What tells it from the application's other volumes: 教师, or 教师/2 where the kind has several."""
        return self.kind.value if self.of == 1 else f"{self.kind.value}/{self.number}"


def is_usable(item: EvidenceItem) -> bool:
    """Whether its file is there and can go into a volume."""
    return item.file is not None and not item.file.fault


def parts_of(case: Case, application: Application) -> tuple[VolumePart, ...]:
    """The volumes of an application's usable evidence: in the order of the kinds, each kind in the order of its items."""
    settings = case.settings.evidence
    shelves = []
    for kind in EvidenceKind:
        items = tuple(item for item in case.evidence_of(application, kind) if is_usable(item))
        if items:
            measure = ruler((item.file for item in items if item.file is not None), settings)
            shelves.append(_Shelf(kind, items, measure, settings))
    cuts = _cuts(shelves)
    spans = [
        (shelf, number, len(cut) - 1, start, end)
        for shelf, cut in zip(shelves, cuts, strict=True)
        for number, (start, end) in enumerate(pairwise(cut), 1)
    ]
    rooms = [shelf.ruler.measure(start, end) for shelf, _, _, start, end in spans]
    return tuple(
        VolumePart(shelf.kind, number, of, shelf.items[start:end], room, *_limit(settings, share))
        for (shelf, number, of, start, end), room, share in zip(spans, rooms, _shares(rooms, settings), strict=True)
    )


def fullness(room: Room, settings: EvidenceSettings) -> float:
    """How full a volume is at the least: 1 is exactly as many pages or bytes as one volume may have, 0: no limit."""
    by_pages = room.pages / settings.max_volume_pages if settings.max_volume_pages else 0.0
    by_size = room.least / (settings.max_volume_mb * MEGABYTE) if settings.max_volume_mb else 0.0
    return max(by_pages, by_size)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The items of one kind, and how to measure any run of them."""

    kind: EvidenceKind
    items: tuple[EvidenceItem, ...]
    ruler: Ruler
    settings: EvidenceSettings

    def load(self, start: int, end: int) -> float:
        return fullness(self.ruler.measure(start, end), self.settings)

    def fullest(self, cut: Sequence[int]) -> float:
        return max(self.load(start, end) for start, end in pairwise(cut))

    def cut(self, parts: int) -> tuple[int, ...]:
        """The borders of that many parts (fewer where there are fewer items), the fullest as little full as can be."""
        parts = min(parts, len(self.items))
        if parts == 1:
            return (0, len(self.items))
        tight = self._tight(parts)
        even = self._even(parts)
        # Parts of like size please more, but not at the price of one that is too full.
        return even if self.fullest(even) <= max(1.0, self.fullest(tight)) else tight

    def _even(self, parts: int) -> tuple[int, ...]:
        """Cut where the load so far comes nearest to its like share; each part has a cover and an index of its own."""
        count, front = len(self.items), fullness(FRONT, self.settings)
        so_far = [0.0, *(self.load(0, end) for end in range(1, count + 1))]
        borders = [0]
        for number in range(1, parts):
            wanted = front + (so_far[-1] - front) * number / parts
            choices = range(borders[-1] + 1, count - (parts - number) + 1)
            borders.append(min(choices, key=lambda end: (abs(so_far[end] - wanted), -end)))
        return (*borders, count)

    def _tight(self, parts: int) -> tuple[int, ...]:
        """Cut so that the fullest part is as little full as the items allow."""
        low, high = 0.0, self.load(0, len(self.items))
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if len(self._filled(middle)) - 1 <= parts:
                high = middle
            else:
                low = middle
        return self._filled(high)

    def _filled(self, most: float) -> tuple[int, ...]:
        """Each part filled up to `most`; one item always goes in."""
        borders = [0]
        for end in range(2, len(self.items) + 1):
            if self.load(borders[-1], end) > most:
                borders.append(end - 1)
        return (*borders, len(self.items))


def _cuts(shelves: Sequence[_Shelf]) -> list[tuple[int, ...]]:
    """The borders for each shelf: a further volume goes to the fullest shelf that gains by it, up to three in all."""
    cuts = [shelf.cut(1) for shelf in shelves]
    while sum(len(cut) - 1 for cut in cuts) < MOST_VOLUMES:
        chances = []
        for place, (shelf, cut) in enumerate(zip(shelves, cuts, strict=True)):
            full, more = shelf.fullest(cut), shelf.cut(len(cut))
            if full > 1 and shelf.fullest(more) <= max(1.0, full * _WORTH_IT):
                chances.append((-full, place, more))
        if not chances:
            break
        _, place, more = min(chances)
        cuts[place] = more
    return cuts


def _shares(rooms: Sequence[Room], settings: EvidenceSettings) -> list[float]:
    """What each volume may have of max_total_mb, in bytes, 0: no limit. They sum up to it.

    A volume gets what it takes at the least, and of the rest in proportion to what reducing could take off it; so a
    volume of text, which does not become smaller, does not run short for the sake of one of photos. Where the total is
    enough for all as they are, or not even for the least, it is shared out in proportion to that.
    """
    total = settings.max_total_mb * MEGABYTE
    full, least = sum(room.full for room in rooms), sum(room.least for room in rooms)
    if total >= full:
        return [total * room.full / full for room in rooms]
    if total <= least:
        return [total * room.least / least for room in rooms]
    part = (total - least) / (full - least)
    return [room.least + (room.full - room.least) * part for room in rooms]


def _limit(settings: EvidenceSettings, share: float) -> tuple[float, int]:
    """`max_mb` and `of_total_mb` of a volume: the lower of its own limit and its share of the total."""
    own = settings.max_volume_mb
    shared = max(int(share / 1000), 1) / 1000
    if not settings.max_total_mb or (own and own <= shared):
        return own, 0
    return shared, settings.max_total_mb
