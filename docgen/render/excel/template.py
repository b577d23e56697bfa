"""Excel workbooks from Excel templates: the tag language of the Word templates, compiled once, rendered many times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from lxml import etree

from docgen.errors import InputError, TemplateError, TemplateProblem
from docgen.tools.containers import Member, packed, packed_pieces

from ..environment import TEMPLATE_ERRORS
from ..word.fields import fields_of
from .attachments import moved_chart, moved_control, moved_part, moved_pivot, moved_workbook
from .heights import Wrapping
from .layout import Layout
from .package import RELATIONSHIP, container, links, parse, read_members, serialised, without
from .ranges import rewriter
from .recording import excel_environment
from .rows import TAGGED, Fault, M, place_of, string_of
from .sheet import SheetTemplate
from .source import what
from .styles import Styles

_NOT_EXCEL = "用 Excel 或 WPS 另存为 .xlsx 后再试。"
_ATTACHED = frozenset({"drawing", "vmlDrawing", "comments", "threadedComment", "table"})
_DRAWING_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"


class ExcelTemplate:
    """A template (.xlsx), read and compiled. It keeps nothing of a render, so that threads may share it."""

    def __init__(self, path: Path) -> None:
        """Read `path`. Raises InputError where it is no workbook, TemplateError that names every cell with a wrong tag."""
        self.path = path
        members = read_members(path)
        self._members = {member.name: member.content for member in members}
        before = dict(self._members)
        self._environment = excel_environment()
        try:
            self._read()
        except (etree.XMLSyntaxError, KeyError, IndexError, ValueError) as error:
            raise InputError(f"Excel 模板 {path} 打不开或已损坏：{error}", _NOT_EXCEL) from error
        faults = [(sheet.name, fault) for sheet, _ in self._sheets for fault in sheet.faults]
        if faults:
            raise self._error(faults)
        # What reading has changed is compressed once.
        self._packed = tuple(
            member
            if before.get(member.name) is self._members[member.name]
            else packed(member.name, self._members[member.name])
            for member in members
            if member.name in self._members
        )

    def _read(self) -> None:
        members = self._members
        main = [target for kind, target in links(members, "").values() if kind == "officeDocument"]
        if not main or main[0] not in members:
            raise ValueError("不是 Excel 工作簿")
        self._main = main[0]
        workbook = parse(members[self._main])
        if workbook.tag != f"{M}workbook":
            raise ValueError("不是 Excel 工作簿（.xlsx）")
        found = links(members, self._main)
        parts = dict(found.values())
        strings = self._read_strings(parts.get("sharedStrings", ""))
        self._styles = parts.get("styles", "")
        wrapping = Wrapping.read(parse(members[self._styles]) if self._styles else None)
        settings = workbook.find(f"{M}workbookPr")
        self._mac = settings is not None and settings.get("date1904") in ("1", "true")
        self._sheets: list[tuple[SheetTemplate, str]] = []
        for entry in workbook.iterfind(f"{M}sheets/{M}sheet"):
            kind, part = found.get(entry.get(RELATIONSHIP, ""), ("", ""))
            if kind == "worksheet":
                sheet = SheetTemplate(entry.get("name", ""), parse(members[part]), strings, wrapping, self._environment)
                self._sheets.append((sheet, part))
        without(members, "calcChain", self._main)
        self._texts = self._drawing_texts()

    def _read_strings(self, part: str) -> list[str]:
        """The shared strings. Those with tags are emptied in the part: no cell of the result refers to them."""
        if part not in self._members:
            return []
        root = parse(self._members[part])
        strings = []
        tagged = False
        for item in root.iterchildren(f"{M}si"):
            strings.append(string_of(item))
            if TAGGED.search(strings[-1]):
                tagged = True
                for child in list(item):
                    item.remove(child)
                etree.SubElement(item, f"{M}t").text = ""
        if tagged:
            self._members[part] = serialised(root)
        return strings

    def _drawing_texts(self) -> frozenset[str]:
        """The drawings and charts that have tags in a text: a title, a box."""
        names = [name for name in self._members if name.startswith(("xl/drawings/", "xl/charts/"))]
        return frozenset(name for name in names if name.endswith(".xml") and TAGGED.search(self._text(name)))

    def _text(self, name: str) -> str:
        return self._members[name].decode("utf-8", "replace")

    def _error(self, faults: Iterable[tuple[str, Fault]]) -> TemplateError:
        order = {sheet.name: number for number, (sheet, _) in enumerate(self._sheets)}
        texts = {sheet.name: sheet.texts for sheet, _ in self._sheets}
        parts = {sheet.name: part for sheet, part in self._sheets}
        problems = {
            (order.get(sheet, len(order)), *place_of(fault.cell), str(fault)): TemplateProblem(
                parts.get(sheet, ""),
                f"工作表“{sheet}”{'单元格 ' + fault.cell if fault.cell else ''}" if sheet in order else sheet,
                texts.get(sheet, {}).get(fault.cell, ""),
                f"{fault}。",
            )
            for sheet, fault in faults
        }
        told = [replace(problems[key], order=number) for number, key in enumerate(sorted(problems))]
        return TemplateError(self.path.name, told)

    def fields(self) -> tuple[str, ...]:
        """Every variable that the template uses, sorted: 院校.院校名称, 申报[].证书名称 for one in a loop over 申报."""
        found: set[str] = set()
        for sheet, _ in self._sheets:
            found |= fields_of(self._environment.parse(sheet.plain))
        for name in self._texts:
            for node in parse(self._members[name]).iter(_DRAWING_TEXT):
                found |= fields_of(self._environment.parse(node.text or ""))
        return tuple(sorted(found))

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The finished .xlsx. The same context gives the same bytes. Raises as `pieces` does."""
        return b"".join(self.pieces(context))

    def pieces(self, context: Mapping[str, Any]) -> Iterator[bytes]:
        """The finished .xlsx piece by piece; rows are written as they come, and only their compressed bytes are kept.

        Raises TemplateError that names every cell with a mistake: a variable that is not there, a value that no cell holds.
        """
        faults: list[tuple[str, Fault]] = []
        layouts = {sheet.name.lower(): self._laid_out(sheet, context, faults) for sheet, _ in self._sheets}
        if faults:
            raise self._error(faults)
        members = dict(self._members)
        sheets: list[Member] = []
        styles = Styles(members.get(self._styles))

        def layout_of(name: str) -> Layout | None:
            return layouts.get(name.lower())

        for sheet, part in self._sheets:
            layout = layouts[sheet.name.lower()]
            rewrite = rewriter(layout_of, layout)
            if not (sheet.has_tags or sheet.has_formulas or sheet.has_headings or b"!" in members[part]):
                continue
            found: list[Fault] = []
            written = sheet.write(layout, layout_of, rewrite, styles.dated, self._mac, context, found)
            sheets.append(packed_pieces(part, written))
            faults += [(sheet.name, fault) for fault in found]
            if sheet.has_tags:
                for kind, target in links(members, part).values():
                    if kind in _ATTACHED and target in members:
                        members[target] = moved_part(members[target], kind, layout, rewrite)
        outside = rewriter(layout_of, None)
        members[self._main] = moved_workbook(parse(self._members[self._main]), outside)
        for name, content in members.items():
            members[name] = self._shared_part(name, content, outside, layouts, context, faults)
        if faults:
            raise self._error(faults)
        if changed := styles.changed():
            members[self._styles] = changed
        return container((*self._packed, *sheets), members, self._members)

    def _laid_out(self, sheet: SheetTemplate, context: Mapping[str, Any], faults: list[tuple[str, Fault]]) -> Layout:
        found: list[Fault] = []
        layout = sheet.lay_out(context, found)
        faults += [(sheet.name, fault) for fault in found]
        return layout

    def _shared_part(
        self,
        name: str,
        content: bytes,
        rewrite: Any,
        layouts: dict[str, Layout],
        context: Mapping[str, Any],
        faults: list[tuple[str, Fault]],
    ) -> bytes:
        """A part that is no sheet's own, with its references moved and its texts filled in."""
        if not name.endswith(".xml"):
            return content
        if name.startswith("xl/charts/chart"):
            content = moved_chart(content, rewrite)
        elif name.startswith("xl/ctrlProps/"):
            content = moved_control(content, rewrite)
        elif name.startswith("xl/pivotCache/pivotCacheDefinition"):
            content = moved_pivot(content, layouts)
        if name in self._texts:
            content = self._filled(content, context, faults)
        return content

    def _filled(self, content: bytes, context: Mapping[str, Any], faults: list[tuple[str, Fault]]) -> bytes:
        root = parse(content)
        for node in root.iter(_DRAWING_TEXT):
            if node.text and TAGGED.search(node.text):
                try:
                    node.text = self._environment.from_string(node.text).render(context)
                except TEMPLATE_ERRORS as error:
                    if isinstance(error, jinja2.TemplateSyntaxError):
                        error.lineno = 0
                    faults.append(("图表、文本框", Fault("", what(error))))
        return serialised(root)


@lru_cache(maxsize=16)
def _kept(path: Path, stamp: tuple[int, int]) -> ExcelTemplate:  # noqa: ARG001 - the stamp is the cache's key
    return ExcelTemplate(path)


def excel_template(path: Path) -> ExcelTemplate:
    """The compiled template at `path`, kept within the process until the file changes. Raises InputError as it does."""
    try:
        status = path.stat()
    except OSError as error:
        raise InputError(f"找不到 Excel 模板 {path}。", "检查模板文件夹里是否有 template.xlsx。") from error
    return _kept(path, (status.st_mtime_ns, status.st_size))
