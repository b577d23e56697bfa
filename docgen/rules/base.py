"""What a rule is, and the three things that it can say beside "pass"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from docgen.findings import FindingType, Severity
from docgen.model.case import Case
from docgen.model.records import Application
from docgen.model.source import Source


@dataclass(frozen=True, slots=True)
class Fail:
    """The data fails the rule. `hint` and `level` override the rule's own where a case wants other advice or weight."""

    message: str
    source: Source = field(default_factory=Source)
    hint: str = ""
    level: Severity | None = None


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The rule has nothing to look at here, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """The rule ought to look, but cannot (a value is unreadable, a list is unknown), and why. Never a pass."""

    reason: str
    source: Source = field(default_factory=Source)


Answer = Fail | NotApplicable | NotEvaluated
SchoolCheck = Callable[[Case], Iterable[Answer]]
ApplicationCheck = Callable[[Case, Application], Iterable[Answer]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Exactly one of `check_school` (asked once) and `check_application` (asked per application) is given.

    A check that yields nothing passes. `doc` is the module's docstring: the user's page, in Chinese, with the parts
    查什么 / 为什么 / 例子. `hint` is the advice that stands with each finding unless the finding has its own.
    """

    id: str
    title: str
    level: Severity
    clause: str
    doc: str
    hint: str
    check_school: SchoolCheck | None = None
    check_application: ApplicationCheck | None = None

    def __post_init__(self) -> None:
        if (self.check_school is None) == (self.check_application is None):
            raise ValueError(f"rule {self.id} wants exactly one check")

    @property
    def type(self) -> FindingType:
        """The rule as the list of all finding types shows it."""
        return FindingType(self.id, self.title, self.level, self.clause, self.doc)
