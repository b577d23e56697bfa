"""A school's pilot year as its biweekly reports tell it: what was approved, and what was done day by day (guide 三).

Attribute names are English; `schema.season` ties each to its Chinese header. A text that was not given is "", a number or
day that was not given (or could not be read, see `Origin.unreadable`) is None.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from .records import CertificateLevel, SchoolType
from .source import Origin
from .text import fold

CYCLE_DAYS = 14
"""Biweekly: what a period lasts unless the workbook says otherwise."""


class Matter(StrEnum):
    """事项: what an entry of the progress sheet is about. The first four are the stages that students pass."""

    TRAINING = "学生培训"
    REGISTRATION = "考核报名"
    EXAM = "考核"
    CERTIFICATE = "取证"
    TEACHERS = "师资培训"
    EQUIPMENT = "教材设备购置"
    VENUES = "场地建设"
    SPENDING = "经费支出"
    OTHER = "其他"

    @property
    def is_stage(self) -> bool:
        """Whether it counts students on their way to a certificate."""
        return self in STAGES


STAGES = (Matter.TRAINING, Matter.REGISTRATION, Matter.EXAM, Matter.CERTIFICATE)
"""In the order in which a student passes them: each holds no more people than the one before."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure as written, with the unit that stood beside it (35人, 2.4万元 → 24000 元), "" where none did."""

    number: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day without a year (9月3日), which only the season's own dates can complete."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class PlannedCertificate:
    """One certificate at one level, and for how many persons the pilot was approved."""

    origin: Origin
    certificate: str = ""
    level: CertificateLevel | None = None
    approved: int | None = None
    majors: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What findings and reports call it: 网店运营推广（中级）."""
        return label_of(self.certificate, self.level) or f"第{self.origin.row}行"


@dataclass(frozen=True, slots=True)
class ProgressEntry:
    """One thing that was done. `amount` may be negative: a correction of what was entered before.

    `certificate` is "" for what concerns no single one (spending, building). `number` is the period of an entry that
    names one instead of a day. `stated` holds cumulative figures that the same row claims, for comparison.
    """

    origin: Origin
    date: datetime.date | None = None
    certificate: str = ""
    level: CertificateLevel | None = None
    matter: Matter | None = None
    amount: Amount | None = None
    unit: str = ""
    note: str = ""
    number: int | None = None
    stated: Decimal | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PeriodRemarks:
    """Sheet 工作情况: what was achieved, what is in the way, what comes next, in one period; on which day it is filled in."""

    origin: Origin
    number: int | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    progress: str = ""
    problems: str = ""
    plans: str = ""
    suggestions: str = ""
    filled: datetime.date | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SeasonInfo:
    """Sheet 设置. `cycle` in days; `paused_from` and `paused_until` bound a time without reports, such as the summer."""

    origin: Origin
    school_name: str = ""
    type: SchoolType | None = None
    code: str = ""
    start: datetime.date | None = None
    end: datetime.date | None = None
    cycle: int | None = None
    paused_from: datetime.date | None = None
    paused_until: datetime.date | None = None
    reporter: str = ""
    reviewer: str = ""
    phone: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Season:
    """What loading gives of one school's pilot year. `inputs` maps each file that was read to its sha256.

    `plan_source` says, in Chinese, where the plan was taken from; "" where the progress workbook has it itself.
    """

    info: SeasonInfo
    plan: tuple[PlannedCertificate, ...] = ()
    entries: tuple[ProgressEntry, ...] = ()
    remarks: tuple[PeriodRemarks, ...] = ()
    plan_source: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)


def label_of(certificate: str, level: CertificateLevel | None) -> str:
    """A certificate at a level as people write it, "" for none."""
    return f"{certificate}（{level.value}）" if certificate and level else certificate


def key_of(certificate: str, level: CertificateLevel | None) -> tuple[str, str]:
    """Under which spellings of a certificate at a level meet."""
    return fold(certificate), level.value if level else ""
