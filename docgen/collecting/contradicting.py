"""What the returns of one school say that cannot all be right: stages out of order, sums that do not follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from docgen.model.season import STAGES, Matter

from .records import Conflict, Entry, Sourced

_APPROVED = "批准人数"


def contradictions(entries: Sequence[Entry]) -> list[Conflict]:
    """Every contradiction within one line, and between the lines of a certificate from period to period."""
    found: list[Conflict] = []
    chains: dict[tuple[str, tuple[str, str]], list[Entry]] = {}
    for entry in entries:
        chains.setdefault((entry.school, entry.line.key), []).append(entry)
        found += _within(entry)
    for chain in chains.values():
        ordered = sorted(chain, key=lambda entry: entry.number)
        for before, after in pairwise(ordered):
            found += _between(before, after)
        if ordered[0].number == 1:
            found += _first(ordered[0])
    return found


def _within(entry: Entry) -> Iterator[Conflict]:
    """取证 ≤ 考核 ≤ 报名 ≤ 培训 ≤ 批准 in the cumulative figures; nothing below zero."""
    line = entry.line
    chain: list[tuple[str, Sourced]] = [(_APPROVED, line.approved)] if line.approved else []
    chain += [(matter.value, line.total[matter]) for matter in STAGES if matter in line.total]
    for (earlier, more), (later, fewer) in pairwise(chain):
        if fewer.number > more.number:
            verb = "多于" if earlier == _APPROVED else "多于累计"
            what = f"{line.label}第{entry.number}期累计{later} {fewer.number:f} 人，{verb}{earlier} {more.number:f} 人"
            yield Conflict(entry.school, what, fewer.source, "照写的列入", entry.number)
    for matter, figure in line.total.items():
        if figure.number < 0:
            what = f"{line.label}第{entry.number}期累计{matter.value}是负数 {figure.number:f}"
            yield Conflict(entry.school, what, figure.source, "照写的列入", entry.number)


def _first(entry: Entry) -> Iterator[Conflict]:
    """In the first period, cumulative is what was added."""
    for matter, total in entry.line.total.items():
        added = entry.line.this.get(matter)
        if added is not None and total.number != added.number:
            what = f"{entry.line.label}第1期{matter.value}本期 {added.number:f} 人，累计却是 {total.number:f} 人"
            yield Conflict(entry.school, what, total.source, "累计照写的列入", 1)


def _between(before: Entry, after: Entry) -> Iterator[Conflict]:
    """Cumulative is the period before's and what was added (and corrected); it does not fall; the plan stays."""
    label, number = after.line.label, after.number
    for matter in STAGES:
        was, now, added = before.line.total.get(matter), after.line.total.get(matter), after.line.this.get(matter)
        if was is None or now is None:
            continue
        mended = after.line.corrected.get(matter, Decimal(0))
        if added is not None and before.number == number - 1:
            expected = was.number + added.number + mended
            if now.number != expected:
                yield Conflict(
                    after.school,
                    _sum(label, number, matter, was, added, mended, now),
                    now.source,
                    "累计照写的列入",
                    number,
                )
        elif now.number < was.number + mended:
            what = f"{label}累计{matter.value}从第{before.number}期的 {was.number:f} 人降到第{number}期的 {now.number:f} 人"
            yield Conflict(after.school, what, now.source, "照写的列入", number)
    one, other = before.line.approved, after.line.approved
    if one is not None and other is not None and one.number != other.number:
        what = f"{label}批准人数第{before.number}期写 {one.number:f}，第{number}期写 {other.number:f}"
        yield Conflict(after.school, what, other.source, "各期照写的列入，合计用最近一期", number)


def _sum(label: str, number: int, matter: Matter, was: Sourced, added: Sourced, mended: Decimal, now: Sourced) -> str:
    correction = f"，更正 {mended:+f}" if mended else ""
    expected = was.number + added.number + mended
    return (
        f"{label}第{number}期{matter.value}累计写 {now.number:f} 人；上期累计 {was.number:f}，本期 {added.number:f}{correction}，"
        f"应为 {expected:f}，相差 {now.number - expected:f}"
    )
