"""The stages in order: load → check → plan → render and assemble → publish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docgen.assemble import FINDING_TYPES as ASSEMBLE_TYPES
from docgen.catalogue import load_catalogue
from docgen.catalogue.lists import user_files
from docgen.engine.sequential import Progress, run
from docgen.errors import UsageError
from docgen.evidence.store import Store, open_store
from docgen.findings import Evaluation, Finding, FindingType
from docgen.fonts.roles import find_fonts
from docgen.load import FINDING_TYPES as LOAD_TYPES
from docgen.load import load
from docgen.makers import Fact, Made, Workshop
from docgen.merging import merge
from docgen.model.case import Case
from docgen.model.text import half_width
from docgen.plan.artefacts import Artefact, Maker, Plan, fingerprint
from docgen.plan.context import Checked
from docgen.plan.planning import Materials, make_plan
from docgen.publish.manifest import Entry
from docgen.publish.publisher import Publisher, Result, check_place, digest_of
from docgen.publish.verify import FileVerification, Verification
from docgen.publish.verify import verify as verify_published
from docgen.publish.verify import verify_file as verify_published_file
from docgen.render.glyphs import MISSING_GLYPH, missing_glyphs, unprintable
from docgen.render.known_fields import extra_columns
from docgen.render.lint import require_sound
from docgen.render.templates import folder_digest, template_folders
from docgen.rules import RULES, evaluate
from docgen.tools import pango

__all__ = ["Built", "Review", "build", "check", "finding_types", "merge", "verify", "verify_file"]


@dataclass(frozen=True, slots=True)
class Review:
    """A workspace as loaded, and what checking it found."""

    case: Case
    evaluation: Evaluation


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build: where, from what, what was found, and which files were made, kept and removed.

    `notes` tells what templates ask for and did not get (style that WeasyPrint does not know).
    """

    out: Path
    case: Case
    evaluation: Evaluation
    plan: Plan
    result: Result
    notes: tuple[str, ...] = ()


def _quiet(done: int, of: int, what: str) -> None:
    """No progress shown."""


def finding_types() -> tuple[FindingType, ...]:
    """Every id that a finding may bear, sorted: of loading, of the rules, of assembling and of rendering."""
    return tuple(sorted((*_other_types(), *(rule.type for rule in RULES)), key=lambda kind: kind.id))


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
    progress: Progress = _quiet,
) -> Built:
    """Make all documents of a workspace (`docgen build`).

    `out` defaults to the folder that docgen.toml names, below the workspace. `only` limits the dossiers that are made
    to those application numbers; the others stay as an earlier build left them. `force` overwrites finished files that
    someone changed. Raises InputError, OutputError, UsageError or EnvironmentLacks, and TemplateError before anything is
    written where the workspace's own templates are wrong; faults in data are findings.
    """
    pango.require()
    with open_store(directory) as store:
        return _build(directory, out, only, force, progress, store)


def _build(
    directory: Path, out: Path | None, only: Iterable[str], force: bool, progress: Progress, store: Store
) -> Built:
    """`build`, with a store that is open."""
    loaded = load(directory, load_catalogue(directory), store=store, tell=progress)
    case = replace(loaded.case, inputs={**loaded.case.inputs, **_catalogue_inputs(directory)})
    out = out if out is not None else directory / case.settings.output
    check_place(out, directory, directory / case.settings.evidence_folder)
    chosen = _chosen(case, only)
    require_sound(template_folders(directory), extra_columns(case))
    materials = _materials(directory)
    found = (*loaded.findings, *missing_glyphs(case))

    evaluation = evaluate(case, found, types=_other_types())
    plan = make_plan(case, _checked(evaluation), materials)
    publisher = Publisher(out)
    publisher.open((artefact.path for artefact in plan.artefacts), force)
    facts = _earlier_facts(publisher, plan, chosen)
    workshop = Workshop(directory, case, evaluation, plan, facts, unprintable(case), out=out, store=store)

    # Volumes first: what assembling finds may turn a dossier into a draft, and every later page tells it.
    volumes = _to_make(plan, chosen, volumes=True)
    steps = _Steps(len(volumes) + len(_to_make(plan, chosen, volumes=False)), progress)
    assembled = _run(volumes, workshop, publisher, steps)
    if assembled:
        evaluation = evaluate(case, (*found, *assembled), types=_other_types())
        plan = make_plan(case, _checked(evaluation), materials)
        workshop = replace(workshop, evaluation=evaluation, plan=plan)
        before = {artefact.path: artefact.fingerprint for artefact in volumes}
        again = [part for part in _to_make(plan, chosen, volumes=True) if before[part.path] != part.fingerprint]
        others = _to_make(plan, chosen, volumes=False)
        steps.total = len(volumes) + len(again) + len(others)
        _run(again, workshop, publisher, steps)
    _run(_to_make(plan, chosen, volumes=False), workshop, publisher, steps)

    publisher.keep(
        part.path for dossier in plan.dossiers if dossier.application not in chosen for part in dossier.artefacts
    )
    result = publisher.finish(case.school.name, case.inputs, _application_rows(case, plan))
    store.prune(case.inputs.values())
    return Built(out, case, evaluation, plan, result, tuple(workshop.notes))


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


