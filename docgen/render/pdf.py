"""Transforms an HTML template and a context into PDF pages; nothing is fetched from outside.

Pages of the kind that docgen's own templates are are set by `flow`, in a tenth of the time. Whatever else a template
asks of CSS is set by WeasyPrint: the result is the same, and only then must Pango be there.
"""

from __future__ import annotations

import atexit
import gc
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import jinja2

from docgen.errors import InputError
from docgen.fonts.lean import font_css, with_families
from docgen.tools import pango

from .browser_sheet import lighten
from .embedding import LeanFonts
from .environment import TEMPLATE_ERRORS, explain, make_environment
from .flow.engine import prepare, set_document, set_pieces
from .flow.unfit import Tangled, Unfit
from .memory import new_document, remember
from .templates import TemplateFolder, package_templates

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

SHARED = "_shared"
PAGE_NAME = "template.html"
_LONG = 50_000
"""Characters of a page's HTML from which on it is set and painted piece by piece."""
_TOGETHER = 500
"""Bits of a template's text, each as long as what stands between two tags or values, that are handed on as one."""
_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pages:
    """A finished PDF: its bytes, how many pages it has, and what of the template's style was passed over."""

    data: bytes
    pages: int
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=32)
def _environment(folder: Path) -> jinja2.Environment:
    loader = jinja2.FileSystemLoader([folder, package_templates() / SHARED], encoding="utf-8")
    return make_environment(autoescape=True, loader=loader, trim_blocks=True, lstrip_blocks=True)


def render_html(folder: TemplateFolder, context: Mapping[str, Any]) -> str:
    """The template's HTML with the context put in, every value escaped. Raises InputError for a wrong template."""
    return "".join(html_pieces(folder, context))


def html_pieces(folder: TemplateFolder, context: Mapping[str, Any]) -> Iterator[str]:
    """The same piece by piece, in pieces of some thousand characters: rows are asked for as they are written.

    Raises InputError for a wrong template, maybe after some pieces.
    """
    folder.file(PAGE_NAME)
    try:
        stream = _environment(folder.path).get_template(PAGE_NAME).stream(context)
        stream.enable_buffering(_TOGETHER)
        yield from stream
    except TEMPLATE_ERRORS as error:
        name = PAGE_NAME if isinstance(error, jinja2.TemplateNotFound) else getattr(error, "name", None) or PAGE_NAME
        raise explain(error, f"{folder.title}（{name}）") from error


@lru_cache(maxsize=1)
def _kept_styles() -> tuple[list[CSS], FontConfiguration]:
    """Stylesheets and fonts, read once a process: they do not change from document to document."""
    from weasyprint import CSS  # noqa: PLC0415 - it loads Pango, which a machine may lack
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    remember()
    fonts = FontConfiguration()
    base = package_templates() / SHARED / "base.css"
    sheets = [
        CSS(string=font_css(), font_config=fonts),
        CSS(string=_shared_style(), base_url=base.as_uri(), font_config=fonts),
    ]
    return sheets, fonts


# WeasyPrint removes its temporary fonts when they are collected; at the end of the interpreter that fails with a
# traceback on the user's screen, so they are let go before.
atexit.register(_kept_styles.cache_clear)


def warm_up() -> None:
    """Load the style sheet and the fonts, as the first document would. Raises EnvironmentLacks without fonts."""
    prepare(_shared_style())


def cool_down() -> None:
    """Let go of files that WeasyPrint keeps: in a worker no interpreter's end will do so."""
    _kept_styles.cache_clear()


@lru_cache(maxsize=1)
def _shared_style() -> str:
    """The style sheet that all pages have, its font variables resolved."""
    return with_families((package_templates() / SHARED / "base.css").read_text("utf-8"))


def _resolved(html: str) -> str:
    """The page with the font variables of its own style sheets resolved, which WeasyPrint would do for each element."""
    return _STYLE.sub(lambda match: with_families(match[0]), html)


def _fetcher(folder: Path) -> Any:
    pango.require()
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: PLC0415

    roots = (folder.resolve(), (package_templates() / SHARED).resolve())

    class LocalFetcher(URLFetcher):  # type: ignore[misc]
        """Gives files of the template's own folder, and nothing else."""

        def fetch(self, url: str, headers: object = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            parts = urlsplit(url)
            path = Path(url2pathname(unquote(parts.path))).resolve()
            if parts.scheme != "file" or not any(path.is_relative_to(root) for root in roots):
                raise FatalURLFetchingError(url)
            return URLFetcherResponse(url, path.read_bytes())

    return LocalFetcher()


class _Complaints(logging.Handler):
    """Collects what WeasyPrint would only have logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[_Complaints]:
    logger = logging.getLogger("weasyprint")
    handler = _Complaints()
    # WeasyPrint would else print to standard error, in English, for a reader of Chinese.
    before, propagate = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [handler], False
    try:
        yield handler
    finally:
        logger.handlers, logger.propagate = before, propagate


@contextmanager
def _collecting_later() -> Iterator[None]:
    """No search for unreachable objects while the boxes of a document grow: it costs a fifth of the time and finds none."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def render_pdf(
    folder: TemplateFolder, context: Mapping[str, Any], identifier: str, boxes: frozenset[str] = frozenset()
) -> Pages:
    """The template as a PDF. The same context and identifier give the same bytes.

    `boxes` are characters of the data that no font has, which has been told already (see `glyphs`); any other is an
    error. Raises InputError for a template that is wrong or wants something from outside its folder, EnvironmentLacks
    without fonts, and for a template that only WeasyPrint can set where Pango is missing.
    """
    return render_pdfs(folder, [(context, identifier)], boxes)[0]


