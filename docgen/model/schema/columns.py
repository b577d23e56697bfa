"""What a sheet and a column of the workbook are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from ..records import CertificateLevel, EquipmentKind, EvidenceKind, SchoolType
from ..review import Conclusion
from ..season import Matter

EXAMPLE_MARK = "示例"
"""A row whose first filled cell begins with this is the example row that `init` wrote; it is never data."""

GUIDE_SHEETS = ("填写说明", "选项")
"""Sheets that `init` writes for the reader and for the drop-downs; they hold no data and are passed over in silence."""

RESULT_SHEET = "核查结果"
"""The sheet that a marked workbook bears; it is made anew by each check and passed over on loading."""

EVERYWHERE_WORDS = ("全部", "所有", "全校", "公共", "通用", "均适用")
"""What people write into 申报编号 for "every application"."""


class ValueKind(Enum):
    """How a cell is read and checked."""

    TEXT = auto()  # a line or several
    NAME = auto()  # one line, no spaces between Chinese characters
    CODE = auto()  # letters and digits, no spaces, capitals
    LINK = auto()  # web or mail address, no spaces
    PHONE = auto()
    COUNT = auto()  # whole number from 0
    NUMBER = auto()  # decimal number from 0
    YEAR = auto()  # 2021, 2021年, a date → 2021
    YES_NO = auto()
    CHOICE = auto()  # one of `choices`
    NAMES = auto()  # several joined by 、
    SCOPE = auto()  # application numbers, or 全部
    PATH = auto()  # a file below 佐证材料/
    DATE = auto()  # a day, however it is written
    AMOUNT = auto()  # a figure that may be negative and may bring its unit: 35人, -2, 2.4万元
    PERIOD = auto()  # which biweekly report: 5, 第5期


@dataclass(frozen=True, slots=True)
class Column:
    """One column (or one item of 院校信息). `width` is the spreadsheet's, in characters of half width."""

    header: str
    attribute: str
    kind: ValueKind
    note: str
    clause: str = ""
    aliases: tuple[str, ...] = ()
    choices: (
        type[SchoolType | CertificateLevel | EvidenceKind | EquipmentKind | Conclusion | Matter] | tuple[str, ...]
    ) = ()
    required: bool = False
    width: int = 14
    example: str | int | float = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `vertical` sheets hold 项目 | 内容, one item a row; the others a header row and one record a row."""

    name: str
    record: type
    field: str
    note: str
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()
    vertical: bool = False
    required: bool = False


SCOPE_COLUMN = Column(
    "申报编号",
    "scope",
    ValueKind.SCOPE,
    "属于哪些申报：填申报编号，多个用顿号隔开（A01、A03）；各项申报共用的填“全部”。",
    "二（二）2（5）",
    ("所属申报", "对应申报", "编号"),
    required=True,
    width=16,
    example="A01",
)
"""Which applications a row belongs to: the same column in every sheet of resources and evidence."""
LEVEL_NOTE = "只填初级、中级、高级之一；同一证书的不同等级要分开申报，各占一行。"
