"""References in formulas: found with openpyxl's tokenizer, taken apart once, put together again for other rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .spreadsheets import Token, Tokenizer

LAST_ROW = 1_048_576
"""The last row that a sheet can have (ECMA-376; Excel's limit)."""

_SHEET = r"(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*)!"
_CELL = (
    r"(?P<c1>\$?[A-Za-z]{1,3})(?P<a1>\$?)(?P<r1>[0-9]{1,7})(?::(?P<c2>\$?[A-Za-z]{1,3})(?P<a2>\$?)(?P<r2>[0-9]{1,7}))?"
)
_ROWS = r"(?P<b1>\$?)(?P<s1>[0-9]{1,7}):(?P<b2>\$?)(?P<s2>[0-9]{1,7})"
_REFERENCE = re.compile(rf"(?<![\w.$!'])(?:{_SHEET})?(?:{_CELL}|{_ROWS})(?![\w.(!$])")
_RANGE = re.compile(rf"(?:{_CELL}|{_ROWS})")


@dataclass(frozen=True, slots=True)
class Area:
    """Cells of a sheet. `left`, `right`: columns as written ("$A"), "" for whole rows; `single`: written as one cell.

    `top_fixed` and `bottom_fixed` tell whether the row has a $; `sheet` is None for the formula's own.
    """

    left: str
    top: int
    right: str
    bottom: int
    sheet: str | None = None
    top_fixed: bool = False
    bottom_fixed: bool = False
    single: bool = False
    prefix: str = ""

    def text(self, top: int, bottom: int) -> str:
        """The reference as a formula writes it, with other rows."""
        first, last = "$" * self.top_fixed, "$" * self.bottom_fixed
        start = f"{self.prefix}{self.left}{first}{top}"
        if self.single and top == bottom:
            return start
        return f"{start}:{self.right}{last}{bottom}"


Resolve = Callable[[Area], tuple[int, int] | None]
"""Which rows an area has now; None: it is to stay as written."""


def _area(match: re.Match[str]) -> Area:
    groups = match.groupdict()
    quoted = groups.get("sheet")
    sheet = quoted.strip("'").replace("''", "'") if quoted else None
    prefix = f"{quoted}!" if quoted else ""
    if groups["s1"]:
        top, bottom = int(groups["s1"]), int(groups["s2"])
        return Area("", top, "", bottom, sheet, bool(groups["b1"]), bool(groups["b2"]), prefix=prefix)
    single = groups["r2"] is None
    top, fixed = int(groups["r1"]), bool(groups["a1"])
    if single:
        return Area(groups["c1"], top, groups["c1"], top, sheet, fixed, fixed, single=True, prefix=prefix)
    return Area(groups["c1"], top, groups["c2"], int(groups["r2"]), sheet, fixed, bool(groups["a2"]), prefix=prefix)


def area_of(text: str) -> Area | None:
    """A range as attributes have it (`A1:B2`, `C3`); None for anything else."""
    match = _RANGE.fullmatch(text)
    return _area(match) if match else None


class Formula:
    """A formula (without its =), taken apart. Raises openpyxl's TokenizerError where it is none."""

    __slots__ = ("areas", "parts")

    def __init__(self, text: str) -> None:
        self.parts: list[str | Area] = []
        for token in Tokenizer(f"={text}").items:
            refers = token.subtype == Token.RANGE or (token.type == Token.FUNC and ":" in token.value)
            if not refers or "[" in token.value:
                self.parts.append(token.value)
                continue
            end = 0
            for match in _REFERENCE.finditer(token.value):
                self.parts += [token.value[end : match.start()], _area(match)]
                end = match.end()
            self.parts.append(token.value[end:])
        self.areas = tuple(part for part in self.parts if isinstance(part, Area))

    def text(self, resolve: Resolve) -> str:
        """The formula with its references where `resolve` says that their cells are now."""
        written = []
        for part in self.parts:
            if isinstance(part, Area):
                rows = resolve(part)
                written.append(part.text(*(rows or (part.top, part.bottom))))
            else:
                written.append(part)
        return "".join(written)
