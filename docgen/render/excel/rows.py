"""The rows of a sheet's template, taken apart: what never changes, where values go, which rows hold only tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator

from docgen.tools.references import Formula

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
M = f"{{{MAIN}}}"
TAGGED = re.compile(r"\{\{|\{%|\{#")
ROW_TAG = re.compile(r"\{%-?\s*tr\s+(.*?)\s*-?%\}", re.DOTALL)
_EXPRESSION = re.compile(r"\s*\{\{-?((?:(?!\}\}|\{\{|\{%).)+?)-?\}\}\s*", re.DOTALL)
_HERE = "\0"
_TALL = "\1"


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell whose value a tag gives. `expression` is "" where the cell mixes text and tags."""

    column: str
    style: str
    text: str
    expression: str


@dataclass(frozen=True, slots=True)
class Computed:
    """A cell with a formula. `attributes`: its style and the like; `ref` is the range of an array formula, "" else."""

    column: str
    attributes: str
    formula: Formula
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its opening tag and static cells as texts with \\0 where the row's number goes and \\1 where its height does, slots and formulas."""

    number: int
    parts: tuple[str | Slot | Computed, ...]
    tags: tuple[tuple[str, str], ...] = ()
    height: float | None = None

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The cells that have values."""
        return tuple(part for part in self.parts if isinstance(part, Slot))


class Fault(Exception):  # noqa: N818 - named for what it says
    """A mistake in a cell of the template; the message is a Chinese phrase."""

    def __init__(self, cell: str, message: str) -> None:
        super().__init__(message)
        self.cell = cell


def expression_of(text: str) -> str:
    """The expression of a text that is one only, "" for anything else."""
    match = _EXPRESSION.fullmatch(text)
    return match[1].strip() if match else ""


def string_of(item: etree._Element) -> str:
    """The text of a shared or inline string: all its runs, without the readings of East Asian words."""
    readings = {node for reading in item.iter(f"{M}rPh") for node in reading}
    texts = [node.text or "" for node in item.iter(f"{M}t") if node not in readings]
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), "".join(texts))


def read_rows(data: etree._Element, strings: Sequence[str], faults: list[Fault]) -> tuple[Row, ...]:
    """The rows of a <sheetData>, in order; mistakes in cells are added to `faults`."""
    shared: dict[str, Translator] = {}
    rows = []
    number = 0
    for element in data.iterchildren(f"{M}row"):
        number = int(element.get("r") or number + 1)
        rows.append(_row(element, number, strings, shared, faults))
    return tuple(rows)


def _attributes(element: etree._Element, left_out: Sequence[str]) -> str:
    found = []
    for name, value in element.attrib.items():
        qualified = etree.QName(name)
        if qualified.localname in left_out:
            continue
        prefix = next((key for key, uri in element.nsmap.items() if uri == qualified.namespace), None)
        found.append(f" {prefix + ':' if prefix else ''}{qualified.localname}={quoteattr(str(value))}")
    return "".join(found)


def _row(
    element: etree._Element, number: int, strings: Sequence[str], shared: dict[str, Translator], faults: list[Fault]
) -> Row:
    parts: list[str | Slot | Computed] = [f'<row r="{_HERE}"{_attributes(element, ("r", "ht"))}{_TALL}>']
    tags: list[tuple[str, str]] = []
    column = 0
    for cell in element.iterchildren(f"{M}c"):
        place = cell.get("r") or f"{_letters(column + 1)}{number}"
        name = place.rstrip("0123456789")
        column = column_number(name)
        try:
            part, text = _cell(cell, name, place, strings, shared)
        except (TokenizerError, ValueError, IndexError) as error:
            faults.append(Fault(place, f"单元格读不懂：{error}"))
            continue
        if isinstance(part, Computed) and TAGGED.search(text):
            faults.append(Fault(place, "公式里不能写标签；请把标签写进另一个单元格，公式引用那个单元格"))
        elif not isinstance(part, Computed):
            tags += [(place, tag) for tag in ROW_TAG.findall(text)]
        if isinstance(part, str) and isinstance(parts[-1], str):
            parts[-1] += part
        else:
            parts.append(part)
    if tags:
        faults += [
            Fault(f"{part.column}{number}", "这一行有行标签，整行不出现在成品里；请把这里的标签移到行标签下面的行")
            for part in parts
            if isinstance(part, Slot) and TAGGED.search(ROW_TAG.sub("", part.text))
        ]
    return Row(number, tuple(parts), tuple(tags), float(element.get("ht", "0")) or None)


def _cell(
    cell: etree._Element, name: str, place: str, strings: Sequence[str], shared: dict[str, Translator]
) -> tuple[str | Slot | Computed, str]:
    formula = cell.find(f"{M}f")
    if formula is not None and formula.get("t") != "dataTable":
        text = _formula_text(formula, place, shared)
        ref = formula.get("ref", "") if formula.get("t") == "array" else ""
        return Computed(name, _attributes(cell, ("r", "t")), Formula(text), ref), text
    kind, value = cell.get("t"), cell.find(f"{M}v")
    text = ""
    if kind == "s" and value is not None:
        text = strings[int(value.text or 0)]
    elif kind == "inlineStr":
        inline = cell.find(f"{M}is")
        text = string_of(inline) if inline is not None else ""
    if TAGGED.search(text):
        return Slot(name, cell.get("s", ""), text, expression_of(text)), text
    content = "".join(_plain(child) for child in cell)
    opening = f'<c r="{name}{_HERE}"{_attributes(cell, ("r",))}'
    return (f"{opening}>{content}</c>" if content else f"{opening}/>"), ""


def _plain(element: etree._Element) -> str:
    """A cell's content as XML, without the namespaces that the sheet declares already."""
    tag = etree.QName(element).localname
    inner = escape(element.text or "") + "".join(_plain(child) + escape(child.tail or "") for child in element)
    space = ' xml:space="preserve"' if tag == "t" else ""
    attributes = _attributes(element, ("space",))
    return f"<{tag}{space}{attributes}>{inner}</{tag}>"


def _formula_text(formula: etree._Element, place: str, shared: dict[str, Translator]) -> str:
    """The formula of one cell; one that Excel shares among cells is written out for each."""
    text = formula.text or ""
    if formula.get("t") != "shared":
        return text
    group = formula.get("si", "")
    if text:
        shared[group] = Translator(f"={text}", place)
        return text
    if group not in shared:
        raise ValueError("共用的公式没有原文")
    return str(shared[group].translate_formula(place))[1:]


def written(
    row: Row,
    number: int,
    slot: Callable[[Slot, int], str],
    computed: Callable[[Computed], str],
    height: float | None = None,
) -> str:
    """The row's XML as row `number`, `height` points high (None: as in the template). `slot` gives attributes and content of the n-th value, `computed` of a formula."""
    here = str(number)
    tall = height or row.height
    out = [str(row.parts[0]).replace(_TALL, f' ht="{tall:g}"' if tall else "", 1).replace(_HERE, here)]
    count = 0
    for part in row.parts[1:]:
        if isinstance(part, str):
            out.append(part.replace(_HERE, here))
        elif isinstance(part, Slot):
            out.append(f'<c r="{part.column}{here}"{slot(part, count)}')
            count += 1
        else:
            out.append(f'<c r="{part.column}{here}"{part.attributes}>{computed(part)}</c>')
    out.append("</row>")
    return "".join(out)


def place_of(cell: str) -> tuple[int, int]:
    """Row and column of a cell's name, for sorting; (0, 0) for ""."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), column_number(letters)


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _letters(index: int) -> str:
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