def render_pdfs(
    folder: TemplateFolder,
    documents: Iterable[tuple[Mapping[str, Any], str]],
    boxes: frozenset[str] = frozenset(),
) -> list[Pages]:
    """One PDF for each (context, identifier), in that order; each has the bytes that `render_pdf` gives it alone.

    What documents of a kind share is prepared once. `boxes` and what is raised: see `render_pdf`; nothing comes back
    where one document is wrong.
    """
    return [_set(folder, context, identifier, boxes) for context, identifier in documents]


def _set(folder: TemplateFolder, context: Mapping[str, Any], identifier: str, boxes: frozenset[str]) -> Pages:
    """One document. A long one, which may tell of thousands of dossiers, is set while its HTML is made."""
    pieces = html_pieces(folder, context)
    html = ""
    for piece in pieces:
        html += piece
        if len(html) >= _LONG:
            try:
                return Pages(*set_pieces(chain([_resolved(html)], pieces), _shared_style(), identifier.encode()[:16]))
            except (Tangled, Unfit):
                html = render_html(folder, context)
                break
    return _page_of(folder, _resolved(html), identifier, boxes)


def _page_of(folder: TemplateFolder, html: str, identifier: str, boxes: frozenset[str]) -> Pages:
    """One document's HTML as a PDF, by the engine that can set it."""
    try:
        data, pages = set_document(html, _shared_style(), identifier.encode()[:16])
    except Unfit:
        return _printed(folder, html, identifier, boxes, _fetcher(folder.path))
    return Pages(data, pages)


def _printed(folder: TemplateFolder, html: str, identifier: str, boxes: frozenset[str], fetcher: Any) -> Pages:
    """One document's HTML as a PDF."""
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    with _listening() as complaints, _collecting_later():
        try:
            styles, fonts = _kept_styles()
            base = (folder.path / PAGE_NAME).resolve().as_uri()
            new_document()
            source = HTML(string=html, base_url=base, url_fetcher=fetcher)
            lighten(source, html)
            document = source.render(font_config=fonts, stylesheets=styles)
            document.fonts = shown = LeanFonts()
            data = document.write_pdf(pdf_identifier=identifier.encode()[:16], finisher=shown.finish)
        except FatalURLFetchingError as error:
            raise InputError(
                f"模板“{folder.title}”引用了模板文件夹以外的内容：{error}。",
                "把图片、样式文件放进模板文件夹，再用文件名引用。",
            ) from error
    notes = _judge(complaints.lines, folder, boxes)
    return Pages(data, len(document.pages), notes)


def _judge(lines: list[str], folder: TemplateFolder, boxes: frozenset[str]) -> tuple[str, ...]:
    """Tell apart what WeasyPrint complained of: style that it does not know is noted, all else makes a wrong page."""
    notes, wrong = [], []
    for line in dict.fromkeys(lines):
        if line.startswith("Ignored "):
            notes.append(line)
        elif not (line.startswith(".notdef glyph") and any(f'"{character}"' in line for character in boxes)):
            wrong.append(line)
    if wrong:
        raise InputError(
            f"模板“{folder.title}”排版时有问题：{'；'.join(wrong)}", "改正模板 template.html 或样式后再试。"
        )
    return tuple(notes)


def drawing_page(svg: str) -> bytes:
    """One of our own drawings (SVG with its size in mm) as a page of just its size, in the fonts of all pages.

    Raises EnvironmentLacks without fonts, ValueError for an SVG that is none of ours.
    """
    size = re.search(r'width="([\d.]+)mm" height="([\d.]+)mm"', svg)
    width, height = size.groups() if size else ("160", "80")
    style = f"@page {{ size: {width}mm {height}mm; margin: 0; @bottom-center {{ content: none }} }} svg {{ display: block }}"
    html = f'<!DOCTYPE html><html lang="zh-CN"><head><style>{style}</style></head><body>{svg}</body></html>'
    try:
        data, _ = set_document(html, _shared_style(), b"drawing")
    except Unfit as unfit:
        raise ValueError(str(unfit)) from unfit
    return data
