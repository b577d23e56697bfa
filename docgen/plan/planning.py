"""Transforms a Case and what checking found into a Plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from docgen import __version__
from docgen.evidence.volumes import VolumePart, parts_of
from docgen.model.case import Case
from docgen.model.records import Application, EvidenceItem
from docgen.tools.packed import PackedRows

from .artefacts import Artefact, Dossier, Ingredient, Maker, Plan, canonical, fingerprint, fingerprint_of
from .context import Checked
from .names import LONGEST, distinct, safe_name
from .showing import Contexts, digests_of
from .volumes import volume_title

MANIFEST = "manifest.json"

_SECONDS = {
    Maker.WORD: 0.2,
    Maker.PAGE: 0.5,
    Maker.HTML: 0.1,
    Maker.VOLUME: 0.5,
    Maker.SUMMARY: 0.2,
    Maker.REPORT_HTML: 0.1,
    Maker.REPORT_XLSX: 0.3,
}
_SECONDS_A_BYTE = 2e-7
"""What an artefact takes, very roughly: all that matters is which is larger."""
_DOSSIERS_TOGETHER, _PATHS_TOGETHER = 4, 128


@dataclass(frozen=True, slots=True)
class Materials:
    """What the plan must know of the world outside the case.

    Digests of template folders by kind, each with what all share, and of the fonts; by kind the fields that its
    templates may use (a kind that is not there may use all).
    """

    templates: Mapping[str, str]
    fonts: str = ""
    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Planner:
    """Makes one plan. `fingerprints` are those of the artefacts so far, `shown` digests of fields, by dossier."""

    case: Case
    materials: Materials
    contexts: Contexts
    fingerprints: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    _position: int = -2
    _beside: dict[tuple[str, bool], tuple[Ingredient, ...]] = field(default_factory=dict)

    def document(self, path: str, kind: str, title: str, maker: Maker, position: int = -1, **more: Any) -> Artefact:
        """A document of a dossier, or of the school."""
        if position != self._position:
            context = self.contexts.of(position) if position >= 0 else self.contexts.school()
            self.shown, self._position = digests_of(context), position
        fields = self.materials.fields.get(kind)
        shown = [f"{name}={digest}" for name, digest in self.shown.items() if fields is None or name in fields]
        given: dict[str, Any] = {"position": position, "weight": _SECONDS[maker]} | more
        made = Artefact(path, kind, title, maker, **given)
        return self._sealed(made, shown, self._ingredients(kind, of_workbook=True))

    def volume(self, path: str, part: VolumePart, application: Application, position: int, draft: bool) -> Artefact:
        """A volume of evidence."""
        settings = self.case.settings
        made = Artefact(
            path,
            "evidence",
            volume_title(part),
            Maker.VOLUME,
            application.label,
            position,
            detail=part.name,
            options=_volume_options(self.case, part),
            draft=draft,
            made_of=_evidence_ingredients(part.items, settings.evidence_folder),
            weight=_SECONDS[Maker.VOLUME] + _SECONDS_A_BYTE * sum(item.file.size for item in part.items if item.file),
        )
        shown = canonical(self.contexts.volume(position, part))
        return self._sealed(made, [shown], self._ingredients(made.kind, of_workbook=False))

    def _ingredients(self, kind: str, *, of_workbook: bool) -> tuple[Ingredient, ...]:
        """The workbook and the template of a kind, the same for all dossiers.

        The workbook is named as an ingredient, but does not shape the document: the fields taken from it do.
        """
        if (kind, of_workbook) not in self._beside:
            workbook, template = self.case.settings.workbook, self.materials.templates.get(kind, "")
            found = [Ingredient(workbook, self.case.inputs.get(workbook, ""))] if of_workbook else []
            found += [Ingredient(f"模板 {kind}", template)] if template else []
            self._beside[kind, of_workbook] = tuple(found)
        return self._beside[kind, of_workbook]

    def _sealed(self, artefact: Artefact, shown: Iterable[str], beside: tuple[Ingredient, ...]) -> Artefact:
        """The artefact with its fingerprint: over the data it shows, template, evidence, fonts, options, docgen's version.

        Ingredients `beside` are listed, but are not part of it.
        """
        template = self.materials.templates.get(artefact.kind, "")
        seal = fingerprint(
            __version__,
            artefact.path,
            artefact.maker,
            artefact.title,
            template,
            self.materials.fonts,
            str(self.case.settings.date),
            artefact.options,
            str(artefact.draft),
            *sorted(shown),
            *(f"{part.name}={part.sha256}" for part in artefact.made_of),
            *(self.fingerprints[path] for path in artefact.needs),
        )
        self.fingerprints[artefact.path] = seal
        made_of = (*artefact.made_of, *beside) if artefact.made_of else beside
        return replace(artefact, made_of=made_of, fingerprint=seal)


def _evidence_ingredients(items: tuple[EvidenceItem, ...], folder: str) -> tuple[Ingredient, ...]:
    return tuple(Ingredient(f"{folder}/{item.path}", item.file.sha256) for item in items if item.file is not None)


def _volume_options(case: Case, part: VolumePart) -> str:
    """The settings that a volume's pages depend on, besides the date that every document bears."""
    settings = case.settings.evidence
    return canonical([settings.photos_per_page, settings.max_dpi, settings.min_dpi, part.max_mb, part.of_total_mb])


