"""How near two names are: near enough to be the same name with a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from docgen.model.text import fold

_LONG_NAME = 8
_SHORTEST = 3


def is_slip(written: str, known: str) -> bool:
    """Whether `written` is `known` but for one character (two in a name of eight or more)."""
    first, second = fold(written), fold(known)
    length = min(len(first), len(second))
    allowed = 2 if length >= _LONG_NAME else 1
    return length >= _SHORTEST and 0 < Levenshtein.distance(first, second, score_cutoff=allowed) <= allowed


def near_misses(written: str, known: Iterable[str]) -> tuple[str, ...]:
    """Those of many names (as written, in their order) of which `written` is a slip."""
    names = list(dict.fromkeys(known))
    close = process.extract_iter(
        fold(written), [fold(name) for name in names], scorer=Levenshtein.distance, score_cutoff=2
    )
    return tuple(names[place] for _, _, place in close if is_slip(written, names[place]))
