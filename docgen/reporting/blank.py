"""A blank official form, Word or Excel, filled with a report: its tables cell by cell, its labels, its gaps to write in.

Reading and writing are those of `docgen fill`; which figure belongs where is what readers of progress tables know.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from docgen.forms.excel.filling import written
from docgen.forms.excel.inserting import Inserter
from docgen.forms.excel.painting import Painter
from docgen.forms.excel.reading import ExcelCell, ExcelForm, Sheet, read_excel
from docgen.forms.excel.writing import Writer
from docgen.forms.excel.xml import S, reference_of
from docgen.forms.faults import SMALLER, TOO_LONG
from docgen.forms.package import Package, serialised
from docgen.forms.structure import Cell, Line, Story, Table, lines_of
from docgen.forms.word.lines import both, replace_span
from docgen.forms.word.reading import WordForm, read_word
from docgen.forms.word.writing import write_cell
from docgen.load.cells import as_text
from docgen.plan.season import plain

from .blanks import after_heading, gaps, said_beside
from .placing import Growth, placed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OPEN_ROWS = 60
"""A school has fewer certificates than these."""
_MOST_ROUNDS = 60
"""Rows are made for one list after another; a form with more lists than these is none."""


@dataclass(slots=True)
class BlankForm:
    """An official form without tags. `notes` say, in Chinese, what of the last report had no place in it."""

    path: Path
    data: bytes
    notes: dict[str, None] = field(default_factory=dict)

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The form filled. Raises InputError where it cannot be read."""
        work = self._opened(self.data)
        for _ in range(_MOST_ROUNDS):
            grown = work.grown(context)
            if grown is None:
                break
            work = self._opened(grown)
        used = work.fill(context)
        missing = [str(line["名称"]) for number, line in enumerate(context["证书"]) if number not in used]
        if missing:
            names = "、".join(missing[:4]) + ("等" if len(missing) > 4 else "")
            self.notes[
                f"官方模板“{self.path.name}”里没有放 {len(missing)} 个证书（{names}）的地方，请在模板里多留几行或几块。"
            ] = None
        self.notes.update(dict.fromkeys(f"官方模板“{self.path.name}”：{text}" for text in work.told()))
        return work.saved()

    def _opened(self, data: bytes) -> _Work:
        package = Package.read(data, self.path.name)
        return _Word(package) if self.path.suffix.lower() == ".docx" else _Excel(package)

    def finds(self, context: Mapping[str, Any]) -> bool:
        """Whether there is any place in the form that is known."""
        work = self._opened(self.data)
        work.fill(context)
        return work.count > 0


class _Work:
    """A form, opened to be filled once."""

    stories: tuple[Story, ...]
    count = 0

    def tables(self) -> Iterator[Table]:
        """Every table, those inside others too."""
        for story in self.stories:
            yield from _tables(story.blocks)

    def grown(self, context: Mapping[str, Any]) -> bytes | None:
        """The form with one more list made long enough, None where all are."""
        first = 0
        single: Table | None = None
        used: set[int] = set()
        for table in self.tables():
            found = placed(table, context, first)
            if found.grow is not None and self.repeat(table, found.grow):
                return self.saved()
            used |= found.used
            if found.blocks:
                first = max(first, *(number + 1 for number in found.blocks))
            single = table if found.single else None if found.used else single
        if single is not None and used and len(used) < len(context["证书"]) and self.again(single):
            return self.saved()
        return None

    def fill(self, context: Mapping[str, Any]) -> set[int]:
        """Write everything that is known; the certificates that found a place."""
        first = 0
        used: set[int] = set()
        answered: set[int] = set()
        self.count = 0
        for table in self.tables():
            found = placed(table, context, first)
            used |= found.used
            if found.blocks:
                first = max(first, *(number + 1 for number in found.blocks))
            values: dict[tuple[int, int], Any] = {}
            for label, answer, value in said_beside(table, context):
                # 填报单位： in an open sheet is written on; in a ruled one, the next box is there for the answer.
                if self.ruled(answer) or not label.text.rstrip().endswith((":", "：")):
                    values[answer.row, answer.column] = value
                    answered.update(map(id, label.lines))
            for (row, column), value in sorted({**values, **found.values}.items()):
                cell = table.cell(row, column)
                if cell is not None and not cell.fixed:
                    self.put(cell, value)
                    self.count += 1
        for story in self.stories:
            for line in lines_of(story.blocks):
                if id(line) in answered:
                    continue
                for start, end, text in reversed(gaps(line.text, context)):
                    self.replace(line, (start, end), text)
                    self.count += 1
            for line, text in after_heading(story.blocks, context):
                self.write(line, text)
                self.count += 1
        return used

    def repeat(self, table: Table, growth: Growth) -> bool:
        """Make a list longer; False where that cannot be."""
        raise NotImplementedError

    def again(self, table: Table) -> bool:  # noqa: ARG002 - a workbook has no room below a block
        """Put a copy of a table below it; False where that cannot be."""
        return False

    def ruled(self, cell: Cell) -> bool:  # noqa: ARG002 - the tables of Word are
        """Whether a cell is a box, and not open paper."""
        return True

    def put(self, cell: Cell, value: Any) -> None:
        """A value into an empty cell."""
        raise NotImplementedError

    def replace(self, line: Line, span: tuple[int, int], text: str) -> None:
        """Text in the place of a gap."""
        raise NotImplementedError

    def write(self, line: Line, text: str) -> None:
        """Text into an empty paragraph."""
        raise NotImplementedError

    def told(self) -> list[str]:
        """What wants a look."""
        return []

    def saved(self) -> bytes:
        """The form's bytes as it now is."""
        raise NotImplementedError


