"""Text → justified lines on the standard's grid of characters; no line begins with 。 or ends with （ (禁则).

A full-width character takes one cell. Where a closing mark would begin a line, the marks of the line are narrowed by up
to half a cell so that it still fits; where that is not enough, the character before it goes to the next line with it,
and the line is spread. Numbers and foreign words are not broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docgen.fonts.pdftext import printable
from docgen.fonts.roles import Role

from .faces import Faces, Glyph

NO_START = frozenset("，。、；：？！）〕］｝〉》」』】’”…—～·,.;:?!)]}%℃㎡％‰")
NO_END = frozenset("（〔［｛〈《「『【‘“([{")
_NARROW_RIGHT = frozenset("，。、；：？！）〕］｝〉》」』】’”")
_NARROW_LEFT = frozenset("（〔［｛〈《「『【‘“")
_TOKEN = re.compile(r"[0-9A-Za-z][0-9A-Za-z+.\-/_@%:]*|——|……|.", re.DOTALL)
_MOST_NARROWED = 0.5


@dataclass(frozen=True, slots=True)
class Token:
    """What is not broken: its characters with their advances in mm, its width, how much narrower it may become."""

    text: str
    role: Role
    advances: tuple[float, ...]
    width: float
    give: float


@dataclass(frozen=True, slots=True)
class Line:
    """A set line: (x in mm from the line's start, role, character) in order, and the width taken."""

    places: tuple[tuple[float, Role, str], ...]
    width: float


class Setter:
    """Sets text of one size. `cell` is the advance of a full-width character in mm, `size` the type's in mm; `narrowed`
    is the part of a cell by which marks may become narrower.
    """

    def __init__(self, faces: Faces, size: float, cell: float, narrowed: float = _MOST_NARROWED) -> None:
        self._faces = faces
        self._narrowed = narrowed
        self.size = size
        self.cell = cell
        self._tokens: dict[tuple[Role, str], tuple[Token, ...]] = {}

    def tokens(self, role: Role, text: str) -> tuple[Token, ...]:
        """A text's tokens."""
        key = (role, text)
        if key not in self._tokens:
            glyphs = self._faces.glyphs(role)
            words = _TOKEN.findall(printable(text))
            self._tokens[key] = tuple(self._token(role, word, glyphs) for word in words)
        return self._tokens[key]

    def _token(self, role: Role, text: str, glyphs: Mapping[str, Glyph]) -> Token:
        advances = tuple(self._advance(glyphs[character]) for character in text)
        give = self.cell * self._narrowed if text in _NARROW_RIGHT or text in _NARROW_LEFT else 0.0
        return Token(text, role, advances, sum(advances), give)

    def _advance(self, glyph: Glyph) -> float:
        # What fills its em stands on the grid; Latin letters keep their own width.
        return self.cell if glyph.advance > 0.95 else glyph.advance * self.size

    def width(self, role: Role, text: str) -> float:
        """How wide a text runs on one line, in mm."""
        return sum(token.width for token in self.tokens(role, text))

    def lines(
        self, pieces: Iterable[tuple[Role, str]], width: float, first: float = 0.0, rest: float = 0.0, even: bool = True
    ) -> list[Line]:
        """The lines of a paragraph `width` mm wide; `first` and `rest` indent its first line and the others.

        `even` spreads all but the last line to the full width.
        """
        waiting = [token for role, text in pieces for token in self.tokens(role, text) if text]
        waiting = [part for token in waiting for part in self._split(token, width - max(first, rest))]
        result: list[Line] = []
        start, indent = 0, first
        while start < len(waiting):
            end = _line_end(waiting, start, width - indent)
            last = end == len(waiting)
            tokens = waiting[start:end]
            while not last and tokens and tokens[-1].text == " ":
                tokens = tokens[:-1]
            result.append(_spread(tokens, indent, width - indent, even and not last))
            start, indent = end, rest
            while start < len(waiting) and waiting[start].text == " ":
                start += 1
        return result

    def _split(self, token: Token, width: float) -> Iterator[Token]:
        """A word that is wider than a line in its characters."""
        if token.width <= width:
            yield token
            return
        for character, advance in zip(token.text, token.advances, strict=True):
            yield Token(character, token.role, (advance,), advance, 0.0)


def _line_end(tokens: Sequence[Token], start: int, width: float) -> int:
    """Behind which token a line ends; at least one token is in it."""
    used = give = 0.0
    end = start
    while end < len(tokens) and used + tokens[end].width <= width + 1e-6:
        used += tokens[end].width
        give += tokens[end].give
        end += 1
    if end == len(tokens):
        return end
    end = max(end, start + 1)
    # Draw in the marks that must not begin the next line, if those of this line give way enough.
    over, more, drawn = used - width, give, end
    while drawn < len(tokens) and tokens[drawn].text[0] in NO_START:
        over += tokens[drawn].width
        more += tokens[drawn].give
        drawn += 1
    if drawn > end and over <= more * 0.9 and not (drawn <= len(tokens) - 1 and tokens[drawn - 1].text[-1] in NO_END):
        return drawn
    place = end
    while place > start + 1 and not _may_part(tokens[place - 1], tokens[place]):
        place -= 1
    return place if place > start and _may_part(tokens[place - 1], tokens[place]) else end


def _may_part(before: Token, after: Token) -> bool:
    return after.text[0] not in NO_START and before.text[-1] not in NO_END


def _spread(tokens: Sequence[Token], indent: float, width: float, even: bool) -> Line:
    used = sum(token.width for token in tokens)
    slack = width - used
    gaps = len(tokens) - 1
    wider = slack / gaps if even and slack > 0 and gaps else 0.0
    give = sum(token.give for token in tokens)
    narrower = -slack / give if slack < -1e-6 and give else 0.0
    places: list[tuple[float, Role, str]] = []
    x = indent
    for token in tokens:
        cut = token.give * narrower
        shift = cut if cut and token.text in _NARROW_LEFT else 0.0
        at = x - shift
        for character, advance in zip(token.text, token.advances, strict=True):
            places.append((at, token.role, character))
            at += advance
        x += token.width - cut + wider
    return Line(tuple(places), x - wider - indent if tokens else 0.0)
