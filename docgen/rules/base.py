"""What a rule is, and the three things that it can say beside "pass"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from docgen.findings import FindingType, Severity
from docgen.model.case import Case
from docgen.model.records import Application
from docgen.model.schema import Sheet
from docgen.model.settings import Waiver
from docgen.model.source import Origin, Source


class About(StrEnum):
    """What a rule is about: each subject is loaded and asked by itself, all by the same mechanism."""

    SCHOOL = "school"  # a Case: `docgen check`, `docgen build`
    SEASON = "season"  # a school's biweekly reports: `docgen report`
    REVIEW = "review"  # the results that the secretariat announces: `docgen notice`


class Part(Protocol):
    """One of the things that a subject other than a school consists of; findings bear its label as `application`."""

    @property
    def label(self) -> str:
        """What findings call it."""

    @property
    def origin(self) -> Origin:
        """The row that it came from."""


@dataclass(frozen=True, slots=True)
class Fail:
    """The data fails the rule. `hint` and `level` override the rule's own where a case wants other advice or weight.

    A rule that looks at the whole school may name the one `application` that the fault concerns. `also` are the other
    places of the same fault: forty cells with one slip are one failure.
    """

    message: str
    source: Source = field(default_factory=Source)
    hint: str = ""
    level: Severity | None = None
    application: str = ""
    also: Sequence[Source] = ()


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The rule has nothing to look at here, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """The rule ought to look, but cannot (a value is unreadable, a list is unknown), and why. Never a pass."""

    reason: str
    source: Source = field(default_factory=Source)
    hint: str = ""


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """What waivers came to: all of them, those that waived nothing, the ids and the applications that there are.

    `families` are the first letters of ids whose whole list is known; of other families any id may be right. `labels`
    are the applications (or parts of another subject), folded.
    """

    waivers: tuple[Waiver, ...]
    idle: tuple[Waiver, ...]
    known_rules: frozenset[str]
    families: frozenset[str]
    labels: frozenset[str]


Answer = Fail | NotApplicable | NotEvaluated
SchoolCheck = Callable[[Case], Iterable[Answer]]
ApplicationCheck = Callable[[Case, Application], Iterable[Answer]]
WaiverCheck = Callable[[WaiverUse], Iterable[Answer]]
SubjectCheck = Callable[[Any], Iterable[Answer]]
PartCheck = Callable[[Any, Any], Iterable[Answer]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Exactly one check is given: for the school (asked once), per application, or on waivers (asked last).

    A rule about another subject than a school says so in `about` and gives `check_subject` (asked once) or `check_part`
    (asked of each part) instead; where it `reads` attributes of a part, `sheet` is the schema that names them.

    A check that yields nothing passes. `doc` is the module's docstring: the user's page, in Chinese, with the parts
    查什么 / 为什么 / 例子. `hint` is the advice that stands with each finding unless the finding has its own.

    `reads` names attributes of the application (for a school check: of the school) without which nothing can be said:
    where one of them is unreadable, or the school's sheet is missing, the rule is not evaluated. `by_number` marks an
    application check that follows 申报编号 to other sheets: without a number it is not evaluated.
    """

    id: str
    title: str
    level: Severity
    clause: str
    doc: str
    hint: str
    check_school: SchoolCheck | None = None
    check_application: ApplicationCheck | None = None
    check_waivers: WaiverCheck | None = None
    reads: tuple[str, ...] = ()
    by_number: bool = False
    about: About = About.SCHOOL
    check_subject: SubjectCheck | None = None
    check_part: PartCheck | None = None
    sheet: Sheet | None = None

    def __post_init__(self) -> None:
        of_school = (self.check_school, self.check_application, self.check_waivers)
        of_others = (self.check_subject, self.check_part)
        if sum(check is not None for check in (*of_school, *of_others)) != 1:
            raise ValueError(f"rule {self.id} wants exactly one check")
        if (self.about is About.SCHOOL) is any(check is not None for check in of_others):
            raise ValueError(f"rule {self.id} is about a {self.about.value}, but its check is not")

    @property
    def type(self) -> FindingType:
        """The rule as the list of all finding types shows it."""
        return FindingType(self.id, self.title, self.level, self.clause, self.doc)
