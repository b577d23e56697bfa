"""What making notices hands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from docgen.findings import Evaluation
from docgen.model.official import OfficialDocument
from docgen.model.review import Review
from docgen.publish.publisher import Result


@dataclass(frozen=True, slots=True)
class Item:
    """One document to make: `stem` is its path below OUT without extension, `school` whose it is ("" for the general one)."""

    stem: str
    title: str
    kind: str
    document: OfficialDocument = field(repr=False)
    school: str = ""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A finished run: where, from what, what was found, which files were made.

    `schools` counts the schools with a result, `returns` those with something to mend, `accounts` the answers; `unsent`
    names the schools without a mail address.
    """

    out: Path
    review: Review
    evaluation: Evaluation
    result: Result
    schools: int = 0
    returns: int = 0
    accounts: int = 0
    unsent: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
