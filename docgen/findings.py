"""Faults in data are values: what is wrong, where, what to do, and which clause of the guide says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


_NOWHERE = Source()
"""One for all: most answers that are no faults have no place."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `application` is its number, "" for the school as a whole. `waived` holds a waiver's reason.

    `source` is where to begin; `also` are the other places of the same fault, in order.
    """

    rule: str
    level: Severity
    message: str
    hint: str = ""
    application: str = ""
    clause: str = ""
    source: Source = _NOWHERE
    kind: FindingKind = FindingKind.FAIL
    waived: str = ""
    also: tuple[Source, ...] = ()

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
        result: dict[str, Any] = {
            "rule": self.rule,
            "level": self.level.value,
            "kind": self.kind.value,
            "application": self.application,
            "message": self.message,
            "hint": self.hint,
            "clause": self.clause,
            "source": _as_dict(self.source),
        }
        if self.also:
            result["also"] = [_as_dict(place) for place in self.also]
        if self.waived:
            result["waived"] = self.waived
        return result


def _as_dict(source: Source) -> dict[str, Any]:
    return {name: value for name in ("file", "sheet", "cell", "page") if (value := getattr(source, name))}


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


class Outcome(StrEnum):
    """What became of a rule: as FindingKind, and passed."""

    PASS = "pass"  # noqa: S105 - a verdict, no password
    FAIL = "fail"
    NOT_APPLICABLE = "notApplicable"
    NOT_EVALUATED = "notEvaluated"

    @staticmethod
    def worst(outcomes: Iterable[Outcome]) -> Outcome:
        """Several outcomes as one: a failure tells most, then what could not be evaluated, then a pass."""
        seen = set(outcomes)
        for outcome in (Outcome.FAIL, Outcome.NOT_EVALUATED, Outcome.PASS):
            if outcome in seen:
                return outcome
        return Outcome.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What checking came to. `answers` holds an outcome for (rule, application), application "" for the whole school.

    `findings` are those of loading and of the rules, with waivers applied, sorted. `types` describes every rule asked.
    """

    findings: tuple[Finding, ...] = ()
    answers: Mapping[tuple[str, str], Outcome] = field(default_factory=dict)
    types: Mapping[str, FindingType] = field(default_factory=dict)

    @property
    def rules(self) -> dict[str, Outcome]:
        """Each rule's outcome over the school and all applications, in the order of the ids."""
        gathered: dict[str, set[Outcome]] = {}
        for (rule, _), outcome in self.answers.items():
            gathered.setdefault(rule, set()).add(outcome)
        return {rule: Outcome.worst(gathered[rule]) for rule in sorted(gathered)}

    @property
    def summary(self) -> dict[str, int]:
        """How many findings of each sort; what is waived is counted as that alone."""
        failed = [finding for finding in self.findings if finding.kind is FindingKind.FAIL]
        open_ = [finding for finding in failed if not finding.waived]
        return {
            **{f"{level.value}s": sum(finding.level is level for finding in open_) for level in Severity},
            "waived": len(failed) - len(open_),
            "notEvaluated": sum(finding.kind is FindingKind.NOT_EVALUATED for finding in self.findings),
        }

    @property
    def blocks(self) -> bool:
        """Whether any finding keeps a dossier a draft; `docgen check` then ends with 1."""
        return any(finding.blocks for finding in self.findings)
