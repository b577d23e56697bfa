"""One school's whole application, as loaded: what every later stage reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class Case:
    """The typed result of loading. `inputs` maps each file that was read (path below the workspace) to its sha256."""

    school: School
    catalogue: CatalogueView
    settings: Settings = field(default_factory=Settings)
    applications: tuple[Application, ...] = ()
    teachers: tuple[Teacher, ...] = ()
    venues: tuple[Venue, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    enrolments: tuple[Enrolment, ...] = ()
    past_pilots: tuple[PastPilot, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    stray_files: tuple[EvidenceFile, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)

    def teachers_of(self, application: Application) -> tuple[Teacher, ...]:
        """The teachers named for an application, in the order of the sheet."""
        return tuple(teacher for teacher in self.teachers if teacher.scope.covers(application.number))

    def venues_of(self, application: Application) -> tuple[Venue, ...]:
        """The venues named for an application, in the order of the sheet."""
        return tuple(venue for venue in self.venues if venue.scope.covers(application.number))

    def equipment_of(self, application: Application) -> tuple[Equipment, ...]:
        """The equipment named for an application, in the order of the sheet."""
        return tuple(piece for piece in self.equipment if piece.scope.covers(application.number))

    def evidence_of(self, application: Application, kind: EvidenceKind) -> tuple[EvidenceItem, ...]:
        """The evidence of one kind for an application, in the order of the sheet, then of the folders."""
        return tuple(item for item in self.evidence if item.kind is kind and item.scope.covers(application.number))

    def enrolments_of(self, application: Application) -> tuple[Enrolment, ...]:
        """The enrolment rows of an application's pilot majors, in the order of the sheet."""
        wanted = {fold(major) for major in application.majors}
        return tuple(row for row in self.enrolments if fold(row.major) in wanted)

    def past_pilots_of(self, application: Application) -> tuple[PastPilot, ...]:
        """Earlier pilots of the application's certificate (every level), in the order of the sheet."""
        known = self.catalogue.certificate(application.certificate)
        wanted = fold(known.name if known else application.certificate)

        def key(name: str) -> str:
            entry = self.catalogue.certificate(name)
            return fold(entry.name if entry else name)

        return tuple(row for row in self.past_pilots if key(row.certificate) == wanted)
