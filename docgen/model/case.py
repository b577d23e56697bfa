"""One school's whole application, as loaded: what every later stage reads."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

from .catalogue import CatalogueView
from .records import (
    Application,
    Enrolment,
    Equipment,
    EvidenceFile,
    EvidenceItem,
    EvidenceKind,
    PastPilot,
    School,
    Teacher,
    Venue,
)
from .settings import Settings
from .text import fold

Row = TypeVar("Row")
Fact = TypeVar("Fact")
Scoped = TypeVar("Scoped", Teacher, Venue, Equipment, EvidenceItem)


def unseen(sha256: str) -> str:  # noqa: ARG001
    """The looks of a picture where nobody kept them."""
    return ""


@dataclass(frozen=True, slots=True)
class Case:
    """The typed result of loading. `inputs` maps each file that was read (path below the workspace) to its sha256.

    `looks` gives the whole perceptual hash of the picture with a sha256, "" where it is not to be had: those of all
    pictures would not fit in memory.
    """

    school: School
    catalogue: CatalogueView
    settings: Settings = field(default_factory=Settings)
    applications: Sequence[Application] = ()
    teachers: Sequence[Teacher] = ()
    venues: Sequence[Venue] = ()
    equipment: Sequence[Equipment] = ()
    enrolments: Sequence[Enrolment] = ()
    past_pilots: Sequence[PastPilot] = ()
    evidence: Sequence[EvidenceItem] = ()
    stray_files: tuple[EvidenceFile, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    looks: Callable[[str], str] = field(default=unseen, repr=False, compare=False)
    _found: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Rows by application, kept from the first question on: a workbook has 300 applications and 20,000 rows."""

    def teachers_of(self, application: Application) -> tuple[Teacher, ...]:
        """The teachers named for an application, in the order of the sheet."""
        return self._covering("teachers", self.teachers, application.number)

    def venues_of(self, application: Application) -> tuple[Venue, ...]:
        """The venues named for an application, in the order of the sheet."""
        return self._covering("venues", self.venues, application.number)

    def equipment_of(self, application: Application) -> tuple[Equipment, ...]:
        """The equipment named for an application, in the order of the sheet."""
        return self._covering("equipment", self.equipment, application.number)

    def evidence_of(self, application: Application, kind: EvidenceKind) -> tuple[EvidenceItem, ...]:
        """The evidence of one kind for an application, in the order of the sheet, then of the folders."""
        return tuple(
            item for item in self._covering("evidence", self.evidence, application.number) if item.kind is kind
        )

    def enrolments_of(self, application: Application) -> tuple[Enrolment, ...]:
        """The enrolment rows of an application's pilot majors, in the order of the sheet."""
        by_major = self._found.get("enrolments")
        if by_major is None:
            keys = (fold(row.major) for row in self.enrolments)
            by_major = self._found["enrolments"] = _grouped(zip(keys, count(), strict=False))
        wanted = {fold(major) for major in application.majors}
        return _in_order(self.enrolments, (place for major in wanted for place in by_major.get(major, ())))

    def past_pilots_of(self, application: Application) -> tuple[PastPilot, ...]:
        """Earlier pilots of the application's certificate (every level), in the order of the sheet."""
        by_certificate = self._found.get("past_pilots")
        if by_certificate is None:
            keys = (self._certificate_key(row.certificate) for row in self.past_pilots)
            by_certificate = self._found["past_pilots"] = _grouped(zip(keys, count(), strict=False))
        places = by_certificate.get(self._certificate_key(application.certificate), ())
        return _in_order(self.past_pilots, places)

    def remembered(self, what: str, make: Callable[[], Fact]) -> Fact:
        """What was made under that name before, else what `make` gives now: facts that many questions rest on."""
        if what not in self._found:
            self._found[what] = make()
        found: Fact = self._found[what]
        return found

    def forget(self) -> None:
        """Drop what was remembered; it is found anew when it is asked for."""
        self._found.clear()

    def _certificate_key(self, name: str) -> str:
        known = self.catalogue.certificate(name)
        return fold(known.name if known else name)

    def _covering(self, sheet: str, rows: Sequence[Scoped], number: str) -> tuple[Scoped, ...]:
        """The rows that belong to an application, in the order of the sheet."""
        if sheet not in self._found:
            self._found[sheet] = _grouped(
                (name, place)
                for place, row in enumerate(rows)
                for name in ((_EVERYWHERE,) if row.scope.everywhere else dict.fromkeys(row.scope.numbers))
            )
        by_number: dict[str, array[int]] = self._found[sheet]
        return _in_order(rows, (*by_number.get(_EVERYWHERE, ()), *by_number.get(number, ())))


_EVERYWHERE = "\0"
"""Stands for 全部 among numbers; no cell can hold it."""


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, array[int]]:
    """Places of rows, by key."""
    groups: dict[str, array[int]] = {}
    for key, place in pairs:
        groups.setdefault(key, array("L")).append(place)
    return groups


def _in_order(rows: Sequence[Row], places: Iterable[int]) -> tuple[Row, ...]:
    return tuple(rows[place] for place in sorted(places))
