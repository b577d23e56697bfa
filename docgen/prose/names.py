"""Long names in running text that are nearly, but not quite, a known one.

A name of n characters with one character wrong (two from eight on) still has one of a few pairs of neighbouring
characters that do not overlap. So the known names stand under such pairs, and only where the text has one of them is it
compared with the names under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from operator import add

from .alike import look_alike, sound_alike
from .slip import Slip, SlipKind

SHORTEST = 4
_LONG = 7
_TWO_FROM = 8
_HAN = re.compile("[\u3400-\u9fff]")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
_TELLS_APART = frozenset("0123456789一二三四五六七八九十初中高上下东西南北省市县区甲乙丙丁大小新老前后左右内外男女")
"""Characters by which names differ on purpose."""
_MAY_BE_DROPPED = frozenset("与和及的之（）()《》“”·-—、 ")
_GRAMMAR = frozenset("的地得是在有和与及等这其之以于由而则且将把被让使了也都不没我你他它们就才只又再一二三四五六七八九十")
"""Characters that begin something else rather than stand for another by mistake."""


class NameList:
    """Known names, prepared once for many texts. Names under four characters only silence; they are not looked for."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(form for name in names for form in _forms(name))
        self._places: dict[str, list[tuple[str, int]]] = {}
        for name in sorted(self.names):
            if len(name) >= SHORTEST and len(_HAN.findall(name)) * 2 > len(name):
                for offset in _offsets(len(name)):
                    self._places.setdefault(name[offset : offset + 2], []).append((name, offset))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of characters under which names stand."""
        return frozenset(self._places)

    def candidates(self, text: str, pairs: Iterable[str]) -> Iterator[tuple[int, str]]:
        """Where in `text` which name may begin."""
        for pair in self.pairs.intersection(pairs):
            start = text.find(pair)
            while start >= 0:
                for name, offset in self._places[pair]:
                    yield start - offset, name
                start = text.find(pair, start + 1)


def _forms(name: str) -> set[str]:
    """A name as written and without what stands in brackets."""
    whole = name.strip()
    return {whole, _BRACKETED.sub("", whole)} - {""}


def _offsets(length: int) -> tuple[int, ...]:
    return (0, length - 2) if length < _TWO_FROM else (0, length // 2 - 1, length - 2)


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters in a text."""
    return frozenset(map(add, text, text[1:]))


def near_names(text: str, names: NameList) -> tuple[Slip, ...]:
    """Where `text` has a name that is one or two characters off a known one and no known name itself, in order."""
    return tuple(sorted(near(text, names, pairs_of(text)), key=lambda slip: (slip.start, slip.end)))


def near(text: str, names: NameList, pairs: frozenset[str], *, strict: bool = False) -> list[Slip]:
    """The near misses of `names` in `text`, unsorted. `strict`: only one character taken for one like it."""
    exact: set[tuple[int, int]] = set()
    found: dict[tuple[int, int], Slip] = {}
    for start, name in set(names.candidates(text, pairs)):
        if start >= 0 and text.startswith(name, start):
            exact.add((start, start + len(name)))
        elif (place := _place(text, start, name, strict=strict)) is not None:
            first, last, changed = place
            slip = _slip(text, first, last, name, strict=strict)
            before = found.get((changed, 0))
            if before is None or len(before.suggestion) < len(name):
                found[changed, 0] = slip
    known = sorted(exact)
    return [slip for (changed, _), slip in found.items() if not any(a <= changed < b for a, b in known)]


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
    for begin in (start, start - 1, start + 1):
        doubled = _doubled(text, begin, name)
        if doubled is not None:
            return begin, begin + length + 1, doubled
        if not strict and length >= _TWO_FROM and (lost := _lost(text, begin, name)) is not None:
            return begin, begin + length - 1, lost
    return None


def _differing(text: str, start: int, name: str, most: int) -> list[int]:
    """The offsets at which the text differs, [] if more than `most` do."""
    wrong: list[int] = []
    for offset, character in enumerate(name):
        if text[start + offset] != character:
            wrong.append(offset)
            if len(wrong) > most:
                return []
    return wrong


def _mistaken(text: str, start: int, name: str, wrong: list[int], *, strict: bool) -> bool:
    """Whether the differing characters look like slips and not like another name."""
    pairs = [(text[start + offset], name[offset]) for offset in wrong]
    if any(one in _TELLS_APART and other in _TELLS_APART for one, other in pairs):
        return False
    if any(not _HAN.match(one) or not _HAN.match(other) for one, other in pairs):
        return False
    alike = [look_alike(*pair) or sound_alike(*pair, nearly=not strict and len(name) > 5) for pair in pairs]
    if strict:
        return alike == [True] and pairs[0][0] not in _GRAMMAR
    if all(alike):
        return len(name) > 5 or pairs[0][0] not in _GRAMMAR
    inside = all(0 < offset < len(name) - 1 for offset in wrong)
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
            twice = text[start + offset] == name[offset - 1] and text[start + offset : start + length + 1] == name[offset - 1 :]
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
