"""What is told of long work while it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """`done` of `total` pieces of a stage are done; `what` is the last of them ("" at its beginning), `seconds` what it
    took whoever did it.
    """

    stage: str
    done: int
    total: int
    what: str = ""
    seconds: float = 0.0


Watch = Callable[[Step], None]
"""Is told of each step."""


def unwatched(step: Step) -> None:
    """Nobody is told."""
