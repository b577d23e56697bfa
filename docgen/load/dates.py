"""Days as people write them: 2021-09-03, 2021/9/3, 2021年9月3日, 9月3日, 20210903, 二〇二一年九月三日, a spreadsheet's own date.

What names no one day is not guessed. A stretch of days (9月1日至3日) counts as its last.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from docgen.model.season import MonthDay
from docgen.model.text import half_width

from .grid import Cell
from .numbers import chinese_number
from .trouble import DATE, Trouble, shown

_EPOCH = datetime.date(1899, 12, 30)
_EARLIEST_SERIAL, _LATEST_SERIAL = 36526, 73051  # 2000-01-01 to 2100-01-01 as spreadsheets count days
_CHINESE = "零〇一二三四五六七八九十"
_CHINESE_DAY = re.compile(
    rf"(?:([{_CHINESE}]{{4}}|20\d\d)年)?([{_CHINESE}]{{1,3}}|\d\d?)月([{_CHINESE}]{{1,3}}|\d\d?)[日号]?"
)
_FULL = re.compile(
    r"((?:20)\d\d)[-./年、]\s*(\d{1,2})[-./月、]\s*(\d{1,2})[日号]?(?:[T ]?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?"
)
_SHORT_YEAR = re.compile(r"(\d\d)[-./年](\d{1,2})[-./月](\d{1,2})[日号]?")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_NO_YEAR = re.compile(r"(\d{1,2})(?:月(\d{1,2})[日号]?|[-/.](\d{1,2}))")
_DAY = re.compile(r"(\d{1,2})[日号]?")
_WEEKDAY = re.compile(r"[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?")
_TO = re.compile(r"\s*(?:至|到|—+|–|~|～|〜|－|--)\s*")
_HYPHEN = re.compile(r"(.*?[日号]|20\d{6}|20\d\d[-/.]\d{1,2}[-/.]\d{1,2})\s*-\s*(.+)")
_HINT = "请写成 2021-09-03 这样的日期。"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, both included."""

    start: datetime.date | MonthDay
    end: datetime.date | MonthDay


@dataclass(frozen=True, slots=True)
class Window:
    """The days among which a day without a year is looked for."""

    start: datetime.date
    end: datetime.date

    def complete(self, day: datetime.date | MonthDay) -> datetime.date | None:
        """The one day of that month and day in the window (or, if none, in the years that it touches); None if unclear."""
        if isinstance(day, datetime.date):
            return day
        years = range(self.start.year, self.end.year + 1)
        days = [found for year in years if (found := _made(year, day.month, day.day))]
        inside = [found for found in days if self.start <= found <= self.end]
        candidates = inside or days
        return candidates[0] if len(candidates) == 1 else None


