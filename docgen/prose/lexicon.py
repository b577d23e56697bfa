"""The list of confusable words: which wrong form stands for which right one, and what context decides.

`confusions.csv`, one entry a row: wrong, right, kind, when, unless, example, reason. `when` and `unless` are lists of
contexts, parted by spaces: `~配` means that 配 follows, `讲~` that 讲 stands before, `[年月]` one of several characters;
a context without `~` may stand anywhere in the clause. An entry holds where one of `when` (if any) and none of `unless`
is there. It is a table and not TOML, because the standard library reads a table ten times as fast.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache, cached_property
from importlib import resources

from .slip import Slip, SlipKind

_CLAUSE_ENDS = "，。；！？,;!?\n"


class Confusion:
    """One entry. `example` is a sentence with the wrong form in it, once."""

    def __init__(self, row: dict[str, str]) -> None:
        self.wrong, self.right = row["wrong"], row["right"]
        self.kind = SlipKind(row["kind"])
        self.reason, self.example = row["reason"], row["example"]
        self._when, self._unless = row["when"], row["unless"]

    @property
    def exceptions(self) -> tuple[str, ...]:
        """The contexts in which the characters are right, as written in the list."""
        return tuple(self._unless.split())

    @cached_property
    def _needed(self) -> tuple[re.Pattern[str] | None, tuple[str, ...]]:
        return _contexts(self.wrong, self._when)

    @cached_property
    def _silencing(self) -> tuple[re.Pattern[str] | None, tuple[str, ...]]:
        return _contexts(self.wrong, self._unless)

    def excused(self, text: str, start: int) -> bool:
        """Whether the characters at `start` are right where they stand, because one of `unless` is there."""
        return bool(self._unless) and _there(self._silencing, text, start)

    def asked(self, text: str, start: int) -> bool:
        """Whether one of `when` is there, or none is asked for."""
        return not self._when or _there(self._needed, text, start)


def _contexts(wrong: str, listed: str) -> tuple[re.Pattern[str] | None, tuple[str, ...]]:
    """The contexts that touch the word as one pattern, and those that may stand anywhere in the clause."""
    touching: list[str] = []
    anywhere: list[str] = []
    for context in listed.split():
        before, tilde, after = context.partition("~")
        if not tilde:
            anywhere.append(context)
            continue
        behind = f"(?<={before})" if before else ""
        ahead = f"(?={after})" if after else ""
        touching.append(behind + re.escape(wrong) + ahead)
    return (re.compile("|".join(touching)) if touching else None), tuple(anywhere)


def _there(contexts: tuple[re.Pattern[str] | None, tuple[str, ...]], text: str, start: int) -> bool:
    touching, anywhere = contexts
    if touching and touching.match(text, start):
        return True
    if not anywhere:
        return False
    first = max(text.rfind(mark, 0, start) for mark in _CLAUSE_ENDS) + 1
    ends = [place for mark in _CLAUSE_ENDS if (place := text.find(mark, start)) >= 0]
    clause = text[first : min(ends, default=len(text))]
    return any(context in clause for context in anywhere)


def entries() -> list[Confusion]:
    """The list as it is shipped, in its order."""
    file = resources.files(__package__).joinpath("confusions.csv")
    return [Confusion(row) for row in csv.DictReader(file.read_text("utf-8").splitlines())]


@cache
def by_beginning() -> dict[str, list[Confusion]]:
    """The entries under the first two characters of their wrong forms, longest first."""
    found: dict[str, list[Confusion]] = {}
    for entry in sorted(entries(), key=lambda entry: -len(entry.wrong)):
        found.setdefault(entry.wrong[:2], []).append(entry)
    return found


def confused_words(text: str, pairs: Iterable[str]) -> tuple[list[Slip], list[tuple[int, int]]]:
    """The entries that hold in `text`, and the places where the characters of an entry are right.

    `pairs` are the pairs of neighbouring characters in the text.
    """
    listed = by_beginning()
    slips: list[Slip] = []
    right: list[tuple[int, int]] = []
    for pair in listed.keys() & pairs:
        start = text.find(pair)
        while start >= 0:
            for entry in listed[pair]:
                if not text.startswith(entry.wrong, start):
                    continue
                end = start + len(entry.wrong)
                if entry.excused(text, start):
                    right.append((start, end))
                elif entry.asked(text, start):
                    slips.append(Slip(start, end, entry.wrong, entry.right, entry.kind, entry.reason))
                    break
            start = text.find(pair, start + 1)
    return slips, right
