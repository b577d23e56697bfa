"""What is known of certificates and majors outside the school, and how it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .records import CertificateLevel, SchoolType


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate of the 1+X list. `levels` is empty where none are known: then nothing may be concluded."""

    name: str
    organisation: str = ""
    batch: int | None = None
    levels: tuple[CertificateLevel, ...] = ()
    provenance: str = ""


@dataclass(frozen=True, slots=True)
class Major:
    """One major of the vocational catalogue. `stage` is 中职, 高职专科 or 高职本科."""

    stage: str
    code: str
    name: str
    group: str = ""
    provenance: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a certificate at a level asks of a school: the user's data (guide 一（二）2), None or () where not said.

    `level` None means every level. `equipment` holds names of equipment that must be there.
    """

    certificate: str
    level: CertificateLevel | None = None
    majors: tuple[str, ...] = ()
    teachers: int | None = None
    seats: int | None = None
    equipment: tuple[str, ...] = ()
    provenance: str = ""


class CatalogueView(Protocol):
    """The questions that rules and templates ask. Names match whatever the width, brackets and 职业技能等级证书."""

    @property
    def complete(self) -> bool:
        """Whether the list claims to hold every certificate; if not, an unknown name may still be right."""

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """Every certificate, in the order of the lists."""

    def certificate(self, name: str) -> Certificate | None:
        """The certificate of that name, else None."""

    def similar_certificates(self, name: str) -> tuple[str, ...]:
        """At most three names that a person may have meant, nearest first; () if none is near."""

    def majors(self, name: str) -> tuple[Major, ...]:
        """Every major of that name (one a stage), else ()."""

    def majors_of_code(self, code: str) -> tuple[Major, ...]:
        """Every major of that code, else ()."""

    def similar_majors(self, name: str, school_type: SchoolType | None = None) -> tuple[str, ...]:
        """At most three names that a person may have meant, nearest first, of the school's stage if one is given."""

    def demand(self, certificate: str, level: CertificateLevel | None) -> Demand | None:
        """What the user's catalogue says this certificate asks for, else None."""