def _made(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def read_day(value: Cell) -> datetime.date | MonthDay | Trouble:
    """One day out of a cell that is not blank; of a stretch of days the last."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, bool | datetime.time | datetime.timedelta):
        return Trouble(DATE, f"是“{value}”，不是日期", _HINT)
    if isinstance(value, int | float):
        return _from_number(value)
    found = read_span(value)
    return found.end if isinstance(found, Span) else found


def _from_number(value: float) -> datetime.date | Trouble:
    if value == int(value) and (compact := _COMPACT.fullmatch(str(int(value)))):
        day = _made(*map(int, compact.groups()))
        if day is not None:
            return day
    if _EARLIEST_SERIAL <= value < _LATEST_SERIAL:
        return _EPOCH + datetime.timedelta(days=int(value))
    return Trouble(DATE, f"是数字“{value:g}”，读不出是哪一天", _HINT)


def read_span(text: str) -> Span | Trouble:
    """The stretch of days that a text names, one day being a stretch of its own. Years and months may be said once."""
    clean = _WEEKDAY.sub("", half_width(text).replace("　", " ")).strip(" \t\r\n\u00a0。；;,，")
    clean = re.sub(r"\s+(?=[年月日号])|(?<=[年月])\s+", "", clean)
    one = _day(clean)
    if one is not None:
        return Span(one, one)
    for match in _TO.finditer(clean):
        start = _day(clean[: match.start()])
        end = _day(clean[match.end() :]) if start else None
        if start and end is None and (only := _DAY.fullmatch(clean[match.end() :])):
            end = _with_day(start, int(only.group(1)))
        if start and end:
            return _in_order(start, end, text)
    # 2021-09-01-2021-09-14 and 7.5-7.18, where the hyphen does both; 9月1日-14日; 20210901-20210914
    halves = [(clean[: at.start()], clean[at.end() :]) for at in re.finditer(r"\s*-\s*", clean)]
    both = [pair for pair in ((_day(left), _day(right)) for left, right in halves) if pair[0] and pair[1]]
    if len(both) == 1 and both[0][0] and both[0][1]:
        return _in_order(both[0][0], both[0][1], text)
    short = _HYPHEN.fullmatch(clean)
    first = _day(short.group(1)) if short else None
    if short and first and (only := _DAY.fullmatch(short.group(2))):
        last = _with_day(first, int(only.group(1)))
        if last:
            return _in_order(first, last, text)
    return Trouble(DATE, f"写的是“{shown(text)}”，读不出是哪一天", _HINT)


def _in_order(start: datetime.date | MonthDay, end: datetime.date | MonthDay, text: str) -> Span | Trouble:
    if isinstance(start, datetime.date) and isinstance(end, MonthDay):
        year = start.year + ((end.month, end.day) < (start.month, start.day))
        end = _made(year, end.month, end.day) or end
    if isinstance(start, datetime.date) and isinstance(end, datetime.date) and end < start:
        return Trouble(DATE, f"写的是“{shown(text)}”，结束比开始还早", _HINT)
    return Span(start, end)


def _with_day(start: datetime.date | MonthDay, day: int) -> datetime.date | MonthDay | None:
    if isinstance(start, MonthDay):
        return MonthDay(start.month, day) if _made(2000, start.month, day) else None
    return _made(start.year, start.month, day)


def _day(text: str) -> datetime.date | MonthDay | None:
    """One day, None where the text is none."""
    text = text.strip()
    match = _FULL.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        return _made(*map(int, match.groups()[:3]))
    if match := _SHORT_YEAR.fullmatch(text):
        year, month, day = map(int, match.groups())
        return _made(2000 + year, month, day)
    if match := _NO_YEAR.fullmatch(text):
        month, day = int(match.group(1)), int(match.group(2) or match.group(3))
        return MonthDay(month, day) if _made(2000, month, day) else None
    if match := _CHINESE_DAY.fullmatch(text):
        spoken_year, spoken_month, spoken_day = (_number(part) if part else None for part in match.groups())
        if spoken_month is None or spoken_day is None or not _made(2000, spoken_month, spoken_day):
            return None
        return _made(spoken_year, spoken_month, spoken_day) if spoken_year else MonthDay(spoken_month, spoken_day)
    return None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else chinese_number(text)


_PERIOD = re.compile(r"(?:第)?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:期|次|个周期|个双周)?(?:双周报|周报)?")


def read_period(value: Cell) -> int | Span | Trouble:
    """Which biweekly report a cell means: a number (5, 第5期, 第五期), or the days that it reaches over."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value) and 0 < value < 1000:
        return int(value)
    if isinstance(value, str):
        text = re.sub(r"\s+", "", half_width(value))
        if match := _PERIOD.fullmatch(text):
            number = int(match.group(1)) if match.group(1).isdecimal() else chinese_number(match.group(1))
            if number:
                return number
        inner = re.search(r"[(（](.+)[)）]$", text)
        if (lead := re.match(r"第(\d{1,3}|[一二三四五六七八九十]{1,3})期", text)) and (inner or lead.end() < len(text)):
            number = int(lead.group(1)) if lead.group(1).isdecimal() else chinese_number(lead.group(1))
            if number:
                return number
        span = read_span(value)
        if isinstance(span, Span):
            return span
    elif isinstance(value, datetime.date):
        day = value.date() if isinstance(value, datetime.datetime) else value
        return Span(day, day)
    return Trouble(DATE, f"写的是“{shown(str(value))}”，读不出是第几期", "请填期次的数字，例如 5；或填开始、结束日期。")
