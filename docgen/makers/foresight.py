"""What a build would do, without doing it: which files it would make, keep and remove, and what each takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from docgen.plan.artefacts import Artefact

from .production import unit_of
from .records import Record, Records

MAKE, KEEP = "make", "keep"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One file. `seconds` is what making it takes: measured when it was last made as it is to be, else what such files
    took of late (`measured` tells which), None where there is nothing to go by. `size` is how many bytes it has, None
    where that is not known yet.
    """

    artefact: Artefact
    state: str
    seconds: float | None
    measured: bool
    size: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """The JSON form; `unit` names the task that makes it, with others of the same unit."""
        return {
            "file": self.artefact.path,
            "unit": unit_of(self.artefact),
            "kind": self.artefact.kind,
            "maker": self.artefact.maker.value,
            "application": self.artefact.application,
            "draft": self.artefact.draft,
            "state": self.state,
            "seconds": None if self.seconds is None else round(self.seconds, 4),
            "measured": self.measured,
            "bytes": self.size,
            "needs": list(self.artefact.needs),
        }


@dataclass(frozen=True, slots=True)
class Foresight:
    """A whole build, foreseen: its files in the order of the plan, and the paths that it would remove."""

    files: tuple[Foreseen, ...]
    removed: tuple[str, ...] = ()

    def of(self, state: str) -> tuple[Foreseen, ...]:
        """The files that would be made, or kept."""
        return tuple(file for file in self.files if file.state == state)

    @property
    def seconds(self) -> float | None:
        """What one process would take for all that is to be made; None where that is not known of some file."""
        known = [file.seconds for file in self.of(MAKE)]
        return None if any(each is None for each in known) else sum(each or 0.0 for each in known)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "files": [file.as_dict() for file in self.files],
            "removed": list(self.removed),
            "summary": {
                "make": len(self.of(MAKE)),
                "keep": len(self.of(KEEP)),
                "remove": len(self.removed),
                "seconds": None if self.seconds is None else round(self.seconds, 3),
            },
        }


def foresee(
    wanted: Iterable[Artefact], removed: Iterable[str], records: Records, is_there: Callable[[str, Record], bool]
) -> Foresight:
    """What making these artefacts would come to. `is_there(path, record)` tells whether OUT has a file as remembered."""
    files = []
    for artefact in wanted:
        record = records.of(artefact)
        if record is not None:
            state = KEEP if not record.fact.sha256 or is_there(artefact.path, record) else MAKE
            files.append(Foreseen(artefact, state, record.seconds, True, record.fact.size))
        else:
            files.append(Foreseen(artefact, MAKE, records.expected(artefact), False))
    return Foresight(tuple(files), tuple(sorted(removed)))
