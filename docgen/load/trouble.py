"""A cell that cannot be read, as a value: which finding it becomes, what is wrong with it, what to do."""

from __future__ import annotations

from dataclasses import dataclass

NUMBER, CHOICE, YEAR, NUMBERING, CELL_ERROR, FORMULA, REWRITTEN = (
    "DAT013",
    "DAT014",
    "DAT015",
    "DAT016",
    "DAT017",
    "DAT018",
    "DAT019",
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a cell could not be read. `message` goes on after the column's name; `rule` is the finding's id."""

    rule: str
    message: str
    hint: str
