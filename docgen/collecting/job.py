"""What is asked of collecting, and what it says it did: the same for every kind."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from docgen.season.periods import Period

from .records import Collection

TellProgress = Callable[[int, int, str], None]


def quiet(done: int, of: int, what: str) -> None:
    """No progress shown."""


@dataclass(frozen=True, slots=True)
class Job:
    """What was asked for: the files as given, where the result goes, and how it is judged who is late."""

    files: tuple[Path, ...]
    target: Path
    schools: Path | None = None
    periods: tuple[Period, ...] = ()
    grace: int = 5
    today: datetime.date | None = None
    received: datetime.date | None = None
    tell: TellProgress = quiet


@dataclass(frozen=True, slots=True)
class Collected:
    """What collecting did: the file written, of which kind, in a few words for people, and how much wants a look.

    `collection` is there for biweekly reports.
    """

    target: Path
    kind: str
    said: tuple[str, ...]
    unread: int = 0
    conflicts: int = 0
    collection: Collection | None = None
    more: Mapping[str, object] = field(default_factory=dict)
