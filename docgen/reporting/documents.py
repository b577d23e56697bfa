"""One period's figures → the bytes of its documents: our templates, or the workspace's own in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx.shared import Mm
from markupsafe import Markup

from docgen.carried import attach
from docgen.model.season import STAGES
from docgen.plan.artefacts import canonical, fingerprint
from docgen.plan.season import STAGE_NAMES, carried_data
from docgen.render.chart import ProgressChart, Series, progress_svg, svg_picture
from docgen.render.excel import excel_template
from docgen.render.pdf import render_pdfs
from docgen.render.templates import TemplateFolder, find_template
from docgen.render.word import word_template
from docgen.render.word.pictures import InlineImage
from docgen.season.figures import Progress
from docgen.season.periods import Period

KIND = "biweekly"
WORD_NAME, EXCEL_NAME = "template.docx", "template.xlsx"
_PDF_MM, _WORD_MM = (168, 74), (160, 72)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One report to be made: its figures, its period, what the templates get (without the chart)."""

    progress: Progress
    period: Period
    context: Mapping[str, Any]

    @property
    def identity(self) -> str:
        """A digest of all that shapes the documents but the templates."""
        return fingerprint(KIND, canonical(self.context))


@dataclass(frozen=True, slots=True)
class Document:
    """A finished file: its bytes, its ending (".pdf"), its pages where it has fixed ones."""

    suffix: str
    data: bytes
    pages: int | None = None


@dataclass(slots=True)
class Press:
    """Makes the documents of many reports, with everything that they share prepared once."""

    workspace: Path
    folder: TemplateFolder = field(init=False)
    notes: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder = find_template(KIND, self.workspace)

    def print(self, sheets: Iterable[Sheet]) -> Iterable[tuple[Document, ...]]:
        """The documents of each report, in order: PDF with its data attached, Word, Excel."""
        word = word_template(self.folder.file(WORD_NAME)) if self.folder.has(WORD_NAME) else None
        excel = excel_template(self.folder.file(EXCEL_NAME)) if self.folder.has(EXCEL_NAME) else None
        for sheet in sheets:
            chart = chart_of(sheet.progress, sheet.period)
            made = [self._pdf(sheet, chart)]
            if word is not None:
                picture = svg_picture(progress_svg(chart, *_WORD_MM))
                image = InlineImage(None, picture, width=Mm(_WORD_MM[0]))
                made.append(Document(".docx", word.render({**sheet.context, "图": image})))
            if excel is not None:
                made.append(Document(".xlsx", excel.render({**sheet.context, "图": ""})))
            yield tuple(made)

    def _pdf(self, sheet: Sheet, chart: ProgressChart) -> Document:
        drawing = Markup(progress_svg(chart, *_PDF_MM))  # noqa: S704 - our own drawing, every text in it escaped
        pages = render_pdfs(self.folder, [({**sheet.context, "图": drawing}, sheet.identity)])[0]
        self.notes.update(dict.fromkeys(f"模板“{self.folder.title}”：{note}" for note in pages.notes))
        data = attach(pages.data, carried_data(sheet.progress, sheet.period, sheet.context))
        return Document(".pdf", data, pages.pages)


def chart_of(progress: Progress, period: Period) -> ProgressChart:
    """Cumulative progress of all certificates up to a period, on the days of the whole season."""
    numbers = range(1, period.number + 1)
    sums = [progress.all_sums(number).total for number in numbers]
    return ProgressChart(
        progress.periods[0].start,
        tuple(each.end for each in progress.periods),
        tuple(Series(STAGE_NAMES[matter], tuple(total[matter] for total in sums)) for matter in STAGES),
        progress.approved,
    )
