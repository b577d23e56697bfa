"""Who returned a report, and for which period: from labels, else from titles, else (told) from the file's name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from docgen.load.cells import as_text
from docgen.load.dates import Span, Window, read_day, read_period, read_span
from docgen.load.grid import Grid, Place
from docgen.load.trouble import Trouble
from docgen.model.season import MonthDay
from docgen.model.source import Source, column_letters
from docgen.model.text import tidy_name

from .labels import Said
from .records import Note, Return, Unread

_PERIOD = re.compile(r"第\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*[期次]")
_SCHOOL = re.compile(
    r"([\u4e00-\u9fffA-Za-z0-9（）()·]{2,30}?(?:职业技术学院|职业学院|技术学院|专科学校|技工学校|中等专业学校|职业技术学校|职业学校|师范学院|学院|大学|学校|职教中心))"
)
_LEAD = re.compile(r"^(?:附件\d*[:：.、]?|关于|报送|20\d\d年度?|\s|[“”\"《》])+")
_FILE_NUMBER = re.compile(r"双周报[-_—\s]*(?:第)?0*(\d{1,2})(?:期)?$")
_TYPES = (("中职", "中职|中专|中等|技工|职高"), ("本科", "本科|大学"), ("高职", "高职|高专|专科|大专"))
_SEARCHED_ROWS = 12
_DRAFT = re.compile(r"^.{0,6}草稿.{0,6}$|[(（]草稿[)）]$")
"""A mark of a draft is no sentence."""


@dataclass(slots=True)
class Reading:
    """One return while it is being read: what could not be, what was inferred, what contradicts."""

    file: str
    notes: list[Note] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    conflicts: list[Note] = field(default_factory=list)

    def source(self, grid: str, place: Place | None = None) -> Source:
        """A place in the file."""
        return Source(self.file, grid, f"{column_letters(place[1])}{place[0]}" if place else "")


def head_of(file: str, grids: Sequence[Grid], said: Sequence[Said], reading: Reading) -> Return:
    """Who returned what for which period: from labels, else from a title, else (told) from the file's name."""
    values: dict[str, Said] = {}
    for each in said:
        values.setdefault(each.what, each)
    filled = _label_day(values.get("filled"), reading)
    school = _school(file, grids, values.get("school"), reading)
    number, days = _period(file, grids, said, values, filled, reading)
    return Return(
        file,
        school,
        _type(as_text(values["type"].value)) if "type" in values else "",
        re.sub(r"\D", "", as_text(values["code"].value)) if "code" in values else "",
        number,
        days[0] if days else None,
        days[1] if days else None,
        filled,
        draft=any(_DRAFT.search(text) for text, _, _ in _top_texts(grids)),
    )


def _label_day(said: Said | None, reading: Reading) -> datetime.date | None:
    if said is None:
        return None
    text = re.sub(r"[\s　_]", "", as_text(said.value))
    if re.fullmatch("年月日", text) or not text:
        return None
    day = read_day(said.value)
    if isinstance(day, datetime.date):
        return day
    why = day.message if isinstance(day, Trouble) else "没有写年份"
    reading.unread.append(
        Unread(reading.source(said.grid, said.place), f"填报日期{why}", "请写成 2021-09-13 这样的日期。")
    )
    return None


def _type(text: str) -> str:
    return next((name for name, words in _TYPES if re.search(words, text)), "")


def _top_texts(grids: Sequence[Grid]) -> Iterable[tuple[str, Grid, Place]]:
    for grid in grids:
        for row in grid.rows[:_SEARCHED_ROWS]:
            for column, value in row.filled():
                if isinstance(value, str):
                    yield tidy_name(value), grid, row.place(column)


def _school(file: str, grids: Sequence[Grid], said: Said | None, reading: Reading) -> str:
    if said is not None:
        name = re.sub(r"[(（](?:公?章|盖章|签章|加盖公章)[)）]|[_＿]+", "", tidy_name(as_text(said.value))).strip()
        if name and not re.fullmatch(r"[\d.\-/年月日]+", name):
            return name
    for text, grid, place in _top_texts(grids):
        match = _SCHOOL.search(_LEAD.sub("", text))
        if match:
            reading.notes.append(Note(reading.source(grid.name, place), f"院校名称取自标题：{match.group(1)}"))
            return match.group(1)
    for part in reversed(PurePosixPath(file).parts):
        match = _SCHOOL.search(_LEAD.sub("", re.sub(r"^[\d_\-.\s]+", "", part)))
        if match:
            reading.notes.append(Note(Source(file), f"报告里没有院校名称，取自文件名：{match.group(1)}"))
            return match.group(1)
    return ""


