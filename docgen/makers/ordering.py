"""Turns an artefact of the plan into an order: its template, its context, and what is known of what it tells of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from docgen.assemble.records import VolumeItem, VolumeOrder
from docgen.findings import Evaluation
from docgen.model.case import Case, unseen
from docgen.plan.artefacts import Artefact, Maker, Plan
from docgen.plan.volumes import item_note, item_title, part_named
from docgen.render.templates import TemplateFolder

from .values import Fact, Order, file_row, total_digest

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
    facts: dict[str, Fact] = field(default_factory=dict)

    def of(self, artefact: Artefact) -> Order:
        """The order for an artefact."""
        known = {path: self.facts[path] for path in artefact.needs if path in self.facts}
        context = {} if artefact.maker in (Maker.REPORT_HTML, Maker.REPORT_XLSX) else dict(artefact.context)
        if artefact.position < 0 and artefact.needs:
            context |= self._school_files(artefact) | {"总摘要": total_digest(known.values())}
            known = {}
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

    def _school_files(self, artefact: Artefact) -> dict[str, Any]:
        """The rows of all dossiers that the artefact needs, and of the school's own files."""
        needed = set(artefact.needs)
        brief = artefact.kind == _SUMMARY and len(self.plan.dossiers) > _MANY
        rows = []
        for row, dossier in zip(artefact.context["资料夹"], self.plan.dossiers, strict=True):
            known = [part for part in dossier.artefacts if part.path in needed and part.path in self.facts]
            files = [file_row(self.facts[part.path], dossier.folder) for part in known]
            rows.append(row | {"文件": self._in_brief(known) if brief else files})
        own = [path for path in artefact.needs if "/" not in path and path in self.facts]
        return {"资料夹": rows, "学校文件": [file_row(self.facts[path]) for path in own]}

    def _in_brief(self, parts: list[Artefact]) -> list[dict[str, Any]]:
        """One row for a dossier's files, with the digest that its own approval page shows, which lists them."""
        page = next((part for part in parts if part.kind == _APPROVAL), None)
        facts = [self.facts[path] for path in page.needs if path in self.facts] if page else []
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
