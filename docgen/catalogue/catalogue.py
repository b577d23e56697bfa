"""The catalogue as one value: the user's lists first, the starter's behind them, and all questions asked of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from docgen.errors import InputError, reason_of
from docgen.model.catalogue import Certificate, Demand, Major
from docgen.model.records import CertificateLevel, SchoolType
from docgen.model.text import fold

from .lists import Lists, starter_lists, user_files, user_lists
from .names import certificate_key, major_key, nearest

STAGES = {
    SchoolType.SECONDARY: "中职",
    SchoolType.HIGHER_VOCATIONAL: "高职专科",
    SchoolType.UNDERGRADUATE: "高职本科",
}
"""The stage of the major catalogue that a type of school teaches."""


class Catalogue:
    """Certificates, majors and demands (`model.catalogue.CatalogueView`). Never changes once made."""

    def __init__(self, user: Lists, starter: Lists) -> None:
        """The user's certificates win; the starter fills what they leave open, and stands in unless they are all."""
        self._complete = user.complete
        self._certificates = _merge_certificates(user, starter)
        self._majors = _merge_majors(user.majors, starter.majors)
        self._demands = _merge_demands(user.demands)
        self._by_name: dict[str, tuple[Major, ...]] = {}
        self._by_code: dict[str, tuple[Major, ...]] = {}
        for major in self._majors:
            name, code = major_key(major.name), fold(major.code)
            self._by_name[name] = (*self._by_name.get(name, ()), major)
            self._by_code[code] = (*self._by_code.get(code, ()), major)

    @property
    def complete(self) -> bool:
        """Whether the list claims to hold every certificate; if not, an unknown name may still be right."""
        return self._complete

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """Every certificate, in the order of the lists."""
        return tuple(self._certificates.values())

    @property
    def all_majors(self) -> tuple[Major, ...]:
        """Every major, in the order of the lists."""
        return self._majors

    @property
    def demands(self) -> tuple[Demand, ...]:
        """Every demand, in the order of the list."""
        return tuple(self._demands.values())

    def certificate(self, name: str) -> Certificate | None:
        """The certificate of that name, else None."""
        return self._certificates.get(certificate_key(name))

    def similar_certificates(self, name: str) -> tuple[str, ...]:
        """At most three names that a person may have meant, nearest first; () if none is near."""
        return nearest(certificate_key(name), ((key, entry.name) for key, entry in self._certificates.items()))

    def majors(self, name: str) -> tuple[Major, ...]:
        """Every major of that name (one a stage), else ()."""
        return self._by_name.get(major_key(name), ())

    def majors_of_code(self, code: str) -> tuple[Major, ...]:
        """Every major of that code, else ()."""
        return self._by_code.get(fold(code), ())

    def similar_majors(self, name: str, school_type: SchoolType | None = None) -> tuple[str, ...]:
        """At most three names that a person may have meant, nearest first, of the school's stage if one is given."""
        stage = STAGES[school_type] if school_type else None
        candidates = (
            (key, major.name)
            for key, majors in self._by_name.items()
            for major in majors
            if stage is None or major.stage == stage
        )
        return nearest(major_key(name), candidates)

    def demand(self, certificate: str, level: CertificateLevel | None) -> Demand | None:
        """What the user's catalogue says this certificate asks for, else None.

        What is said for the level goes before what is said for every level; the latter fills what the former leaves open.
        """
        key = certificate_key(certificate)
        general = self._demands.get((key, None))
        own = self._demands.get((key, level)) if level else None
        if own is None or general is None:
            return own or general
        return replace(
            own,
            majors=own.majors or general.majors,
            teachers=own.teachers if own.teachers is not None else general.teachers,
            seats=own.seats if own.seats is not None else general.seats,
            equipment=own.equipment or general.equipment,
        )


def load_catalogue(workspace: Path | None = None) -> Catalogue:
    """The catalogue of a workspace: its folder 目录, if it has one, before the package's starter lists.

    The same files give the same object. Raises InputError where a file in 目录 cannot be read.
    """
    contents: list[tuple[str, bytes]] = []
    for path in user_files(workspace) if workspace else ():
        try:
            contents.append((path.name, path.read_bytes()))
        except OSError as error:
            raise InputError(
                f"读不了 {path}：{reason_of(error)}。", "请检查文件权限，关闭正打开它的程序再试。"
            ) from error
    return _catalogue(tuple(contents))


@lru_cache(maxsize=8)
def _catalogue(contents: tuple[tuple[str, bytes], ...]) -> Catalogue:
    return Catalogue(user_lists(dict(contents)), starter_lists())


def _merge_certificates(user: Lists, starter: Lists) -> dict[str, Certificate]:
    known = _by_key(starter.certificates)
    merged = {
        key: replace(
            entry,
            organisation=entry.organisation or known[key].organisation,
            batch=entry.batch if entry.batch is not None else known[key].batch,
            levels=entry.levels or known[key].levels,
        )
        if key in known
        else entry
        for key, entry in _by_key(user.certificates).items()
    }
    return merged if user.complete else merged | {key: known[key] for key in known if key not in merged}


def _by_key(certificates: Iterable[Certificate]) -> dict[str, Certificate]:
    """Certificates by key; several rows of one (a row a level) add up."""
    found: dict[str, Certificate] = {}
    for entry in certificates:
        key = certificate_key(entry.name)
        found[key] = join_certificates(found[key], entry) if key in found else entry
    return found


def join_certificates(first: Certificate, second: Certificate) -> Certificate:
    """Two rows of one certificate as one: the first's particulars, both rows' levels."""
    return replace(
        first,
        organisation=first.organisation or second.organisation,
        batch=first.batch if first.batch is not None else second.batch,
        levels=tuple(level for level in CertificateLevel if level in (*first.levels, *second.levels)),
    )


def _merge_majors(user: tuple[Major, ...], starter: tuple[Major, ...]) -> tuple[Major, ...]:
    own = {(major.stage, fold(major.code)) for major in user}
    return (*user, *(major for major in starter if (major.stage, fold(major.code)) not in own))


def _merge_demands(demands: tuple[Demand, ...]) -> dict[tuple[str, CertificateLevel | None], Demand]:
    """Demands by certificate and level; rows of one level add up: lists are joined, the larger number holds."""
    merged: dict[tuple[str, CertificateLevel | None], Demand] = {}
    for entry in demands:
        key = (certificate_key(entry.certificate), entry.level)
        before = merged.get(key)
        merged[key] = entry if before is None else join_demands(before, entry)
    return merged


def join_demands(first: Demand, second: Demand) -> Demand:
    """Two rows of one certificate and level as one."""
    return replace(
        first,
        majors=tuple(dict.fromkeys((*first.majors, *second.majors))),
        teachers=_larger(first.teachers, second.teachers),
        seats=_larger(first.seats, second.seats),
        equipment=tuple(dict.fromkeys((*first.equipment, *second.equipment))),
    )


def _larger(first: int | None, second: int | None) -> int | None:
    return max((value for value in (first, second) if value is not None), default=None)
