"""Long names in running text that are nearly, but not quite, a known one.

A name with one character wrong (two from eight on) still has one of a few triples of its characters: at its head, at its
tail, in its middle, or, in a name of four or five, about a gap of one character. So the known names stand under such
triples, and only where the text has one of them is it compared with the names under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import add
from typing import TypeAlias

import rjieba
from rapidfuzz.distance import Hamming

from .alike import look_alike, sound_alike
from .slip import Slip, SlipKind

SHORTEST = 4
_SHORT = 5
_LONG = 7
_TWO_FROM = 8
_HAN = re.compile("[\u3400-\u9fff]")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
_TELLS_APART = frozenset("0123456789一二三四五六七八九十初中高上下东西南北省市县区甲乙丙丁大小新老前后左右内外男女")
"""Characters by which names differ on purpose."""
_MAY_BE_DROPPED = frozenset("与和及的之（）()《》“”·-—、 ")
_GRAMMAR = frozenset(
    "的地得是在有和与及等这其之以于由而则且将把被让使了也都不没我你他它们就才只又再一二三四五六七八九十"
)
"""Characters that begin something else rather than stand for another by mistake."""


_Index: TypeAlias = dict[str, list[tuple[str, int]]]


class Triples:
    """The triples of characters in a text: abc as they stand, ab_d and a_cd about a gap."""

    def __init__(self, text: str) -> None:
        pairs = list(map(add, text, text[1:]))
        self.pairs = frozenset(pairs)
        self.shapes = (
            list(map(add, pairs, text[2:])),
            list(map(add, pairs, text[3:])),
            list(map(add, text, pairs[2:])),
        )
        self.sets = tuple(map(frozenset, self.shapes))


class NameList:
    """Known names, prepared once for many texts. Names under four characters only silence; they are not looked for."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(form for name in names for form in _forms(name))
        self._indexes: tuple[_Index, _Index, _Index] = ({}, {}, {})
        for name in sorted(self.names):
            if len(name) >= SHORTEST and len(_HAN.findall(name)) * 2 > len(name):
                self._add(name)

    def _add(self, name: str) -> None:
        length = len(name)
        whole, early, late = self._indexes
        middle = (length // 2 - 1,) if length > _TWO_FROM else ()
        for offset in {0, *middle, length - 3}:
            whole.setdefault(name[offset : offset + 3], []).append((name, offset))
        if length <= SHORTEST + 1:
            early.setdefault(name[:2] + name[3], []).append((name, 0))
        if length == SHORTEST:
            late.setdefault(name[0] + name[2:], []).append((name, 0))

    def candidates(self, triples: Triples) -> set[tuple[int, str]]:
        """Where in a text which name may begin."""
        found: set[tuple[int, str]] = set()
        for index, places, there in zip(self._indexes, triples.shapes, triples.sets, strict=True):
            common = index.keys() & there
            if common:
                for place, triple in enumerate(places):
                    if triple in common:
                        found.update((place - offset, name) for name, offset in index[triple])
        return found


def _forms(name: str) -> set[str]:
    """A name as written and without what stands in brackets."""
    whole = name.strip()
    return {whole, _BRACKETED.sub("", whole)} - {""}


def near_names(text: str, names: NameList) -> tuple[Slip, ...]:
    """Where `text` has a name that is one or two characters off a known one and no known name itself, in order."""
    return tuple(sorted(near(text, names, Triples(text)), key=lambda slip: (slip.start, slip.end)))


def near(text: str, names: NameList, triples: Triples, *, strict: bool = False) -> list[Slip]:
    """The near misses of `names` in `text`, unsorted. `strict`: only one character taken for one like it."""
    candidates = names.candidates(triples)
    known: dict[int, int] = {}
    covered = bytearray(len(text))
    for at, name in candidates:
        if at >= 0 and text.startswith(name, at):
            known[at] = max(known.get(at, 0), len(name))
            covered[at : at + len(name)] = b"\1" * len(name)
    found: dict[int, Slip] = {}
    for start, name in candidates:
        if known.get(start, 0) >= len(name):
            continue
        place = _place(text, start, name, strict=strict)
        if place is None or covered[min(place[2], len(text) - 1)]:
            continue
        if not strict and len(name) <= _SHORT and _is_made_of_words(text[place[0] : place[1]]):
            continue
        before = found.get(place[2])
        if before is None or (len(before.suggestion), before.suggestion) < (len(name), name):
            found[place[2]] = _slip(text, place[0], place[1], name, strict=strict)
    return list(found.values())


def _is_made_of_words(text: str) -> bool:
    """Whether it falls into words without rest: 会计实务 is a course, and no slip of the major 会计事务."""
    return all(len(token) > 1 for token in rjieba.cut(text, False))


def _slip(text: str, start: int, end: int, name: str, *, strict: bool) -> Slip:
    kind = SlipKind.PHRASE if strict else SlipKind.NAME
    reason = f"常用词语是“{name}”" if strict else f"与已知的名称“{name}”只差一两个字"
    return Slip(start, end, text[start:end], name, kind, reason)


def _place(text: str, start: int, name: str, *, strict: bool) -> tuple[int, int, int] | None:
    """(start, end, place of the first wrong character) if what stands about `start` is `name` with a slip."""
    length = len(name)
    if start >= 0 and start + length <= len(text):
        wrong = _differing(text, start, name, 1 if strict or length < _TWO_FROM else 2)
        if wrong and _mistaken(text, start, name, wrong, strict=strict):
            return start, start + length, start + wrong[0]
        if not strict and length > 5 and (swapped := _swapped(text, start, name)) is not None:
            return start, start + length, start + swapped
    begins = [at for at in (start - 1, start, start + 1) if 0 <= at < len(text) and text[at] == name[0]]
    for begin in begins:
        doubled = _doubled(text, begin, name)
        if doubled is not None:
            return begin, begin + length + 1, doubled
        if not strict and length >= _TWO_FROM and (lost := _lost(text, begin, name)) is not None:
            return begin, begin + length - 1, lost
    return None


def _differing(text: str, start: int, name: str, most: int) -> list[int]:
    """The offsets at which the text differs, [] if more than `most` do."""
    window = text[start : start + len(name)]
    if Hamming.distance(window, name, score_cutoff=most) > most:
        return []
    return [offset for offset, character in enumerate(name) if window[offset] != character]


def _mistaken(text: str, start: int, name: str, wrong: list[int], *, strict: bool) -> bool:
    """Whether the differing characters look like slips and not like another name."""
    pairs = [(text[start + offset], name[offset]) for offset in wrong]
    if any(one in _TELLS_APART and other in _TELLS_APART for one, other in pairs):
        return False
    if any(not _HAN.match(one) or not _HAN.match(other) for one, other in pairs):
        return False
    nearly = not strict and len(name) > 5 and min(wrong) > 1  # 桂林 and 桂岭 are two places
    alike = [look_alike(*pair) or sound_alike(*pair, nearly=nearly) for pair in pairs]
    if strict:
        return alike == [True] and pairs[0][0] not in _GRAMMAR
    if all(alike):
        return len(name) > 5 or pairs[0][0] not in _GRAMMAR
    inside = all(1 < offset < len(name) - 1 for offset in wrong)
    return len(wrong) == 1 and inside and len(name) >= _LONG and pairs[0][0] not in _GRAMMAR


def _swapped(text: str, start: int, name: str) -> int | None:
    wrong = _differing(text, start, name, 2)
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return None
    first, second = wrong
    same = text[start + first] == name[second] and text[start + second] == name[first]
    return start + first if same else None


def _doubled(text: str, start: int, name: str) -> int | None:
    """The place of a character inside the name that stands twice."""
    length = len(name)
    if start < 0 or start + length >= len(text) or text[start] != name[0] or text[start + length] != name[-1]:
        return None
    for offset in range(1, length):
        if text[start + offset] != name[offset]:
            twice = (
                text[start + offset] == name[offset - 1]
                and text[start + offset : start + length + 1] == name[offset - 1 :]
            )
            return start + offset if twice and 2 <= offset < length else None
    return None


def _lost(text: str, start: int, name: str) -> int | None:
    """The place where one character from inside the name is left out."""
    length = len(name)
    if start < 0 or start + length - 1 > len(text) or text[start] != name[0] or text[start + length - 2] != name[-1]:
        return None
    for offset in range(1, length - 1):
        if text[start + offset] != name[offset]:
            left_out = name[offset]
            if left_out in _MAY_BE_DROPPED or left_out in _TELLS_APART or not _HAN.match(left_out):
                return None
            return start + offset if text[start + offset : start + length - 1] == name[offset + 1 :] else None
    return None
