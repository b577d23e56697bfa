"""Reads the values of a filled PDF form's fields back, each under its label."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.acroform.names import OFF
from docgen.acroform.traits import value_of

from ..labels import THRESHOLD
from ..maps import FormMap
from ..matching import propose
from ..reading_back import read_back, read_values
from ..results import Extracted, ExtractedRows, ExtractResult, PlaceKind, Proposal
from ..structure import Spot, Story
from ..tables import NUMBERING
from ..values import FormData, canonical
from ..vocabulary import school_vocabulary
from .fields import Field, Kind
from .joining import as_read
from .printed import Marked
from .reading import PdfForm, marks_of, rows_of


def read_fields(form: PdfForm, mapped: Mapping[str, str] | None = None) -> ExtractResult:
    """What the fields of a form say, in the order of the form.

    `mapped` as `propose` takes it says what places mean that their labels do not tell. A value whose label means nothing
    for sure has no field.
    """
    proposals = propose([spot.place for spot in form.spots], FormData({}), mapped)
    values: list[Extracted] = []
    tables: list[ExtractedRows] = []
    for spot, proposal in zip(form.spots, proposals, strict=True):
        key = proposal.field if proposal.score >= THRESHOLD else ""
        if spot.table is not None:
            if rows := _rows(form, spot, proposal):
                tables.append(ExtractedRows(spot.place, key, tuple(rows)))
        elif value := _value(form, spot):
            known = school_vocabulary().by_key(key)
            values += read_values(proposal, key, canonical(known, value) if known is not None else value)
    return ExtractResult(form.name, tuple(values), tuple(tables))


def read_print(form: PdfForm, known: FormMap | None = None) -> ExtractResult:
    """What is printed and ticked on a form without fields, beside its labels; `form` was read as a filled one."""
    stories = [Story(story.name, as_read(story.blocks)) for story in form.stories]
    return read_back(form.name, stories, known)


def _rows(form: PdfForm, spot: Spot, proposal: Proposal) -> list[Mapping[str, str]]:
    """The rows of a table that say anything, by the data's names of the columns, else by their headers."""
    rows: list[Mapping[str, str]] = []
    for marks in rows_of(spot):
        row = {}
        for column, mark in enumerate(marks):
            key = proposal.columns.get(column) or spot.place.columns[column]
            if mark is not None and key != NUMBERING and (said := _said(form.opened.fields[mark.field])):
                row[key] = said
        if row:
            rows.append(row)
    return rows


def _value(form: PdfForm, spot: Spot) -> str:
    marks = marks_of(spot)
    if not marks and spot.control is not None and isinstance(spot.control.handle, Marked):
        marks = {0: spot.control.handle}
    if not marks:
        return ""
    fields = form.opened.fields
    first = fields[marks[0].field] if 0 in marks else fields[next(iter(marks.values())).field]
    if spot.place.kind is PlaceKind.DATE and len(marks) == 3:
        parts = [_said(fields[marks[place].field]).strip() for place in range(3)]
        return f"{parts[0]}年{parts[1]}月{parts[2]}日" if all(parts) else ""
    if first.kind not in (Kind.CHECK, Kind.RADIO):
        return _said(first)
    if spot.place.kind is PlaceKind.CHECK:
        return "是" if any(_on(first, number) for number in range(len(first.widgets))) else ""
    if len(marks) == 1 and len(spot.place.options) > 1:  # a field that no words stand beside
        return "、".join(option for number, option in enumerate(spot.place.options) if _on(first, number))
    return "、".join(
        spot.place.options[number] for number, mark in sorted(marks.items()) if _on(fields[mark.field], mark.number)
    )


def _on(one: Field, number: int) -> bool:
    return one.widgets[number].state not in (b"", OFF)


def _said(one: Field) -> str:
    return value_of(one.node)
