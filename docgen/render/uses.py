"""Which fields a template uses, each with its line, read from the syntax tree: loops and names of its own resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import nodes

_FUNCTIONS = frozenset(
    {"range", "dict", "namespace", "cycler", "joiner", "lipsum", "caller", "varargs", "kwargs", "self"}
)
_METHODS = frozenset({"items", "keys", "values", "get", "strip", "split", "replace", "startswith", "endswith", "join"})
_SAME_ROWS = frozenset(
    {"list", "sort", "selectattr", "rejectattr", "select", "reject", "reverse", "unique", "default", "d", "至少一行"}
)
_ONE_ROW = frozenset({"first", "last", "random"})
_BY_ATTRIBUTE = frozenset({"map", "sort", "sum", "join", "groupby", "unique", "min", "max"})
_BY_FIRST_WORD = frozenset({"selectattr", "rejectattr", "groupby"})
_FORGIVING = frozenset({"default", "d"})


@dataclass(frozen=True, slots=True)
class Use:
    """A field that a template uses: 院校.院校名称, 教师[].姓名 for one in a loop over 教师.

    `written` is the same as the template has it (行.姓名). `asked`: the template only asks whether it is there.
    """

    path: str
    written: str
    line: int
    asked: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    path: str
    written: str


def uses_of(tree: nodes.Node) -> list[Use]:
    """The fields used below a node, in order of the template; names that it gives itself are left out."""
    return list(_Finder().visit(tree, {}))


class _Finder:
    """Walks the tree; `names` maps a name of the template's own to the path it stands for ("" for a value)."""

    def visit(self, node: nodes.Node, names: dict[str, str], *, asked: bool = False) -> Iterator[Use]:
        special = getattr(self, f"_{type(node).__name__.lower()}", None)
        if special is not None:
            yield from special(node, names)
        elif (path := self.path(node, names)) is not None:
            if path.path:
                yield Use(path.path, path.written, node.lineno, asked)
            yield from self._inside(node, names)
        else:
            yield from self._children(node, names)

    def _children(self, node: nodes.Node, names: dict[str, str]) -> Iterator[Use]:
        for child in node.iter_child_nodes():
            yield from self.visit(child, names)

    def _inside(self, node: nodes.Node, names: dict[str, str]) -> Iterator[Use]:
        """Expressions within a path: an index that is a variable."""
        while isinstance(node, nodes.Getattr | nodes.Getitem):
            if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const | nodes.Slice):
                yield from self.visit(node.arg, names)
            node = node.node

    def path(self, node: nodes.Node, names: dict[str, str]) -> _Name | None:
        """The path of a plain access; one without path for a value of the template's own; None for anything else."""
        if isinstance(node, nodes.Name):
            if node.name in names or node.name in _FUNCTIONS:
                return _Name(names.get(node.name, ""), node.name)
            return _Name(node.name, node.name)
        if isinstance(node, nodes.Getattr):
            return self._below(node.node, names, node.attr)
        if isinstance(node, nodes.Getitem):
            arg = node.arg
            if isinstance(arg, nodes.Const) and isinstance(arg.value, str):
                return self._below(node.node, names, arg.value)
            base = self.path(node.node, names)
            if base is None or isinstance(arg, nodes.Slice):
                return base
            return _Name(f"{base.path}[]" if base.path and isinstance(arg, nodes.Const) else "", base.written)
        if isinstance(node, nodes.Filter) and node.node is not None:
            base = self.path(node.node, names) if node.name in _SAME_ROWS | _ONE_ROW else None
            if base is None:
                return None
            return _Name(f"{base.path}[]", base.written) if base.path and node.name in _ONE_ROW else base
        return None

    def _below(self, node: nodes.Node, names: dict[str, str], attribute: str) -> _Name | None:
        base = self.path(node, names)
        if base is None:
            return None
        return _Name(f"{base.path}.{attribute}" if base.path else "", f"{base.written}.{attribute}")

    def _path_text(self, node: nodes.Node, names: dict[str, str]) -> str:
        found = self.path(node, names)
        return found.path if found else ""

    def _filter(self, node: nodes.Filter, names: dict[str, str]) -> Iterator[Use]:
        if node.node is not None:
            yield from self.visit(node.node, names, asked=node.name in _FORGIVING)
            base = self.path(node.node, names)
            rows = base.path if base else ""
            if rows and (attribute := _attribute(node)):
                yield Use(f"{rows}[].{attribute}", attribute, node.lineno)
        for argument in (*node.args, *node.kwargs):
            yield from self.visit(argument, names)

    def _test(self, node: nodes.Test, names: dict[str, str]) -> Iterator[Use]:
        yield from self.visit(node.node, names, asked=node.name in ("defined", "undefined"))
        for argument in node.args:
            yield from self.visit(argument, names)

    def _call(self, node: nodes.Call, names: dict[str, str]) -> Iterator[Use]:
        function = node.node
        if isinstance(function, nodes.Getattr) and function.attr in _METHODS:
            yield from self.visit(function.node, names)
        else:
            yield from self.visit(function, names)
        for argument in (*node.args, *node.kwargs):
            yield from self.visit(argument, names)

    def _for(self, node: nodes.For, names: dict[str, str]) -> Iterator[Use]:
        yield from self.visit(node.iter, names)
        rows = self._path_text(node.iter, names)
        inner = {**names, "loop": ""}
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = f"{rows}[]" if rows else ""
        else:
            inner |= {name.name: "" for name in node.target.find_all(nodes.Name)}
        if node.test is not None:
            yield from self.visit(node.test, inner)
        for child in node.body:
            yield from self.visit(child, inner)
        for child in node.else_:
            yield from self.visit(child, names)

    def _assign(self, node: nodes.Assign, names: dict[str, str]) -> Iterator[Use]:
        yield from self.visit(node.node, names)
        if isinstance(node.target, nodes.Name):
            names[node.target.name] = self._path_text(node.node, names)
        else:
            names.update({name.name: "" for name in node.target.find_all(nodes.Name)})

    def _assignblock(self, node: nodes.AssignBlock, names: dict[str, str]) -> Iterator[Use]:
        for child in node.body:
            yield from self.visit(child, names)
        if isinstance(node.target, nodes.Name):
            names[node.target.name] = ""

    def _with(self, node: nodes.With, names: dict[str, str]) -> Iterator[Use]:
        inner = dict(names)
        for target, value in zip(node.targets, node.values, strict=True):
            yield from self.visit(value, names)
            if isinstance(target, nodes.Name):
                inner[target.name] = self._path_text(value, names)
        for child in node.body:
            yield from self.visit(child, inner)

    def _macro(self, node: nodes.Macro, names: dict[str, str]) -> Iterator[Use]:
        names[node.name] = ""
        for default in node.defaults:
            yield from self.visit(default, names)
        inner = {**names, **{argument.name: "" for argument in node.args}}
        for child in node.body:
            yield from self.visit(child, inner)

    def _callblock(self, node: nodes.CallBlock, names: dict[str, str]) -> Iterator[Use]:
        yield from self.visit(node.call, names)
        inner = {**names, **{argument.name: "" for argument in node.args}}
        for child in node.body:
            yield from self.visit(child, inner)

    def _import(self, node: nodes.Import, names: dict[str, str]) -> Iterator[Use]:
        names[node.target] = ""
        yield from ()

    def _fromimport(self, node: nodes.FromImport, names: dict[str, str]) -> Iterator[Use]:
        for name in node.names:
            names[name if isinstance(name, str) else name[1]] = ""
        yield from ()


def _attribute(node: nodes.Filter) -> str:
    """The attribute of each row that a filter works on, as in map(attribute="姓名"); "" where there is none."""
    constants = [part.value for part in node.kwargs if part.key == "attribute"] if node.name in _BY_ATTRIBUTE else []
    if node.name in _BY_FIRST_WORD and node.args:
        constants = [node.args[0]]
    first = constants[0] if constants else None
    return first.value if isinstance(first, nodes.Const) and isinstance(first.value, str) else ""
