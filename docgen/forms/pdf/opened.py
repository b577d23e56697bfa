"""A PDF form opened once and filled many times, as Word and Excel forms are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..filled import PLANNED, options_chosen
from ..maps import FormMap, fitted
from ..matching import propose
from ..results import ExtractResult, FillResult, Place, Proposal, State
from ..values import FormData, Picture
from .extracting import read_fields, read_print
from .opening import open_form
from .overlay import Overlay, Wash
from .reading import PdfForm, areas_of, read_pdf
from .saving import whole
from .writing import write_pdf


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
        """What a filled form says; `known` is a map that names the fields of places by their labels."""
        form = read_pdf(self.source, self.name, filled=True)
        if form.flat:
            return read_print(form, known)
        mapped = fitted(known, [spot.place for spot in form.spots], self.name)[0] if known is not None else {}
        return read_fields(form, {at: key for at, key in mapped.items() if key})

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
            return _planned(form, proposals, _picture_of(data))
        chosen = {
            number: options_chosen(proposal)
            for number, proposal in enumerate(proposals)
            if proposal.state is State.FILLED
        }
        return write_pdf(form, proposals, chosen, flatten=self.flatten, picture=_picture_of(data))


def _picture_of(data: FormData) -> Picture | None:
    """The photo that the data brings."""
    picture = data.value("照片")
    return picture if isinstance(picture, Picture) else None


def _planned(form: PdfForm, proposals: Sequence[Proposal], picture: Picture | None) -> FillResult:
    """The form as it would be, values that are only proposed written too, each place washed in the colour of its state."""
    washes = Overlay()
    shown = []
    for spot, proposal in zip(form.spots, proposals, strict=True):
        colour = PLANNED.get(proposal.state, "")
        if colour and (proposal.value or proposal.rows):
            washes.washes += [Wash(page, box, colour) for page, box in areas_of(form, spot)]
            shown.append(replace(proposal, state=State.FILLED))
        else:
            shown.append(replace(proposal, state=State.BLANK))
    chosen = {
        number: options_chosen(proposal) for number, proposal in enumerate(shown) if proposal.state is State.FILLED
    }
    result = write_pdf(form, shown, chosen, flatten=True, picture=picture)
    made = open_form(result.data, form.name)
    washes.draw(made.pdf, form.pages)
    return FillResult(whole(made.pdf), tuple(proposals), result.findings)
