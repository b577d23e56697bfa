"""A cell that cannot be read, as a value: which finding it becomes, what is wrong with it, what to do."""

from __future__ import annotations

from dataclasses import dataclass

NUMBER, CHOICE, YEAR, NUMBERING, CELL_ERROR, FORMULA, REWRITTEN, TOO_LONG, DATE = (
    "DAT013",
    "DAT014",
    "DAT015",
    "DAT016",
    "DAT017",
    "DAT018",
    "DAT019",
    "DAT028",
    "DAT033",
)


_MOST_SHOWN = 40


def shown(text: str) -> str:
    """A cell's text as a message quotes it: on one line, and not longer than a glance."""
    text = " ".join(text.split())
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a cell could not be read. `message` goes on after the column's name; `rule` is the finding's id."""

    rule: str
    message: str
    hint: str
