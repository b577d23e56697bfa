"""A title's lines: broken by sense, never inside a word, in the shape of a trapezium or a diamond (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import rjieba

LONGEST = 19
"""Characters of 2号 in a line of 156 mm: a twentieth fits by a hair, and not in every font."""

_TOGETHER = re.compile(
    r"\d{4}年(?:度|\d{1,2}月(?:\d{1,2}日)?)?|[0-9A-Za-z][0-9A-Za-z+.\-]*(?:证书)?(?:制度)?|《[^》]{1,16}》"
)
_NOT_FIRST = frozenset("的地得了和与及或、，。：；）》”’")
_NOT_LAST = frozenset("（《“‘")
_JOINING = ("和", "与", "及", "或", "关于", "对", "在", "为", "从", "向", "将", "并")
_MOST_LINES = 5


def title_lines(title: str, names: Sequence[str] = (), longest: int = LONGEST) -> tuple[str, ...]:
    """The lines of a title, at most `longest` full-width characters each where words allow.

    `names` (of schools, certificates) are broken only where one would not fit into a line.
    """
    return _title_lines(title.replace("\n", "").strip(), tuple(names), longest)


@lru_cache(maxsize=4096)
def _title_lines(title: str, names: tuple[str, ...], longest: int) -> tuple[str, ...]:
    if width(title) <= longest or not title:
        return (title,)
    words = [part for word in _words(title, names, longest) for part in _cut(word, longest)]
    fewest = math.ceil(width(title) / longest)
    for count in range(fewest, min(fewest + 2, _MOST_LINES) + 1):
        best = min(((_cost(lines, first), lines) for lines, first in _ways(words, 0, count, longest)), default=None)
        if best is not None:
            return best[1]
    return _filled(words, longest)


def _cut(word: str, longest: int) -> Iterator[str]:
    """A word that is longer than a line in pieces that fit."""
    while width(word) > longest:
        yield word[:longest]
        word = word[longest:]
    yield word


def _filled(words: list[str], longest: int) -> tuple[str, ...]:
    """Very long titles: line by line as much as fits."""
    lines = [""]
    for word in words:
        if lines[-1] and width(lines[-1] + word) > longest:
            lines.append("")
        lines[-1] += word
    return tuple(lines)


def width(text: str) -> float:
    """How wide a text runs, in full-width characters."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _words(title: str, names: Iterable[str], longest: int) -> Iterator[str]:
    """The words of a title; what belongs together is one word."""
    known = [re.escape(name) for name in sorted(names, key=len, reverse=True) if name and width(name) <= longest]
    pattern = re.compile("|".join([*known, _TOGETHER.pattern]))
    position = 0
    words: list[str] = []
    for match in pattern.finditer(title):
        words += rjieba.cut(title[position : match.start()])
        words.append(match[0])
        position = match.end()
    words += rjieba.cut(title[position:])
    joined: list[str] = []
    for word in words:
        if joined and (word[0] in _NOT_FIRST or joined[-1][-1] in _NOT_LAST):
            joined[-1] += word
        else:
            joined.append(word)
    yield from joined


def _ways(words: list[str], start: int, count: int, longest: int) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Every way to set the words from `start` in so many lines that fit: the lines, and the word that begins each."""
    line = ""
    for end in range(start + 1, len(words) + 1):
        line += words[end - 1]
        if width(line) > longest:
            return
        if count == 1:
            if end == len(words):
                yield (line,), (words[start],)
            continue
        # What is left must fit into the lines that are left: else the line must be longer.
        if end < len(words) and width("".join(words[end:])) <= longest * (count - 1):
            for rest, firsts in _ways(words, end, count - 1, longest):
                yield (line, *rest), (words[start], *firsts)


def _cost(lines: tuple[str, ...], firsts: tuple[str, ...]) -> float:
    widths = [width(line) for line in lines]
    cost = _shape(widths)
    for line, first in zip(lines[:-1], firsts[1:], strict=True):
        if line.endswith(_JOINING):
            cost += 12
        if first == "关于":
            cost -= 6  # behind the issuer's name is the natural place
        if line.endswith("的"):
            cost += 1
    return cost + (10 if widths[-1] < 4 else 0)


def _shape(widths: list[float]) -> float:
    """How far the lines are from a trapezium or a diamond: equal lines and an hour-glass are what the standard forbids."""
    steps = [after - before for before, after in pairwise(widths)]
    flat = sum(8.0 for step in steps if abs(step) < 1.5)
    steep = sum(max(0.0, abs(step) - 5) * 1.5 for step in steps)
    even = sum(abs(abs(step) - 3) * 0.4 for step in steps)
    turns = [(a, b) for a, b in pairwise(steps) if a < 0 < b]
    return flat + steep + even + 15.0 * len(turns)
