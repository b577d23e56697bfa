"""Turns an artefact of the plan into an order: its template, its context, and what is known of what it tells of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from docgen.assemble.records import VolumeItem, VolumeOrder
from docgen.findings import Evaluation
from docgen.model.case import Case, unseen
from docgen.plan.artefacts import Artefact, Maker, Plan
from docgen.plan.volumes import item_note, item_title, part_named
from docgen.render.templates import TemplateFolder
from docgen.tools.packed import PackedFiles, PackedRows

from .values import Fact, Order, fact_book, file_row, sorted_digest, total_digest

_SUMMARY, _APPROVAL = "approval-summary", "approval"
_MANY = 100
"""Of so many dossiers the summary that the leader signs lists each file no more: it would have hundreds of pages."""


@dataclass(slots=True)
class Ordering:
    """Everything that orders are made from. `facts` grows as artefacts are made, or are known from before."""

    workspace: Path
    case: Case
    evaluation: Evaluation
    plan: Plan
    templates: Mapping[str, TemplateFolder]
    boxes: frozenset[str] = frozenset()
    facts: PackedFiles[Fact] = field(default_factory=fact_book)

    def of(self, artefact: Artefact) -> Order:
        """The order for an artefact."""
        context = {} if artefact.maker in (Maker.REPORT_HTML, Maker.REPORT_XLSX) else dict(self.plan.show(artefact))
        known: dict[str, Fact] = {}
        if artefact.position >= 0:
            known = dict(self._known(artefact.needs))
        elif artefact.needs:
            context |= self._school_files(artefact, context["资料夹"])
        return Order(
            artefact.path,
            artefact.maker,
            artefact.fingerprint,
            self.templates[artefact.kind],
            context,
            artefact.application if artefact.position >= 0 else "",
            artefact.needs if artefact.position >= 0 else (),
            known,
            self.boxes,
            self._volume(artefact) if artefact.maker is Maker.VOLUME else None,
            # A copy: what the case keeps of its own look-ups is not sent along.
            (replace(self.case, looks=unseen), self.evaluation)
            if artefact.maker in (Maker.REPORT_HTML, Maker.REPORT_XLSX)
            else None,
            self.case.settings.evidence_folder,
        )

    def _known(self, paths: Iterable[str]) -> Iterator[tuple[str, Fact]]:
        """What is known of files, for each that something is known of."""
        return ((path, fact) for path in paths if (fact := self.facts.get(path)))

    def _school_files(self, artefact: Artefact, rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """The rows of all dossiers with the files that the artefact needs, and of the school's own files."""
        brief = artefact.kind == _SUMMARY and len(self.plan.dossiers) > _MANY
        own = [path for path in artefact.needs if "/" not in path]
        # Of a dossier it needs all files or none.
        folders = {path.rpartition("/")[0] for path in artefact.needs if "/" in path}

        def filled() -> Iterator[dict[str, Any]]:
            for row, dossier in zip(rows, self.plan.dossiers, strict=True):
                known = dossier.artefacts if dossier.folder in folders else ()
                facts = (fact for _, fact in self._known(part.path for part in known))
                files = self._in_brief(known) if brief else [file_row(fact, dossier.folder) for fact in facts]
                yield {**row, "文件": files}

        needed = (fact for path, fact in self.facts.items() if path.rpartition("/")[0] in folders or path in own)
        return {
            "资料夹": PackedRows(filled()),
            "学校文件": [file_row(fact) for _, fact in self._known(own)],
            "总摘要": sorted_digest(needed),
        }

    def _in_brief(self, parts: Sequence[Artefact]) -> list[dict[str, Any]]:
        """One row for a dossier's files, with the digest that its own approval page shows, which lists them."""
        page = next((part for part in parts if part.kind == _APPROVAL), None)
        facts = [fact for _, fact in self._known(page.needs)] if page else []
        if not facts:
            return []
        pages, size = sum(fact.pages or 0 for fact in facts), sum(fact.size for fact in facts)
        return [file_row(Fact(f"{len(facts)}个文件（见其审核页）", total_digest(facts), size, pages))]

    def _volume(self, artefact: Artefact) -> VolumeOrder:
        application = self.case.applications[artefact.position]
        settings = self.case.settings
        root = self.workspace / settings.evidence_folder
        part = part_named(self.case, application, artefact.detail)
        items = tuple(
            VolumeItem(root / item.path, item.file, item_title(item), item_note(item))
            for item in part.items
            if item.file is not None
        )
        label = f"{application.number} {application.certificate} {application.level or ''}".strip()
        return VolumeOrder(
            heading=artefact.title,
            subject=label,
            school=self.case.school.name,
            items=items,
            draft=artefact.draft,
            photos_per_page=settings.evidence.photos_per_page,
            max_dpi=settings.evidence.max_dpi,
            min_dpi=settings.evidence.min_dpi,
            max_mb=part.max_mb,
            of_total_mb=part.of_total_mb,
            document_id=artefact.fingerprint,
        )
