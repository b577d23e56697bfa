"""What in the catalogue has to do with a few words."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.model.catalogue import Certificate, Major
from docgen.model.text import fold

from .catalogue import Catalogue
from .names import certificate_key, major_key


@dataclass(frozen=True, slots=True)
class Found:
    """Certificates and majors, in the order of the lists. `near`: nothing holds the words, these come nearest."""

    certificates: tuple[Certificate, ...]
    majors: tuple[Major, ...]
    near: bool = False


def find(catalogue: Catalogue, text: str) -> Found:
    """What holds `text` in its name (or organisation, or as the beginning of its code), else what comes nearest."""
    wanted, certificate, major = fold(text), certificate_key(text), major_key(text)
    certificates = tuple(
        entry
        for entry in catalogue.certificates
        if certificate in certificate_key(entry.name) or wanted in fold(entry.organisation)
    )
    majors = tuple(
        entry for entry in catalogue.all_majors if major in major_key(entry.name) or entry.code.startswith(wanted)
    )
    if certificates or majors:
        return Found(certificates, majors)
    near = (catalogue.certificate(name) for name in catalogue.similar_certificates(text))
    return Found(
        tuple(entry for entry in near if entry is not None),
        tuple(entry for name in catalogue.similar_majors(text) for entry in catalogue.majors(name)),
        near=True,
    )
