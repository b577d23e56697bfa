"""Where the rows of a template went: which rows of the finished sheet each came to stand in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docgen.tools.references import LAST_ROW, Area

Path = tuple[int, ...]
"""The rounds of the loops around a row, outermost first; every round of every loop has a number of its own."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of the template that stay together, or one row of tags, which is never placed.

    `loops`: the loops around them, outermost first.
    """

    first: int
    last: int
    loops: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A block as it stands in the finished sheet, from row `start` on, with the values of its cells."""

    block: int
    start: int
    path: Path
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """From where a reference is read: within which rounds of which loops."""

    loops: tuple[int, ...] = ()
    path: Path = ()


OUTSIDE = Scope()


@dataclass(slots=True)
class Layout:
    """The blocks of a sheet and where they were placed, in the order of the finished sheet.

    `end` is the template's last row that holds anything; the rows below it are empty and move as one.
    """

    blocks: tuple[Block, ...]
    end: int = 0
    placed: list[Placed] = field(default_factory=list)
    height: int = 0
    _spans: dict[tuple[int, Path], tuple[int, int]] = field(default_factory=dict)
    _touched: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)

    def place(self, block: int, path: Path, values: tuple[Any, ...] = ()) -> None:
        """Put a block below what was placed so far."""
        size = self.blocks[block].last - self.blocks[block].first + 1
        start = self.height + 1
        self.placed.append(Placed(block, start, path, values))
        self.height += size
        for depth in range(len(path) + 1):
            key = (block, path[:depth])
            self._spans[key] = (self._spans.get(key, (start, start))[0], start)

    def _blocks_in(self, top: int, bottom: int) -> tuple[int, ...]:
        known = self._touched.get((top, bottom))
        if known is None:
            index = bisect_left(self.blocks, top, key=lambda block: block.last)
            found = []
            while index < len(self.blocks) and self.blocks[index].first <= bottom:
                found.append(index)
                index += 1
            known = self._touched[top, bottom] = tuple(found)
        return known

    def _span(self, block: int, scope: Scope, fixed: bool) -> tuple[int, int] | None:
        """The first and the last start of a block, in the rounds that it shares with the scope unless `fixed`."""
        depth = 0 if fixed else _common(self.blocks[block].loops, scope.loops)
        return self._spans.get((block, scope.path[:depth]))

    def find(
        self, top: int, bottom: int, scope: Scope = OUTSIDE, fixed: tuple[bool, bool] = (False, False)
    ) -> tuple[int, int] | None:
        """The rows of the finished sheet that rows of the template became, seen from `scope`; None where there are none."""
        starts, ends = [], []
        for index in self._blocks_in(top, bottom):
            block = self.blocks[index]
            if span := self._span(index, scope, fixed[0]):
                starts.append(span[0] + max(top, block.first) - block.first)
            if span := self._span(index, scope, fixed[1]):
                ends.append(span[1] + min(bottom, block.last) - block.first)
        if bottom > self.end:
            moved = self.height - self.end
            starts.append(max(top, self.end + 1) + moved)
            ends.append(bottom if bottom >= LAST_ROW else min(bottom + moved, LAST_ROW))
        if not starts or not ends:
            return None
        return min(starts), max(*ends, min(starts))

    def resolve(self, area: Area, scope: Scope) -> tuple[int, int]:
        """The rows of a formula's reference. What vanished gives the sheet's last row, which is empty: it adds nothing."""
        found = self.find(area.top, area.bottom, scope, (area.top_fixed, area.bottom_fixed))
        if found is None:
            return LAST_ROW, LAST_ROW
        if area.single and area.top_fixed and self._shares_a_loop(area.top, scope):
            return found[0], found[0]  # $ keeps to the first round, as when a formula is filled down
        return found

    def _shares_a_loop(self, row: int, scope: Scope) -> bool:
        return any(_common(self.blocks[index].loops, scope.loops) for index in self._blocks_in(row, row))

    def scopes(self, top: int, bottom: int) -> Iterator[Scope]:
        """The rounds in which rows of the template stand as a whole: one for rows outside of loops, none for vanished."""
        touched = self._blocks_in(top, bottom)
        if not touched:
            if bottom > self.end:
                yield OUTSIDE
            return
        loops = self.blocks[touched[0]].loops
        for index in touched:
            loops = loops[: _common(loops, self.blocks[index].loops)]
        if bottom > self.end:
            loops = ()
        paths = {path for index, path in self._spans if index in touched and len(path) == len(loops)}
        for path in sorted(paths):
            yield Scope(loops, path)

    def copies(self, top: int, bottom: int) -> Iterator[tuple[Scope, int, int]]:
        """Every place where rows of the template stand now, with its scope: one a round where a loop repeats them."""
        for scope in self.scopes(top, bottom):
            if found := self.find(top, bottom, scope):
                yield scope, *found

    def near(self, row: int) -> int:
        """Where a row is now, or the next one below that is there: for what floats over the sheet."""
        if found := self.find(row, row):
            return found[0]
        index = bisect_left(self.blocks, row, key=lambda block: block.last)
        while index < len(self.blocks):
            if span := self._spans.get((index, ())):
                return span[0]
            index += 1
        return self.height + 1


def _common(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """How many loops, from the outermost on, two rows are both in."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
