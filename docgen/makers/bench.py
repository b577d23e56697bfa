"""Where artefacts are made: orders → bytes and facts. Loads the renderers; runs in this process or in a worker."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import Any

from docx.shared import Mm

from docgen.assemble.fields import front_fields
from docgen.assemble.volume import FontFace, FrontMatter, VolumeItem, assemble
from docgen.carried import attach
from docgen.evidence.store import Store
from docgen.findings import Finding
from docgen.fonts.roles import Role, find_fonts
from docgen.plan.artefacts import Maker
from docgen.publish.approval import approval_text
from docgen.publish.atomic import aside_of, write_aside
from docgen.render import pdf
from docgen.render.codes import code_png, code_svg
from docgen.render.excel import excel_template
from docgen.render.narrative import NARRATIVE_NAME, narrate
from docgen.render.pdf import Pages, html_pieces, render_pdf
from docgen.render.report_html import html_report_pieces
from docgen.render.report_xlsx import xlsx_report_pieces
from docgen.render.word import word_template
from docgen.render.word.pictures import InlineImage

from .dossier_data import KIND, dossier_data
from .values import Fact, Made, Order, file_fields

WORD_NAME = "template.docx"
EXCEL_NAME = "template.xlsx"
_TRIES = 2
_CODE, _CODE_MM = "二维码", 24
_warm: dict[str, int] = {}
_PASSING = {"ASM001", "ASM002", "ASM003"}
"""Findings about what a file was like when it was read; another time all may be well."""

Rendered = tuple[bytes, int | None, tuple[str, ...]]
"""Bytes, pages (None where the format has none), and notes on the template."""


def warm_up() -> None:
    """Load what every document needs, once a process or for all that are split off it. Raises EnvironmentLacks."""
    if not _warm:
        pdf.warm_up()
        _warm["process"] = os.getpid()


def set_up(out: Path, store: Store) -> Bench:
    """A bench ready for work."""
    warm_up()
    return Bench(out, store)


@dataclass(slots=True)
class Bench:
    """Makes artefacts. `out` is where files are put aside (on the file system where they will stay), `store` keeps what
    was made of evidence before.
    """

    out: Path
    store: Store = field(default_factory=lambda: Store(None))

    def __call__(self, orders: Sequence[Order]) -> list[Made]:
        """See `make`."""
        return self.make(orders)

    def release(self) -> None:
        """Let go of what keeps files, at the end of a worker."""
        self.store.close()
        if _warm.get("process") == os.getpid():  # else it belongs to the process that this one was split off
            pdf.cool_down()

    def make(self, orders: Sequence[Order]) -> list[Made]:
        """What orders ask for, in their order; a later one may tell of those before it.

        Raises InputError for a wrong template or an input that vanished.
        """
        facts: dict[str, Fact] = {}
        done = []
        for order in orders:
            start = perf_counter()
            made = self._one(order, {**order.facts, **facts})
            facts[order.path] = made.fact
            done.append(replace(made, seconds=perf_counter() - start))
        return done

    def _one(self, order: Order, facts: Mapping[str, Fact]) -> Made:
        if order.maker is Maker.VOLUME:
            return self._volume(order)
        if order.maker in _WRITERS:
            # Of thousands of dossiers they are megabytes, which need never be there at once.
            pieces = _WRITERS[order.maker](order, full_context(order, facts))
            aside, digest, size = write_aside(self.out, pieces)
            return Made(b"", Fact(order.path, digest, size), file=aside)
        makers: Mapping[Maker, Callable[[Order, Mapping[str, Any]], Rendered]] = {Maker.WORD: _word, Maker.PAGE: _page}
        data, pages, notes = makers[order.maker](order, full_context(order, facts))
        fact = Fact(order.path, hashlib.sha256(data).hexdigest(), len(data), pages)
        return Made(data, fact, notes=notes)

    def _volume(self, order: Order) -> Made:
        """A volume, assembled once more where a file changed meanwhile: the second time it is left out and named."""
        asked = order.volume
        if asked is None:
            raise TypeError(f"{order.path} is no volume")
        notes: list[str] = []

        def front(matter: FrontMatter) -> bytes:
            pages = _pages(order, dict(order.context) | front_fields(matter))
            notes.extend(pages.notes)
            return pages.data

        choice = find_fonts()[Role.HEI]
        for attempt in range(_TRIES):
            aside = aside_of(self.out, ".pdf")
            before = _traits(asked.items)
            volume = assemble(asked, front, FontFace(choice.path, choice.index), self.store, aside)
            steady = before == _traits(asked.items)
            if steady or attempt == _TRIES - 1:
                break
            aside.unlink(missing_ok=True)
        findings = tuple(_belonging(finding, order) for finding in volume.findings)
        fact = Fact(order.path, volume.sha256, volume.size, volume.pages, len(volume.entries))
        lasting = steady and not _PASSING & {finding.rule for finding in findings}
        file = aside if volume.made else None
        return Made(b"", fact, findings, file, tuple(dict.fromkeys(notes)), lasting=lasting)


def full_context(order: Order, facts: Mapping[str, Fact]) -> dict[str, Any]:
    """What an order's template gets: its context, the prose, and what the artefacts before came to."""
    context = dict(order.context)
    if order.template.has(NARRATIVE_NAME) and order.maker in (Maker.WORD, Maker.PAGE, Maker.HTML):
        context["叙述"] = narrate(order.template.file(NARRATIVE_NAME), context)
    if order.application:
        known = (facts[path] for path in order.needs if path in facts)
        fields = file_fields(known, order.path.rpartition("/")[0])
        context |= fields
        if order.template.own or _CODE in order.template.fields:  # drawing it takes as long as filling in a document
            context[_CODE] = _code(approval_text(order.application, fields["总摘要"]), order.maker)
    return context


