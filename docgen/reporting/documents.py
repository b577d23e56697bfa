"""One period's figures → the bytes of its documents: our templates, or the workspace's own in their place."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from docx.shared import Mm
from markupsafe import Markup

from docgen.carried import attach
from docgen.errors import InputError
from docgen.model.season import STAGES
from docgen.plan.artefacts import canonical, fingerprint
from docgen.plan.season import STAGE_NAMES, carried_data
from docgen.render.chart import ProgressChart, Series, progress_svg, svg_picture
from docgen.render.excel import ExcelTemplate, excel_template
from docgen.render.pdf import Pages, render_pdfs
from docgen.render.word import WordTemplate, word_template
from docgen.render.word.pictures import InlineImage
from docgen.season.figures import Progress
from docgen.season.periods import Period

from .blank import BlankForm
from .own import Templates, converted

KIND = "biweekly"
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

    templates: Templates
    notes: dict[str, None] = field(default_factory=dict)
    sample: Mapping[str, Any] = field(default_factory=dict)

    def print(self, sheets: Iterable[Sheet]) -> Iterable[tuple[Document, ...]]:
        """The documents of each report, in order: PDF with its data attached, Word, Excel."""
        several = list(sheets)
        if not several:
            return
        self.sample = several[0].context
        self.notes.update(dict.fromkeys(self.templates.told()))
        word, excel = self._word(), self._excel()
        for sheet in several:
            chart = chart_of(sheet.progress, sheet.period)
            made: list[Document] = []
            if word is not None:
                picture = svg_picture(progress_svg(chart, *_WORD_MM))
                image = InlineImage(None, picture, width=Mm(_WORD_MM[0]))
                made.append(Document(".docx", word.render({**sheet.context, "图": image})))
                self._tell(word)
            if excel is not None:
                made.append(Document(".xlsx", excel.render({**sheet.context, "图": ""})))
                self._tell(excel)
            yield (self._pdf(sheet, chart, made), *made)

    def _tell(self, template: WordTemplate | ExcelTemplate | BlankForm) -> None:
        """Keep what a template says of the document that it made last."""
        if isinstance(template, BlankForm):
            self.notes.update(template.notes)
        elif isinstance(template, WordTemplate):
            self.notes.update(dict.fromkeys(f"模板“{template.path.name}”：{note}" for note in template.notes))

    def _word(self) -> WordTemplate | BlankForm | None:
        """The compiled Word template; of a blank form, with tags where its labels say what belongs there."""
        path = self.templates.word
        if path is None:
            return None
        template = word_template(path)
        if not self.templates.own_word or template.fields():
            return template
        return self._blank(path)

    def _excel(self) -> ExcelTemplate | BlankForm | None:
        path = self.templates.excel
        if path is None:
            return None
        template = excel_template(path)
        if not self.templates.own_excel or template.fields():
            return template
        return self._blank(path)

    def _blank(self, path: Path) -> BlankForm:
        """The workspace's form without tags, to be filled by its labels. Raises InputError where none is known."""
        form = BlankForm(path, path.read_bytes())
        if not form.finds(self.sample):
            raise InputError(
                f"模板“{path.name}”里没有标签，也认不出可以填的地方。",
                "表头写“证书名称、等级、本期培训人数……”、标签写“院校名称、期次……”；或写上标签，见 docgen templates fields biweekly。",
            )
        return form

    def _pdf(self, sheet: Sheet, chart: ProgressChart, made: list[Document]) -> Document:
        """The PDF: of the workspace's own Word form where there is one, else ours; with its data attached."""
        pages: Pages | None = None
        own = self.templates
        official = own.official
        if official and not own.page.own:
            data, why = converted(next(each.data for each in made if each.suffix == official), official)
            if data:
                pages = Pages(data, page_count(data))
            else:
                kind = "Word" if official == ".docx" else "Excel"
                note = (
                    f"没有把官方表转成 PDF（{why}），PDF 用的是自带的版式：交 {kind} 那一份，或用 Office 另存为 PDF。"
                )
                self.notes.setdefault(note)
        if pages is None:
            drawing = Markup(progress_svg(chart, *_PDF_MM))  # noqa: S704 - our own drawing, every text in it escaped
            pages = render_pdfs(own.page, [({**sheet.context, "图": drawing}, sheet.identity)])[0]
            self.notes.update(dict.fromkeys(f"模板“{own.page.title}”：{note}" for note in pages.notes))
        data = attach(pages.data, carried_data(sheet.progress, sheet.period, sheet.context))
        return Document(".pdf", data, pages.pages)


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


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