def _materials(directory: Path) -> Materials:
    """Digests of everything besides the data that shapes a document."""
    templates = {folder.kind: folder_digest(folder) for folder in template_folders(directory)}
    fonts = {choice.path for choice in find_fonts().values()}
    return Materials(templates, fingerprint(*sorted(digest_of(path) for path in fonts)))


def _catalogue_inputs(directory: Path) -> dict[str, str]:
    """The digests of the user's own lists of certificates and demands, by path below the workspace."""
    return {path.relative_to(directory).as_posix(): digest_of(path) for path in user_files(directory)}


def _checked(evaluation: Evaluation) -> Checked:
    return Checked(
        evaluation.findings, evaluation.answers, tuple(evaluation.types[name] for name in sorted(evaluation.types))
    )


def _to_make(plan: Plan, chosen: frozenset[str], *, volumes: bool) -> list[Artefact]:
    return [
        artefact
        for artefact in plan.artefacts
        if (artefact.maker is Maker.VOLUME) is volumes and (artefact.position < 0 or artefact.application in chosen)
    ]


@dataclass(slots=True)
class _Steps:
    """Several runs of the engine told as one."""

    total: int
    progress: Progress
    done: int = 0

    def told(self, done: int, of: int, what: str) -> None:  # noqa: ARG002 - the engine's own total is of one run
        self.progress(self.done + done, self.total, what)


def _run(artefacts: list[Artefact], workshop: Workshop, publisher: Publisher, steps: _Steps) -> tuple[Finding, ...]:
    """Make and publish artefacts one by one; what was found on the way comes back."""
    findings: list[Finding] = []

    def deliver(artefact: Artefact, made: Made) -> None:
        findings.extend(made.findings)
        if made.content:
            workshop.facts[artefact.path] = made.fact
            publisher.put(_entry(artefact, made.fact), made.content)

    run(artefacts, workshop.make, deliver, steps.told)
    steps.done += len(artefacts)
    return tuple(findings)


def _entry(artefact: Artefact, fact: Fact) -> Entry:
    made_of = tuple((part.name, part.sha256) for part in artefact.made_of)
    return Entry(
        artefact.path,
        fact.sha256,
        fact.size,
        fact.pages,
        artefact.title,
        artefact.application,
        artefact.draft,
        artefact.fingerprint,
        made_of,
    )


def _earlier_facts(publisher: Publisher, plan: Plan, chosen: frozenset[str]) -> dict[str, Fact]:
    """Facts of dossiers that this build leaves alone, as the earlier manifest tells them."""
    kept = (part.path for dossier in plan.dossiers if dossier.application not in chosen for part in dossier.artefacts)
    return {
        path: Fact(path, entry.sha256, entry.size, entry.pages)
        for path in kept
        if (entry := publisher.earlier.get(path)) is not None
    }


def _application_rows(case: Case, plan: Plan) -> list[Mapping[str, Any]]:
    """What the manifest says of each dossier, for programs that read it."""
    return [
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
    ]
