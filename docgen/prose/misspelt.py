"""Two characters that make no word where a common word with one of them misspelt would stand: 考合, 保章, 陪训.

A slip breaks its word in two: the segmenter (`rjieba`, whose dictionary has some 350,000 words) leaves both characters
alone. Where such a pair is no word, and one character for another of the same sound or shape makes it one of our list of
common words of school and official prose, it is told. The list is short on purpose: the rarer a word, the likelier it
is that the pair is part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

import rjieba

from .alike import look_alike, sound_alike
from .slip import Slip, SlipKind

_HAN = re.compile("[\u4e00-\u9fff]")
_LEAST = 4
_ALONE = frozenset(
    "的了是在有和与等为以于对不一二三四五六七八九十也而其之时名中县州里内外上下前后新老各该本我其每已将可能要会又再被把让使从向由到"
    "过着得地个些两几多少大小高低长短人年月日没无非并或及至自所此那这须先均共皆只仅需应若因按以进出入来去起成好住完见开"
)
"""Characters that are words by themselves, so that two of them side by side prove nothing."""
_SUFFIXES = frozenset("室站点区组班级台间处科系证费率性化者课题型类版层楼机位卡表库群")
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
    words = sorted(word for word in {*listed, *halves} if rjieba.has_word(word))
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
    at, before = 0, ""
    for token in rjieba.cut(text, False):
        if len(token) == 1 and _HAN.match(token):
            if len(before) == 1:
                yield from _broken(text, at - 1)
            elif before in common and before[-1] == token and token in _BOUND:
                yield Slip(at - 1, at + 1, token * 2, token, SlipKind.DOUBLED, f"“{token}”写了两遍")
        before = token if _HAN.match(token) else ""
        at += len(token)


def _broken(text: str, start: int) -> Iterator[Slip]:
    pair = text[start : start + 2]
    one, other = pair[0], pair[1]
    if one in _ALONE or other in _ALONE or other in _SUFFIXES or pair in _TERMS or rjieba.has_word(pair):
        return
    # Where either goes with its other neighbour (装调|实训台), the segmenter has parted the words wrongly.
    around = (text[max(start - 1, 0) : start + 1], text[start + 1 : start + 3])
    if any(len(word) == 2 and (word in _TERMS or rjieba.has_word(word)) for word in around):
        return
    first, second, _ = _words()
    for word in first.get(one, ()):
        if sound_alike(other, word[1]) or look_alike(other, word[1]):
            yield Slip(start, start + 2, pair, word, SlipKind.BROKEN, f"“{pair}”不成词")
            return
    for word in second.get(other, ()):
        if sound_alike(one, word[0]) or look_alike(one, word[0]):
            yield Slip(start, start + 2, pair, word, SlipKind.BROKEN, f"“{pair}”不成词")
            return
