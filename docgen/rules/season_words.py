"""What the rules about biweekly reports say alike: an entry in words, a number, one stage overtaken by the next."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.model.season import Matter, ProgressEntry, label_of
from docgen.model.source import Source
from docgen.season.figures import Line, Progress
from docgen.season.periods import Period

from .base import Answer, Fail


def plain(number: Decimal) -> str:
    """A number without needless zeros."""
    return f"{number.normalize():f}" if number else "0"


def told(entry: ProgressEntry) -> str:
    """An entry in a few words: 网店运营推广（中级） 学生培训 35人."""
    amount = f"{plain(entry.amount.number)}{entry.unit}" if entry.amount else ""
    parts = (label_of(entry.certificate, entry.level), entry.matter.value if entry.matter else "", amount)
    return " ".join(part for part in parts if part) or entry.note[:20]


def last_place(progress: Progress, line: Line, matter: Matter, period: Period) -> Source:
    """The cell of the last entry of a stage up to a period; the plan's where there is none."""
    found = line.origin.at("approved")
    for entry in progress.entries_of(line, matter):
        own = progress.period_of(entry)
        if own is not None and own.number <= period.number:
            found = entry.origin.at("amount")
    return found


def overtaken(progress: Progress, line: Line, later: Matter, earlier: Matter) -> Iterator[Answer]:
    """A failure at the first period by whose end more people are at the later of two stages."""
    for period in progress.told:
        many, few = (progress.total(line.key, matter, period.number) for matter in (later, earlier))
        if many > few:
            yield Fail(
                f"到{period.label}累计{later.value} {plain(many)} 人，多于累计{earlier.value} {plain(few)} 人，"
                f"多 {plain(many - few)} 人。",
                last_place(progress, line, later, period),
            )
            return
