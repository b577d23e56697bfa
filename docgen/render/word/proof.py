"""Whether a template's render is well-formed XML whatever the data: shown once, so that renders need no parser.

Each body of a loop or a condition is parsed by itself, with a character reference in the place of every value. What
is whole by itself may be repeated, left out and put together: the result is whole again. Values are escaped, so they
are what they stand for here; where a value brings XML of its own, or text is broken into paragraphs, the render is
parsed after all.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.parsers import expat

from jinja2 import nodes

_VALUE = "&#38;"
"""Good within text and attributes' values, and nowhere else."""
_UNSURE = ("<!--", "<![CDATA[", "<!DOCTYPE")


class _Unproven(Exception):  # noqa: N818 - an answer, no error
    """What is made depends on more than can be told from the template."""


def is_always_xml(tree: nodes.Template) -> bool:
    """Whether each render of a syntax tree is well-formed, as long as values are escaped text."""
    try:
        _parse(_flat(tree.body))
    except (_Unproven, expat.ExpatError):
        return False
    return True


def _parse(xml: str) -> None:
    if any(mark in xml for mark in _UNSURE):
        raise _Unproven
    expat.ParserCreate().Parse(xml.encode("utf-8", "surrogatepass"), True)


def _flat(body: Sequence[nodes.Node]) -> str:
    """The XML of a body with a reference for each value, and nothing for loops and conditions, which are parsed here."""
    xml = ""
    pieces: list[str] = []
    for node in body:
        if isinstance(node, nodes.Output):
            pieces += (part.data if isinstance(part, nodes.TemplateData) else _VALUE for part in node.nodes)
        elif isinstance(node, nodes.For):
            xml, pieces = _with_blocks(xml + "".join(pieces), [node.body, node.else_]), []
        elif isinstance(node, nodes.If):
            xml, pieces = _with_blocks(xml + "".join(pieces), _branches(node)), []
        elif not isinstance(node, nodes.Assign | nodes.ExprStmt):
            raise _Unproven
    return xml + "".join(pieces)


def _branches(node: nodes.If) -> list[list[nodes.Node]]:
    return [node.body, *(branch.body for branch in node.elif_), node.else_]


def _with_blocks(before: str, bodies: Sequence[Sequence[nodes.Node]]) -> str:
    within_tag = before.rfind("<") > before.rfind(">")
    for body in bodies:
        xml = _flat(body)
        if not within_tag:
            _parse(f"<all>{xml}</all>")
        elif "<" in xml or '"' in xml or "'" in xml:
            raise _Unproven
    return before + _VALUE if within_tag else before
