"""Jinja for Word: values become Word's text, everything is counted, plain mappings are read without detours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.runtime import Context, Undefined, markup_join
from jinja2.utils import Cycler, Joiner, pass_context
from markupsafe import Markup

from ..environment import furnish
from .guards import MOST_CHARACTERS, Guarded, TooLong, guarded_filters
from .merging import FILTERS
from .objects import plain_xml, xml_of
from .session import CURRENT

_DOTTED_METHODS = frozenset(dir(dict))
_SPECIAL = re.compile("[&<>\"'\r\x00-\x06\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_COUNTED = "counted by docgen"


class MissingValue(jinja2.UndefinedError):
    """A value that is None where text is due. `name`: the expression as the template has it, "" for a complex one."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name or '表达式'} 没有值（None）")
        self.name = name


class TooMuch(jinja2.TemplateRuntimeError):
    """A template that goes round too often or makes too much; the message is a Chinese sentence."""


def word_text(value: Any, name: str = "") -> str:
    """A value as it stands in a part's XML.

    Text is escaped; line breaks and tabs stay characters, which `breaks.resolve` turns into what Word shows; other
    characters that XML forbids become U+FFFD. Objects with `__html__` give their XML. None raises MissingValue with
    `name`.
    """
    kind = type(value)
    if kind is str:
        return value if _SPECIAL.search(value) is None else plain_xml(value)
    if kind is int:
        return str(value)
    if value is None:
        raise MissingValue(name)
    if hasattr(value, "__html__"):
        if (session := CURRENT.get(None)) is not None:
            session.has_xml = True
        return xml_of(value)
    return plain_xml(str(value))


class Counting(Context):
    """The context of one render. `rounds` counts loops and calls, `most_rounds` is its limit."""

    rounds = 0
    most_rounds = 2_000_000

    def spend(self, number: int) -> None:
        """Count; raises TooMuch above the limit."""
        self.rounds += number
        if self.rounds > self.most_rounds:
            raise TooMuch(f"循环和调用超过 {self.most_rounds} 次，已经停止")

    def derived(self, locals: dict[str, Any] | None = None) -> Context:
        """A context for a block; it counts on from here."""
        context = super().derived(locals)
        if isinstance(context, Counting):
            context.rounds = self.rounds
        return context


@pass_context
def _counted(context: Context, items: Any) -> Any:
    """What a loop runs over; its rounds are counted before it starts, or one by one where it has no length."""
    if not isinstance(context, Counting):
        return items
    context.spend(1)
    if isinstance(items, Undefined):
        return items
    if isinstance(items, Sized):
        context.spend(len(items))
        return items
    return _one_by_one(context, items) if isinstance(items, Iterable) else items


def _one_by_one(context: Counting, items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        context.spend(1)
        yield item


class WordCode(CodeGenerator):
    """Code that hands each value to `word_text` once, with the name that the template gives it."""

    def _make_finalize(self) -> Any:
        return self._FinalizeInfo(word_text, "")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:  # noqa: ARG002
        const = node.as_const(frame.eval_ctx)
        return str(const) if isinstance(node, nodes.TemplateData) else word_text(const, written(node))

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write("environment.text(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(f", {written(node)!r})")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        plain = node.attr not in _DOTTED_METHODS and not node.attr.startswith("_")
        self.write("environment.item(" if plain else "environment.getattr(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")


def written(node: nodes.Node) -> str:
    """An expression as the template has it: 院校.名称, 行[0]; "" where it is more than names, fields and filters."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{base}.{node.attr}" if (base := written(node.node)) else ""
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{base}[{node.arg.value!r}]" if (base := written(node.node)) else ""
    if isinstance(node, nodes.Filter) and node.node is not None:
        return f"{base}|{node.name}" if (base := written(node.node)) else ""
    return ""


class WordEnvironment(Guarded):
    """docgen's sandbox for Word's parts."""

    code_generator_class = WordCode
    context_class = Counting
    text = staticmethod(word_text)

    def item(self, value: Any, name: str) -> Any:
        """`value.name` in a template, for a name that no mapping has as a method: the same as getattr, sooner."""
        if type(value) is dict and name in value:
            return value[name]
        return self.getattr(value, name)

    def joined(self, parts: tuple[Any, ...]) -> str:
        """`a ~ b` in a template; raises TooLong where the text would be endless."""
        if sum(len(part) for part in parts if isinstance(part, str)) > MOST_CHARACTERS:
            raise TooLong
        brought = (
            Markup(word_text(part)) if hasattr(part, "__html__") and not isinstance(part, str) else part  # noqa: S704
            for part in parts
        )
        return markup_join(brought)

    def compiled(self, tree: nodes.Template, drop: Callable[[str], str]) -> jinja2.Template:
        """A template from a syntax tree whose literal text goes through `drop`."""
        waiting: list[nodes.Node] = [tree]
        while waiting:
            for node in waiting.pop().iter_child_nodes():
                if isinstance(node, nodes.TemplateData):
                    node.data = drop(node.data)
                elif not isinstance(node, nodes.Expr):
                    waiting.append(node)
                if isinstance(node, nodes.For):
                    node.iter = nodes.Filter(node.iter, _COUNTED, [], [], None, None, lineno=node.iter.lineno)
                    node.iter.set_environment(self)
        return jinja2.Template.from_code(self, self.compile(tree), self.make_globals(None))


def word_environment(own: jinja2.Environment | None = None) -> WordEnvironment:
    """The environment of a template; filters, tests, globals and extensions of `own` are taken over."""
    extensions: list[type[Extension]] = [type(extension) for extension in own.extensions.values()] if own else []
    environment = WordEnvironment(undefined=jinja2.StrictUndefined, autoescape=True, extensions=extensions)
    furnish(environment)
    environment.globals |= {"cycler": Cycler, "joiner": Joiner}
    environment.filters |= {**guarded_filters(environment), **FILTERS}
    environment.filters[_COUNTED] = _counted
    if own is not None:
        _take_over(environment, own)
    return environment


def _take_over(environment: jinja2.Environment, own: jinja2.Environment) -> None:
    standard = jinja2.Environment(
        autoescape=True, extensions=[type(extension) for extension in own.extensions.values()]
    )
    tables: tuple[tuple[dict[str, Any], Mapping[str, Any], Mapping[str, Any]], ...] = (
        (environment.filters, own.filters, standard.filters),
        (environment.tests, own.tests, standard.tests),
        (environment.globals, own.globals, standard.globals),
    )
    for target, given, known in tables:
        target.update({name: value for name, value in given.items() if known.get(name) is not value})
