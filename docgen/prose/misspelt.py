"""Two characters that make no word where a common word with one of them misspelt would stand: 考合, 保章, 陪训.

A slip breaks its word in two: the segmenter (`rjieba`, whose dictionary has some 350,000 words) leaves both characters
alone. Where such a pair is no word, and one character for another of the same sound or shape makes it one of our list of
common words of school and official prose, it is told. The list is short on purpose: the rarer a word, the likelier it
is that the pair is part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

import rjieba

from .alike import look_alike, sound_alike
from .slip import Slip, SlipKind

_HAN = re.compile("[\u4e00-\u9fff]")
_LEAST = 4
_ALONE = frozenset(
    "的了是在有和与等为以于对不一二三四五六七八九十也而其之时名中县州里内外上下前后新老各该本我其每已将可能要会又再被把让使从向由到"
    "过着得地个些两几多少大小高低长短人年月日没无非并或及至自所此那这先均共皆只仅需应若因按以进出入来去起成好住完见开"
)
"""Characters that are words by themselves, so that two of them side by side prove nothing."""
_SUFFIXES = frozenset("室站组班间楼库群")
"""Characters that make new words of any other: 候考室, 备课组."""
_TERMS = frozenset(
    [
        "示教",
        "智造",
        "装调",
        "校测",
        "装校",
        "须先",
        "教改",
        "课改",
        "技改",
        "赛教",
        "证赛",
        "育训",
        "研训",
        "赛训",
        "训赛",
        "评建",
        "教辅",
        "学做",
        "教做",
        "练做",
    ]
)
"""Terms of workshops and schools that the dictionary lacks."""
_BOUND = frozenset("护业术织源础施备障率势域构略策络况绩益献训核章赛")
"""Characters that are seldom a word of their own: after a word that ends in one, another one is one too many."""


@cache
def _words() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], frozenset[str]]:
    """The common words by their first and by their second character, and all of them."""
    listed = resources.files(__package__).joinpath("words.txt").read_text("utf-8").split()
    halves = (
        phrase[place : place + 2]
        for phrase in resources.files(__package__).joinpath("phrases.txt").read_text("utf-8").split()
        if len(phrase) % 2 == 0
        for place in range(0, len(phrase), 2)
    )
    words = sorted({*listed, *(word for word in halves if rjieba.has_word(word))})
    first: dict[str, tuple[str, ...]] = {}
    second: dict[str, tuple[str, ...]] = {}
    for word in words:
        first[word[0]] = (*first.get(word[0], ()), word)
        second[word[1]] = (*second.get(word[1], ()), word)
    return first, second, frozenset(words)


def misspelt(text: str) -> Iterator[Slip]:
    """The broken words in a text, and words whose last character stands twice (维护护)."""
    if len(text) < _LEAST:
        return
    common = _words()[2]
    tokens = rjieba.cut(text, False)
    at = 0
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else ""
        if len(token) == 1 and _HAN.match(token) and _HAN.match(before):
            if len(before) == 1:
                yield from _broken(tokens, place, at)
            elif before[-2:] in common and before[-1] == token and token in _BOUND:
                yield Slip(at - 1, at + 1, token * 2, token, SlipKind.DOUBLED, f"“{token}”写了两遍")
        at += len(token)


def _broken(tokens: Sequence[str], place: int, at: int) -> Iterator[Slip]:
    """What is wrong with the two characters that end with the token at `place`, which begins at `at` in the text."""
    one, other = tokens[place - 1], tokens[place]
    pair = one + other
    if one in _ALONE or other in _ALONE or other in _SUFFIXES or _is_word(pair):
        return
    # Where either goes with another character that was left alone (装调|实训台), the text was parted wrongly.
    beside = (
        tokens[place - 2] + one if place > 1 and len(tokens[place - 2]) == 1 else "",
        other + tokens[place + 1] if place + 1 < len(tokens) and len(tokens[place + 1]) == 1 else "",
    )
    if any(word and _is_word(word) for word in beside):
        return
    first, second, _ = _words()
    candidates = [word for word in first.get(one, ()) if _alike(other, word[1])]
    candidates += [word for word in second.get(other, ()) if _alike(one, word[0])]
    if candidates:
        yield Slip(at - 1, at + 1, pair, candidates[0], SlipKind.BROKEN, f"“{pair}”不成词")


def _is_word(pair: str) -> bool:
    """Whether two characters make a word, by our lists (实训) or by the dictionary."""
    return pair in _words()[2] or pair in _TERMS or rjieba.has_word(pair)


def _alike(one: str, other: str) -> bool:
    return sound_alike(one, other) or look_alike(one, other)