def _tables(blocks: Any) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for cell in block.cells:
                yield from _tables(cell.blocks)


class _Word(_Work):
    def __init__(self, package: Package) -> None:
        self.form: WordForm = read_word(package)
        self.stories = self.form.stories

    def repeat(self, table: Table, growth: Growth) -> bool:
        rows = []
        for number in range(growth.last - growth.group + 1, growth.last + 1):
            cells = [cell for cell in table.row(number) if cell.row == number and cell.handle is not None]
            if not cells:
                return False
            rows.append(next(cells[0].handle.iterancestors(f"{_W}tr")))
        last = rows[-1]
        for _ in range(growth.times):
            for row in rows:
                made = copy.deepcopy(row)
                for cell in made.iterfind(f"{_W}tc"):
                    texts = list(cell.iter(f"{_W}t"))
                    if "".join(text.text or "" for text in texts).strip().isdecimal():
                        for text in texts:
                            text.text = ""  # the running number is written anew
                last.addnext(made)
                last = made
        return True

    def again(self, table: Table) -> bool:
        element = table.handle
        if element is None or element.getparent() is None:
            return False
        made = copy.deepcopy(element)
        for place in list(made.iter(f"{_W}bookmarkStart", f"{_W}bookmarkEnd")):
            place.getparent().remove(place)
        between = etree.Element(f"{_W}p")
        element.addnext(between)
        between.addnext(made)
        return True

    def put(self, cell: Cell, value: Any) -> None:
        write_cell(cell, _shown(value))

    def replace(self, line: Line, span: tuple[int, int], text: str) -> None:
        for paragraph in both(line):
            replace_span(paragraph, *span, text)

    def write(self, line: Line, text: str) -> None:
        write_cell(Cell("", 0, 0, blocks=(line,)), text)

    def saved(self) -> bytes:
        return self.form.package.written({self.form.part: serialised(self.form.root)})


class _Excel(_Work):
    def __init__(self, package: Package) -> None:
        self.form: ExcelForm = read_excel(package)
        self.stories = self.form.stories
        self.styles = package.linked(self.form.workbook, "styles")
        self.painter = Painter(package.tree(self.styles) if self.styles else None)
        self.writer = Writer(self.form, self.painter, Inserter(self.form))

    def tables(self) -> Iterator[Table]:
        """The sheets; open paper below the last row is there to be written on."""
        for table in super().tables():
            if not table.endless:
                yield table
                continue
            more = tuple(
                Cell("", row, column, handle=ExcelCell(table.handle, row, column, None))
                for row in range(table.height, table.height + _OPEN_ROWS)
                for column in range(table.width)
            )
            height = table.height + _OPEN_ROWS
            yield Table(table.at, (*table.cells, *more), height, table.width, handle=table.handle)

    def repeat(self, table: Table, growth: Growth) -> bool:
        sheet: Sheet = table.handle
        more = growth.group * growth.times
        if self.writer.inserter.insert(sheet, growth.last, more):
            return False
        for number in range(more):
            model = growth.last - growth.group + 1 + number % growth.group
            for cell in table.row(model):
                if not cell.empty and cell.row == model and not cell.text.strip().isdecimal():
                    self.writer.set_cell(ExcelCell(sheet, growth.last + 1 + number, cell.column, None), cell.text)
        self._join(table, growth)
        self.writer.changed.add(sheet.part)
        return True

    def _join(self, table: Table, growth: Growth) -> None:
        """Merge the cells of new rows as those of the rows that they were made like."""
        merges = table.handle.root.find(f"{S}mergeCells")
        first = growth.last - growth.group + 1
        tall = [cell for cell in table.row(first) if cell.row == first and 1 < cell.rows <= growth.group]
        for time in range(growth.times if merges is not None else 0):
            down = growth.group * (time + 1)
            for cell in tall:
                area = f"{reference_of(first + down, cell.column)}:{reference_of(cell.bottom + down, cell.right)}"
                etree.SubElement(merges, f"{S}mergeCell", ref=area)
        if merges is not None:
            merges.set("count", str(len(merges)))

    def ruled(self, cell: Cell) -> bool:
        element = cell.handle.element
        return element is not None and self.form.styles.has_border(element.get("s", "0"))

    def put(self, cell: Cell, value: Any) -> None:
        self.writer.fill(cell, _shown(value), numeric=isinstance(value, int | float))

    def replace(self, line: Line, span: tuple[int, int], text: str) -> None:
        self.writer.replace(line, span, text)

    def write(self, line: Line, text: str) -> None:
        self.writer.replace(line, (0, 0), text)

    def told(self) -> list[str]:
        long = [finding for finding in self.writer.findings if finding.rule == TOO_LONG.id]
        said = [finding.message for finding in self.writer.findings if finding.rule not in (TOO_LONG.id, SMALLER.id)]
        if long:
            said.append(f"{len(long)} 格里的字比格子长，交出前看一看版面（例如 {long[-1].message}）")
        return said

    def saved(self) -> bytes:
        more = {}
        if self.painter.used and self.painter.styles is not None:
            more[self.styles] = self.painter.styles
        return written(self.form, self.writer, more)


def _shown(value: Any) -> str:
    return as_text(value) if isinstance(value, int | float | str) else str(plain(value))


__all__ = ["BlankForm"]
