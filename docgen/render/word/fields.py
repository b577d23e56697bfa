"""Which variables a template uses, with nesting and loops, read from its syntax tree."""

from __future__ import annotations

from jinja2 import nodes

from ..uses import uses_of


def fields_of(tree: nodes.Node) -> set[str]:
    """Dotted paths of the variables below a node: 院校.院校名称, 教师[].姓名 for one in a loop over 教师."""
    return {use.path for use in uses_of(tree)}
