"""What the secretariat's workbook says: what is announced, the schools, each decision, who asks for an account."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .catalogue import CatalogueView
from .records import CertificateLevel, SchoolType
from .settings import Settings
from .source import Origin
from .text import fold

_DATE = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?")


class Conclusion(StrEnum):
    """结论 of the review of one application (guide 三; 退回修改: 二（二）2（8）)."""

    APPROVED = "同意"
    ADJUSTED = "调整"
    REFUSED = "不同意"
    RETURNED = "退回修改"

    @property
    def grants(self) -> bool:
        """Whether the school may run the pilot: as applied for, or with another number of persons."""
        return self in (Conclusion.APPROVED, Conclusion.ADJUSTED)


def date_of(text: str) -> datetime.date | None:
    """The day that a cell names (2021年7月5日, 2021-07-05, 2021/7/5), None where it names none."""
    match = _DATE.fullmatch("".join(text.split()))
    try:
        return datetime.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def written_date(text: str) -> str:
    """The day as official documents write it: 2021年7月5日, no leading zero (GB/T 9704-2012, 7.3.5.4); else as it is."""
    day = date_of(text)
    return f"{day.year}年{day.month}月{day.day}日" if day else text


@dataclass(frozen=True, slots=True)
class NoticeInfo:
    """Sheet 通知信息: the parts of the official document (GB/T 9704-2012, 7.2-7.4). Dates are texts as typed."""

    origin: Origin
    issuer: str = ""
    mark: str = ""
    number: str = ""
    title: str = ""
    addressee: str = ""
    date: str = ""
    copies: str = ""
    printer: str = ""
    printed: str = ""
    contact: str = ""
    phone: str = ""
    points: str = ""
    seal: str = ""
    school_form: str = ""
    school_number: str = ""
    start_by: str = ""
    mend_by: str = ""
    next_steps: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReviewedSchool:
    """Sheet 院校: whom a result goes to."""

    origin: Origin
    name: str = ""
    code: str = ""
    type: SchoolType | None = None
    contact: str = ""
    phone: str = ""
    mail: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What findings call it."""
        return self.name or f"第{self.origin.row}行"


@dataclass(frozen=True, slots=True)
class Decision:
    """Sheet 评审结果: one certificate at one level of one school."""

    origin: Origin
    school: str = ""
    certificate: str = ""
    level: CertificateLevel | None = None
    applied: int | None = None
    conclusion: Conclusion | None = None
    approved: int | None = None
    opinion: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What findings call it: the school that it is about."""
        return self.school or f"第{self.origin.row}行"

    @property
    def granted(self) -> int:
        """The persons approved: those stated, else (同意 with nothing stated) those applied for; 0 where refused."""
        if self.conclusion is None or not self.conclusion.grants:
            return 0
        if self.approved is not None:
            return self.approved
        return (self.applied or 0) if self.conclusion is Conclusion.APPROVED else 0


@dataclass(frozen=True, slots=True)
class AccountRequest:
    """Sheet 账号申请: the three items of guide 二（二）1（2）, and the star grade that decides the way."""

    origin: Origin
    name: str = ""
    code: str = ""
    type: SchoolType | None = None
    star_grade: str = ""
    contact: str = ""
    mail: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What findings call it."""
        return self.name or f"第{self.origin.row}行"

    @property
    def by_department(self) -> bool:
        """Whether the school must ask the department of education first (guide 二（二）1（2）: 二星级中职; so 一星级)."""
        return self.type is SchoolType.SECONDARY and self.star_grade in ("一星级", "二星级")


@dataclass(frozen=True, slots=True)
class DossierApplication:
    """An application as a dossier of `docgen build` carries it. `file` is the PDF's name, for messages.

    `draft`: the school's own check still found errors when the dossier was made.
    """

    school: str
    certificate: str
    level: CertificateLevel | None
    persons: int | None
    file: str = ""
    code: str = ""
    type: SchoolType | None = None
    contact: str = ""
    phone: str = ""
    mail: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """The typed result of loading a secretariat's workspace. `inputs` maps each file that was read to its sha256.

    `dossiers` are the applications found in the schools' own dossiers, None where the workspace holds no such folder.
    `seal` is the picture's bytes as a PNG with transparency, None without one.
    """

    notice: NoticeInfo
    catalogue: CatalogueView
    settings: Settings = field(default_factory=Settings)
    schools: tuple[ReviewedSchool, ...] = ()
    decisions: tuple[Decision, ...] = ()
    accounts: tuple[AccountRequest, ...] = ()
    dossiers: tuple[DossierApplication, ...] | None = None
    seal: bytes | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)
    _found: dict[str, dict[str, tuple[Decision, ...]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def decisions_of(self, school: ReviewedSchool) -> tuple[Decision, ...]:
        """The decisions on a school's applications, in the order of the sheet."""
        if "schools" not in self._found:
            grouped: dict[str, list[Decision]] = {}
            for decision in self.decisions:
                grouped.setdefault(fold(decision.school), []).append(decision)
            self._found["schools"] = {key: tuple(rows) for key, rows in grouped.items()}
        return self._found["schools"].get(fold(school.name), ()) if school.name else ()

    @property
    def applications(self) -> tuple[Decision, ...]:
        """The decisions: what waivers name as `application`."""
        return self.decisions
