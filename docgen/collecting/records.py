"""What collecting reads and comes to: returns, figures with their places, and everything that was not as it should be."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from docgen.model.records import CertificateLevel
from docgen.model.season import Matter, key_of, label_of
from docgen.model.source import Source


@dataclass(frozen=True, slots=True)
class Sourced:
    """A number and the place that it was read from."""

    number: Decimal
    source: Source


Task = tuple[Matter, str]
"""Teacher training, purchases, building, spending; and the unit that it is counted in."""


@dataclass(frozen=True, slots=True)
class Work:
    """What was done of a task in the period and in sum. None: it does not say."""

    this: Sourced | None = None
    total: Sourced | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What one return says of one certificate at one level. None: it does not say.

    `certificate` is "" for work that belongs to no single one.
    """

    certificate: str
    level: CertificateLevel | None
    source: Source
    approved: Sourced | None = None
    this: Mapping[Matter, Sourced] = field(default_factory=dict)
    total: Mapping[Matter, Sourced] = field(default_factory=dict)
    corrected: Mapping[Matter, Decimal] = field(default_factory=dict)
    work: Mapping[Task, Work] = field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """Whether it says anything of the students, beside other work."""
        return bool(self.approved or self.this or self.total)

    @property
    def key(self) -> tuple[str, str]:
        """Under which it is told from others."""
        return key_of(self.certificate, self.level)

    @property
    def label(self) -> str:
        """网店运营推广（中级）."""
        return label_of(self.certificate, self.level)


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that could not be read: where, why, what to do. `whole`: nothing of the file could be used."""

    source: Source
    why: str
    remedy: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """How something was read that the return does not say outright, so that nobody takes it for said."""

    source: Source
    text: str


@dataclass(frozen=True, slots=True)
class Return:
    """One report as returned. `number` is the period, None where only its days (or nothing) are told.

    `filled` is the day that it names itself; `received` the day that the secretariat says it came; `saved` the day that the
    program which wrote it put into the file, before which it cannot have been handed in.
    """

    file: str
    school: str = ""
    type: str = ""
    code: str = ""
    number: int | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    filled: datetime.date | None = None
    received: datetime.date | None = None
    saved: datetime.date | None = None
    lines: tuple[Line, ...] = ()
    unread: tuple[Unread, ...] = ()
    notes: tuple[Note, ...] = ()
    conflicts: tuple[Note, ...] = ()
    draft: bool = False


@dataclass(frozen=True, slots=True)
class KnownSchool:
    """A school that ought to report, from the secretariat's list."""

    name: str
    type: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements that cannot both be right; `used` says which one the table goes by."""

    school: str
    what: str
    source: Source
    used: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the result: a school, a certificate at a level, a period, as one return says it."""

    school: str
    type: str
    number: int
    start: datetime.date | None
    end: datetime.date | None
    line: Line
    file: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """Whether a school's report of a period came, when, and how many days late (None: it cannot be told).

    `basis` says what `day` is: 填报, 收到 or 保存.
    """

    school: str
    number: int
    day: datetime.date | None = None
    basis: str = ""
    late: int | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything that collecting came to, in order: schools by name, certificates, periods."""

    entries: tuple[Entry, ...] = ()
    schools: tuple[KnownSchool, ...] = ()
    periods: Mapping[int, tuple[datetime.date | None, datetime.date | None]] = field(default_factory=dict)
    deliveries: Mapping[tuple[str, int], Delivery] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    notes: tuple[Note, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    files: int = 0
    listed: bool = False
    grace: int = 0
