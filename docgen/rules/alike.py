"""Pairs of pictures that may be nearly the same, found without comparing each with each.

Two numbers that differ in at most n bits agree in at least one of n+1 pieces: only those that share a piece are compared.

Of the photographs and scans of samples/school, copies that were stored again, made smaller, or turned by half a degree
differ in up to 23 bits of the quick part; of those cropped by 2% at each side half differ in up to 28. Different
photographs mostly differ in far more (of 351 pairs the nearest in 37), papers of one form in few. What is near is then
looked at closely: `docgen.evidence.likeness` says how that was measured.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from docgen.evidence.likeness import ALIKE, coarse, distance, is_brief

__all__ = ["is_brief", "is_copy", "near_pairs"]

NEAR = 32
"""Bits of the quick part, of 256, in which two pictures may differ that are worth a closer look."""
_BITS = 256


def is_copy(one: str, other: str) -> bool:
    """Whether two fingerprints are of one picture, as far as looks can tell. Takes some milliseconds."""
    return distance(one, other) <= ALIKE


def near_pairs(fingerprints: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every pair of different fingerprints that is worth `is_copy`, once."""
    values = list(dict.fromkeys(fingerprints))
    numbers = [coarse(value) for value in values]
    seen: set[tuple[int, int]] = set()
    for shift, mask in _pieces():
        buckets: dict[int, list[int]] = {}
        for place, own in enumerate(numbers):
            bucket = buckets.setdefault(own >> shift & mask, [])
            near = [other for other in bucket if (numbers[other] ^ own).bit_count() <= NEAR]
            bucket.append(place)
            for other in near:
                if (other, place) not in seen:
                    seen.add((other, place))
                    yield values[other], values[place]


def _pieces() -> Iterator[tuple[int, int]]:
    """(shift, mask) of NEAR + 1 pieces that cover the quick part."""
    edges = [_BITS * piece // (NEAR + 1) for piece in range(NEAR + 2)]
    for low, high in itertools.pairwise(edges):
        yield low, (1 << (high - low)) - 1
