"""What making artefacts came to, remembered by their fingerprints, so that nothing is made twice.

A fingerprint is over all that shapes an artefact, so what is remembered under it never becomes wrong; whether the file
in OUT is still that one is asked of the file itself. Whatever is lost is made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from docgen.evidence.marks import Marks
from docgen.evidence.store import Store
from docgen.findings import Finding, FindingKind, Severity
from docgen.model.source import Source
from docgen.plan.artefacts import Artefact, fingerprint

from .values import Fact, Made

_COSTS = fingerprint("what artefacts of a kind take")
_NEWEST_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Record:
    """What one artefact came to. `fact.sha256` is "" where nothing could be made, which a finding tells."""

    fact: Fact
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(slots=True)
class Records:
    """The records of a workspace, in its store. `surroundings` is a digest over versions of libraries, fonts and so on."""

    store: Store
    surroundings: str
    used: Marks = field(default_factory=Marks)
    """The keys that this run asked for: what may stay in the store."""
    _costs: dict[str, float] | None = None

    def _key(self, artefact: Artefact) -> str:
        key = fingerprint(artefact.fingerprint, self.surroundings)
        self.used.add(key)
        return key

    def of(self, artefact: Artefact) -> Record | None:
        """What is remembered of an artefact; None if nothing is."""
        data = self.store.facts(f"{self._key(artefact)}|made")
        if data is None:
            return None
        try:
            said = json.loads(data)
            fact = Fact(artefact.path, said["sha256"], said["size"], said["pages"], said["items"])
            findings = tuple(_finding(row) for row in said["findings"])
            return Record(fact, findings, tuple(said["notes"]), float(said["seconds"]))
        except (ValueError, KeyError, TypeError):  # of no form that this version writes
            return None

    def keep(self, artefact: Artefact, made: Made) -> None:
        """Remember what an artefact came to, where the same would come of it again."""
        self._learn(artefact, made.seconds)
        if not made.lasting:
            self.store.forgo()
            return
        fact = made.fact
        said = {
            "sha256": fact.sha256,
            "size": fact.size,
            "pages": fact.pages,
            "items": fact.items,
            "findings": [asdict(finding) for finding in made.findings],
            "notes": list(made.notes),
            "seconds": round(made.seconds, 4),
        }
        self.store.keep_facts(f"{self._key(artefact)}|made", json.dumps(said, ensure_ascii=False).encode())

    @property
    def costs(self) -> Mapping[str, float]:
        """Seconds that an artefact of a sort took of late, for each second of its `weight`; by `sort_of`."""
        if self._costs is None:
            data = self.store.facts(f"{_COSTS}|costs")
            try:
                read = json.loads(data) if data else {}
                self._costs = {str(name): float(value) for name, value in read.items()}
            except (ValueError, AttributeError, TypeError):
                self._costs = {}
        return self._costs

    def expected(self, artefact: Artefact) -> float | None:
        """About how many seconds an artefact will take; None where none of its sort was ever made here."""
        ratio = self.costs.get(sort_of(artefact))
        return None if ratio is None else ratio * artefact.weight

    def _learn(self, artefact: Artefact, seconds: float) -> None:
        costs = dict(self.costs)
        sort, ratio = sort_of(artefact), seconds / (artefact.weight or 1)
        costs[sort] = ratio + (1 - _NEWEST_SHARE) * (costs.get(sort, ratio) - ratio)
        self._costs = costs

    def close(self) -> None:
        """Remember what artefacts take."""
        if self._costs:
            self.store.keep_facts(f"{_COSTS}|costs", json.dumps(self._costs).encode())
        self.used.add(_COSTS)


def sort_of(artefact: Artefact) -> str:
    """Which artefacts are alike in what they take."""
    return f"{artefact.kind}.{artefact.maker.value}"


def _finding(row: Mapping[str, Any]) -> Finding:
    given = dict(row)
    given["level"], given["kind"] = Severity(row["level"]), FindingKind(row["kind"])
    given["source"] = Source(**row["source"])
    given["also"] = tuple(Source(**place) for place in row["also"])
    return Finding(**given)


def found_in(records: Iterable[Record | None]) -> tuple[Finding, ...]:
    """All that is remembered to have been found."""
    return tuple(finding for record in records if record is not None for finding in record.findings)
