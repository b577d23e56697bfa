"""One part of a Word template: patched by docxtpl, compiled by Jinja, rendered and finished as Word wants it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any
from xml.parsers import expat

from docx.oxml.parser import parse_xml
from docxtpl import DocxTemplate
from lxml import etree

from docgen.errors import InputError

from ..environment import TEMPLATE_ERRORS
from . import breaks, grids, validity
from .language import TooMuch, WordEnvironment
from .objects import resolve_links
from .proof import is_always_xml
from .session import Session, parsed

DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MOST_CHARACTERS = 200_000_000
MOST_SOURCE = 50_000_000
_PIECES = 20_000
_PARAGRAPH = re.compile(r"<w:p(?=[ >])")
_NUMBER = re.compile(r'(<wp:docPr\b[^>]*? id=")[^"]*(")')
_IDS = re.compile(rb'\sid="(\d{1,9})"')
_FIRST_DRAWING = 1001
_WRITTEN = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_PROPERTIES = ("creator", "description", "identifier", "language", "subject", "title")
_PATCH = DocxTemplate(None).patch_xml


class Part:
    """A compiled part. It keeps nothing of a render.

    `source`: what was compiled, with each paragraph on a line of its own, so that lines in errors tell paragraphs.
    """

    def __init__(
        self,
        environment: WordEnvironment,
        name: str,
        content: bytes,
        *,
        body: bool,
        blanks: bool,
        chinese: bool = False,
    ) -> None:
        """Read and compile. `body`: the main document; `blanks`: white space between elements is kept; `chinese`: the
        document is in Chinese, so its values take the Chinese font's quotes.

        Raises etree.XMLSyntaxError for no XML, ValueError for a part that is not read, and TEMPLATE_ERRORS for a
        wrong tag; `source` is set by then.
        """
        self.name, self.raw, self.body = name, content, body
        self.source = ""
        root = parsed(content)
        if b"<!DOCTYPE" in content or root.getroottree().docinfo.internalDTD is not None:
            raise ValueError("其中有文档类型声明（DTD），不是 Word 写的文件")
        if len(content) > MOST_SOURCE:
            raise ValueError(f"其中的 {name} 过大")
        self.story = not str(root.tag).endswith("}coreProperties")
        root = root if blanks else parse_xml(content)
        if not self.story:
            _complete(root)
        xml = etree.tostring(root, encoding="unicode", with_tail=False)
        source, self.loose_tables = _PATCH(xml), False
        if body:
            source, self.loose_tables = grids.mended_source(source)
        if self.story:
            source = validity.prepare(source, chinese=chinese)
        self.source = _PARAGRAPH.sub("\n<w:p", source)
        self.deep = self.story and validity.needs_deep_check(self.source)
        self.next_id = max((int(number) for number in _IDS.findall(content)), default=0) + 1
        tree = environment.parse(self.source)
        self._always_xml = is_always_xml(tree)
        self._template = environment.compiled(tree, _literal)

    def render(self, context: Mapping[str, Any], session: Session, document: str) -> bytes:
        """The finished part. Raises TEMPLATE_ERRORS for what went wrong in a tag, InputError for what Word refuses."""
        session.begin(self.name)
        xml = made = self._text(context)
        xml = resolve_links(breaks.resolve(xml)) if self.story else breaks.without_breaks(xml)
        changed = xml is not made
        for change in session.pending:
            xml = change(xml)
        if self.body:
            xml = self._as_body(xml, session)
        if self.deep or session.has_tables or (session.has_xml and validity.is_misplaced(xml)):
            return validity.finish(self.name, xml, document)
        content = DECLARATION + xml.encode()
        if not self._always_xml or session.has_xml or changed:
            self._check(content, document)
        return content

    def _text(self, context: Mapping[str, Any]) -> str:
        template = self._template
        pieces = template.root_render_func(template.new_context(context))  # type: ignore[arg-type] # only read
        done: list[str] = []
        total = 0
        while some := list(islice(pieces, _PIECES)):
            total += sum(map(len, some))
            if total > MOST_CHARACTERS:
                raise TooMuch(f"生成的文档超过 {MOST_CHARACTERS // 1_000_000} MB，已经停止")
            done.append("".join(some))
        return "".join(done)

    def _as_body(self, xml: str, session: Session) -> str:
        if self.loose_tables or session.has_tables:
            xml = grids.mended(xml)
        if "<wp:docPr" not in xml:
            return xml
        numbers = iter(range(_FIRST_DRAWING, 2**31))
        return _NUMBER.sub(lambda match: f"{match[1]}{next(numbers)}{match[2]}", xml)

    def _check(self, content: bytes, document: str) -> None:
        """Whether a part is XML; an error is told with lxml's words, which name the tags."""
        try:
            expat.ParserCreate().Parse(content, True)
        except expat.ExpatError:
            validity.finish(self.name, content, document)
            raise InputError(
                f"{document}（{self.name}）套用数据后不是合法的文档。", "检查模板中的标签是否成对。"
            ) from None


def _complete(properties: etree._Element) -> None:
    """Give the document's properties those that docxtpl would write, empty where they are not there."""
    for name in _PROPERTIES:
        if properties.find(f"{_DUBLIN_CORE}{name}") is None:
            etree.SubElement(properties, f"{_DUBLIN_CORE}{name}", nsmap={"dc": _DUBLIN_CORE[1:-1]}).text = ""


def _literal(text: str) -> str:
    """Literal text of the source as it is rendered."""
    text = text.replace("\n<w:p ", "<w:p ").replace("\n<w:p>", "<w:p>")
    for written, meant in _WRITTEN.items():
        if written in text:
            text = text.replace(written, meant)
    return text


def line_of(error: BaseException) -> int:
    """The line of a part's source (from 1) at which an error of Jinja or of a render came up; 0 where none is known."""
    line = getattr(error, "lineno", None) or 0
    trace = error.__traceback__
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:
            line = template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return int(line)


__all__ = ["TEMPLATE_ERRORS", "Part", "line_of"]