def _period(
    file: str,
    grids: Sequence[Grid],
    said: Sequence[Said],
    values: dict[str, Said],
    filled: datetime.date | None,
    reading: Reading,
) -> tuple[int | None, tuple[datetime.date, datetime.date] | None]:
    """The number and the days of the period, as far as they are said."""
    number: int | None = None
    days: tuple[datetime.date, datetime.date] | None = None
    near = filled or _year_said(grids)
    asked = [each for each in said if each.what == "period"]
    for each in asked:
        more, stretch = _number_and_days(as_text(each.value), near, bare=True)
        number, days = number if number is not None else more, days or stretch
    if days is None and "start" in values and "end" in values:
        start, end = (read_day(values[name].value) for name in ("start", "end"))
        if not isinstance(start, Trouble) and not isinstance(end, Trouble):
            days = whole_days(Span(start, end), near)
    if number is None or days is None:
        for text, _, _ in _top_texts(grids):
            more, stretch = _number_and_days(text, near)
            number, days = number if number is not None else more, days or stretch
    if number is None and days is None and asked:
        why = f"期次写的是“{as_text(asked[0].value)[:30]}”，读不出是哪一期"
        place = reading.source(asked[0].grid, asked[0].place)
        reading.unread.append(Unread(place, why, "请写期次的数字或起止日期。"))
    if number is None:
        stem = PurePosixPath(file).stem
        number, stretch = _number_and_days(stem.replace("_", " "), near)
        if number is None and (named := _FILE_NUMBER.search(stem)):
            number = int(named.group(1))
        if number is not None or (days is None and stretch):
            what = "期次" if number is not None else "起止日期"
            reading.notes.append(Note(Source(file), f"报告里没有写{what}，取自文件名：{PurePosixPath(file).name}"))
        days = days or stretch
    return number, days


def _year_said(grids: Sequence[Grid]) -> datetime.date | None:
    """The middle of the only year that the top of a report names, for days without one; None where it names none."""
    years = {year for text, _, _ in _top_texts(grids) for year in re.findall(r"(20\d\d)\s*年", text)}
    return datetime.date(int(years.pop()), 7, 2) if len(years) == 1 else None


_STRETCH = re.compile(
    r"(20\d{6}\s*(?:至|-|—|~)\s*20\d{6}|20\d\d[-./年]?\d{1,2}[-./月]?\d{1,2}[日号]?\s*(?:至|到|—+|–|~|～|-|－|--)\s*(?:20\d\d[-./年]?)?(?:\d{1,2}[-./月])?\d{1,2}[日号]?|\d{1,2}月\d{1,2}[日号]?\s*(?:至|到|—+|–|~|～|-|－)\s*(?:\d{1,2}月)?\d{1,2}[日号]?)"
)


def _number_and_days(
    text: str, near: datetime.date | None, *, bare: bool = False
) -> tuple[int | None, tuple[datetime.date, datetime.date] | None]:
    """The number and the days that a text names; a `bare` number counts only where a label asked for it."""
    named = _PERIOD.search(text)
    written = named.group(0).replace(" ", "").replace("次", "期") if named else text.strip() if bare else ""
    read = read_period(written) if written else None
    number = read if isinstance(read, int) else None
    stretch = _STRETCH.search(text)
    span = read_span(stretch.group(1)) if stretch else read if isinstance(read, Span) else None
    if isinstance(span, Span) and span.start != span.end:
        return number, whole_days(span, near)
    return number, None


def whole_days(span: Span, near: datetime.date | None) -> tuple[datetime.date, datetime.date] | None:
    """The days of a stretch with their years, taken from a day that is near where they are not said."""
    start, end = span.start, span.end
    if isinstance(start, MonthDay) and isinstance(end, datetime.date):
        start = _year_before(start, end)
    if isinstance(start, datetime.date) and isinstance(end, datetime.date):
        return start, end
    if near is None:
        return None
    window = Window(near - datetime.timedelta(days=182), near + datetime.timedelta(days=182))
    whole = window.complete(start), window.complete(end)
    return (whole[0], whole[1]) if whole[0] and whole[1] else None


def _year_before(day: MonthDay, end: datetime.date) -> datetime.date:
    year = end.year - ((day.month, day.day) > (end.month, end.day))
    return datetime.date(year, day.month, day.day)
