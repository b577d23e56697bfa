"""Digits, units, dates and document numbers."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator

from .slip import Slip, SlipKind

_COUNTED = "年月日人名台套间个元万%％项期门次份"
_MIXED = re.compile("(?<![0-9])[0-9]++[０-９][0-9０-９]*|(?<![０-９])[０-９]++[0-9][0-9０-９]*")
_LETTERS = re.compile(
    rf"(?<![A-Za-z0-9.\-])(?=[0-9OolI]*[OolI])(?=[OolI]*[0-9])[0-9OolI]{{2,}}(?=[{_COUNTED}])|(?<![A-Za-z0-9])[lI]\+[XxⅩ](?![A-Za-z])"
)
_TO_DIGITS = str.maketrans("OolI", "0011")
_AREA_TWICE = re.compile(r"(?:㎡|m2|m²|M2)\s*平方米|平方米\s*(?:㎡|m2|m²|M2)", re.ASCII)
_AREA = re.compile(r"(?<=[0-9])\s*(?:m2|M2|M²)(?![A-Za-z0-9])")
_MEASURES_TWICE = re.compile(
    "(?<=[0-9万亿])元元|(?<=[0-9])(?:台台(?!式)|套套(?!装)|名名(?![师单额称])|间间|个个(?![人体性])|元元|门门(?![禁诊])|份份(?!额)|人人(?![均次才员工])|名人(?![员事力才工社文数]))"
)
_UNITS = {
    **dict.fromkeys(("Ghz", "GHZ", "ghz", "gHz"), "GHz"),
    **dict.fromkeys(("Mhz", "MHZ", "mhz"), "MHz"),
    **dict.fromkeys(("KM", "Km"), "km"),
    **dict.fromkeys(("KG", "Kg"), "kg"),
    **dict.fromkeys(("KW", "Kw", "kw"), "kW"),
    **dict.fromkeys(("KV", "Kv", "kv"), "kV"),
    **dict.fromkeys(("KVA", "Kva"), "kVA"),
    **dict.fromkeys(("MM", "Mm"), "mm"),
    **dict.fromkeys(("CM", "Cm"), "cm"),
}
_UNIT = re.compile(rf"(?<=[0-9])\s?(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))})(?![A-Za-z0-9])")
_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
_DATE = re.compile(rf"(?<![0-9]){_YEAR}年(?P<month>[0-9]{{1,2}})月(?:(?P<day>[0-9]{{1,2}})[日号])?")
_SIGNED_DATE = re.compile(rf"(?<![0-9.\-/]){_YEAR}([.\-/])(?P<month>[0-9]{{1,2}})\2(?P<day>[0-9]{{1,2}})(?![0-9.\-/])")
_SHORT_YEAR = re.compile(r"(?<![0-9.．第共满历时约近前后逾超])(?P<year>[0-3][0-9])年(?:1[0-2]|0?[1-9])月")
_SPAN = re.compile(
    r"(?<![0-9.\-/])(20[0-9]{2})[.\-/年]([0-9]{1,2})月?\s*(?:-|—|–|~|～|至|到)+\s*(20[0-9]{2})[.\-/年]([0-9]{1,2})(?![0-9])月?"
)
_DOCUMENT = re.compile(
    r"(?<=[\u4e00-\u9fff][\u4e00-\u9fff])(?P<left>[〔\[［（(【])(?P<year>(?:19|20)[0-9]{2})(?P<right>[〕\]］）)】])(?P<ordinal>第?)(?P<zeros>0*)(?P<number>[1-9][0-9]*)号"
)


def digits(text: str) -> Iterator[Slip]:
    """Full-width digits among half-width ones, and letters O, l, I in numbers."""
    for match in _MIXED.finditer(text):
        right = unicodedata.normalize("NFKC", match.group())
        yield Slip(match.start(), match.end(), match.group(), right, SlipKind.DIGITS, "全角和半角数字混用")
    for match in _LETTERS.finditer(text):
        found = match.group()
        right = "1+X" if "+" in found else found.translate(_TO_DIGITS)
        yield Slip(match.start(), match.end(), found, right, SlipKind.DIGITS, "数字里有字母")


def units(text: str) -> Iterator[Slip]:
    """Units that stand twice or are not written as the standard writes them."""
    for match in _AREA_TWICE.finditer(text):
        yield Slip(match.start(), match.end(), match.group(), "平方米", SlipKind.UNIT, "单位写了两遍")
    for match in _AREA.finditer(text):
        yield Slip(match.start(), match.end(), match.group(), "㎡", SlipKind.UNIT, "平方没有写成上标")
    for match in _MEASURES_TWICE.finditer(text):
        found = match.group()
        yield Slip(match.start(), match.end(), found, found[0], SlipKind.UNIT, "量词写了两遍")
    for match in _UNIT.finditer(text):
        right = _UNITS[match.group().strip()]
        yield Slip(match.start(), match.end(), match.group(), right, SlipKind.UNIT, f"单位的规范写法是“{right}”")


def dates(text: str) -> Iterator[Slip]:
    """Days that are in no calendar, years of two digits, spans that end before they begin."""
    for pattern in (_DATE, _SIGNED_DATE):
        for match in pattern.finditer(text):
            if not _exists(int(match["year"]), int(match["month"]), int(match["day"] or 1)):
                yield Slip(match.start(), match.end(), match.group(), "", SlipKind.DATE, "没有这一天")
    for match in _SHORT_YEAR.finditer(text):
        right = "20" + match.group()
        yield Slip(match.start(), match.end(), match.group(), right, SlipKind.DATE, "年份要写四位")
    for match in _SPAN.finditer(text):
        year, month, other_year, other_month = map(int, match.groups())
        if month <= 12 and other_month <= 12 and (other_year, other_month) < (year, month):
            yield Slip(match.start(), match.end(), match.group(), "", SlipKind.DATE, "起止时间颠倒")


def document_numbers(text: str) -> Iterator[Slip]:
    """发文字号 whose year does not stand in 〔〕, or whose number has 第 or noughts before it."""
    for match in _DOCUMENT.finditer(text):
        right = f"〔{match['year']}〕{match['number']}号"
        if match.group() != right:
            reason = "发文字号的年份用〔〕，序号前不加“第”和“0”"
            yield Slip(match.start(), match.end(), match.group(), right, SlipKind.DOCUMENT_NUMBER, reason)


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
