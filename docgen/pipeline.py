"""The stages in order: load → check → plan → render and assemble → publish."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.assemble import FINDING_TYPES as ASSEMBLE_TYPES
from docgen.catalogue import load_catalogue
from docgen.engine.progress import Watch, unwatched
from docgen.engine.sequential import Progress
from docgen.errors import UsageError
from docgen.evidence.store import open_store
from docgen.findings import Evaluation, Finding, FindingType
from docgen.load import FINDING_TYPES as LOAD_TYPES
from docgen.load import load
from docgen.makers.crews import Means, hire
from docgen.makers.desk import Desk
from docgen.makers.foresight import Foresight
from docgen.makers.foresight import foresee as foreseen
from docgen.makers.materials import surroundings
from docgen.makers.ordering import Ordering
from docgen.makers.production import Production, volumes
from docgen.makers.records import Records, found_in
from docgen.makers.values import Fact, fact_book
from docgen.model.case import Case
from docgen.model.text import half_width
from docgen.plan.artefacts import Plan
from docgen.publish.manifest import read_manifest
from docgen.publish.publisher import Publisher, Result, check_place
from docgen.publish.verify import FileVerification, Verification
from docgen.publish.verify import verify as verify_published
from docgen.publish.verify import verify_file as verify_published_file
from docgen.render.glyphs import MISSING_GLYPH, unprintable
from docgen.render.templates import unused_templates
from docgen.rules import RULES, evaluate
from docgen.tools.packed import PackedFiles, PackedRows

if TYPE_CHECKING:
    from docgen.filling import extract, fill
    from docgen.merging import merge
    from docgen.notices import notice
    from docgen.reporting import report

__all__ = [
    "Built",
    "Review",
    "build",
    "check",
    "extract",
    "fill",
    "finding_types",
    "foresee",
    "merge",
    "notice",
    "report",
    "verify",
    "verify_file",
]


_ELSEWHERE = {
    "extract": "docgen.filling",
    "fill": "docgen.filling",
    "merge": "docgen.merging",
    "notice": "docgen.notices",
    "report": "docgen.reporting",
}


def __getattr__(name: str) -> Any:
    """The verbs that have packages of their own, imported when they are asked for: a build waits for none of them."""
    if name not in _ELSEWHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_ELSEWHERE[name]), name)


@dataclass(frozen=True, slots=True)
class Review:
    """A workspace as loaded, and what checking it found."""

    case: Case
    evaluation: Evaluation


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build: where, from what, what was found, and which files were made, kept and removed.

    `notes` tells what templates ask for and did not get (style that WeasyPrint does not know), which are not used, and
    what OUT's disk does not have (locks), `slowest` which files
    took longest to make, with the seconds that each took. `lasting`: the same would come of it another time, unless
    something is changed.
    """

    out: Path
    case: Case
    evaluation: Evaluation
    plan: Plan
    result: Result
    notes: tuple[str, ...] = ()
    slowest: tuple[tuple[float, str], ...] = ()
    lasting: bool = True


def _quiet(done: int, of: int, what: str) -> None:
    """No progress shown."""


def finding_types() -> tuple[FindingType, ...]:
    """Every id that a finding may bear, sorted: of loading, of the rules, of assembling, rendering, filling."""
    from docgen.filling import FINDING_TYPES as FORM_TYPES  # noqa: PLC0415 - see __getattr__
    from docgen.notices import FINDING_TYPES as NOTICE_TYPES  # noqa: PLC0415

    found = (*_other_types(), *NOTICE_TYPES, *FORM_TYPES, *(rule.type for rule in RULES))
    return tuple(sorted(found, key=lambda kind: kind.id))


def _other_types() -> tuple[FindingType, ...]:
    """What the stages other than checking can find."""
    return (*LOAD_TYPES, *ASSEMBLE_TYPES, MISSING_GLYPH)


def check(directory: Path, progress: Progress = _quiet) -> Review:
    """Load a workspace and check it (`docgen check`). `progress` is told of evidence files that are looked at anew.

    Raises InputError where the workspace or its workbook cannot be used at all; all other faults are findings.
    """
    with open_store(directory) as store:
        loaded = load(directory, load_catalogue(directory), store=store, tell=progress)
        return Review(loaded.case, evaluate(loaded.case, loaded.findings, types=_other_types()))


