"""Data as forms take it: a value by its key, as the text or the choice that a place wants."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from docgen.model.text import fold

from .labels import Field, Kind
from .spelling import normalise, read_label

_DATE = re.compile(r"((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_UNITS = {"万元": 10_000, "千元": 1_000}

# What stands beside boxes on forms, for what the data says.
_ALSO = {
    "中职": "(?:中等职业(?:学校|院校|教育)?|中职(?:学校|院校|中专|组|类)?|中专(?:学校)?|职高|中等专业学校|职业中专|技工学校|中职/技工)",
    "高职": "(?:高等职业(?:学校|院校|教育)?|高职(?:院校|学校|高专|专科|组|类|\\(专科\\)|\\(高专\\))?|高职/?高专(?:院校)?|高职、高专|专科(?:院校|学校)?|高等职业院校|高职专科)",
    "本科": "(?:(?:应用型|普通|职业|高等)?本科(?:院校|学校|高校|层次|组|类)?|应用型本科高校)",
    "是": "(?:是|有|是?首次(?:申报|申请|参加|参与)?(?:试点)?(?:院校|学校)?|是的|yes|y)",
    "否": "(?:否|无|不是|(?:非|不是)首次(?:申报|申请|参加|参与)?(?:试点)?(?:院校|学校)?|no|n)",
    "初级": "(?:初级|初)",
    "中级": "(?:中级|中)",
    "高级": "(?:高级|高)",
    "男": "男",
    "女": "女",
}


_OTHER_BODY = re.compile(
    r"企业|其[他它].*|事业单位|培训机构|社会(?:组织|机构|团体)|行业协会|技师学院|技工(?:院校|学校)?|无"
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo that data brings: its file's name and its bytes."""

    name: str
    data: bytes = field(repr=False)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class FormData:
    """What a form is filled from: groups of named values (院校, 申报, 统计), single values, and tables of rows (教师).

    `content` is shaped as templates see it: {"院校": {"院校名称": …}, "日期": …, "教师": [{"姓名": …}]}. `pending` says
    of groups that are not there why (several applications, none chosen).
    """

    content: Mapping[str, Any]
    pending: Mapping[str, str] = field(default_factory=dict)

    def value(self, key: str) -> Any:
        """The value of a key such as 院校.院校名称 or 日期; None where there is none."""
        group, _, name = key.partition(".")
        value = self.content.get(group)
        if name:
            return value.get(name) if isinstance(value, Mapping) else None
        return None if isinstance(value, Mapping) else value

    def rows(self, name: str) -> Sequence[Mapping[str, Any]]:
        """The rows of a table, () where there are none."""
        rows = self.content.get(name)
        if isinstance(rows, list | tuple):
            return [row for row in rows if isinstance(row, Mapping)]
        return ()

    def keys(self) -> Iterator[str]:
        """Every key that has a single value or may have one, in the order of the data."""
        for group, value in self.content.items():
            if isinstance(value, Mapping):
                yield from (f"{group}.{name}" for name in value)
            elif not (isinstance(value, list | tuple) and any(isinstance(row, Mapping) for row in value)):
                yield group

    def named(self) -> dict[str, str]:
        """Folded name → key for all single values: data has fields that no vocabulary knows."""
        names: dict[str, str] = {}
        for key in self.keys():
            names.setdefault(normalise(key.rpartition(".")[2]), key)
        return names


def as_text(value: Any, kind: Kind = Kind.TEXT, unit: str = "") -> str:
    """A value as a person writes it into a form; "" for none. `unit` is the label's: money is given in 万元 where asked."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, list | tuple):
        return "、".join(filter(None, (as_text(each) for each in value)))
    if isinstance(value, datetime.date | datetime.datetime):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, int | float | Decimal) or (kind in (Kind.NUMBER, Kind.MONEY) and _is_number(value)):
        return _number(Decimal(str(value)), kind, unit)
    text = str(value).strip()
    if kind is Kind.DATE and (match := _DATE.fullmatch(text)):
        return f"{match[1]}年{int(match[2])}月{int(match[3])}日"
    return text


def _is_number(value: Any) -> bool:
    try:
        return Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False


def _number(number: Decimal, kind: Kind, unit: str) -> str:
    if kind is Kind.MONEY:
        number = number / _UNITS.get(unit, 1)
    return format(number.to_integral_value() if number == number.to_integral_value() else number.normalize(), "f")


def date_parts(text: str) -> tuple[str, str, str] | None:
    """Year, month and day of a date as `as_text` writes it, without leading zeros; None where it is none."""
    match = _DATE.fullmatch(text.strip())
    return (match[1], str(int(match[2])), str(int(match[3]))) if match else None


def option_of(options: Sequence[str], text: str) -> int | None:
    """Which option says what the value says; None where none or more than one does."""
    wanted = fold(text)
    if not wanted:
        return None
    keys = [read_label(option).key or fold(option) for option in options]
    same = [number for number, key in enumerate(keys) if key == wanted]
    also = re.compile(_ALSO.get(text, re.escape(wanted)))
    for found in (same, [number for number, key in enumerate(keys) if also.fullmatch(key)]):
        if len(found) == 1:
            return found[0]
    return None


def options_of(field: Field, options: Sequence[str], text: str) -> tuple[int, ...]:
    """Which options a value chooses: one, or several where the field holds several; () where they do not fit."""
    if field.kind is Kind.NAMES:
        parts = [option_of(options, part) for part in text.split("、")]
        return tuple(part for part in parts if part is not None) if None not in parts else ()
    one = option_of(options, text)
    return () if one is None else (one,)


def meant_by_options(options: Sequence[str]) -> str:
    """The field that a set of options speaks of by itself: the levels, the kinds of school; "" for any other."""
    keys = [read_label(option).key for option in options]
    for key, values in (("申报.等级", ("初级", "中级", "高级")), ("院校.院校类型", ("中职", "高职", "本科"))):
        hits = [value for value in values if any(re.fullmatch(_ALSO[value], each) for each in keys)]
        others = [each for each in keys if not any(re.fullmatch(_ALSO[value], each) for value in values)]
        if len(hits) >= 2 and (len(others) <= 1 or all(map(_OTHER_BODY.fullmatch, others))):
            return key
    if len(keys) == 2 and keys[0].startswith("首次") and re.match("(?:非|不是)首次", keys[1]):
        return "院校.是否首次申报"
    return ""


def canonical(field: Field, text: str) -> str:
    """A value read back from a form, as the data has it: 高等职业院校 → 高职."""
    if field.kind not in (Kind.CHOICE, Kind.YES_NO):
        return text
    words = [value for value, pattern in _ALSO.items() if re.fullmatch(pattern, read_label(text).key or fold(text))]
    return words[0] if len(words) == 1 else text
