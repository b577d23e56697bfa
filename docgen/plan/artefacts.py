"""What a build makes: artefacts as values, with what each is made of and a fingerprint over all of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from docgen.tools.packed import PackedRows


class Maker(StrEnum):
    """How an artefact's bytes come about."""

    WORD = "word"  # a Word template
    PAGE = "page"  # an HTML template, as PDF
    HTML = "html"  # an HTML template, as it is
    VOLUME = "volume"  # evidence, assembled
    SUMMARY = "summary"  # the summary workbook
    REPORT_HTML = "report-html"
    REPORT_XLSX = "report-xlsx"


class Ingredient(NamedTuple):
    """One thing that an artefact is made of: an input file or a template, by name and sha256."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file to make. `path` lies below OUT, with /.

    `kind` is the template folder's name; `application` its number or "" for the school's own documents,
    `position` its place among the case's applications (a number may be missing or stand twice); `detail` says which one
    where a kind has several (a volume's `VolumePart.name`); `options` are settings that shape its bytes and are not in
    its context. `needs` names artefacts whose pages and digests this one shows, so they are made first. `weight` says
    about how many seconds it takes, to tell the large from the small.
    """

    path: str
    kind: str
    title: str
    maker: Maker
    application: str = ""
    position: int = -1
    detail: str = ""
    options: str = ""
    draft: bool = False
    needs: Sequence[str] = ()
    made_of: tuple[Ingredient, ...] = ()
    weight: float = 0.0
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One application's files: its folder below OUT, and whether it stays a draft (and how many findings say so)."""

    application: str
    folder: str
    draft: bool
    errors: int
    warnings: int
    artefacts: tuple[Artefact, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a build will make: the dossiers, in the order of the applications, then the school's own documents.

    `show` gives what an artefact's template gets, but for the facts of what it needs. It puts it together anew each
    time, and the dossiers are kept packed: those of thousands would not fit in memory.
    """

    dossiers: Sequence[Dossier] = ()
    school: tuple[Artefact, ...] = ()
    show: Callable[[Artefact], Mapping[str, Any]] = field(default=lambda _: {}, repr=False, compare=False)

    @property
    def artefacts(self) -> Collection[Artefact]:
        """All of them, in an order in which each comes after those that it needs."""
        return _All(self)

    def of(self, position: int) -> tuple[Artefact, ...]:
        """The artefacts of the application at that position; below 0, those of the school."""
        return self.dossiers[position].artefacts if position >= 0 else self.school


@dataclass(frozen=True, slots=True)
class _All(Collection[Artefact]):
    """The artefacts of a plan, one dossier taken out after the other."""

    plan: Plan

    def __iter__(self) -> Iterator[Artefact]:
        for dossier in self.plan.dossiers:
            yield from dossier.artefacts
        yield from self.plan.school

    def __len__(self) -> int:
        return sum(len(dossier.artefacts) for dossier in self.plan.dossiers) + len(self.plan.school)

    def __contains__(self, artefact: object) -> bool:
        return any(artefact == each for each in self)


def canonical(value: Any) -> str:
    """JSON of a context, with sorted keys, for fingerprints. Values that JSON lacks are written as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain, separators=(",", ":"))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, PackedRows) else str(value)


def fingerprint(*parts: str) -> str:
    """A sha256 over texts, each set off from the next."""
    return fingerprint_of(parts)


def fingerprint_of(parts: Iterable[str]) -> str:
    """The same of texts that are made one by one."""
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.hexdigest()
