"""Transforms a Word template and a context into a .docx: read once, compiled once, rendered many times.

The tag language is docxtpl's, which also does the patching of Word's XML ({%tr %}, {%p %}, split runs …). A compiled
template keeps no state of a render; it may be pickled.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from docx import Document
from lxml import etree

from docgen.errors import InputError
from docgen.tools.containers import Member, container, packed, read_members

from ..environment import TEMPLATE_ERRORS, explain
from . import problems, typography
from .fields import fields_of
from .language import word_environment
from .links import without_links_out
from .merged import Master, NeedsMaster
from .objects import Subdoc, link_token
from .parts import Part
from .replacing import replacements
from .session import CURRENT, Additions, Linked, Package, Session

_UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, etree.LxmlError)
"""What a damaged, encrypted, hostile or oddly packed .docx raises."""
_LANGUAGE_PARTS = ("word/styles.xml", "word/settings.xml")
_MAIN = "/officeDocument"
_CORE = "/core-properties"
_STORIES = ("/header", "/footer", "/footnotes", "/endnotes")


class WordTemplate:
    """A compiled Word template. May be used by several threads at once; pickled, it is remade from its bytes.

    `sources`: the patched source of each rendered part; `raw`: its bytes in the template; `notes`: what was taken out
    of the template for safety, in Chinese.
    """

    def __init__(self, path: Path | str, environment: jinja2.Environment | None = None) -> None:
        """Read and compile the template at `path`. `environment`: whose filters, tests and globals tags may use.

        Raises InputError where it is no Word file, has a wrong tag, or takes in something from outside.
        """
        self._build(Path(path), None, environment)

    def _build(self, path: Path, data: bytes | None, environment: jinja2.Environment | None) -> None:
        self.path = path
        self._own = environment
        self._environment = word_environment(environment)
        self._parts: dict[str, Part] = {}
        try:
            self._data = path.read_bytes() if data is None else data
            members, self.notes = without_links_out(read_members(self._data), str(path))
            self._members: tuple[Member, ...] = tuple(members)
            self._package = Package(self._members)
            main = next((rel.target for rel in self._package.relations.get("", ()) if rel.kind.endswith(_MAIN)), "")
        except _UNREADABLE as error:
            raise self._unreadable(error) from error
        if main not in self._package.members:
            raise InputError(f"{path} 不是 Word 文档（.docx）。", "用 Word 或 WPS 另存为 .docx 后再试。")
        styled = [member.content for name, member in self._package.members.items() if name in _LANGUAGE_PARTS]
        self._chinese = typography.is_chinese(*styled)
        self._names = self._rendered_names(main)
        for name in self._names:
            self._parts[name] = self._part(name, self._package.members[name].content, main)
        self.sources: Mapping[str, str] = {name: part.source for name, part in self._parts.items()}
        self.raw: Mapping[str, bytes] = {name: part.raw for name, part in self._parts.items()}

    def _rendered_names(self, main: str) -> list[str]:
        """The parts that tags work in: the document, its headers, footers and notes, and the properties."""
        stories = [rel.target for rel in self._package.relations.get(main, ()) if rel.kind.endswith(_STORIES)]
        core = [rel.target for rel in self._package.relations.get("", ()) if rel.kind.endswith(_CORE)]
        return [name for name in dict.fromkeys((main, *stories, *core)) if name in self._package.members]

    def _part(self, name: str, content: bytes, main: str) -> Part:
        blanks = name.endswith(("notes.xml", "core.xml"))
        try:
            return Part(self._environment, name, content, body=name == main, blanks=blanks, chinese=self._chinese)
        except jinja2.TemplateError as error:
            raise problems.compile_error(self._name, error, self._contents(), self._names, self._own) from error
        except _UNREADABLE as error:
            raise self._unreadable(error) from error
        except TEMPLATE_ERRORS as error:
            raise explain(error, f"{self._name}（{name}）") from error

    @property
    def _name(self) -> str:
        """What messages call the template: its folder says which kind it is."""
        return f"{self.path.parent.name}/{self.path.name}".lstrip("/")

    def _contents(self) -> dict[str, bytes]:
        return {name: member.content for name, member in self._package.members.items()}

    def _unreadable(self, error: Exception) -> InputError:
        return InputError(f"Word 模板 {self.path} 打不开或已损坏：{error}", "用 Word 或 WPS 另存为 .docx 后再试。")

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, (self.path, self._data, self._own)

    def render(
        self,
        context: Mapping[str, Any],
        *,
        pictures: Mapping[str, Path | bytes] | None = None,
        files: Mapping[str, Path | bytes] | None = None,
    ) -> bytes:
        """The finished .docx. The same context gives the same bytes.

        `pictures` replaces pictures of the template, by their name, title or description (docxtpl's `replace_pic`);
        `files` members of the container, by name, as embedded workbooks (`replace_zipname`).

        Raises InputError for a variable that is not there, a value that is None, and for what Word would refuse.
        """
        replaced = replacements(self._package, self.raw, pictures or {}, files or {}) if pictures or files else {}
        try:
            return container(self._rendered(context, Additions(self._package), replaced))
        except NeedsMaster as signal:
            base = signal.base
        try:
            return container(self._rendered(context, Master(container(self._members), base), replaced))
        except NeedsMaster as signal:
            return container(self._rendered(context, Master(container(self._members), signal.base), replaced))

    def _rendered(
        self, context: Mapping[str, Any], package: Linked, replaced: Mapping[str, Member]
    ) -> Iterable[Member]:
        """The members of the finished document, in their order."""
        session = Session(package, {name: part.next_id for name, part in self._parts.items()})
        token = CURRENT.set(session)
        try:
            done = {name: self._render_part(part, context, session) for name, part in self._parts.items()}
            if isinstance(package, Master):
                return {**self._with_documents(package, done, context, session), **replaced}.values()
        finally:
            CURRENT.reset(token)
        changed = {**replaced, **{name: packed(name, content) for name, content in done.items()}}
        if isinstance(package, Additions):
            changed |= package.members()
        known = self._package.members
        new = (changed[name] for name in sorted(changed.keys() - known.keys()))
        return [*(changed.get(name, member) for name, member in known.items()), *new]

    def _render_part(self, part: Part, context: Mapping[str, Any], session: Session) -> bytes:
        try:
            return part.render(context, session, self.path.name)
        except TEMPLATE_ERRORS as error:
            found = problems.render_error(self._name, error, self._contents(), self._names, context, self._own)
            raise found from error

    def _with_documents(
        self, package: Master, done: dict[str, bytes], context: Mapping[str, Any], session: Session
    ) -> dict[str, Member]:
        """The members as python-docx has them, with the rendered parts in them; inserted notes are rendered as well."""
        members = {member.name: member for member in read_members(package.saved())}
        for name in members.keys() & done.keys():
            content = done[name]
            if name.endswith("notes.xml") and (found := members[name].content) != self._parts[name].raw:
                content = self._render_part(self._part(name, found, ""), context, session)
            members[name] = packed(name, content)
        return members

    def fields(self) -> tuple[str, ...]:
        """Every variable that the template uses, sorted: 院校.院校名称, 教师[].姓名 for one in a loop over 教师."""
        found: set[str] = set()
        for source in self.sources.values():
            found |= fields_of(self._environment.parse(source))
        return tuple(sorted(found))

    def new_subdoc(self, source: Path | str | bytes | None = None) -> Subdoc:
        """A document to be inserted: a file, or an empty one with this template's styles to be filled in Python."""
        if source is not None:
            return Subdoc(source)
        subdoc = Subdoc()
        document: Any = Document(io.BytesIO(container(self._members)))
        body = document.element.body
        for element in list(body):
            if element is not body.sectPr:
                body.remove(element)
        subdoc._document = document
        return subdoc

    def build_url_id(self, url: str) -> str:
        """What RichText wants as `url_id`; it is no relationship yet, and good for any render."""
        return link_token(url)


def _remade(path: Path, data: bytes, environment: jinja2.Environment | None) -> WordTemplate:
    template = WordTemplate.__new__(WordTemplate)
    template._build(path, data, environment)
    return template


@lru_cache(maxsize=64)
def _kept(path: Path, stamp: tuple[int, int]) -> WordTemplate:  # noqa: ARG001 - the stamp is the cache's key
    return WordTemplate(path)


def word_template(path: Path) -> WordTemplate:
    """The compiled template at `path`, kept within the process until the file changes."""
    status = path.stat()
    return _kept(path, (status.st_mtime_ns, status.st_size))
