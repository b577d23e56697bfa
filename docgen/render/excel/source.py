"""A sheet's rows as one Jinja template, which hands rows of values to a recorder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import jinja2
from jinja2 import nodes

from ..environment import explain
from .layout import Block
from .rows import Fault, Row

_CLOSING = {"endfor": "for", "endif": "if"}
_PROBES = {
    "for": "{{% {} %}}{{% endfor %}}",
    "if": "{{% {} %}}{{% endif %}}",
    "elif": "{{% if 1 %}}{{% {} %}}{{% endif %}}",
    "set": "{{% {} %}}",
}


@dataclass(slots=True)
class Source:
    """Jinja texts for one sheet: `plain` as its author wrote it, `fast` for rendering, `careful` for finding errors.

    `cells` says which cell stands on a line of `careful`; `rows` gives each block's rows.
    """

    blocks: list[Block] = field(default_factory=list)
    rows: list[tuple[Row, ...]] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    fast: list[str] = field(default_factory=list)
    careful: list[str] = field(default_factory=list)
    cells: dict[int, str] = field(default_factory=dict)
    snippets: list[tuple[str, str]] = field(default_factory=list)
    _line: int = 1
    _open: list[tuple[str, str, int]] = field(default_factory=list)
    _loops: int = 0

    def _both(self, text: str, cell: str, careful: str) -> None:
        self.fast.append(text)
        self.careful.append(careful + "\n")
        for line in range(self._line, self._line + careful.count("\n") + 1):
            self.cells[line] = cell
        self._line += careful.count("\n") + 1

    @property
    def _chain(self) -> tuple[int, ...]:
        return tuple(loop for kind, _, loop in self._open if kind == "for" and loop)

    def _block(self, first: int, last: int, rows: tuple[Row, ...]) -> int:
        self.blocks.append(Block(first, last, self._chain))
        self.rows.append(rows)
        return len(self.blocks) - 1

    def still(self, first: int, last: int, rows: tuple[Row, ...]) -> None:
        """Rows without tags, and empty ones between them."""
        call = f"{{{{ ()|_docgen_row({self._block(first, last, rows)}, _docgen) }}}}"
        self._both(call, "", call)

    def values(self, row: Row) -> None:
        """A row with values."""
        block = self._block(row.number, row.number, (row,))
        arguments, before, careful = [], [], []
        for index, slot in enumerate(row.slots):
            cell = f"{slot.column}{row.number}"
            self.snippets.append((cell, slot.text))
            self.plain.append(slot.text + "\n")
            name = f"_docgen_{index}"
            if slot.expression:
                arguments.append(f"({slot.expression}\n)")
                value = f"({slot.expression}\n)"
                body = f"{{{{ {value}|_docgen_cell({index}, _docgen) }}}}"
            else:
                before.append(f"{{% set {name} %}}{slot.text}{{% endset %}}")
                arguments.append(name)
                body = f"{before[-1]}{{{{ {name}|_docgen_cell({index}, _docgen) }}}}"
            careful.append((cell, body))
        for cell, body in careful:
            self._both("", cell, f"{{% call _docgen_try('{cell}') %}}{body}{{% endcall %}}")
        listed = "".join(f"{argument}," for argument in arguments)
        self._both(
            f"{''.join(before)}{{{{ ({listed})|_docgen_row({block}, _docgen) }}}}",
            "",
            f"{{{{ ()|_docgen_row({block}, _docgen) }}}}",
        )

    def tags(self, row: Row, faults: list[Fault]) -> None:
        """A row of tags: it is never placed, and stands outside of the loops that it opens or closes."""
        before = self._chain
        for cell, tag in row.tags:
            try:
                self._tag(cell, tag)
            except Fault as fault:
                faults.append(fault)
        after = self._chain
        self.blocks.append(Block(row.number, row.number, min(before, after, key=len)))
        self.rows.append(())

    def _tag(self, cell: str, tag: str) -> None:
        """A tag for rows. Raises Fault for one that is not known or closes what is not open."""
        word, _, _ = tag.partition(" ")
        text = f"{{% {tag} %}}"
        at = f"{{{{ '{cell}'|_docgen_at(_docgen) }}}}"
        if word in _CLOSING:
            if not self._open or self._open[-1][0] != _CLOSING[word]:
                raise Fault(cell, f"{{%tr {word} %}} 前面没有与它配对的 {{%tr {_CLOSING[word]} … %}}")
            self._open.pop()
            self._both(text, cell, text)
        elif word == "else":
            if not self._open:
                raise Fault(cell, "{%tr else %} 前面没有 {%tr if … %} 或 {%tr for … %}")
            self._open[-1] = (*self._open[-1][:2], 0)
            self._both(text, cell, text)
        elif word in _PROBES:
            self.snippets.append((cell, _PROBES[word].format(tag)))
            if word == "for":
                depth = len(self._chain)
                self._loops += 1
                self._open.append((word, cell, self._loops))
                text += f"{{{{ {depth}|_docgen_in(_docgen) }}}}"
            elif word == "if":
                self._open.append((word, cell, 0))
            self._both(text, cell, (at if word != "elif" else "") + text)
        else:
            raise Fault(cell, f"不认识行标签 {{%tr {word} %}}；行标签有 for、endfor、if、elif、else、endif、set")
        self.plain.append(f"{{% {tag} %}}\n")

    def unclosed(self) -> list[Fault]:
        """A fault for each tag that nothing closes."""
        return [Fault(cell, f"{{%tr {kind} … %}} 没有配对的 {{%tr end{kind} %}}") for kind, cell, _ in self._open]


def write_source(rows: Sequence[Row], faults: list[Fault]) -> Source:
    """The Jinja texts of a sheet's rows; mistakes are added to `faults`."""
    source = Source()
    pending: list[Row] = []
    first = 1

    def flush(last: int) -> None:
        nonlocal first
        if last >= first:
            source.still(first, last, tuple(pending))
        pending.clear()
        first = last + 1

    for row in rows:
        if not row.tags and not row.slots:
            pending.append(row)
            continue
        flush(row.number - 1)
        first = row.number + 1
        if not row.tags:
            source.values(row)
            continue
        source.tags(row, faults)
    flush(rows[-1].number if rows else 0)
    faults += source.unclosed()
    return source


def syntax_faults(source: Source, environment: jinja2.Environment) -> list[Fault]:
    """Every cell whose tags Jinja does not understand, with what is wrong."""
    faults = []
    for cell, text in source.snippets:
        try:
            environment.from_string(text)
        except jinja2.TemplateSyntaxError as error:
            error.lineno = 0  # a line of the cell's text says nothing to a reader
            faults.append(Fault(cell, what(error)))
    return faults


def what(error: Exception) -> str:
    """What is wrong, in Chinese, without the place."""
    return explain(error, "").message.removeprefix("模板 ：").removesuffix("。")


def counted(tree: nodes.Template, environment: jinja2.Environment) -> nodes.Template:
    """The tree with what every loop runs over handed to the recorder, which counts the rounds."""
    for loop in list(tree.find_all(nodes.For)):
        name = nodes.Name("_docgen", "load", lineno=loop.lineno)
        loop.iter = nodes.Filter(loop.iter, "_docgen_count", [name], [], None, None, lineno=loop.lineno)
    tree.set_environment(environment)
    return tree
