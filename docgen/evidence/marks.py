"""Which digests were asked for: noted by the ten thousand, looked at once, when the store is tidied."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable

_HALF = 16
"""Hexadecimal digits of a digest that are kept. Two digests that begin alike would both stay in the store, which does no
harm."""
_DIGEST = re.compile(f"[0-9a-f]{{{_HALF}}}")


class Marks:
    """Digests (sha256, hexadecimal) that were marked, in eight bytes each."""

    __slots__ = ("_marked", "_sorted")

    def __init__(self, digests: Iterable[str] = ()) -> None:
        self._marked = array("Q", (int(digest[:_HALF], 16) for digest in digests))
        self._sorted = False

    def add(self, digest: str) -> None:
        """Mark a digest."""
        self._marked.append(int(digest[:_HALF], 16))
        self._sorted = False

    def update(self, others: Marks) -> None:
        """Mark all that others have marked."""
        self._marked.extend(others._marked)
        self._sorted = False

    def __contains__(self, digest: object) -> bool:
        """Whether a digest was marked (or one that begins as it does); what is no digest never was."""
        if not (isinstance(digest, str) and _DIGEST.match(digest)):
            return False
        if not self._sorted:
            self._marked = array("Q", sorted(set(self._marked)))
            self._sorted = True
        number = int(digest[:_HALF], 16)
        place = bisect_left(self._marked, number)
        return place < len(self._marked) and self._marked[place] == number
