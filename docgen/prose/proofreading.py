"""All checks over one text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from importlib import resources
from itertools import accumulate

from . import doubled, figures, leftovers, punctuation
from .lexicon import confused_words
from .misspelt import misspelt
from .names import NameList, Triples
from .names import near as near_misses
from .slip import Slip, SlipKind

_MARK = re.compile("[^\u3400-\u9fffA-Za-z0-9]")
_DIGIT = re.compile("[0-9０-９+]")
_REPEATED = re.compile(r"(.)\1|(..)\2")
_MAY_BE_LEFT = re.compile(r"[XxＸｘ×✕某待此\[【（(<〈?？_＿*…□略同定测示]|TODO|TBD|FIXME|lorem|test", re.IGNORECASE)
_NOT_PROSE = re.compile(
    r"https?://[A-Za-z0-9\-._~:/?#@!$&'*+,;=%]+|(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]+|www\.[A-Za-z0-9\-._/]+"
)
_SENTENCE_ENDS = "。！？；\n"
_MARKED_ANYWHERE = frozenset((SlipKind.GARBLED,))


@cache
def _phrases() -> NameList:
    return NameList(resources.files(__package__).joinpath("phrases.txt").read_text("utf-8").split())


def proofread(
    text: str, names: NameList | None = None, glossary: Collection[str] = (), *, near: bool = True
) -> tuple[Slip, ...]:
    """The slips in a text, in order, none overlapping another.

    text: what one cell or paragraph says. names: known names, whose near misses are told. glossary: the user's own terms;
    what lies within one of them is right. `near`: whether it is a sentence, in which near misses of names and
    broken words are looked for; in a name they would be taken for part of it. Web and mail addresses are passed over.
    """
    found = list(_found(text, names if near else None, sentence=near))
    if not found:
        return ()
    own = Cover(_spans(text, glossary))
    right = Cover(_spans(text, (*glossary, *(name for name in (names.names if names else ()) if len(name) > 1))))
    aside = bytearray(len(text))
    for match in _NOT_PROSE.finditer(text):
        aside[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    taken = bytearray(len(text))
    kept: list[Slip] = []
    for slip in sorted(found, key=lambda slip: (_rank(slip), slip.start - slip.end, slip.start)):
        within = own if slip.kind is SlipKind.NAME else right
        if within.has(slip.start, slip.end) or any(taken[slip.start : slip.end]):
            continue
        if slip.kind in _MARKED_ANYWHERE or not any(aside[slip.start : slip.end]):
            kept.append(slip)
            taken[slip.start : slip.end] = b"\1" * (slip.end - slip.start)
    return tuple(sorted(kept, key=lambda slip: slip.start))


class Cover:
    """Places in a text, asked whether one of them has a given place within."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def has(self, start: int, end: int) -> bool:
        """Whether one place begins at or before `start` and ends at or after `end`."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._ends[before - 1] >= end


def marked(text: str, slip: Slip, around: int = 12) -> str:
    """The sentence about a slip, at most `around` characters each side: …于三月【布署】（应为“部署”）工作…"""
    first = max((text.rfind(mark, 0, slip.start) for mark in _SENTENCE_ENDS), default=-1) + 1
    ends = [place for mark in _SENTENCE_ENDS if (place := text.find(mark, slip.end)) >= 0]
    last = min(ends, default=len(text))
    start, end = max(first, slip.start - around), min(last, slip.end + around)
    before, after = " ".join(text[start : slip.start].split()), " ".join(text[slip.end : end].split())
    if slip.suggestion:
        advice = f"（应为“{slip.suggestion}”）"
    else:
        advice = "（应删去）" if slip.kind is SlipKind.SPACE else f"（{slip.reason}）"
    found = slip.found if slip.found.isprintable() else "".join(f"U+{ord(character):04X}" for character in slip.found)
    return f"{'…' if start > first else ''}{before}【{found}】{advice}{after}{'…' if end < last else ''}"


def _rank(slip: Slip) -> int:
    """Of two that overlap, a name tells more than a word, and a word more than a mark in it."""
    order = {
        SlipKind.GARBLED: 0,
        SlipKind.LEFTOVER: 1,
        SlipKind.NAME: 2,
        SlipKind.DOCUMENT_NUMBER: 2,
        SlipKind.PHRASE: 4,
        SlipKind.BROKEN: 5,
    }
    return order.get(slip.kind, 3)


def _found(text: str, names: NameList | None, *, sentence: bool) -> Iterator[Slip]:
    if len(text) > 1:
        triples = Triples(text)
        confused, right = confused_words(text, triples.pairs)
        yield from confused
        excused = bytearray(len(text))
        for start, end in right:
            excused[start:end] = b"\1" * (end - start)
        for slip in near_misses(text, _phrases(), triples, strict=True):
            if not any(excused[slip.start : slip.end]):
                yield slip
        if sentence:
            yield from (slip for slip in misspelt(text) if not any(excused[slip.start : slip.end]))
        if names is not None:
            yield from near_misses(text, names, triples)
        if _REPEATED.search(text):
            yield from doubled.doubled(text)
    if _MAY_BE_LEFT.search(text):
        yield from leftovers.left(text)
    if _DIGIT.search(text):
        yield from figures.digits(text)
        yield from figures.units(text)
        yield from figures.dates(text)
        yield from figures.document_numbers(text)
    yield from leftovers.garbled(text)
    if _MARK.search(text):
        yield from punctuation.half_width(text)
        yield from punctuation.doubled_marks(text)
        yield from punctuation.stray_spaces(text)
        yield from punctuation.pairs(text)


def _spans(text: str, terms: Iterable[str]) -> Iterator[tuple[int, int]]:
    for term in terms:
        start = text.find(term) if term else -1
        while start >= 0:
            yield start, start + len(term)
            start = text.find(term, start + 1)
