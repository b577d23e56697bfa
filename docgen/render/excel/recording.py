"""What a sheet's Jinja template reports while it runs: rows in their order, and every mistake with its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from typing import Any

import jinja2
from jinja2 import meta, nodes

from docgen.tools.references import LAST_ROW

from ..environment import TEMPLATE_ERRORS, furnish
from ..word.guards import Guarded, guarded_filters
from ..word.language import Counting
from .layout import Layout
from .source import what

MOST_ROUNDS = 5_000_000
"""The most rounds that all loops of one workbook may make together."""


class TooMuch(jinja2.TemplateRuntimeError):
    """A template that asks for more than a sheet holds; the message is a Chinese phrase."""


class Recorder:
    """Gathers one sheet's rows in a layout; counts rounds and rows."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._path: tuple[int, ...] = ()
        self._rounds = 0
        self._next = 0

    def _enter(self, depth: int) -> None:
        self._next += 1
        self._path = (*self._path[:depth], self._next)

    def _row(self, block: int, values: tuple[Any, ...]) -> None:
        layout = self._layout
        layout.place(block, self._path[: len(layout.blocks[block].loops)], values)
        if layout.height > LAST_ROW:
            raise TooMuch(f"超过 {LAST_ROW} 行，一个工作表放不下")

    def _missing(self, items: jinja2.Undefined) -> Any:
        return items

    def _spend(self, number: int) -> None:
        self._rounds += number
        if self._rounds > MOST_ROUNDS:
            raise TooMuch(f"循环超过 {MOST_ROUNDS} 次，已经停止")


class Careful(Recorder):
    """A recorder that goes on after a mistake: `found` gathers (cell, what is wrong), each once."""

    def __init__(self, layout: Layout, check: Callable[[Any], None]) -> None:
        super().__init__(layout)
        self._check = check
        self._cell = ""
        self._found: dict[tuple[str, str], None] = {}

    @property
    def _faults(self) -> list[tuple[str, str]]:
        return list(self._found)

    def _note(self, error: Exception) -> None:
        self._found[self._cell, what(error)] = None

    def _missing(self, items: jinja2.Undefined) -> Any:
        try:
            iter(items)
        except jinja2.UndefinedError as error:
            self._note(error)
        return ()

    def _try(self, cell: str, caller: Callable[[], object]) -> str:
        """Run one cell; only what would never end stops the whole."""
        self._cell = cell
        try:
            caller()
        except TooMuch:
            raise
        except TEMPLATE_ERRORS as error:
            self._note(error)
        return ""


def _enter(depth: int, recorder: Recorder) -> str:
    recorder._enter(depth)
    return ""


def _row(values: tuple[Any, ...], block: int, recorder: Recorder) -> str:
    recorder._row(block, values)
    return ""


def _cell(value: Any, index: int, recorder: Careful) -> str:  # noqa: ARG001 - the slot's number helps reading
    recorder._check(value)
    return ""


def _at(cell: str, recorder: Careful) -> str:
    recorder._cell = cell
    return ""


def _count(items: Any, recorder: Recorder) -> Any:
    if isinstance(items, jinja2.Undefined):
        return recorder._missing(items)
    recorder._spend(1)
    if isinstance(items, Sized):
        recorder._spend(len(items))
        return items
    return _one_by_one(items, recorder) if isinstance(items, Iterable) else items


def _one_by_one(items: Iterable[Any], recorder: Recorder) -> Iterator[Any]:
    for item in items:
        recorder._spend(1)
        yield item


def shown(value: Any) -> Any:
    """What a tag within a text puts there; nothing is no text."""
    if value is None:
        raise MissingText
    return value


class MissingText(jinja2.UndefinedError):
    """None where text is due."""

    def __init__(self) -> None:
        super().__init__("和文字写在一起的标签没有值；可以写成 {{ 名称 or '' }}")


class ExcelEnvironment(Guarded):
    """docgen's sandbox; calls are counted, so that a macro that calls itself comes to an end."""

    context_class = Counting


def excel_environment() -> jinja2.Environment:
    """docgen's sandbox with the recorder's filters."""
    environment = ExcelEnvironment(undefined=jinja2.StrictUndefined, finalize=shown)
    furnish(environment)
    environment.filters |= {
        **guarded_filters(environment),
        "_docgen_in": _enter,
        "_docgen_row": _row,
        "_docgen_cell": _cell,
        "_docgen_at": _at,
        "_docgen_count": _count,
    }
    return environment


def missing_names(tree: nodes.Template, known: Iterable[str]) -> dict[int, list[str]]:
    """Names that a template uses and nobody gives, by line; those that it asks `is defined` of are left out."""
    asked = {
        name.name
        for node in tree.find_all((nodes.Test, nodes.Filter))
        if node.name in ("defined", "undefined", "default", "d") and node.node is not None
        for name in node.node.find_all(nodes.Name)
    } | {
        node.node.name
        for node in tree.find_all((nodes.Test, nodes.Filter))
        if node.name in ("defined", "undefined", "default", "d") and isinstance(node.node, nodes.Name)
    }
    lacking = meta.find_undeclared_variables(tree) - set(known) - asked
    found: dict[int, list[str]] = {}
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name in lacking:
            found.setdefault(node.lineno, []).append(node.name)
    return found
