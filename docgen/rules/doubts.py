"""Values that another rule has found wrong already: what hangs on them is not told a second time, and not passed."""

from __future__ import annotations

import re
from collections import Counter

from docgen.model.case import Case
from docgen.model.records import Application, CertificateLevel, SchoolType
from docgen.model.text import fold

from .applied import meaning
from .nearness import is_slip

REPEATED_NUMBERS = "“申报证书”里有重复的申报编号（见 DAT012），这个编号可能就是写错的那一个，改正后再核查。"
_SERIAL = re.compile(r"(.*?)(\d+)")


def may_be_lost_number(case: Case, number: str) -> bool:
    """Whether an unknown number may be the one that a repeated number (DAT012) took the place of: it is in the row."""
    counts = Counter(application.number for application in case.applications if application.number)
    match = _SERIAL.fullmatch(number)
    if match is None or max(counts.values(), default=0) < 2:
        return False
    serials = [int(known[2]) for known in map(_SERIAL.fullmatch, counts) if known and known[1] == match[1]]
    return bool(serials) and min(serials) - 1 <= int(match[2]) <= max(serials) + 1


def means_certificate(case: Case, key: str, name: str) -> bool:
    """Whether an application is, or may be, about the certificate of a past row: no name, the same, or a slip of it."""
    for application in case.applications:
        own = application.certificate
        if not own or meaning(case, own) == key or is_slip(own, name):
            return True
    return False


def repeated_certificates(case: Case) -> frozenset[str]:
    """The keys of certificates for which two applications have one level (CRT005): one was to be about another."""
    keys = Counter(
        (meaning(case, row.certificate), row.level) for row in case.applications if row.certificate and row.level
    )
    return frozenset(key for (key, _), count in keys.items() if count > 1)


def is_level_doubtful(case: Case, application: Application) -> bool:
    """Whether CRT002 or CRT004 says that the level itself must be wrong."""
    if application.level is None:
        return True
    if case.school.type is SchoolType.SECONDARY and application.level is CertificateLevel.ADVANCED:
        return True
    known = case.catalogue.certificate(application.certificate) if application.certificate else None
    return known is not None and bool(known.levels) and application.level not in known.levels


def students_of(case: Case, application: Application) -> int | None:
    """The students of an application's majors, None where any of them is unknown."""
    rows = case.enrolments_of(application)
    counted = {fold(row.major) for row in rows}
    if not application.majors or any(fold(major) not in counted for major in application.majors):
        return None
    if any(row.students is None for row in rows):
        return None
    return sum(row.students or 0 for row in rows)


def are_persons_too_many(case: Case, application: Application) -> bool:
    """Whether NUM002 says that the persons themselves must be wrong."""
    students = students_of(case, application)
    return bool(application.persons) and students is not None and (application.persons or 0) > students


PERSONS_TOO_MANY = "培训人数超过了在校生人数（见 NUM002），改正后再核查。"
