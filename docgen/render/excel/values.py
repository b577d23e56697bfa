"""Values as cells: numbers stay numbers, dates dates, and a text is a text even if it begins with =."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import jinja2
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

from docgen.tools.packed import PackedRows

LONGEST_TEXT = 32_767
"""The most characters that a cell can hold (Excel's limit)."""
_MOST_DIGITS = 15
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_DATE = datetime.date(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was


class Unfit(jinja2.TemplateRuntimeError):
    """A value that no cell can hold; the message is a Chinese phrase."""


def text_cell(text: str) -> tuple[str, str]:
    """Type attribute and content of a cell with a text; "" is an empty cell. Raises Unfit for one that is too long."""
    if not text:
        return "", ""
    if len(text) > LONGEST_TEXT:
        raise Unfit(f"文字有 {len(text)} 个字符，超过一个单元格能放的 {LONGEST_TEXT} 个")
    text = _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = escape(_ESCAPE.sub("_x005F_", text))  # else Excel reads _x0041_ as A
    return ' t="inlineStr"', f'<is><t xml:space="preserve">{text}</t></is>'


def cell(value: Any, dated: Callable[[str], None], mac: bool = False) -> tuple[str, str]:
    """Type attribute and content for a value. Calls `dated` with "date", "datetime" or "time" where it is one.

    None is an empty cell. `mac`: the workbook counts days from 1904. Raises Unfit for a list and the like.
    """
    kind = type(value)
    if kind is str:
        return text_cell(value)
    if value is None:
        return "", ""
    if isinstance(value, bool):
        return ' t="b"', f"<v>{int(value)}</v>"
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, datetime.date | datetime.time):
        return _date(value, dated, mac)
    if isinstance(value, list | tuple | dict | set | frozenset | PackedRows):
        raise Unfit("值是一个列表，一个单元格放不下；可以用 {{ 名称 | 顿号 }} 连成一句，或用行循环逐行写出")
    if isinstance(value, jinja2.Undefined):
        str(value)  # raises, with the variable's name
    if callable(value):
        raise Unfit("值是一个函数，不是数据")
    return text_cell(str(value))


def _number(value: int | float | Decimal) -> tuple[str, str]:
    if not math.isfinite(value):
        raise Unfit(f"数值 {value} 不是有限的数，单元格放不下")
    if isinstance(value, int) and abs(value) >= 10**_MOST_DIGITS:
        return text_cell(str(value))  # Excel would put zeros for the digits beyond the fifteenth
    written = f"{value:f}" if isinstance(value, Decimal) else repr(value + 0)
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > _MOST_DIGITS:
        return text_cell(written)
    return "", f"<v>{written}</v>"


def _date(value: datetime.date | datetime.time, dated: Callable[[str], None], mac: bool) -> tuple[str, str]:
    if isinstance(value, datetime.datetime):
        value = value.replace(tzinfo=None)
    day = value.date() if isinstance(value, datetime.datetime) else value
    if isinstance(day, datetime.date) and day < _FIRST_DATE:
        return text_cell(value.isoformat())
    dated(type(value).__name__)
    days: float = to_excel(value, CALENDAR_MAC_1904 if mac else CALENDAR_WINDOWS_1900)  # type: ignore[no-untyped-call]
    return "", f"<v>{days!r}</v>"
