"""All returns → one table, who did not report or was late, and what contradicts; nothing is guessed silently."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from rapidfuzz import fuzz, process

from docgen.model.season import STAGES, Matter
from docgen.model.source import Source
from docgen.model.text import fold
from docgen.season.periods import Period, days_between

from .contradicting import contradictions
from .records import Collection, Conflict, Delivery, Entry, KnownSchool, Line, Note, Return, Unread

_ALIKE = 88


@dataclass(slots=True)
class _Table:
    """The result while it grows."""

    periods: tuple[Period, ...]
    grace: int
    today: datetime.date | None
    schools: dict[str, KnownSchool] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    days: dict[int, tuple[datetime.date | None, datetime.date | None]] = field(default_factory=dict)


def tabulate(
    returns: Sequence[Return],
    *,
    schools: Sequence[KnownSchool] = (),
    periods: tuple[Period, ...] = (),
    grace: int = 5,
    today: datetime.date | None = None,
    unread: Iterable[Unread] = (),
    files: int = 0,
) -> Collection:
    """One collection of all returns. `schools` are those that ought to report; without them, those that did once.

    `periods` number the days where that is known (from the secretariat's calendar); else the returns that say both do.
    A report is late when it was filled in more than `grace` days after its period's end. `today` limits what is due.
    """
    table = _Table(periods, grace, today, unread=list(unread))
    for each in returns:
        table.unread += each.unread
        table.notes += each.notes
    used = [each for each in returns if each.lines]
    placed = _numbered(used, table)
    named = [(_school(each, schools, table), each) for each in placed]
    named = [(name, each) for name, each in named if name]
    for school in schools:
        table.schools.setdefault(fold(school.name), school)
    _tell_alike(table, bool(schools))
    for name, each in named:
        if each.draft:
            what = f"第{each.number}期交来的是草稿：学校自己核对还有错误没有改正"
            table.conflicts.append(Conflict(name, what, Source(each.file), "照写的列入，请催交正式的", each.number))
        table.conflicts += [
            Conflict(name, note.text, note.source, "按各行之和计算", each.number) for note in each.conflicts
        ]
    entries = _entries(named, table)
    table.conflicts += contradictions(entries)
    deliveries = _deliveries(named, table)
    last = max(table.days, default=0)
    for period in periods:
        if period.number <= last or (today is not None and period.end <= today):
            table.days.setdefault(period.number, (period.start, period.end))
    return Collection(
        tuple(entries),
        tuple(sorted(table.schools.values(), key=lambda school: school.name)),
        dict(sorted(table.days.items())),
        deliveries,
        tuple(dict.fromkeys(table.unread)),
        tuple(dict.fromkeys(table.notes)),
        tuple(dict.fromkeys(table.conflicts)),
        files,
        bool(schools),
        grace,
    )


def _numbered(returns: Sequence[Return], table: _Table) -> list[Return]:
    """The returns with the number and days of their period, as the calendar or the other returns tell; else left out."""
    calendar = {period.number: (period.start, period.end) for period in table.periods}
    votes: dict[int, Counter[tuple[datetime.date, datetime.date]]] = {}
    for each in returns:
        if each.number is not None and each.start and each.end:
            votes.setdefault(each.number, Counter())[each.start, each.end] += 1
    for number, counted in votes.items():
        calendar.setdefault(number, counted.most_common(1)[0][0])
    by_end = {end: number for number, (_, end) in calendar.items()}
    placed = []
    for each in returns:
        days = calendar.get(each.number) if each.number is not None else None
        if each.number is None and each.end is not None:
            placed_in = by_end.get(each.end)
            if placed_in is None and each.start:
                placed_in = _continued(each.start, each.end, calendar)
            if placed_in is not None:
                days = calendar.setdefault(placed_in, (each.start or each.end, each.end))
                text = f"没有写期次，按起止日期 {days_between(*days)} 算作第{placed_in}期"
                table.notes.append(Note(Source(each.file), text))
                each = replace(each, number=placed_in)
            else:
                placed.append(each)
                continue
        if each.number is None:
            why = "看不出是第几期：没有期次，也没有起止日期"
            table.unread.append(
                Unread(Source(each.file), why, "请学校补写期次和起止日期；或把文件名改成“学校-第5期”这样。", whole=True)
            )
            continue
        if days and each.end and each.end != days[1]:
            what = f"第{each.number}期写的是 {_days(each)}，其他报告是 {days_between(*days)}"
            table.conflicts.append(
                Conflict(each.school, what, Source(each.file), f"按第{each.number}期计", each.number)
            )
        placed.append(each)
    return _numbered_by_days(placed, calendar, table)


def _continued(
    start: datetime.date, end: datetime.date, calendar: Mapping[int, tuple[datetime.date, datetime.date]]
) -> int | None:
    """The number of a stretch of days that lies whole periods before or after one that is known; None if none does."""
    for number, (first, last) in calendar.items():
        if first <= end <= last:
            return number
    length = (end - start).days + 1
    for number, (first, last) in calendar.items():
        away = (start - first).days
        if (last - first).days + 1 == length and away % length == 0 and number + away // length > 0:
            return number + away // length
    return None


def _numbered_by_days(
    returns: list[Return], calendar: Mapping[int, tuple[datetime.date, datetime.date]], table: _Table
) -> list[Return]:
    """Where no return and no calendar numbers the days, the periods are numbered in the order of their ends."""
    open_ends = sorted({each.end for each in returns if each.number is None and each.end})
    numbers: dict[datetime.date, int] = {}
    if open_ends and not calendar:
        numbers = {end: index for index, end in enumerate(open_ends, 1)}
        ends = "、".join(f"第{index}期到{end}" for end, index in numbers.items())
        table.notes.append(Note(Source(), f"所有报告都没有写期次，按起止日期的先后编号：{ends}"))
    result = []
    for each in returns:
        if each.number is None and each.end:
            number = numbers.get(each.end)
            if number is None:
                why = f"起止日期 {_days(each)} 不是已知的任何一期"
                table.unread.append(Unread(Source(each.file), why, "请核对起止日期，或补写期次。", whole=True))
                continue
            each = replace(each, number=number)
        if each.number is not None:
            known = calendar.get(each.number) or (each.start, each.end)
            if table.days.get(each.number, (None, None))[1] is None:
                table.days[each.number] = known
            result.append(each)
    return result


def _days(each: Return) -> str:
    return days_between(each.start or each.end, each.end) if each.end else ""


def _school(each: Return, schools: Sequence[KnownSchool], table: _Table) -> str:
    """The school's name as the list (or the first return) spells it; "" where none is told, which is noted."""
    by_code = {school.code: school.name for school in schools if school.code}
    by_name = {fold(school.name): school.name for school in schools}
    if not each.school and each.code not in by_code:
        why = "没有写是哪所院校"
        table.unread.append(
            Unread(Source(each.file), why, "请学校补写院校名称；或把文件名改成“学校-第5期”这样。", whole=True)
        )
        return ""
    name = by_name.get(fold(each.school)) or by_code.get(each.code, "")
    if not name:
        name = each.school
        near = process.extractOne(each.school, list(by_name.values()), scorer=fuzz.ratio, score_cutoff=75)
        if schools:
            hint = f"，是不是“{near[0]}”？" if near else "。"
            table.notes.append(Note(Source(each.file), f"“{each.school}”不在院校名单里{hint}"))
    elif fold(name) != fold(each.school):
        table.notes.append(Note(Source(each.file), f"“{each.school}”按院校代码 {each.code} 算作“{name}”"))
    known = table.schools.get(fold(name))
    listed = next((school for school in schools if school.name == name), None)
    kind = (listed.type if listed else "") or (known.type if known else "") or each.type
    if known and known.type and each.type and known.type != each.type:
        text = f"院校类型写的是{each.type}，别处是{known.type}"
        table.conflicts.append(Conflict(name, text, Source(each.file), f"按{known.type}计"))
    table.schools[fold(name)] = KnownSchool(
        known.name if known else name, kind, (known.code if known else "") or each.code
    )
    return table.schools[fold(name)].name


def _tell_alike(table: _Table, listed: bool) -> None:
    """Names so alike that they may be one school are named, and not joined."""
    names = sorted(school.name for school in table.schools.values())
    if listed:
        return
    for index, name in enumerate(names):
        for other, score, _ in process.extract(
            name, names[index + 1 :], scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3
        ):
            short, long = sorted((name, other), key=len)
            if short in long or score > 93:
                table.notes.append(
                    Note(Source(), f"“{name}”和“{other}”很相似，按两所院校计；是同一所的，请统一名称后再汇总")
                )


def _entries(named: Sequence[tuple[str, Return]], table: _Table) -> list[Entry]:
    """One entry for each school, period and certificate; the same said twice counts once, and what differs is told."""
    found: dict[tuple[str, int, tuple[str, str]], Entry] = {}
    order = sorted(named, key=lambda pair: (pair[1].filled or datetime.date.min, not _carries(pair[1]), pair[1].file))
    filled = {each.file: each.filled for _, each in named}
    for name, each in order:
        start, end = table.days.get(each.number or 0, (each.start, each.end))
        kind = table.schools[fold(name)].type
        for line in each.lines:
            entry = Entry(name, kind, each.number or 0, start, end, line, each.file)
            key = (name, entry.number, line.key)
            earlier = found.get(key)
            if earlier is None:
                found[key] = entry
                continue
            differing = _differences(earlier.line, line)
            if differing:
                later = (filled[each.file] or datetime.date.min) > (filled[earlier.file] or datetime.date.min)
                used = entry if later else earlier
                why = "填报日期较晚" if later else "先读到"
                what = (
                    f"{line.label}第{entry.number}期报了两次，数不同：{'；'.join(differing)}（另一份：{earlier.file}）"
                )
                table.conflicts.append(Conflict(name, what, line.source, f"按“{used.file}”（{why}）", entry.number))
                found[key] = replace(used, line=_joined(used.line, (earlier if later else entry).line))
            else:
                table.notes.append(
                    Note(Source(each.file), f"与“{earlier.file}”是同样的数（第{entry.number}期），只算一次")
                )
                found[key] = replace(earlier, line=_joined(earlier.line, line))
    return sorted(found.values(), key=lambda entry: (entry.school, entry.line.label, entry.number))


def _carries(each: Return) -> bool:
    """Whether the figures came with a PDF of ours, which are exact and complete."""
    return each.file.lower().endswith(".pdf")


def _differences(one: Line, other: Line) -> list[str]:
    said = []
    for name, mine, theirs in (("本期", one.this, other.this), ("累计", one.total, other.total)):
        said += [
            f"{name}{matter.value} {mine[matter].number:f} 与 {theirs[matter].number:f}"
            for matter in STAGES
            if matter in mine and matter in theirs and mine[matter].number != theirs[matter].number
        ]
    for task in one.work.keys() & other.work.keys():
        for name, figure, twin in (
            ("本期", one.work[task].this, other.work[task].this),
            ("累计", one.work[task].total, other.work[task].total),
        ):
            if figure and twin and figure.number != twin.number:
                said.append(f"{name}{task[0].value} {figure.number:f} 与 {twin.number:f}")
    if one.approved and other.approved and one.approved.number != other.approved.number:
        said.append(f"批准人数 {one.approved.number:f} 与 {other.approved.number:f}")
    return said


def _joined(line: Line, other: Line) -> Line:
    """A line with the figures that only the other one has."""
    return replace(
        line,
        approved=line.approved or other.approved,
        this={**other.this, **line.this},
        total={**other.total, **line.total},
        work={**other.work, **line.work},
        corrected=line.corrected or other.corrected,
    )


def _deliveries(named: Sequence[tuple[str, Return]], table: _Table) -> dict[tuple[str, int], Delivery]:
    found: dict[tuple[str, int], Delivery] = {}
    for name, each in named:
        number = each.number or 0
        end = table.days.get(number, (None, None))[1]
        day, basis = _handed_in(each)
        late = (day - end).days - table.grace if day and end else None
        key = (name, number)
        before = found.get(key)
        files = (*(before.files if before else ()), each.file)
        if before is not None and before.day is not None and (day is None or before.day <= day):
            day, basis = before.day, before.basis
        if before is not None and before.late is not None and (late is None or before.late < late):
            late = before.late
        found[key] = Delivery(name, number, day, basis, late, tuple(dict.fromkeys(files)))
    return found


def _handed_in(each: Return) -> tuple[datetime.date | None, str]:
    """When a report was handed in, as far as anything tells, and what tells it."""
    if each.filled is not None:
        return each.filled, "填报"
    if each.received is not None:
        return each.received, "收到"
    # A file that was saved before its period began was not saved by whoever filled it in.
    if each.saved is not None and (each.start is None or each.saved >= each.start):
        return each.saved, "保存"
    return None, ""


def due_numbers(collection: Collection, today: datetime.date | None) -> list[int]:
    """The periods that ought to have been reported: those of the calendar, else those that anyone reported; once over."""
    ends = {number: days[1] for number, days in collection.periods.items()}
    return [number for number, end in ends.items() if today is None or end is None or end <= today]


def latest(entries: Iterable[Entry]) -> dict[tuple[str, tuple[str, str]], Entry]:
    """The last entry of each school's certificate, which holds its cumulative figures."""
    found: dict[tuple[str, tuple[str, str]], Entry] = {}
    for entry in entries:
        key = (entry.school, entry.line.key)
        if key not in found or entry.number >= found[key].number:
            found[key] = entry
    return found


def cumulative(entries: Sequence[Entry]) -> dict[tuple[str, tuple[str, str], int], dict[Matter, Decimal | None]]:
    """School, certificate and period → cumulative figures: as stated, else what was stated before and what was added.

    None where neither is known: a period without a report breaks the chain of sums.
    """
    found: dict[tuple[str, tuple[str, str], int], dict[Matter, Decimal | None]] = {}
    before: dict[tuple[str, tuple[str, str]], Entry] = {}
    for entry in sorted(entries, key=lambda each: (each.school, each.line.key, each.number)):
        key = (entry.school, entry.line.key)
        previous = before.get(key)
        sums: dict[Matter, Decimal | None] = {}
        for matter in STAGES:
            stated, added = entry.line.total.get(matter), entry.line.this.get(matter)
            if stated is not None:
                sums[matter] = stated.number
            elif added is None:
                sums[matter] = None
            elif previous is None:
                sums[matter] = added.number if entry.number == 1 else None
            else:
                whole = found[key[0], key[1], previous.number][matter]
                chained = whole is not None and previous.number == entry.number - 1
                sums[matter] = whole + added.number if chained and whole is not None else None
        found[key[0], key[1], entry.number] = sums
        before[key] = entry
    return found
