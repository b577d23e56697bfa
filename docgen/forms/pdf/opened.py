"""A PDF form opened once and filled many times, as Word and Excel forms are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from docgen.acroform.geometry import Box

from ..filled import PLANNED, options_chosen
from ..maps import FormMap, fitted
from ..matching import propose
from ..results import ExtractResult, FillResult, Place, PlaceKind, Proposal, State
from ..structure import Spot
from ..values import FormData
from .extracting import read_fields
from .layout import Printed
from .opening import open_form
from .overlay import Overlay, Wash
from .reading import PdfForm, marks_of, read_pdf, rows_of
from .saving import whole
from .writing import span_box, write_pdf


@dataclass
class OpenPdf:
    """A PDF form. With `flatten`, what is filled in becomes ink that nobody can change."""

    source: bytes
    name: str
    flatten: bool = False
    suffix: str = field(default=".pdf", init=False)

    @cached_property
    def _read(self) -> PdfForm:
        return read_pdf(self.source, self.name)

    def places(self) -> tuple[Place, ...]:
        """Every place of the form, in the order of reading. Raises InputError where it cannot be filled."""
        return tuple(spot.place for spot in self._read.spots)

    def extract(self, known: FormMap | None = None) -> ExtractResult:
        """What the fields of a filled form say; `known` is a map that names the fields of places by their labels."""
        places = [spot.place for spot in self._read.spots]
        mapped = fitted(known, places, self.name)[0] if known is not None else {}
        return read_fields(self._read, {at: key for at, key in mapped.items() if key})

    def fill(
        self,
        data: FormData,
        mapped: Mapping[str, str] | None = None,
        *,
        remove_surplus: bool = False,  # noqa: ARG002 - rows of a PDF stay where they are
        plan: bool = False,
    ) -> FillResult:
        """The form filled from data; `mapped` as `propose` takes it.

        With `plan`, what would be written and what is only proposed is shown in colour, burnt into the pages.
        """
        known = self._read
        form = replace(known, opened=open_form(self.source, self.name))
        proposals = propose([spot.place for spot in form.spots], data, mapped)
        if plan:
            return _planned(form, proposals)
        chosen = {
            number: options_chosen(proposal)
            for number, proposal in enumerate(proposals)
            if proposal.state is State.FILLED
        }
        return write_pdf(form, proposals, chosen, flatten=self.flatten)


def _planned(form: PdfForm, proposals: Sequence[Proposal]) -> FillResult:
    """The form as it would be, values that are only proposed written too, each place washed in the colour of its state."""
    washes = Overlay()
    shown = []
    for spot, proposal in zip(form.spots, proposals, strict=True):
        colour = PLANNED.get(proposal.state, "")
        if colour and (proposal.value or proposal.rows):
            washes.washes += [Wash(page, box, colour) for page, box in _areas(form, spot)]
            shown.append(replace(proposal, state=State.FILLED))
        else:
            shown.append(replace(proposal, state=State.BLANK))
    chosen = {
        number: options_chosen(proposal) for number, proposal in enumerate(shown) if proposal.state is State.FILLED
    }
    result = write_pdf(form, shown, chosen, flatten=True)
    made = open_form(result.data, form.name)
    washes.draw(made.pdf, form.pages)
    return FillResult(whole(made.pdf), tuple(proposals), result.findings)


def _areas(form: PdfForm, spot: Spot) -> list[tuple[int, Box]]:
    """Where a spot stands: its widgets, its spans, its cell, or its table's rows."""
    marks = list(marks_of(spot).values()) + [mark for row in rows_of(spot) for mark in row if mark is not None]
    if marks:
        widgets = [form.opened.fields[mark.field].widgets[mark.number] for mark in marks]
        return [(widget.page, mark.box) for widget, mark in zip(widgets, marks, strict=True)]
    if spot.table is not None:
        cells = [
            spot.table.cell(row, first) for row in range(spot.first_row, spot.last_row + 1) for first, _ in spot.columns
        ]
        return [(cell.handle.page, cell.handle.room) for cell in cells if cell is not None]
    if spot.line is not None:
        lines = spot.lines or (spot.line,) * len(spot.spans)
        printed: list[Printed] = [line.handle for line in lines]
        return [
            (one.page, span_box(one, line.text, *span))
            for one, line, span in zip(printed, lines, spot.spans, strict=True)
        ]
    if spot.cell is not None and spot.place.kind is not PlaceKind.PICTURE:
        return [(spot.cell.handle.page, spot.cell.handle.room)]
    return []
