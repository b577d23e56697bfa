"""Transforms a Case and what checking found into a Plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from docgen import __version__
from docgen.evidence.volumes import VolumePart, parts_of
from docgen.model.case import Case
from docgen.model.records import Application, EvidenceItem

from .artefacts import Artefact, Dossier, Ingredient, Maker, Plan, canonical, fingerprint
from .context import Checked, application_context, school_context
from .names import LONGEST, distinct, safe_name
from .volumes import part_fields, volume_title

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Materials:
    """What the plan must know of the world outside the case: digests of template folders by kind, and of the fonts."""

    templates: Mapping[str, str]
    fonts: str = ""


def _sealed(artefact: Artefact, materials: Materials, fingerprints: Mapping[str, str], options: str) -> Artefact:
    """The artefact with its fingerprint: over the data it shows, its template, its evidence, fonts, docgen's version."""
    template = materials.templates.get(artefact.kind, "")
    seal = fingerprint(
        __version__,
        artefact.path,
        artefact.maker,
        template,
        materials.fonts,
        options,
        artefact.options,
        canonical(artefact.context),
        *(f"{part.name}={part.sha256}" for part in artefact.made_of),
        *(fingerprints[path] for path in artefact.needs),
    )
    made_of = artefact.made_of
    if template:
        made_of = (*made_of, Ingredient(f"模板 {artefact.kind}", template))
    return replace(artefact, made_of=made_of, fingerprint=seal)


def _evidence_ingredients(items: tuple[EvidenceItem, ...], folder: str) -> tuple[Ingredient, ...]:
    return tuple(Ingredient(f"{folder}/{item.path}", item.file.sha256) for item in items if item.file is not None)


def _volume_options(case: Case, part: VolumePart) -> str:
    """The settings that a volume's pages depend on, besides the date that every document bears."""
    settings = case.settings.evidence
    return canonical([settings.photos_per_page, settings.max_dpi, settings.min_dpi, part.max_mb, part.of_total_mb])


def _dossier_artefacts(
    case: Case, application: Application, checked: Checked, folder: str, position: int
) -> list[Artefact]:
    """One application's files, volumes first: the check list and the approval page show what they came to."""
    context = application_context(case, application, checked)
    number, draft = application.label, bool(context["草稿"])
    workbook = (Ingredient(case.settings.workbook, case.inputs.get(case.settings.workbook, "")),)
    particulars = {name: context[name] for name in ("院校", "申报", "草稿")}
    result: list[Artefact] = []

    def add(name: str, kind: str, title: str, maker: Maker, **more: Any) -> None:
        given: dict[str, Any] = {"context": context, "made_of": workbook, "position": position} | more
        result.append(Artefact(f"{folder}/{name}", kind, title, maker, number, draft=draft, **given))

    for part in parts_of(case, application):
        title = volume_title(part)
        captions = [[item.subject, item.note, item.path] for item in part.items]
        add(
            f"{title}.pdf",
            "evidence",
            title,
            Maker.VOLUME,
            detail=part.name,
            options=_volume_options(case, part),
            made_of=_evidence_ingredients(part.items, case.settings.evidence_folder),
            context=particulars | {"题名": title, "条目": captions} | part_fields(part),
        )
    volumes = tuple(artefact.path for artefact in result)
    add("申报书.docx", "application", "申报书", Maker.WORD)
    add("申报书.pdf", "application", "申报书", Maker.PAGE)
    add("自查表.pdf", "self-check", "自查表", Maker.PAGE, needs=volumes)
    if not draft:
        needs = tuple(artefact.path for artefact in result)
        add("主管领导审核页.docx", "approval", "主管领导审核页", Maker.WORD, needs=needs)
        add("主管领导审核页.pdf", "approval", "主管领导审核页", Maker.PAGE, needs=needs)
    return result


