"""Reads the values of a filled PDF form's fields back, each under its label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.acroform.geometry import MM
from docgen.acroform.names import OFF
from docgen.acroform.traits import value_of

from ..matching import propose
from ..results import Extracted, ExtractedRows, ExtractResult, Place, PlaceKind, Proposal
from ..structure import Spot
from ..tables import NUMBERING
from ..values import FormData
from .fields import Field, Kind
from .layout import Marked
from .reading import PdfForm, marks_of, rows_of


def read_fields(form: PdfForm, mapped: Mapping[str, str] | None = None) -> ExtractResult:
    """What the fields of a form say, in the order of the form; blank ones too, with an empty value.

    `mapped` as `propose` takes it says what places mean that their labels do not tell.
    """
    proposals = propose([spot.place for spot in form.spots], FormData({}), mapped)
    values: list[Extracted] = []
    tables: list[ExtractedRows] = []
    for spot, proposal in zip(form.spots, proposals, strict=True):
        if spot.table is not None:
            tables.append(ExtractedRows(spot.place, proposal.field, tuple(_rows(form, spot, proposal))))
            continue
        value = _value(form, spot)
        values.append(Extracted(spot.place, proposal.field, proposal.title, value, proposal.score))
    return ExtractResult(form.name, tuple(values), tuple(tables))


def _rows(form: PdfForm, spot: Spot, proposal: Proposal) -> list[Mapping[str, str]]:
    """The rows of a table that say anything, by the data's names of the columns, else by their headers."""
    rows: list[Mapping[str, str]] = []
    for marks in rows_of(spot):
        row = {}
        for column, mark in enumerate(marks):
            key = proposal.columns.get(column) or spot.place.columns[column]
            if mark is not None and key != NUMBERING:
                row[key] = _said(form.opened.fields[mark.field])
        if any(row.values()):
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


def where(form: PdfForm, place: Place, spots: Sequence[Spot] | None = None) -> str:
    """Where a place is, as one finds it on paper: 第1页 左53 上14 宽106 高8 毫米; "" for a field that shows nowhere."""
    for spot in spots if spots is not None else form.spots:
        if spot.place is not place:
            continue
        marks = list(marks_of(spot).values())
        if not marks and spot.control is not None and isinstance(spot.control.handle, Marked):
            marks = [spot.control.handle]
        if marks:
            mark = marks[0]
            page = form.opened.fields[mark.field].widgets[mark.number].page
            sheet, box = form.pages[page - 1].box, mark.box
            sizes = (box.left - sheet.left, sheet.top - box.top, box.width, box.height)
            left, top, wide, high = (round(size / MM) for size in sizes)
            return f"第{page}页 左{left} 上{top} 宽{wide} 高{high} 毫米"
    return ""
