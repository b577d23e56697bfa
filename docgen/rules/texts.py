"""Every text that a person wrote into the workbook, with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from docgen.model.case import Case
from docgen.model.records import Application
from docgen.model.schema import SHEETS, ValueKind
from docgen.model.source import Origin, Source

_NOT_PROSE = (ValueKind.PATH, ValueKind.SCOPE)
"""File names and application numbers are not printed as text, and have rules of their own."""


@dataclass(frozen=True, slots=True)
class Text:
    """One cell's text. `application` is the one whose row it stands in, "" elsewhere; `sheet` the Case's field,
    `attribute` the column's.
    """

    text: str
    sheet: str
    attribute: str
    application: str = ""
    origin: Origin = field(default_factory=Origin)

    @property
    def source(self) -> Source:
        """Its cell."""
        return self.origin.at(self.attribute)


def texts_of(case: Case) -> Iterator[Text]:
    """All texts of all sheets, sheet by sheet and row by row. A province has a million: they are not kept."""
    for sheet in SHEETS:
        value = getattr(case, sheet.field)
        rows: Iterable[Any] = (value,) if sheet.vertical else value
        attributes = [column.attribute for column in sheet.columns if column.kind not in _NOT_PROSE]
        for row in rows:
            application = row.label if isinstance(row, Application) else ""
            for attribute in attributes:
                content = getattr(row, attribute)
                if isinstance(content, tuple):
                    content = "、".join(content)
                if content and isinstance(content, str):
                    yield Text(str(content), sheet.field, attribute, application, row.origin)
