"""How near two names are: near enough to be the same name with a slip of the pen."""

from __future__ import annotations

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
