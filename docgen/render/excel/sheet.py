"""One sheet of a template: compiled once, rendered with a context into rows and into its XML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

import jinja2
from lxml import etree

from ..environment import TEMPLATE_ERRORS
from .heights import Heights, Wrapping
from .layout import Layout, Scope
from .package import parse
from .ranges import Rewrite, move_ranges, moved_text, resolver
from .recording import Careful, Recorder, TooMuch, missing_names, shown
from .rows import MAIN, TAGGED, Computed, Fault, M, Slot, read_rows, written
from .source import counted, syntax_faults, what, write_source
from .values import cell

_PLACE = "<!--rows-->"
_MOST_CHARACTERS = 300_000_000
_TOGETHER = 16
"""Rows that are handed on as one."""
_HEADINGS = ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"]
LayoutOf = Callable[[str], Layout | None]
Dated = Callable[[str, str], str]
"""From a cell's style and "date", "datetime" or "time" the style that shows it as one."""


class SheetTemplate:
    """A worksheet's XML. `faults` holds what is wrong with its tags; it renders only where there are none."""

    def __init__(
        self,
        name: str,
        xml: etree._Element,
        strings: Sequence[str],
        wrapping: Wrapping,
        environment: jinja2.Environment,
    ) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self._environment = environment
        if xml.nsmap.get(None) != MAIN:
            raise ValueError(f"工作表“{name}”的写法不常见")
        data = xml.find(f"{M}sheetData")
        self.rows = read_rows(data, strings, self.faults) if data is not None else ()
        if data is not None:
            data.clear()
        self._frame = etree.tostring(xml)  # bytes: threads may read them at once
        heights = Heights(xml, wrapping)
        self._heights = heights
        self._wrapped = {row.number: found for row in self.rows if (found := heights.wrapped(row))}
        self.has_tags = any(row.tags or row.slots for row in self.rows)
        self._headings = {
            index: node.text
            for index, node in enumerate(self._heading_nodes(xml))
            if node.text and TAGGED.search(node.text)
        }
        self._source = write_source(self.rows, self.faults)
        self._compile()

    @staticmethod
    def _heading_nodes(xml: etree._Element) -> list[etree._Element]:
        return [node for name in _HEADINGS for node in xml.iterfind(f"{M}headerFooter/{M}{name}")]

    def _compile(self) -> None:
        if self.faults:
            self.faults += syntax_faults(self._source, self._environment)
            return
        try:
            tree = counted(self._environment.parse("".join(self._source.fast)), self._environment)
            self._template = self._environment.from_string(tree)
        except jinja2.TemplateSyntaxError as error:
            self.faults += syntax_faults(self._source, self._environment) or [Fault("", what(error))]
        self._texts: dict[int, jinja2.Template] = {}
        headings = self._environment.overlay(finalize=_in_heading)
        for index, text in self._headings.items():
            try:
                self._texts[index] = headings.from_string(text)
            except jinja2.TemplateSyntaxError as error:
                error.lineno = 0
                self.faults.append(Fault("", f"页眉页脚：{what(error)}"))

    @property
    def has_headings(self) -> bool:
        """Whether a page heading or footing has tags."""
        return bool(self._headings)

    @cached_property
    def has_formulas(self) -> bool:
        """Whether any cell computes."""
        return any(isinstance(part, Computed) for row in self.rows for part in row.parts)

    @property
    def plain(self) -> str:
        """The sheet's tags as one Jinja text, for reading its fields."""
        return "".join(self._source.plain) + "".join(text or "" for text in self._headings.values())

    @property
    def texts(self) -> dict[str, str]:
        """The texts of the cells with tags, by cell."""
        found = {f"{slot.column}{row.number}": slot.text for row in self.rows for slot in row.slots}
        return found | {cell: f"{{%tr {tag} %}}" for row in self.rows for cell, tag in row.tags}

    def _empty_layout(self) -> Layout:
        return Layout(tuple(self._source.blocks), self.rows[-1].number if self.rows else 0)

    def lay_out(self, context: Mapping[str, Any], faults: list[Fault]) -> Layout:
        """Run the tags: where each row goes, with its values. Mistakes are added to `faults`, all that are found."""
        layout = self._empty_layout()
        try:
            self._template.render(context, _docgen=Recorder(layout))
        except TooMuch as error:
            faults.append(Fault("", what(error)))  # to look for the cell would take as long again
            return layout
        except TEMPLATE_ERRORS as error:
            faults += self._diagnose(context, error)
            return layout
        if any(isinstance(value, jinja2.Undefined) for placed in layout.placed for value in placed.values):
            faults += self._diagnose(context, None)
        return layout

    def _diagnose(self, context: Mapping[str, Any], first: Exception | None) -> list[Fault]:
        """Run again, cell by cell, to find every mistake."""
        tree = self._environment.parse("".join(self._source.careful))
        known = {*context, *self._environment.globals, "_docgen", "_docgen_try"}
        names = missing_names(tree, known)
        found = {
            (self._source.cells.get(line, ""), f"用了不存在的变量“{name}”"): None
            for line, missing in names.items()
            for name in missing
        }
        recorder = Careful(self._empty_layout(), _check)
        try:
            template = self._environment.from_string(counted(tree, self._environment))
            template.render(context, _docgen=recorder, _docgen_try=recorder._try)
        except TEMPLATE_ERRORS as error:
            recorder._note(error)
        found |= dict.fromkeys(recorder._faults)
        if not found and first is not None:
            found["", what(first)] = None
        return [Fault(place, message) for place, message in found]

    def write(
        self,
        layout: Layout,
        layout_of: LayoutOf,
        rewrite: Rewrite,
        dated: Dated,
        mac: bool,
        context: Mapping[str, Any],
        faults: list[Fault],
    ) -> Iterator[bytes]:
        """The rendered sheet's XML, in UTF-8, piece by piece. Values that no cell can hold are added to `faults`."""
        frame = parse(self._frame)
        move_ranges(frame, layout, rewrite)
        self._write_headings(frame, context, faults)
        data = frame.find(f"{M}sheetData")
        if data is not None:
            data.append(etree.Comment("rows"))
        text = etree.tostring(frame, encoding="unicode")
        before, _, after = text.partition(_PLACE)
        yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{before}'.encode()
        rows = self._written_rows(layout, layout_of, dated, mac, faults)
        while some := "".join(islice(rows, _TOGETHER)):
            yield some.encode()
        yield after.encode()

    def _write_headings(self, frame: etree._Element, context: Mapping[str, Any], faults: list[Fault]) -> None:
        for index, node in enumerate(self._heading_nodes(frame)):
            if index in self._texts:
                try:
                    node.text = self._texts[index].render(context)
                except TEMPLATE_ERRORS as error:
                    faults.append(Fault("", f"页眉页脚：{what(error)}"))

    def _written_rows(
        self, layout: Layout, layout_of: LayoutOf, dated: Dated, mac: bool, faults: list[Fault]
    ) -> Iterator[str]:
        size = 0
        for placed in layout.placed:
            if size > _MOST_CHARACTERS:
                faults.append(Fault("", "内容太多，一个工作表放不下"))
                break
            block = layout.blocks[placed.block]
            scope = Scope(block.loops, placed.path)
            resolve = resolver(layout_of, layout, scope)

            def computed(part: Computed, scope: Scope = scope, resolve: Any = resolve) -> str:
                text = _escaped(part.formula.text(resolve))
                if not part.ref:
                    return f"<f>{text}</f>"
                return f'<f t="array" ref="{moved_text(part.ref, layout, scope)}">{text}</f>'

            for row in self._source.rows[placed.block]:
                number = placed.start + row.number - block.first

                def slot(part: Slot, index: int, placed: Any = placed, row: Any = row) -> str:
                    style = part.style

                    def restyle(kind: str) -> None:
                        nonlocal style
                        style = dated(style, kind)

                    try:
                        kind, content = cell(placed.values[index], restyle, mac)
                    except TEMPLATE_ERRORS as error:
                        faults.append(Fault(f"{part.column}{row.number}", what(error)))
                        return "/>"
                    attributes = f' s="{style}"' if style else ""
                    return f"{attributes}{kind}>{content}</c>" if content else f"{attributes}/>"

                wrapped = self._wrapped.get(row.number)
                height = self._heights.needed(row, wrapped, placed.values) if wrapped else None
                text = written(row, number, slot, computed, height)
                size += len(text)
                yield text


def _in_heading(value: Any) -> str:
    """A value in a heading or footing of pages, where & begins a code."""
    return str(shown(value)).replace("&", "&&")


def _check(value: Any) -> None:
    cell(value, lambda _: None)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
