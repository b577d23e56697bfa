"""Which variables a template uses, with nesting and loops, read from its syntax tree."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import nodes

_SAME_ROWS = {"至少一行", "list", "sort", "reverse", "unique", "selectattr", "rejectattr"}
"""Filters that hand on the rows they are given."""


def fields_of(tree: nodes.Node, names: Mapping[str, str] | None = None) -> set[str]:
    """Dotted paths of the variables below a node; `names` maps loop variables to the path that they stand for."""
    names = dict(names or {})
    found: set[str] = set()
    for node in tree.iter_child_nodes():
        if isinstance(node, nodes.For):
            looped = _path_of(node.iter, names)
            inner = dict(names)
            for target in (
                node.target.find_all(nodes.Name) if not isinstance(node.target, nodes.Name) else [node.target]
            ):
                inner[target.name] = f"{looped}[]" if looped else ""
            inner["loop"] = ""
            found |= fields_of(nodes.Output([node.iter]), names)
            found |= fields_of(nodes.Scope(node.body), inner)
            found |= fields_of(nodes.Scope(node.else_), names)
        elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            found |= fields_of(nodes.Output([node.node]), names)
            names[node.target.name] = _path_of(node.node, names)
        elif path := _path_of(node, names):
            found.add(path)
        else:
            found |= fields_of(node, names)
    return found


def _path_of(node: nodes.Node, names: Mapping[str, str]) -> str:
    """The dotted path of a plain variable access; "" for anything else, a local name included."""
    if isinstance(node, nodes.Name):
        return names.get(node.name, "" if node.name in ("range", "dict", "namespace") else node.name)
    if isinstance(node, nodes.Filter) and node.name in _SAME_ROWS and node.node is not None:
        return _path_of(node.node, names)
    if isinstance(node, nodes.Getattr):
        base = _path_of(node.node, names)
        return f"{base}.{node.attr}" if base else ""
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        base = _path_of(node.node, names)
        return f"{base}.{node.arg.value}" if base else ""
    return ""
