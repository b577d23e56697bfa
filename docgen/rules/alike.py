"""Pairs of pictures that may be nearly the same, found without comparing each with each.

Two numbers that differ in at most n bits agree in at least one of n+1 pieces: only those that share a piece are compared.

NEAR and SURE were measured on the photographs of samples/school (without certificates) and copies of them: copies that
were stored again, made smaller, or turned by half a degree differ in up to 23 bits of the quick part and are up to 21
apart; of those cropped by 2% at each side half differ in up to 28 bits, all are up to 25 apart. Of 351 pairs of different
photographs the nearest differ in 37 bits and are 29 apart (two asset labels of one layout). Certificates of one layout
for two people are nearer than many a copy (2 to 60): of these nothing can be told by their looks.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from docgen.evidence.likeness import ALIKE, coarse, distance

NEAR = 32
"""Bits of the quick part, of 256, in which two pictures may differ that are worth a closer look."""
SURE = min(ALIKE, 22)
"""How far two fingerprints may be apart that are taken for one picture."""
_BITS = 256


def is_copy(one: str, other: str) -> bool:
    """Whether two fingerprints are of one picture, as far as looks can tell. Takes some milliseconds."""
    return distance(one, other) <= SURE


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