def _dossier(planner: _Planner, position: int, folder: str, checked: Checked) -> Dossier:
    """One application's files, volumes first: the check list and the approval page show what they came to."""
    application = planner.case.applications[position]
    draft = checked.blocks(application.label)
    parts: list[Artefact] = []

    def add(name: str, kind: str, title: str, maker: Maker, **more: Any) -> None:
        given: dict[str, Any] = {"application": application.label, "draft": draft} | more
        parts.append(planner.document(f"{folder}/{name}", kind, title, maker, position, **given))

    for part in parts_of(planner.case, application):
        parts.append(planner.volume(f"{folder}/{volume_title(part)}.pdf", part, application, position, draft))
    volumes = tuple(artefact.path for artefact in parts)
    add("申报书.docx", "application", "申报书", Maker.WORD)
    add("申报书.pdf", "application", "申报书", Maker.PAGE)
    add("自查表.pdf", "self-check", "自查表", Maker.PAGE, needs=volumes)
    if not draft:
        needs = tuple(artefact.path for artefact in parts)
        add("主管领导审核页.docx", "approval", "主管领导审核页", Maker.WORD, needs=needs)
        add("主管领导审核页.pdf", "approval", "主管领导审核页", Maker.PAGE, needs=needs)
    problems = checked.rows(application.label)
    errors = sum(row["阻止"] for row in problems)
    warnings = sum(row["级别"] == "提醒" and not row["豁免"] for row in problems)
    return Dossier(application.label, folder, draft, errors, warnings, tuple(parts))


def _school_artefacts(planner: _Planner, checked: Checked, dossiers: Sequence[Dossier]) -> list[Artefact]:
    """The school's own documents: those that need nothing else, then those that show what the dossiers came to."""
    draft = bool(planner.contexts.school()["草稿"])
    # A report tells of every row and every rule: it is made anew whenever anything changed.
    report = fingerprint_of(_told(planner.case, checked))
    first = [
        planner.document("院校信息表.docx", "school-form", "院校信息表", Maker.WORD, draft=draft),
        planner.document("院校信息表.pdf", "school-form", "院校信息表", Maker.PAGE, draft=draft),
        planner.document("申报汇总表.xlsx", "summary", "申报汇总表", Maker.SUMMARY, draft=draft),
        planner.document("核查报告.html", "check-report", "核查报告", Maker.REPORT_HTML, options=report),
        planner.document("核查报告.xlsx", "check-report", "核查报告", Maker.REPORT_XLSX, options=report),
    ]
    # Only what may be signed is listed for signature, with the page that the leader signs for each.
    ready = _paths(dossier for dossier in dossiers if not dossier.draft)
    last = []
    if ready:
        title = "主管领导审核汇总页"
        last.append(planner.document(f"{title}.pdf", "approval-summary", title, Maker.PAGE, needs=ready))
    needs = _paths(dossiers, (part.path for part in (*first, *last)))
    last.append(planner.document("index.html", "index", "成品目录", Maker.HTML, needs=needs))
    return [*first, *last]


def _paths(dossiers: Iterable[Dossier], others: Iterable[str] = ()) -> PackedRows[str]:
    """The paths of all files of these dossiers, and others."""
    own = (part.path for dossier in dossiers for part in dossier.artefacts)
    return PackedRows(chain(own, others), _PATHS_TOGETHER)


def _told(case: Case, checked: Checked) -> Iterator[str]:
    """All that the check report tells, piece by piece: of thousands of dossiers it would be many megabytes at once."""
    yield from (canonical(finding.as_dict()) for finding in checked.findings)
    yield from (f"{rule} {application} {answer}" for (rule, application), answer in (checked.answers or {}).items())
    yield from (f"{name}={case.inputs[name]}" for name in sorted(case.inputs))


def _folder_name(application: Application) -> str:
    """A01-<证书>-<等级>; a very long certificate name is cut, never the level behind it."""
    number, level = safe_name(application.number or "未编号", 20), application.level or "未填等级"
    room = LONGEST - len(number) - len(level) - 2
    return safe_name(f"{number}-{safe_name(application.certificate or '未填证书', room)}-{level}")


def make_plan(case: Case, checked: Checked, materials: Materials) -> Plan:
    """The plan of a build: one dossier an application, in the order of the sheet, then the school's own documents."""
    folders = distinct([_folder_name(application) for application in case.applications])
    planner = _Planner(case, materials, Contexts(case, checked, materials.fields))
    planned = (_dossier(planner, position, folder, checked) for position, folder in enumerate(folders))
    dossiers = PackedRows(planned, _DOSSIERS_TOGETHER)
    planner.contexts.dossiers = dossiers
    return Plan(dossiers, tuple(_school_artefacts(planner, checked, dossiers)), planner.contexts.show)
