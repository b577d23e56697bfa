"""A workspace folder → the case, and everything that was wrong with it: the stage `load` from end to end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from docgen.evidence.inspection import Tell, looks_of
from docgen.evidence.seen import Digests
from docgen.evidence.store import Store
from docgen.findings import Finding, in_order
from docgen.model.case import Case
from docgen.model.catalogue import CatalogueView
from docgen.model.records import EvidenceItem, EvidenceKind
from docgen.model.settings import SETTINGS_NAME, Settings, Waiver

from .evidence import Collector
from .folder import walk
from .locating import checked_directory, find_book
from .scopes import ScopeReader
from .settings import read_settings_file, refuse_secretariat
from .sheets import SheetReader


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading gives: the case as far as it could be read, and a finding for all that could not."""

    case: Case
    findings: tuple[Finding, ...]


def _silent(done: int, of: int, what: str) -> None:
    """Nobody is told."""


def _kept_looks(items: Iterable[EvidenceItem], store: Store) -> Callable[[str], str]:
    """What the pictures look like, taken out of a store that will be gone when a rule asks."""
    found = {item.file.sha256: looks_of(store, item.file.sha256) for item in items if item.file and item.file.likeness}
    return lambda digest: found.get(digest, "")


def load(
    directory: Path,
    catalogue: CatalogueView,
    *,
    workbook: Path | None = None,
    store: Store | None = None,
    tell: Tell = _silent,
    digests: Digests | None = None,
) -> Loaded:
    """Read a school workspace: docgen.toml, the workbook (or the one given), the evidence folder. Changes none of them.

    `store` keeps what was found out about evidence files; without one, a temporary one serves. `tell` is told how many
    files have been looked at, of how many, and the next one's name. `digests` knows which files are as they were. Raises InputError where the folder, the workbook or
    docgen.toml cannot be used at all; every lesser fault is a finding. The catalogue is only handed through into the
    case.
    """
    directory = checked_directory(directory)
    file = read_settings_file(directory)
    refuse_secretariat(directory, file, "秘书处生成通知，用 docgen notice 文件夹；院校的，请给出院校的工作区文件夹。")
    book, findings = find_book(directory, file.settings, workbook)
    inputs = {book.name: book.sha256}
    sheets = SheetReader(book)
    settings = replace(file.settings, workbook=book.name, waivers=_matched(file.settings, sheets.scopes))
    records, school, scopes, found = sheets.records, sheets.school, sheets.scopes, sheets.found
    del book, sheets  # the cells of a large workbook take more room than the records made of them
    subjects = {
        EvidenceKind.TEACHER: tuple(records["teachers"]),
        EvidenceKind.VENUE: tuple(records["venues"]),
        EvidenceKind.EQUIPMENT: tuple(records["equipment"]),
    }
    folder = walk(directory, settings.evidence_folder)
    with nullcontext(store) if store is not None else Store(None) as opened:
        evidence = Collector(folder, scopes, subjects, opened, tell, digests).collect(records["evidence"])
        looks = partial(looks_of, opened) if store is not None else _kept_looks(evidence.items, opened)
    inputs |= evidence.inputs
    if file.sha256:
        inputs[SETTINGS_NAME] = file.sha256
    case = Case(
        school=school,
        catalogue=catalogue,
        settings=settings,
        applications=tuple(records["applications"]),
        teachers=subjects[EvidenceKind.TEACHER],
        venues=subjects[EvidenceKind.VENUE],
        equipment=subjects[EvidenceKind.EQUIPMENT],
        enrolments=tuple(records["enrolments"]),
        past_pilots=tuple(records["past_pilots"]),
        evidence=evidence.items,
        stray_files=evidence.stray,
        inputs=dict(sorted(inputs.items())),
        looks=looks,
    )
    return Loaded(case, in_order((*file.findings, *findings, *found, *evidence.findings)))


def _matched(settings: Settings, scopes: ScopeReader) -> tuple[Waiver, ...]:
    """The waivers with their application spelled as the workbook spells it (a01 → A01)."""
    return tuple(
        replace(waiver, application=scopes.match(waiver.application) or waiver.application)
        for waiver in settings.waivers
    )