def build(
    directory: Path,
    out: Path | None = None,
    *,
    only: Iterable[str] = (),
    force: bool = False,
    jobs: int = 1,
    scheduler: str = "",
    watch: Watch = unwatched,
) -> Built:
    """Make the documents of a workspace that are not up to date, and keep the others (`docgen build`).

    `out` defaults to the folder that docgen.toml names, below the workspace. `only` limits the dossiers that are made
    to those application numbers; the others stay as an earlier build left them. `force` overwrites finished files that
    someone changed. `jobs` is how many processes make documents, `scheduler` the address of a Dask cluster that does so
    in their place. A script that asks for several must keep its own work behind `if __name__ == "__main__"`.

    Raises InputError, OutputError, UsageError or EnvironmentLacks, and TemplateError before anything is written where
    the workspace's own templates are wrong; faults in data are findings.
    """
    with open_store(directory) as store:
        desk = Desk(directory, store, watch, _other_types())
        loaded, supplied = desk.read()
        out = out if out is not None else directory / loaded.case.settings.output
        check_place(out, directory, directory / loaded.case.settings.evidence_folder)
        chosen = _chosen(loaded.case, only)
        loaded = desk.asked(loaded)
        evaluation, plan = desk.planned(loaded.case, loaded.findings, supplied)

        with desk.opened(out, plan, force) as publisher:
            facts = _earlier_facts(publisher, plan, chosen)
            boxes = unprintable(loaded.case)
            ordering = Ordering(directory.absolute(), loaded.case, evaluation, plan, supplied.templates, boxes, facts)
            records = Records(store, surroundings())
            means = Means(directory, out, store, jobs, scheduler)
            production = Production(ordering, publisher, records, lambda: hire(means), watch)
            with closing(production):
                # Volumes first: what assembling finds may turn a dossier into a draft, and every later page tells it.
                assembled = set(production.learn(plan, chosen))
                told: set[Finding] = set()
                while True:
                    if assembled != told:
                        evaluation, plan = desk.planned(loaded.case, (*loaded.findings, *assembled), supplied)
                        production.ordering = replace(ordering, evaluation=evaluation, plan=plan)
                    told = set(assembled)
                    assembled.update(production.assemble(plan, chosen))
                    if assembled == told:  # else a file changed a moment ago
                        break
                production.complete(plan, chosen)
            publisher.keep(_others(plan, chosen))
            result = publisher.finish(loaded.case.school.name, loaded.case.inputs, _application_rows(loaded.case, plan))
            desk.tidy(loaded.case, records, supplied)
        notes = (*publisher.notes, *unused_templates(directory), *sorted(production.notes))
        slowest = tuple(production.slowest)
        return Built(out, loaded.case, evaluation, plan, result, notes, slowest, not store.forgone)


def foresee(
    directory: Path, out: Path | None = None, *, only: Iterable[str] = (), watch: Watch = unwatched
) -> Foresight:
    """What `build` would make, keep and remove, and what that takes (`docgen build --dry-run`). Writes nothing in OUT.

    Of volumes that were never assembled it does not know what assembling will find. Raises as `build` does.
    """
    with open_store(directory) as store:
        desk = Desk(directory, store, watch, _other_types())
        loaded, supplied = desk.read()
        out = out if out is not None else directory / loaded.case.settings.output
        check_place(out, directory, directory / loaded.case.settings.evidence_folder)
        chosen = _chosen(loaded.case, only)
        loaded = desk.asked(loaded)
        _, plan = desk.planned(loaded.case, loaded.findings, supplied)
        records = Records(store, surroundings())
        remembered = found_in(map(records.of, volumes(plan)))
        if remembered:
            _, plan = desk.planned(loaded.case, (*loaded.findings, *remembered), supplied)
        before = read_manifest(out)
        removed = {entry.path for entry in before.entries} if before else set()
        removed -= {part.path for part in plan.artefacts}
        publisher = Publisher(out, desk.digests.of)
        wanted = [part for part in plan.artefacts if part.position < 0 or part.application in chosen]
        return foreseen(wanted, removed, records, lambda path, record: publisher.has(path, record.fact.sha256))


def verify(out: Path) -> Verification:
    """Compare finished documents with their manifest (`docgen verify`). Raises InputError where there is none."""
    return verify_published(out)


def verify_file(file: Path, out: Path | None = None) -> FileVerification:
    """What one finished file is and which approval it belongs to (`docgen verify FILE`).

    `out` is the folder that it was made in; without it the folders above the file are searched. Raises InputError.
    """
    return verify_published_file(file, out)


def _chosen(case: Case, only: Iterable[str]) -> frozenset[str]:
    """The numbers of the dossiers to make: all, or the wanted ones. Raises UsageError for one that is not there."""
    numbers = [application.label for application in case.applications]
    wanted = [half_width(number).strip().upper() for number in only]
    unknown = [number for number in wanted if number not in numbers]
    if unknown:
        raise UsageError(f"没有申报编号“{unknown[0]}”。", f"现有的申报编号：{'、'.join(numbers) or '（无）'}。")
    return frozenset(wanted or numbers)


def _others(plan: Plan, chosen: frozenset[str]) -> Iterator[str]:
    """The files of dossiers that this build leaves alone."""
    for dossier in plan.dossiers:
        if dossier.application not in chosen:
            yield from (part.path for part in dossier.artefacts)


def _earlier_facts(publisher: Publisher, plan: Plan, chosen: frozenset[str]) -> PackedFiles[Fact]:
    """Facts of dossiers that this build leaves alone, as the earlier manifest tells them."""
    facts = fact_book()
    for path in _others(plan, chosen):
        entry = publisher.earlier.get(path)
        if entry is not None:
            facts[path] = Fact(path, entry.sha256, entry.size, entry.pages)
    return facts


def _application_rows(case: Case, plan: Plan) -> Sequence[Mapping[str, Any]]:
    """What the manifest says of each dossier, for programs that read it."""
    return PackedRows(
        {
            "number": dossier.application,
            "certificate": application.certificate,
            "level": application.level.value if application.level else "",
            "persons": application.persons,
            "folder": dossier.folder,
            "draft": dossier.draft,
            "errors": dossier.errors,
            "warnings": dossier.warnings,
        }
        for dossier, application in zip(plan.dossiers, case.applications, strict=True)
    )
