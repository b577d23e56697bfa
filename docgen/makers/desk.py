"""What a build and its foresight have in common: the workspace read, checked and planned, OUT opened, the store tidied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from docgen.catalogue import load_catalogue
from docgen.catalogue.lists import user_files
from docgen.engine.progress import Step, Watch
from docgen.evidence.marks import Marks
from docgen.evidence.seen import Digests
from docgen.evidence.store import Store
from docgen.findings import Evaluation, Finding, FindingType
from docgen.load import Loaded, load
from docgen.model.case import Case
from docgen.plan.artefacts import Plan
from docgen.plan.context import Checked
from docgen.plan.planning import make_plan
from docgen.publish.publisher import Publisher
from docgen.render.glyphs import missing_glyphs
from docgen.render.known_fields import extra_columns
from docgen.rules import evaluate
from docgen.rules.evaluation import Ledger, ask
from docgen.tools.packed import PackedRows

from .materials import Supplies, supplies
from .records import Records

_ROWS = ("applications", "teachers", "venues", "equipment", "enrolments", "past_pilots", "evidence")
"""What a case has of every application."""


@dataclass(slots=True)
class Desk:
    """The stages of a build before anything is made. `types` are the ids that stages other than checking may find."""

    directory: Path
    store: Store
    watch: Watch
    types: tuple[FindingType, ...]
    digests: Digests = field(init=False)
    _asked: Ledger | None = None

    def __post_init__(self) -> None:
        self.digests = Digests(self.store)

    def read(self) -> tuple[Loaded, Supplies]:
        """The workspace as loaded, with what no font can show; and what documents are made with."""

        def tell(done: int, of: int, what: str) -> None:
            self.watch(Step("核查佐证材料", done, of, what))

        loaded = load(self.directory, load_catalogue(self.directory), store=self.store, tell=tell, digests=self.digests)
        case = replace(loaded.case, inputs={**loaded.case.inputs, **self._catalogue_inputs()})
        supplied = supplies(self.directory, self.store)
        own = [folder for folder in supplied.templates.values() if folder.own]
        if own:
            from docgen.render.lint import require_sound  # noqa: PLC0415 - it loads the Word engine

            require_sound(own, extra_columns(case))
        return Loaded(case, (*loaded.findings, *missing_glyphs(case))), supplied

    def _catalogue_inputs(self) -> dict[str, str]:
        """The digests of the user's own lists of certificates and demands, by path below the workspace."""
        files = user_files(self.directory)
        return {path.relative_to(self.directory).as_posix(): self.digests.of(path) for path in files}

    def asked(self, loaded: Loaded) -> Loaded:
        """The same, after every rule was asked: with its rows packed, since from now on they are wanted by application.
        Let go of what was loaded: of thousands of dossiers the two together are too much.
        """
        self._asked = ask(loaded.case)
        rows: dict[str, Any] = {name: PackedRows(getattr(loaded.case, name)) for name in _ROWS}
        return Loaded(replace(loaded.case, **rows), loaded.findings)

    def planned(self, case: Case, found: Iterable[Finding], supplied: Supplies) -> tuple[Evaluation, Plan]:
        """What checking comes to, and the plan that follows from it. The rules are asked once: what they say of a case
        does not depend on what else was found.
        """
        self._asked = self._asked or ask(case)
        evaluation = evaluate(case, found, types=self.types, asked=self._asked)
        types = tuple(evaluation.types[name] for name in sorted(evaluation.types))
        checked = Checked(evaluation.findings, evaluation.answers, types)
        return evaluation, make_plan(case, checked, supplied.materials)

    @contextmanager
    def opened(self, out: Path, plan: Plan, force: bool) -> Iterator[Publisher]:
        """The publisher, with OUT to itself until the end."""
        with Publisher(out, self.digests.of) as publisher:
            publisher.open((artefact.path for artefact in plan.artefacts), force)
            yield publisher

    def tidy(self, case: Case, records: Records, supplied: Supplies) -> None:
        """Drop what the store keeps of files and artefacts that are no more."""
        used = Marks(case.inputs.values())
        used.update(records.used)
        used.update(self.digests.used)
        self.store.prune(used)
        self.store.prune_folders(supplied.copies)
