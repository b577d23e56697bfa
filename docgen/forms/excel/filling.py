"""Fills an Excel form: reads it, has places matched, writes what is sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from docgen.findings import Finding

from ..faults import NO_PICTURE, UNCALCULATED, finding
from ..filled import PLANNED, options_chosen, told
from ..finding import find_spots
from ..maps import FormMap
from ..matching import propose
from ..package import Package, serialised
from ..reading_back import read_back
from ..results import ExtractResult, FillResult, Place, PlaceKind, Proposal, State
from ..structure import Spot
from ..values import FormData, Picture
from ..word.reading import has_macros
from .inserting import Inserter, without_chain
from .painting import Painter
from .pictures import Album
from .reading import ExcelForm, read_excel
from .writing import Writer
from .xml import S

_AFTER_CALC = (
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
)


@dataclass(frozen=True, slots=True)
class OpenExcel:
    """An Excel form, opened once, filled many times."""

    package: Package
    suffix: str = ".xlsx"

    def read(self) -> tuple[ExcelForm, list[Spot]]:
        """The form anew, and its spots."""
        form = read_excel(self.package)
        return form, find_spots(form.stories)

    def places(self) -> tuple[Place, ...]:
        """Every place of the form."""
        return tuple(spot.place for spot in self.read()[1])

    def extract(self, known: FormMap | None = None) -> ExtractResult:
        """The values of a filled form; `known` is a map that names the fields of places by their labels."""
        return read_back(self.package.name, read_excel(self.package).stories, known)

    def fill(
        self,
        data: FormData,
        mapped: Mapping[str, str] | None = None,
        *,
        remove_surplus: bool = False,
        plan: bool = False,
    ) -> FillResult:
        """The form filled from data; with `plan`, what would be written is shown in colour."""
        form, spots = self.read()
        proposals = propose([spot.place for spot in spots], data, mapped)
        styles = self.package.linked(form.workbook, "styles")
        painter = Painter(self.package.tree(styles) if styles else None)
        writer = Writer(form, painter, Inserter(form))
        # From the end to the start: neither rows nor characters that are put in move what stands before.
        for spot, proposal in reversed(list(zip(spots, proposals, strict=True))):
            colour = PLANNED.get(proposal.state, "") if plan else ""
            picture = data.value(proposal.field) if proposal.place.kind is PlaceKind.PICTURE else None
            if isinstance(picture, Picture) and spot.cell is not None and proposal.state is State.FILLED:
                if problem := writer.photo(spot.cell, picture):
                    writer.findings.append(finding(NO_PICTURE, self.package.name, spot.place.at, f"{problem}。"))
            elif proposal.state is State.FILLED or (plan and colour and proposal.value):
                painter.colour = colour
                shown = proposal if proposal.state is State.FILLED else _as_text(proposal)
                writer.write(spot, shown, options_chosen(shown), remove_surplus=remove_surplus)
        findings = (
            *told(self.package.name, spots, proposals, macros=has_macros(self.package)),
            *reversed(writer.findings),
        )
        return FillResult(*self._written(form, writer, painter, styles, proposals, findings))

    def _written(
        self,
        form: ExcelForm,
        writer: Writer,
        painter: Painter,
        styles: str,
        proposals: tuple[Proposal, ...],
        findings: tuple[Finding, ...],
    ) -> tuple[bytes, tuple[Proposal, ...], tuple[Finding, ...]]:
        if form.formulas and writer.changed:
            findings = (*findings, finding(UNCALCULATED, self.package.name, "", "表格里有公式，打开时会重新计算。"))
        more = {styles: painter.styles} if painter.used and painter.styles is not None else {}
        return written(form, writer, more), proposals, findings


def written(form: ExcelForm, writer: Writer, more: Mapping[str, etree._Element]) -> bytes:
    """The workbook with the sheets that were written to and `more` changed parts; formulas are calculated anew."""
    package = form.package
    parts = {sheet.part: sheet.root for sheet in form.sheets if sheet.part in writer.changed}
    album = Album(form, writer.inserter.parts)
    album.put(writer.inserter.anchors[::-1])
    parts |= writer.inserter.parts
    if form.formulas and writer.changed:
        workbook = parts.get(form.workbook)
        workbook = workbook if workbook is not None else package.tree(form.workbook)
        if workbook is not None:
            _recalculate(workbook)
            parts[form.workbook] = workbook
    contents = {part: serialised(root) for part, root in {**parts, **more}.items()} | album.parts
    gone = without_chain(package, form.workbook, contents) if writer.inserter.moved else frozenset()
    return replace(package, members=tuple(each for each in package.members if each.name not in gone)).written(contents)


def _as_text(proposal: Proposal) -> Proposal:
    """A proposal that is only shown: as text, whatever its place wants."""
    return proposal if proposal.place.kind is not PlaceKind.PICTURE else replace(proposal, value="")


def _recalculate(root: etree._Element) -> None:
    """Have formulas calculated when the workbook is opened."""
    settings = root.find(f"{S}calcPr")
    if settings is None:
        settings = etree.Element(f"{S}calcPr")
        following = next((child for child in root if child.tag in [f"{S}{name}" for name in _AFTER_CALC]), None)
        if following is not None:
            following.addprevious(settings)
        else:
            root.append(settings)
    settings.set("fullCalcOnLoad", "1")
