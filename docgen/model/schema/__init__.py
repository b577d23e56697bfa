"""The workbook's contract, once: sheets, columns, aliases, notes. `init` writes from it, `load` reads by it."""

from __future__ import annotations

from .applications import APPLICATIONS
from .background import ENROLMENTS, EVIDENCE, PAST_PILOTS
from .columns import EVERYWHERE_WORDS, EXAMPLE_MARK, GUIDE_SHEETS, RESULT_SHEET, Column, Sheet, ValueKind
from .resources import EQUIPMENT, TEACHERS, VENUES
from .review import ACCOUNTS, DECISIONS, LETTER_FORM, NOTICE, OFFICIAL_FORM, REVIEW_SHEETS, SCHOOLS
from .school import SCHOOL
from .season import PLAN, PROGRESS, REMARKS, SEASON, SEASON_SHEETS

__all__ = [
    "ACCOUNTS",
    "APPLICATIONS",
    "DECISIONS",
    "ENROLMENTS",
    "EQUIPMENT",
    "EVERYWHERE_WORDS",
    "EVIDENCE",
    "EXAMPLE_MARK",
    "GUIDE_SHEETS",
    "LETTER_FORM",
    "NOTICE",
    "OFFICIAL_FORM",
    "PAST_PILOTS",
    "PLAN",
    "PROGRESS",
    "REMARKS",
    "RESULT_SHEET",
    "REVIEW_SHEETS",
    "SCHOOL",
    "SCHOOLS",
    "SEASON",
    "SEASON_SHEETS",
    "SHEETS",
    "TEACHERS",
    "VENUES",
    "Column",
    "Sheet",
    "ValueKind",
    "column_of",
]

SHEETS: tuple[Sheet, ...] = (
    SCHOOL,
    APPLICATIONS,
    TEACHERS,
    VENUES,
    EQUIPMENT,
    ENROLMENTS,
    PAST_PILOTS,
    EVIDENCE,
)


def column_of(sheet: Sheet, attribute: str) -> Column:
    """The column of an attribute. Raises KeyError where the sheet has none."""
    for column in sheet.columns:
        if column.attribute == attribute:
            return column
    raise KeyError(f"{sheet.name} has no column for {attribute}")
