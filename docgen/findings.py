"""Faults in data are values: what is wrong, where, what to do, and which clause of the guide says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .model.source import Source


class Severity(StrEnum):
    """How grave: an error keeps a dossier a draft, a warning asks for a second look, info just tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for error to 2 for info."""
        return list(Severity).index(self)

    @property
    def label(self) -> str:
        """What a user reads."""
        return {"error": "错误", "warning": "提醒", "info": "说明"}[self.value]


class FindingKind(StrEnum):
    """What a rule said: the data fails it, it does not apply here, or it could not be evaluated (never a pass)."""

    FAIL = "fail"
    NOT_APPLICABLE = "notApplicable"
    NOT_EVALUATED = "notEvaluated"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `application` is its number, "" for the school as a whole. `waived` holds a waiver's reason."""

    rule: str
    level: Severity
    message: str
    hint: str = ""
    application: str = ""
    clause: str = ""
    source: Source = field(default_factory=Source)
    kind: FindingKind = FindingKind.FAIL
    waived: str = ""

    @property
    def blocks(self) -> bool:
        """Whether it keeps the dossier a draft: a failed check of level error that nobody answers for."""
        return self.level is Severity.ERROR and self.kind is FindingKind.FAIL and not self.waived

    @property
    def order(self) -> tuple[Any, ...]:
        """Application, rule, place (cells by row, then column)."""
        letters = self.source.cell.rstrip("0123456789")
        row = int(self.source.cell[len(letters) :] or 0)
        place = (self.source.file, self.source.sheet, row, len(letters), letters, self.source.page)
        return (self.application, self.rule, place, self.message)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form fixed in DESIGN.md; empty places are left out."""
        source = {name: value for name in ("file", "sheet", "cell", "page") if (value := getattr(self.source, name))}
        result: dict[str, Any] = {
            "rule": self.rule,
            "level": self.level.value,
            "kind": self.kind.value,
            "application": self.application,
            "message": self.message,
            "hint": self.hint,
            "clause": self.clause,
            "source": source,
        }
        if self.waived:
            result["waived"] = self.waived
        return result


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings sorted by application, rule, place; the very same finding twice is told once."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.order))


@dataclass(frozen=True, slots=True)
class FindingType:
    """What is known of a rule id before anything is checked; its `doc` is the user's page (Markdown, Chinese).

    Ids are never used again for something else. `clause` names the guide's clause, "" where it is docgen's own sense.
    """

    id: str
    title: str
    level: Severity
    clause: str
    doc: str
