"""The rows of a school's workbook as values. Attribute names are English; `schema` ties each to its Chinese header.

A text that was not given is "", a number that was not given (or could not be read, see `Origin.unreadable`) is None.
`extra` holds the columns that docgen does not know, by header, for templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from .source import Origin


class CertificateLevel(StrEnum):
    """等级: one application is one certificate at one level (guide 二（二）2（1）)."""

    ELEMENTARY = "初级"
    INTERMEDIATE = "中级"
    ADVANCED = "高级"

    @property
    def rank(self) -> int:
        """1 for 初级 to 3 for 高级."""
        return list(CertificateLevel).index(self) + 1


class SchoolType(StrEnum):
    """院校类型 as the pilot platform knows it (guide 二（二）1（2）)."""

    SECONDARY = "中职"
    HIGHER_VOCATIONAL = "高职"
    UNDERGRADUATE = "本科"


class EvidenceKind(StrEnum):
    """类别 of evidence; each of the first three becomes one volume (guide 二（二）2（4）)."""

    TEACHER = "教师"
    VENUE = "场地"
    EQUIPMENT = "设备"
    OTHER = "其他"


class EquipmentKind(StrEnum):
    """类别 of equipment."""

    HARDWARE = "硬件"
    SOFTWARE = "软件"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which applications a row belongs to: `everywhere` (全部, 公共), or those whose numbers stand in the cell."""

    numbers: tuple[str, ...] = ()
    everywhere: bool = False

    def covers(self, number: str) -> bool:
        """Whether the row belongs to the application of that number."""
        return self.everywhere or number in self.numbers

    def __str__(self) -> str:
        return "全部" if self.everywhere else "、".join(self.numbers)


@dataclass(frozen=True, slots=True)
class School:
    """Sheet 院校信息. The nine items of guide 二（一）2 come first."""

    origin: Origin
    name: str = ""
    type: SchoolType | None = None
    credit_code: str = ""
    code: str = ""
    website: str = ""
    address: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_mail: str = ""
    year: int | None = None
    first_time: bool | None = None
    star_grade: str = ""
    office: str = ""
    leader_name: str = ""
    leader_title: str = ""
    group_head: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Application:
    """Sheet 申报证书: one certificate at one level."""

    origin: Origin
    number: str = ""
    certificate: str = ""
    level: CertificateLevel | None = None
    majors: tuple[str, ...] = ()
    persons: int | None = None
    persons_per_run: int | None = None
    runs: int | None = None
    department: str = ""
    responsible: str = ""
    responsible_phone: str = ""
    reason: str = ""
    safeguards: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What findings call it: its number; where none was given, its row in the sheet."""
        return self.number or f"第{self.origin.row}行"


@dataclass(frozen=True, slots=True)
class Teacher:
    """Sheet 教师. `years` is 从教年限 in years."""

    origin: Origin
    name: str = ""
    sex: str = ""
    title: str = ""
    major: str = ""
    training_certificate: str = ""
    training_level: CertificateLevel | None = None
    years: Decimal | None = None
    scope: Scope = Scope()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Venue:
    """Sheet 场地. `area` in m², `seats` in 工位."""

    origin: Origin
    name: str = ""
    place: str = ""
    area: Decimal | None = None
    seats: int | None = None
    purpose: str = ""
    scope: Scope = Scope()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Equipment:
    """Sheet 设备. `count` in pieces (台套), `price` in yuan a piece."""

    origin: Origin
    name: str = ""
    kind: EquipmentKind | None = None
    specification: str = ""
    count: int | None = None
    price: Decimal | None = None
    venue: str = ""
    scope: Scope = Scope()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Sheet 招生: students at the school by major and year of entry. `students` in people."""

    origin: Origin
    major: str = ""
    major_code: str = ""
    grade: str = ""
    students: int | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PastPilot:
    """Sheet 往年试点. All numbers in people."""

    origin: Origin
    year: int | None = None
    certificate: str = ""
    level: CertificateLevel | None = None
    planned: int | None = None
    trained: int | None = None
    examined: int | None = None
    certified: int | None = None
    lead: bool | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


class NoteKind(StrEnum):
    """What can be worth saying of an evidence file that can be used all the same."""

    DROPPED = "dropped"  # scripts, attachments, media: they do not travel into a volume
    SIGNED = "signed"  # a digital signature, which no merged file can keep valid
    REPAIRED = "repaired"  # a damaged PDF of which every page could be saved
    PAGES_LOST = "pagesLost"  # a damaged PDF of which pages are missing
    UNLOCKED = "unlocked"  # encrypted, but opens without a password
    FORM = "form"  # fields that can be filled in: they stay readable, their values are as they were
    HIDDEN = "hidden"  # content that a reader does not see: XFA forms, layers that are off
    FRAMES = "frames"  # a moving picture of which one frame is shown
    CONVERTED = "converted"  # an Office document, turned into PDF by LibreOffice
    LONG = "long"  # very many pages
    TEXT_UNREAD = "textUnread"  # its text could not be taken out, so what it says was not compared


@dataclass(frozen=True, slots=True)
class FileNote:
    """One thing worth saying of a file; `detail` is the part of the sentence that differs, in Chinese (脚本、附件; 第3页)."""

    kind: NoteKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """What was found out about one file below 佐证材料/, once per content. `path` is relative to that folder, with /.

    `media` is what the bytes are ("image/jpeg", "application/pdf", …), whatever the name says; `pages` counts PDF pages
    or picture frames; `width` and `height` are the picture's in pixels, upright. `fault` is "" or the reason, in
    Chinese, why it cannot be used, and `remedy` what to do about it. `size` in bytes; `sha256` "" when never read.

    `unarchival` says, in Chinese, why a document's pages may not stand in a PDF/A-2b, "" where nothing is in the way or
    it is a picture.

    `notes` are what is worth saying of a file without a fault. `texts` is what a document's pages say, page by page
    ("" for a scan), () for pictures and for what was not read. `likeness` is the perceptual hash of a picture, in
    hexadecimal, or as much of it as tells which pictures are worth a closer look; "" where there is none.
    """

    path: str
    size: int = 0
    sha256: str = ""
    media: str = ""
    pages: int = 0
    width: int = 0
    height: int = 0
    fault: str = ""
    remedy: str = ""
    notes: tuple[FileNote, ...] = ()
    texts: tuple[str, ...] = ()
    likeness: str = ""
    unarchival: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One piece of evidence: a row of sheet 佐证材料, or a file found in a folder such as 佐证材料/A01/教师/.

    `file` is None where the row names a file that is not there or may not be used (see the finding).
    """

    origin: Origin
    kind: EvidenceKind | None = None
    path: str = ""
    file: EvidenceFile | None = None
    subject: str = ""
    note: str = ""
    scope: Scope = Scope()
    extra: Mapping[str, str] = field(default_factory=dict)