def _school_artefacts(
    case: Case, checked: Checked, dossiers: list[Dossier], findings: str
) -> tuple[list[Artefact], list[Artefact]]:
    """The school's own documents that need nothing else, and those that show what the dossiers came to."""
    context = school_context(case, checked)
    workbook = (Ingredient(case.settings.workbook, case.inputs.get(case.settings.workbook, "")),)
    draft = bool(context["草稿"])
    context["资料夹"] = [
        {
            "编号": dossier.application,
            "文件夹": dossier.folder,
            "草稿": dossier.draft,
            "错误数": dossier.errors,
            "提醒数": dossier.warnings,
            "问题": checked.rows(dossier.application),
        }
        for dossier in dossiers
    ]

    def artefact(path: str, kind: str, title: str, maker: Maker, **more: Any) -> Artefact:
        given: dict[str, Any] = {"context": context, "made_of": workbook, "draft": draft} | more
        return Artefact(path, kind, title, maker, **given)

    report: dict[str, Any] = {"context": {"findings": findings}, "draft": False}
    first = [
        artefact("院校信息表.docx", "school-form", "院校信息表", Maker.WORD),
        artefact("院校信息表.pdf", "school-form", "院校信息表", Maker.PAGE),
        artefact("申报汇总表.xlsx", "summary", "申报汇总表", Maker.SUMMARY),
        artefact("核查报告.html", "check-report", "核查报告", Maker.REPORT_HTML, **report),
        artefact("核查报告.xlsx", "check-report", "核查报告", Maker.REPORT_XLSX, **report),
    ]
    # Only what may be signed is listed for signature, with the page that the leader signs for each.
    ready = tuple(part.path for dossier in dossiers if not dossier.draft for part in dossier.artefacts)
    everything = tuple(part.path for dossier in dossiers for part in dossier.artefacts)
    last = []
    if ready:
        last.append(
            artefact(
                "主管领导审核汇总页.pdf", "approval-summary", "主管领导审核汇总页", Maker.PAGE, needs=ready, draft=False
            )
        )
    needs = (*everything, *(part.path for part in (*first, *last)))
    last.append(artefact("index.html", "index", "成品目录", Maker.HTML, needs=needs, draft=False))
    return first, last


def _folder_name(application: Application) -> str:
    """A01-<证书>-<等级>; a very long certificate name is cut, never the level behind it."""
    number, level = safe_name(application.number or "未编号", 20), application.level or "未填等级"
    room = LONGEST - len(number) - len(level) - 2
    return safe_name(f"{number}-{safe_name(application.certificate or '未填证书', room)}-{level}")


def make_plan(case: Case, checked: Checked, materials: Materials) -> Plan:
    """The plan of a build: one dossier an application, in the order of the sheet, then the school's own documents."""
    chosen = case.applications
    folders = distinct([_folder_name(application) for application in chosen])
    options = canonical([case.settings.date])
    fingerprints: dict[str, str] = {}

    def seal(artefacts: list[Artefact]) -> tuple[Artefact, ...]:
        sealed = []
        for artefact in artefacts:
            done = _sealed(artefact, materials, fingerprints, options)
            fingerprints[done.path] = done.fingerprint
            sealed.append(done)
        return tuple(sealed)

    dossiers = []
    for position, (application, folder) in enumerate(zip(chosen, folders, strict=True)):
        parts = seal(_dossier_artefacts(case, application, checked, folder, position))
        problems = checked.rows(application.label)
        dossiers.append(
            Dossier(
                application.label,
                folder,
                parts[-1].draft,
                sum(row["阻止"] for row in problems),
                sum(row["级别"] == "提醒" and not row["豁免"] for row in problems),
                parts,
            )
        )
    findings = canonical([finding.as_dict() for finding in checked.findings])
    first, last = _school_artefacts(case, checked, dossiers, findings)
    parts_first = seal(first)
    parts_last = seal(last)
    everything = (*(part for dossier in dossiers for part in dossier.artefacts), *parts_first, *parts_last)
    return Plan(everything, tuple(dossiers))
