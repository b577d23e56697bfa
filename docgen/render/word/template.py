"""Transforms a Word template and a context into a .docx: read once, compiled once, rendered many times.

The tag language is docxtpl's, which also does the patching of Word's XML ({%tr %}, {%p %}, split runs …). A compiled
template keeps no state of a render.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from docxtpl import DocxTemplate
from lxml import etree
from markupsafe import Markup, escape

from docgen.errors import InputError

from ..environment import TEMPLATE_ERRORS, explain, make_environment
from .fields import fields_of

_RENDERED_PART = re.compile(r"^(word/(document|header\d*|footer\d*|footnotes|endnotes|comments)|docProps/core)\.xml$")
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, etree.XMLSyntaxError)
"""What a damaged, encrypted or oddly packed .docx raises."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MOST_UNPACKED = 200_000_000
_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_TAB = Markup('</w:t><w:tab/><w:t xml:space="preserve">')


def _as_word_text(value: Any) -> Any:
    """A value as Word shows it: escaped, a line break as w:br, a tab as w:tab, no character that XML forbids."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        text = escape(_FORBIDDEN.sub("\ufffd", value))
        return text.replace("\n", _BREAK).replace("\t", _TAB)
    return value


def _environment() -> jinja2.Environment:
    return make_environment(autoescape=True, finalize=_as_word_text)


class WordTemplate:
    """A compiled Word template. May be used by several threads at once; remade cheaply from its path elsewhere."""

    def __init__(self, path: Path | str) -> None:
        """Read and compile the template at `path`. Raises InputError where it is no Word file or has a wrong tag."""
        self.path = Path(path)
        self._sources: dict[str, str] = {}
        self._templates: dict[str, jinja2.Template] = {}
        self._members: list[tuple[str, bytes]] = []
        environment = _environment()
        try:
            with zipfile.ZipFile(self.path) as archive:
                self._check_size(archive)
                for info in archive.infolist():
                    content = archive.read(info)
                    self._members.append((info.filename, content))
                    if _RENDERED_PART.match(info.filename):
                        self._compile(environment, info.filename, content)
        except _UNREADABLE as error:
            raise InputError(
                f"Word 模板 {self.path} 打不开或已损坏：{error}", "用 Word 或 WPS 另存为 .docx 后再试。"
            ) from error
        if "word/document.xml" not in self._templates:
            raise InputError(f"{self.path} 不是 Word 文档（.docx）。", "用 Word 或 WPS 另存为 .docx 后再试。")

    def _check_size(self, archive: zipfile.ZipFile) -> None:
        if sum(info.file_size for info in archive.infolist()) > _MOST_UNPACKED:
            raise InputError(f"Word 模板 {self.path} 解压后过大，没有读取。", "检查文件来源，删去其中的大图片后再试。")

    def _compile(self, environment: jinja2.Environment, name: str, content: bytes) -> None:
        # Parsing and writing again puts namespaces and entities into the one shape that the patching expects; no DTD.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        xml = etree.tostring(etree.fromstring(content, parser), encoding="unicode")
        source = DocxTemplate(None).patch_xml(xml)
        self._sources[name] = source
        try:
            self._templates[name] = environment.from_string(source)
        except TEMPLATE_ERRORS as error:
            raise explain(error, f"{self.path.name}（{name}）") from error

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The finished .docx. The same context gives the same bytes. Raises InputError for a variable that is not there."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name, content in self._members:
                if name in self._templates:
                    content = self._render_part(name, context)
                info = zipfile.ZipInfo(name, _FIXED_DATE)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 3  # else the machine that wrote it shows
                info.external_attr = 0o600 << 16
                archive.writestr(info, content)
        return buffer.getvalue()

    def _render_part(self, name: str, context: Mapping[str, Any]) -> bytes:
        try:
            xml = self._templates[name].render(context)
        except TEMPLATE_ERRORS as error:
            raise explain(error, f"{self.path.name}（{name}）") from error
        content = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml).encode()
        try:
            etree.fromstring(content)
        except etree.XMLSyntaxError as error:
            raise InputError(
                f"Word 模板 {self.path.name}（{name}）套用数据后不是合法的文档：{error}",
                "检查模板中的行、段落标签（{%tr %}、{%p %}）是否成对。",
            ) from error
        return content

    def fields(self) -> tuple[str, ...]:
        """Every variable that the template uses, sorted: 院校.院校名称, 教师[].姓名 for one in a loop over 教师."""
        found: set[str] = set()
        for source in self._sources.values():
            found |= fields_of(_environment().parse(source))
        return tuple(sorted(found))


@lru_cache(maxsize=64)
def _kept(path: Path, stamp: tuple[int, int]) -> WordTemplate:  # noqa: ARG001 - the stamp is the cache's key
    return WordTemplate(path)


def word_template(path: Path) -> WordTemplate:
    """The compiled template at `path`, kept within the process until the file changes."""
    status = path.stat()
    return _kept(path, (status.st_mtime_ns, status.st_size))
