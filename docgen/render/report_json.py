"""The check report for programs: JSON as DESIGN.md fixes it, and SARIF 2.1.0."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from docgen import __version__
from docgen.findings import Evaluation, Finding, FindingKind, FindingType, Severity
from docgen.model.review import Review
from docgen.model.source import Source

from .report_view import Checked

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SARIF_KINDS = {
    FindingKind.FAIL: "fail",
    FindingKind.NOT_APPLICABLE: "notApplicable",
    FindingKind.NOT_EVALUATED: "open",
}


def render_json_report(case: Checked, evaluation: Evaluation) -> str:
    """Findings, each rule's outcome, and how many there are of each sort."""
    document = {
        "findings": [finding.as_dict() for finding in evaluation.findings],
        "rules": {rule: outcome.value for rule, outcome in evaluation.rules.items()},
        "summary": {**evaluation.summary, "applications": len(case.applications)},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def render_sarif_report(case: Checked, evaluation: Evaluation) -> str:
    """The findings as a SARIF log, for code review and monitoring tools; a waiver becomes a suppression."""
    ids = sorted({*evaluation.types, *(finding.rule for finding in evaluation.findings)})
    index = {rule: number for number, rule in enumerate(ids)}
    driver = {
        "name": "docgen",
        "version": __version__,
        "language": "zh-CN",
        "rules": [_sarif_rule(rule, evaluation.types.get(rule)) for rule in ids],
    }
    owner = case.notice.issuer if isinstance(case, Review) else case.school.name
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(finding, index[finding.rule]) for finding in evaluation.findings],
        "properties": {"school": owner, **evaluation.summary},
    }
    return (
        json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"
    )


def _sarif_rule(rule: str, kind: FindingType | None) -> dict[str, Any]:
    if kind is None:
        return {"id": rule}
    return {
        "id": rule,
        "shortDescription": {"text": kind.title},
        "help": {"text": kind.doc.strip(), "markdown": kind.doc.strip()},
        "defaultConfiguration": {"level": _SARIF_LEVELS[kind.level]},
        "properties": {"clause": kind.clause},
    }


def _sarif_result(finding: Finding, index: int) -> dict[str, Any]:
    failed = finding.kind is FindingKind.FAIL
    text = finding.message + (f" 怎么办：{finding.hint}" if finding.hint else "")
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "kind": _SARIF_KINDS[finding.kind],
        "level": _SARIF_LEVELS[finding.level] if failed else "none",
        "message": {"text": text},
        "properties": {"application": finding.application, "clause": finding.clause},
    }
    if finding.source.file:
        result["locations"] = [_sarif_location(place) for place in (finding.source, *finding.also)]
    if finding.waived:
        result["suppressions"] = [{"kind": "external", "justification": finding.waived}]
    return result


def _sarif_location(source: Source) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": quote(source.file)}}}
    if source.sheet:
        name = f"{source.sheet}!{source.cell}" if source.cell else source.sheet
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "member"}]
    return location
