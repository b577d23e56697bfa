"""Sums over decisions: the same for the notices, their annexes and the summary, so that they cannot differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from docgen.model.review import Conclusion, Decision, Review
from docgen.model.text import fold

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Totals:
    """How many applications came to which conclusion, and the persons applied for and approved."""

    schools: int = 0
    granted_schools: int = 0
    rows: int = 0
    approved: int = 0
    adjusted: int = 0
    refused: int = 0
    returned: int = 0
    persons_applied: int = 0
    persons_granted: int = 0

    @property
    def granted(self) -> int:
        """Applications approved, with or without another number of persons."""
        return self.approved + self.adjusted

    def as_fields(self) -> dict[str, int]:
        """The sums under the names that templates use."""
        return {
            "院校数": self.schools,
            "获批院校数": self.granted_schools,
            "申报项数": self.rows,
            "批准项数": self.granted,
            "同意项数": self.approved,
            "调整项数": self.adjusted,
            "不同意项数": self.refused,
            "退回项数": self.returned,
            "申报人数": self.persons_applied,
            "批准人数": self.persons_granted,
        }


def totals(decisions: Iterable[Decision]) -> Totals:
    """The sums over some decisions."""
    rows = list(decisions)
    count = dict.fromkeys(Conclusion, 0)
    for row in rows:
        if row.conclusion is not None:
            count[row.conclusion] += 1
    return Totals(
        schools=len({fold(row.school) for row in rows}),
        granted_schools=len({fold(row.school) for row in rows if row.conclusion and row.conclusion.grants}),
        rows=len(rows),
        approved=count[Conclusion.APPROVED],
        adjusted=count[Conclusion.ADJUSTED],
        refused=count[Conclusion.REFUSED],
        returned=count[Conclusion.RETURNED],
        persons_applied=sum(row.applied or 0 for row in rows),
        persons_granted=sum(row.granted for row in rows),
    )


def grouped(decisions: Iterable[Decision], key: Callable[[Decision], Key]) -> dict[Key, list[Decision]]:
    """Decisions by a key, in the order in which the keys first appear."""
    groups: dict[Key, list[Decision]] = {}
    for decision in decisions:
        groups.setdefault(key(decision), []).append(decision)
    return groups


def by_school(review: Review) -> dict[str, list[Decision]]:
    """The decisions of each school under its name: schools in the order of their sheet, then those that are not on it."""
    found = {school.name: list(review.decisions_of(school)) for school in review.schools if school.name}
    known = {fold(name) for name in found}
    others = grouped((row for row in review.decisions if fold(row.school) not in known), lambda row: row.school)
    return {name: rows for name, rows in {**found, **others}.items() if rows and name}


def granted_only(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that let a school run the pilot."""
    return [row for row in decisions if row.conclusion is not None and row.conclusion.grants]
