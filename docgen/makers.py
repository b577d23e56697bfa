"""Transforms an artefact of the plan into bytes: which renderer or assembler serves which kind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docgen.assemble.fields import front_fields
from docgen.assemble.volume import FontFace, FrontMatter, VolumeItem, VolumeOrder, assemble
from docgen.evidence.store import Store
from docgen.findings import Evaluation, Finding
from docgen.fonts.roles import Role, find_fonts
from docgen.model.case import Case
from docgen.plan.artefacts import Artefact, Maker, Plan
from docgen.plan.volumes import item_note, item_title, part_named
from docgen.publish.atomic import aside_of
from docgen.render.excel import excel_template
from docgen.render.narrative import NARRATIVE_NAME, narrate
from docgen.render.pdf import Pages, render_html, render_pdf
from docgen.render.report_html import render_html_report
from docgen.render.report_xlsx import render_xlsx_report
from docgen.render.templates import TemplateFolder, find_template
from docgen.render.word import word_template

WORD_NAME = "template.docx"
EXCEL_NAME = "template.xlsx"


@dataclass(frozen=True, slots=True)
class Fact:
    """What other artefacts may show of a finished one. `items` is how many pieces of evidence a volume holds."""

    path: str
    sha256: str
    size: int
    pages: int | None = None
    items: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """An artefact's bytes, its facts, what was found. A volume, which may not fit in memory, is a `file` aside instead.

    Neither is there where it could not be made, which a finding tells.
    """

    data: bytes
    fact: Fact
    findings: tuple[Finding, ...] = ()
    file: Path | None = None

    @property
    def content(self) -> bytes | Path:
        """What to publish: the file, else the bytes."""
        return self.file or self.data


def _readable_size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size / 1000, 0.1):.1f} KB"


def _total_digest(facts: list[Fact]) -> str:
    """One digest over several files: names and digests, in order of the names."""
    lines = sorted(f"{fact.path}\0{fact.sha256}\n" for fact in facts)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _file_row(fact: Fact, folder: str = "") -> dict[str, Any]:
    name = fact.path.removeprefix(f"{folder}/") if folder else fact.path
    return {
        "名称": name,
        "地址": quote(fact.path),
        "页数": fact.pages,
        "件数": fact.items,
        "大小": _readable_size(fact.size),
        "摘要": fact.sha256,
    }


@dataclass(slots=True)
class Workshop:
    """Everything that making needs besides the artefact: the case, what checking found, the facts so far.

    `boxes` are characters that no font has; `notes` gathers what templates ask for in vain, each once. `out` is where
    files are put aside (on the file system where they will stay), `store` keeps what was made of evidence before.
    """

    workspace: Path
    case: Case
    evaluation: Evaluation
    plan: Plan
    facts: dict[str, Fact] = field(default_factory=dict)
    boxes: frozenset[str] = frozenset()
    notes: dict[str, None] = field(default_factory=dict)
    out: Path = Path()
    store: Store = field(default_factory=lambda: Store(None))

    def make(self, artefact: Artefact) -> Made:
        """The artefact's bytes and facts. Raises InputError for a wrong template or an input that vanished."""
        makers: Mapping[Maker, Callable[[Artefact], tuple[bytes, int | None]]] = {
            Maker.WORD: self._word,
            Maker.PAGE: self._page,
            Maker.HTML: self._html,
            Maker.SUMMARY: self._sheet,
            Maker.REPORT_HTML: lambda _: (
                render_html_report(self.case, self.evaluation, self.workspace).encode(),
                None,
            ),
            Maker.REPORT_XLSX: lambda _: (render_xlsx_report(self.case, self.evaluation), None),
        }
        if artefact.maker is Maker.VOLUME:
            return self._volume(artefact)
        data, pages = makers[artefact.maker](artefact)
        return Made(data, self._fact(artefact, data, pages))

    @staticmethod
    def _fact(artefact: Artefact, data: bytes, pages: int | None, items: int | None = None) -> Fact:
        return Fact(artefact.path, hashlib.sha256(data).hexdigest(), len(data), pages, items)

    def _folder(self, artefact: Artefact) -> TemplateFolder:
        return find_template(artefact.kind, self.workspace)

    def _context(self, artefact: Artefact, folder: TemplateFolder) -> dict[str, Any]:
        """The planned context, with the prose and with what the artefacts before came to."""
        context = dict(artefact.context)
        if folder.has(NARRATIVE_NAME):
            context["叙述"] = narrate(folder.file(NARRATIVE_NAME), context)
        known = [self.facts[path] for path in artefact.needs if path in self.facts]
        if artefact.position >= 0:
            home = artefact.path.rpartition("/")[0]
            context["文件"] = [_file_row(fact, home) for fact in known]
        else:
            context |= self._school_files(artefact)
        context["总摘要"] = _total_digest(known)
        return context

    def _school_files(self, artefact: Artefact) -> dict[str, Any]:
        """The rows of all dossiers that the artefact needs, and of the school's own files."""
        needed = set(artefact.needs)
        rows = []
        for row, dossier in zip(artefact.context["资料夹"], self.plan.dossiers, strict=True):
            paths = [part.path for part in dossier.artefacts if part.path in needed and part.path in self.facts]
            rows.append(row | {"文件": [_file_row(self.facts[path], dossier.folder) for path in paths]})
        own = [path for path in artefact.needs if "/" not in path and path in self.facts]
        return {"资料夹": rows, "学校文件": [_file_row(self.facts[path]) for path in own]}

    def _word(self, artefact: Artefact) -> tuple[bytes, int | None]:
        folder = self._folder(artefact)
        template = word_template(folder.file(WORD_NAME))
        self._note(folder, template.notes)
        return template.render(self._context(artefact, folder)), None

    def _note(self, folder: TemplateFolder, notes: Iterable[str]) -> None:
        """Keep what a template asks for in vain, once each."""
        self.notes.update(dict.fromkeys(f"模板“{folder.title}”：{note}" for note in notes))

    def _sheet(self, artefact: Artefact) -> tuple[bytes, int | None]:
        folder = self._folder(artefact)
        return excel_template(folder.file(EXCEL_NAME)).render(artefact.context), None

    def _page(self, artefact: Artefact) -> tuple[bytes, int | None]:
        folder = self._folder(artefact)
        pages = self._pages(artefact, folder, self._context(artefact, folder))
        return pages.data, pages.pages

    def _pages(self, artefact: Artefact, folder: TemplateFolder, context: Mapping[str, Any]) -> Pages:
        pages = render_pdf(folder, context, artefact.fingerprint, self.boxes)
        self._note(folder, pages.notes)
        return pages

    def _html(self, artefact: Artefact) -> tuple[bytes, int | None]:
        folder = self._folder(artefact)
        return render_html(folder, self._context(artefact, folder)).encode(), None

    def _volume(self, artefact: Artefact) -> Made:
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
        order = VolumeOrder(
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
        folder = self._folder(artefact)

        def front(matter: FrontMatter) -> bytes:
            return self._pages(artefact, folder, dict(artefact.context) | front_fields(matter)).data

        choice = find_fonts()[Role.HEI]
        aside = aside_of(self.out, ".pdf")
        volume = assemble(order, front, FontFace(choice.path, choice.index), self.store, aside)
        findings = tuple(_belonging(finding, artefact, settings.evidence_folder) for finding in volume.findings)
        fact = Fact(artefact.path, volume.sha256, volume.size, volume.pages, len(volume.entries))
        return Made(b"", fact, findings, aside if volume.made else None)


def _belonging(finding: Finding, artefact: Artefact, folder: str) -> Finding:
    """A volume's finding as the dossier's own, with the file's path below the workspace."""
    source = finding.source
    if source.file:
        source = replace(source, file=f"{folder}/{source.file}")
    return replace(finding, application=artefact.application, source=source)