def _code(text: str, maker: Maker) -> object:
    """The code of a digest, in the form that the document takes: a picture in Word, a drawing in a page."""
    if maker is Maker.WORD:
        return InlineImage(None, code_png(text), width=Mm(_CODE_MM))
    return code_svg(text, _CODE_MM) if maker in (Maker.PAGE, Maker.HTML) else ""


def _named(order: Order, notes: Iterable[str]) -> tuple[str, ...]:
    """What a template asks for in vain, with its title."""
    return tuple(dict.fromkeys(f"模板“{order.template.title}”：{note}" for note in notes))


def _word(order: Order, context: Mapping[str, Any]) -> Rendered:
    template = word_template(order.template.file(WORD_NAME))
    return template.render(context), None, _named(order, template.notes)


def _page(order: Order, context: Mapping[str, Any]) -> Rendered:
    pages = _pages(order, context)
    if order.template.kind == KIND:
        return attach(pages.data, dossier_data(order.context)), pages.pages, pages.notes
    return pages.data, pages.pages, pages.notes


def _pages(order: Order, context: Mapping[str, Any]) -> Pages:
    pages = render_pdf(order.template, context, order.fingerprint, order.boxes)
    return replace(pages, notes=_named(order, pages.notes))


def _sheet(order: Order, context: Mapping[str, Any]) -> Iterator[bytes]:
    return excel_template(order.template.file(EXCEL_NAME)).pieces(context)


def _html(order: Order, context: Mapping[str, Any]) -> Iterator[bytes]:
    return (piece.encode() for piece in html_pieces(order.template, context))


def _html_report(order: Order, _: Mapping[str, Any]) -> Iterator[bytes]:
    if order.review is None:
        raise TypeError(f"{order.path} is no report")
    return (piece.encode() for piece in html_report_pieces(*order.review, order.template))


def _xlsx_report(order: Order, _: Mapping[str, Any]) -> Iterator[bytes]:
    if order.review is None:
        raise TypeError(f"{order.path} is no report")
    return xlsx_report_pieces(*order.review)


_WRITERS: Mapping[Maker, Callable[[Order, Mapping[str, Any]], Iterator[bytes]]] = {
    Maker.HTML: _html,
    Maker.SUMMARY: _sheet,
    Maker.REPORT_HTML: _html_report,
    Maker.REPORT_XLSX: _xlsx_report,
}
"""What makes the documents that tell of the whole school, piece by piece."""


def _traits(items: Iterable[VolumeItem]) -> list[tuple[int, int] | None]:
    """What the system says of each file: when it was changed, how large it is; None for one that is gone."""
    found: list[tuple[int, int] | None] = []
    for item in items:
        try:
            status = item.path.stat()
            found.append((status.st_mtime_ns, status.st_size))
        except OSError:
            found.append(None)
    return found


def _belonging(finding: Finding, order: Order) -> Finding:
    """A volume's finding as the dossier's own, with the file's path below the workspace."""
    source = finding.source
    if source.file:
        source = replace(source, file=f"{order.evidence_folder}/{source.file}")
    return replace(finding, application=order.application, source=source)
