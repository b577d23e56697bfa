"""Fills a Word form: reads it, has places matched, writes what is sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ..faults import NO_PICTURE, finding
from ..filled import PLANNED, options_chosen, told
from ..finding import find_spots
from ..maps import FormMap
from ..matching import propose
from ..package import Package, serialised
from ..reading_back import read_back
from ..results import ExtractResult, FillResult, Place, PlaceKind, State
from ..structure import Spot
from ..values import FormData, Picture
from .measured import Measure
from .pictures import Album
from .reading import Surroundings, WordForm, read_word, surroundings
from .writing import write_spot


@dataclass
class OpenWord:
    """A Word form, opened once, filled many times."""

    package: Package
    suffix: str = ".docx"

    @cached_property
    def _known(self) -> Surroundings:
        return surroundings(self.package)

    def read(self) -> tuple[WordForm, list[Spot]]:
        """The form anew, and its spots. Raises InputError where it may only be read."""
        form = read_word(self.package, self._known)
        spots = find_spots(form.stories)
        for spot in spots:
            if spot.place.kind is PlaceKind.PICTURE and spot.place.at.startswith(tuple(form.margins)):
                spot.place = replace(spot.place, closed="页眉页脚里不贴照片")
        if form.protected:
            for spot in spots:
                if spot.control is None:
                    spot.place = _locked(spot.place)
        return form, spots

    def places(self) -> tuple[Place, ...]:
        """Every place of the form."""
        return tuple(spot.place for spot in self.read()[1])

    def extract(self, known: FormMap | None = None) -> ExtractResult:
        """The values of a filled form; `known` is a map that names the fields of places by their labels."""
        return read_back(self.package.name, read_word(self.package, self._known).stories, known)

    def fill(
        self,
        data: FormData,
        mapped: Mapping[str, str] | None = None,
        *,
        remove_surplus: bool = False,
        plan: bool = False,
    ) -> FillResult:
        """The form filled from data; `mapped` as `propose` takes it. `remove_surplus` takes empty rows of lists out.

        With `plan`, what would be written and what is only proposed is shown in colour.
        """
        form, spots = self.read()
        proposals = propose([spot.place for spot in spots], data, mapped)
        measure = Measure(self.package.name, form.styles)
        album = Album(self.package, form.part)
        # From the end to the start: what is written into a line does not move what stands before it.
        for spot, proposal in reversed(list(zip(spots, proposals, strict=True))):
            shade = PLANNED.get(proposal.state, "") if plan else ""
            picture = data.value(proposal.field) if proposal.place.kind is PlaceKind.PICTURE else None
            if isinstance(picture, Picture) and spot.cell is not None and proposal.state is State.FILLED:
                if problem := album.put(spot.cell, picture):
                    measure.findings.append(finding(NO_PICTURE, self.package.name, spot.place.at, f"{problem}。"))
            elif proposal.state is State.FILLED or (shade and proposal.value):
                chosen = options_chosen(proposal)
                write_spot(spot, proposal, chosen, measure, remove_surplus=remove_surplus, shade=shade)
        findings = told(self.package.name, spots, proposals, macros=self._known.macros)
        written = [each.place.at for each in proposals if each.state is State.FILLED or (plan and each.value)]
        margins = {
            part: serialised(root)
            for name, (part, root) in form.margins.items()
            if any(at.startswith(f"{name} ") for at in written)
        }
        content = self.package.written({**album.parts, **margins, form.part: serialised(form.root)})
        return FillResult(content, proposals, (*findings, *reversed(measure.findings)))


def _locked(place: Place) -> Place:
    return replace(place, closed=place.closed or "表格设了保护，只有控件可以填")
