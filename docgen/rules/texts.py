"""Every text that a person wrote into the workbook, with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from docgen.model.case import Case
from docgen.model.records import Application
from docgen.model.schema import SHEETS, ValueKind
from docgen.model.source import Source

_NOT_PROSE = (ValueKind.PATH, ValueKind.SCOPE)
"""File names and application numbers are not printed as text, and have rules of their own."""


@dataclass(frozen=True, slots=True)
class Text:
    """One cell's text. `application` is the one whose row it stands in, "" elsewhere; `attribute` the column's."""

    text: str
    source: Source
    application: str = ""
    attribute: str = ""


def texts_of(case: Case, columns: Collection[tuple[str, str]] = ()) -> Iterator[Text]:
    """All texts of all sheets, sheet by sheet and row by row; of `columns` (sheet's field, attribute) only, if given."""
    for sheet in SHEETS:
        value = getattr(case, sheet.field)
        rows: Iterable[Any] = (value,) if sheet.vertical else value
        attributes = [column.attribute for column in sheet.columns if column.kind not in _NOT_PROSE]
        if columns:
            attributes = [attribute for attribute in attributes if (sheet.field, attribute) in columns]
        for row in rows:
            application = row.label if isinstance(row, Application) else ""
            for attribute in attributes:
                content = getattr(row, attribute)
                text = "、".join(content) if isinstance(content, tuple) else content
                if isinstance(text, str) and text:
                    yield Text(str(text), row.origin.at(attribute), application, attribute)
