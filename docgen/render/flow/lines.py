"""Pieces of text → lines of a width: where they end, how high they are, where each run of text stands (CSS 2.1, 10.8)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .boxes import Piece
from .breaks import break_places
from .cascade import Style
from .shaping import UNITS, Shaped, shaped

_SPACES = " \u00a0"


class Part(NamedTuple):
    """A run of text on a line: its start from the line's own, and which characters of which text; `spread` is added to
    the advance of each space."""

    x: float
    text: Shaped
    start: int
    end: int
    style: Style
    link: str
    spread: float

    @property
    def width(self) -> float:
        """The width of the run."""
        ends = self.text.ends
        spaces = self.spread and sum(self.text.text.count(space, self.start, self.end) for space in _SPACES)
        return ends[self.end] - ends[self.start] + self.spread * spaces


class Line(NamedTuple):
    """A line: its start from the container's left edge, its height, its baseline from the top, its runs of text."""

    x: float
    height: float
    baseline: float
    parts: Sequence[Part]


def set_lines(pieces: Sequence[Piece], style: Style, width: float) -> list[Line]:
    """The lines of a block that is `width` CSS pixels wide. Raises Unfit for what the lean faces cannot set."""
    lines: list[Line] = []
    indent = style.indent
    for paragraph, last in _paragraphs(pieces):
        if paragraph:
            lines += _lines(paragraph, style, width, indent)
        elif not last:
            lines.append(_line([], style, 0.0))
        indent = 0.0
    return lines


def text_width(text: str, style: Style) -> float:
    """How wide a text is on one line."""
    return shaped(text, style.type).width


def _paragraphs(pieces: Sequence[Piece]) -> Iterator[tuple[list[Piece], bool]]:
    """The pieces between line breaks, and whether it is the last such."""
    paragraph: list[Piece] = []
    for piece in pieces:
        if piece.breaks:
            yield paragraph, False
            paragraph = []
        else:
            paragraph.append(piece)
    yield paragraph, True


def _lines(pieces: Sequence[Piece], style: Style, width: float, indent: float) -> Iterator[Line]:
    texts = [shaped(piece.text, piece.style.type) for piece in pieces]
    if len(texts) == 1:
        whole, ends = texts[0].text, texts[0].ends
        starts: tuple[int, ...] = (0,)
        if style.nowrap or pieces[0].style.nowrap or ends[-1] + indent <= width:
            places: Sequence[int] = ()
        else:
            places = texts[0].places
    else:
        whole = "".join(text.text for text in texts)
        ends, starts = _joined(texts)
        places = () if style.nowrap or ends[-1] + indent <= width else _places(whole, pieces, starts)
    for start, end, last in _ranges(whole, ends, places, width, indent, style):
        parts = list(_parts(pieces, texts, starts, ends, start, end))
        used = ends[end] - ends[start] + indent
        offset = indent
        spread = 0.0
        if used < width:
            if style.align == "center":
                offset += (width - used) / 2
            elif style.align == "right":
                offset += width - used
            elif style.align == "justify" and not last:
                spaces = sum(whole.count(space, start, end) for space in _SPACES)
                spread = (width - used) / spaces if spaces else 0.0
        yield _line(parts if not spread else _spread(parts, spread), style, offset)
        indent = 0.0


def _joined(texts: Sequence[Shaped]) -> tuple[list[float], tuple[int, ...]]:
    """Where each character of several texts begins, and where each text does among the characters."""
    ends: list[float] = [0.0]
    starts = []
    for text in texts:
        starts.append(len(ends) - 1)
        base = ends[-1]
        ends += [base + end for end in text.ends[1:]]
    return ends, tuple(starts)


def _places(whole: str, pieces: Sequence[Piece], starts: Sequence[int]) -> list[int]:
    """Where a line may end among pieces; nowhere inside of those that are not to be wrapped."""
    kept = [(start, start + len(piece.text)) for piece, start in zip(pieces, starts, strict=True) if piece.style.nowrap]
    return [place for place in break_places(whole) if not any(start < place < end for start, end in kept)]


def _ranges(
    whole: str, ends: Sequence[float], places: Sequence[int], width: float, indent: float, style: Style
) -> Iterator[tuple[int, int, bool]]:
    """The characters of each line, without the spaces at its ends; and whether it is the last."""
    count = len(whole)
    start = 0
    wrapped = bool(places) or not style.nowrap
    while True:
        room = ends[start] + int((width - indent) * UNITS) / UNITS
        if not wrapped or ends[count] <= room:
            yield start, count, True
            return
        fits = bisect_right(ends, room, start) - 1
        reach = fits
        while reach < count and whole[reach] == " ":
            reach += 1
        if reach >= count:
            yield start, _trimmed(whole, start, count), True
            return
        found = bisect_right(places, reach) - 1
        end = places[found] if found >= 0 and places[found] > start else 0
        if not end and style.anywhere:
            end = max(fits, start + 1)
        if not end:
            following = bisect_left(places, start + 1)
            end = places[following] if following < len(places) else count
        yield start, _trimmed(whole, start, end), end >= count
        if end >= count:
            return
        start, indent = end, 0.0
        while start < count and whole[start] == " ":
            start += 1


def _trimmed(whole: str, start: int, end: int) -> int:
    while end > start and whole[end - 1] == " ":
        end -= 1
    return end


def _parts(
    pieces: Sequence[Piece], texts: Sequence[Shaped], starts: Sequence[int], ends: Sequence[float], start: int, end: int
) -> Iterator[Part]:
    """What stands on a line of the characters from `start` to `end`."""
    for piece, text, offset in zip(pieces, texts, starts, strict=True):
        first, last = max(start - offset, 0), min(end - offset, len(text.text))
        if first >= last:
            continue
        x = ends[offset + first] - ends[start]
        if first and text.leans_back(first):
            alone = shaped(text.text[first:last], piece.style.type)
            yield Part(x, alone, 0, last - first, piece.style, piece.link, 0.0)
        else:
            yield Part(x, text, first, last, piece.style, piece.link, 0.0)


def _spread(parts: Sequence[Part], spread: float) -> list[Part]:
    """The runs of a line whose spaces are widened until it is full."""
    result, gained = [], 0.0
    for part in parts:
        moved = part._replace(x=part.x + gained, spread=spread)
        gained += moved.width - part.width
        result.append(moved)
    return result


def _line(parts: Sequence[Part], style: Style, offset: float) -> Line:
    """Stand the parts on a common baseline."""
    height, baseline = style.strut
    top, bottom = -baseline, height - baseline
    for part in parts:
        own, under = part.style.strut
        above, below = part.text.reach(part.start, part.end)
        leading = (own - above - below) / 2
        top, bottom = min(top, -above - leading), max(bottom, own - above - leading)
        if part.style is not style:
            top, bottom = min(top, -under), max(bottom, own - under)
    return Line(offset, bottom - top, -top, parts)
