"""The same fault in forty rows is one finding with its cells, whoever found it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from docgen.findings import Finding, FindingKind

from .words import cells

_MANY = 10
"""From so many on, faults of one rule in one column are told once even where their values differ."""

_Key = tuple[str, ...]


def joined(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those of one rule and application in one column told once: where the words are the same, or are many.

    What a rule has joined itself is left as it is.
    """
    kept: list[Finding] = []
    columns: dict[_Key, list[Finding]] = {}
    for finding in findings:
        letters = finding.source.cell.rstrip("0123456789")
        if finding.kind is not FindingKind.FAIL or finding.also or not letters:
            kept.append(finding)
            continue
        place = finding.source
        key = (finding.rule, finding.level, finding.application, place.file, place.sheet, letters)
        columns.setdefault(key, []).append(finding)
    for column in columns.values():
        alike: dict[tuple[str, str], list[Finding]] = {}
        for finding in dict.fromkeys(column):
            alike.setdefault((finding.message, finding.hint), []).append(finding)
        same = [_same(members) for members in alike.values()]
        kept += same if len(same) < _MANY else [_many(column)]
    return kept


def _same(members: list[Finding]) -> Finding:
    """Findings of the very same words in several cells as one."""
    sources = [finding.source for finding in sorted(members, key=lambda finding: finding.order)]
    if len(sources) == 1:
        return members[0]
    return replace(
        members[0], message=f"{cells(sources)}：{members[0].message}", source=sources[0], also=tuple(sources[1:])
    )


def _many(members: list[Finding]) -> Finding:
    """Findings of one sort with different values as one: the first is spelled out."""
    ordered = sorted(members, key=lambda finding: finding.order)
    sources = list(dict.fromkeys(finding.source for finding in ordered))
    rest = f"这一列还有 {len(sources) - 1} 处同样的问题：{cells(sources[1:])}。"
    return replace(ordered[0], message=f"{ordered[0].message}{rest}", also=tuple(sources[1:]))
