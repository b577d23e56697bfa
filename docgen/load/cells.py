"""One cell → the value that its column wants, or a Trouble. Nothing is ever evaluated: a cell's text is only text."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from functools import partial

from docgen.model.schema import Column, ValueKind
from docgen.model.text import half_width, tidy, tidy_name

from .choices import read_choice, read_yes_no
from .dates import read_day, read_period
from .grid import ERROR_VALUES, Cell, is_blank
from .numbers import read_amount, read_count, read_number, read_year
from .scopes import ScopeReader
from .trouble import CELL_ERROR, REWRITTEN, Trouble, shown

Read = Callable[[Cell], object]
"""Reads a cell that is not blank into a value or a Trouble."""

_NOTHING = frozenset(("/", "-", "--", "—", "——", "－", "／", "\\", "无", "暂无", "没有", "N/A", "n/a"))
_VALUES = (
    ValueKind.COUNT,
    ValueKind.NUMBER,
    ValueKind.YEAR,
    ValueKind.CHOICE,
    ValueKind.YES_NO,
    ValueKind.SCOPE,
    ValueKind.DATE,
    ValueKind.AMOUNT,
    ValueKind.PERIOD,
)
_SPACES = re.compile(r"[\s\u00a0\u200b\u200c\u200d\ufeff]+")
_MOBILE = re.compile(r"(?:\+?86|0086)?(1\d{10})")
_LANDLINE = re.compile(r"(?:\+?86|0086)?(0(?:10|2\d|[3-9]\d{2}))(\d{7,8})")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}", re.IGNORECASE)
_WHOLE = re.compile(r"(?<=[0-9]{6})\.0+$")  # what a number turned into text by a program leaves behind
_EXACT_LIMIT = 1e15
"""From here on a spreadsheet's number no longer holds every digit that was typed."""


def as_text(value: Cell) -> str:
    """What a cell shows, as text: 3.0 → 3, a date → 2021年7月5日."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return format(value, ".15g") if abs(value) < _EXACT_LIMIT else format(value, ".0f")
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    minutes = int(value.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02}"


def read_code(value: Cell) -> str | Trouble:
    """Letters and digits without spaces, in capitals. A number too long for a spreadsheet has lost its last digits."""
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return Trouble(
            REWRITTEN, f"成了日期或时间“{value}”", "被表格软件自动改写了：把单元格格式设为“文本”，再重新填写。"
        )
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= _EXACT_LIMIT:
        return _lost(format(value, ".0f"))
    text = _WHOLE.sub("", _SPACES.sub("", half_width(as_text(value))).lstrip("'’‘")).upper()
    return _lost(text) if _SCIENTIFIC.fullmatch(text) and "." in text else text


def _lost(text: str) -> Trouble:
    return Trouble(
        REWRITTEN,
        f"成了数字“{shown(text)}”，后几位已被表格软件丢掉",
        "把单元格格式设为“文本”，再把代码完整地重新填写一次。",
    )


def read_phone(value: Cell) -> str | Trouble:
    """A phone number without spaces: a mobile as 11 digits, a landline as 0771-5551234; others as they stand."""
    text = _WHOLE.sub("", _SPACES.sub("", half_width(as_text(value))).lstrip("'’‘"))
    if _SCIENTIFIC.fullmatch(text) and "E" in text.upper():
        return _lost(text)
    digits = re.sub(r"[-—–－()（）.]", "", text)
    mobile = _MOBILE.fullmatch(digits)
    if mobile:
        return mobile.group(1)
    landline = _LANDLINE.fullmatch(digits)
    return f"{landline.group(1)}-{landline.group(2)}" if landline else text


def read_link(value: Cell) -> str:
    """A web or mail address without spaces, in half width."""
    text = _SPACES.sub("", unicodedata.normalize("NFKC", as_text(value))).replace("。", ".")
    return text[7:] if text.lower().startswith("mailto:") else text


def read_path(value: Cell) -> str:
    """A path as it stands, without quotes around it and with / between its parts; it is matched to files later."""
    text = as_text(value).strip(" \t\r\n\u00a0\u3000\u200b\ufeff\"'“”").replace("\\", "/")
    return text.removeprefix("./")


def read_names(value: Cell) -> tuple[str, ...]:
    """Names joined by 、 and the like, in their order, each once; what stands in brackets is never cut."""
    text = re.sub(r"(?:^|(?<=[\s、,，;；]))\d{1,2}[.、.)）]\s*(?=[^\d\s])", "", tidy(as_text(value)))
    parts, depth, current = [], 0, ""
    for character in text:
        depth = max(0, depth + (character in "（([【") - (character in "）)]】"))
        if character in "、,，;；/\n|" and not depth:
            parts.append(current)
            current = ""
        else:
            current += character
    parts.append(current)
    names: list[str] = []
    for part in parts:
        words = part.split()
        whole = len(words) < 2 or any(len(word) < 2 or word.isascii() or word[0] in "（(" for word in words)
        names += [tidy_name(part)] if whole else [tidy_name(word) for word in words]
    return tuple(dict.fromkeys(name for name in names if name))


def reader_of(column: Column, scopes: ScopeReader) -> Read:
    """The function that reads the cells of a column; blank cells and “无” are not handed to it (see `says_nothing`)."""
    readers: dict[ValueKind, Read] = {
        ValueKind.TEXT: lambda value: tidy(as_text(value)),
        ValueKind.NAME: lambda value: tidy_name(as_text(value)),
        ValueKind.CODE: read_code,
        ValueKind.LINK: read_link,
        ValueKind.PHONE: read_phone,
        ValueKind.COUNT: read_count,
        ValueKind.NUMBER: read_number,
        ValueKind.YEAR: read_year,
        ValueKind.YES_NO: read_yes_no,
        ValueKind.CHOICE: partial(read_choice, column=column),
        ValueKind.NAMES: read_names,
        ValueKind.SCOPE: scopes.read,
        ValueKind.PATH: read_path,
        ValueKind.DATE: read_day,
        ValueKind.AMOUNT: read_amount,
        ValueKind.PERIOD: read_period,
    }
    return readers[column.kind]


def says_nothing(value: Cell, column: Column) -> bool:
    """Whether a cell is blank, or holds what people write for "none" (/, —, 无) where a value is not compulsory.

    In a compulsory text the sign is kept, so that a rule can say what stands there; 无 is a real answer to 是否….
    """
    if is_blank(value):
        return True
    if not isinstance(value, str) or len(value) > 6:
        return False
    sign = value.strip(" \t\r\n\u00a0\u3000")
    if sign not in _NOTHING:
        return False
    if column.kind is ValueKind.YES_NO:
        return sign not in ("无", "没有")
    if column.kind in _VALUES:
        return True
    return not column.required and column.kind is not ValueKind.TEXT


def error_trouble(value: Cell) -> Trouble | None:
    """The trouble of a cell that shows an error value as its text (as .ods files do), else None."""
    if not isinstance(value, str) or not (value.startswith(("#", "Err:"))):
        return None
    text = value.strip()
    return cell_error(text) if text.upper() in ERROR_VALUES or re.fullmatch(r"Err:\d{3}", text) else None


def cell_error(text: str) -> Trouble:
    """The trouble of an error value."""
    return Trouble(CELL_ERROR, f"是公式错误“{text}”", "请改正公式，或直接填写数值。")
