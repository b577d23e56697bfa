"""A Word document → grids: its paragraphs as a column of texts, each of its tables with merged cells read as people do.

Places are those that Word itself uses in formulas: table 2, cell C4.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from docgen.errors import InputError
from docgen.load.grid import Cell, Grid, rows_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"
_MOST_BYTES, _MOST_HEADER = 60_000_000, 1_000_000
BODY = "正文"
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
_WRAPPERS = frozenset((f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag", f"{_W}customXml", f"{_W}moveTo"))


@dataclass(frozen=True, slots=True)
class WordText:
    """What a document says: `grids` (正文 first, then 表1, 表2 …), and how many pictures stand in it.

    `draft`: its pages bear 草稿 in their headers, as drafts of ours do.
    """

    grids: tuple[Grid, ...]
    pictures: int
    draft: bool = False

    @property
    def says_something(self) -> bool:
        """Whether there is any text at all."""
        return any(grid.rows for grid in self.grids)


def word_grids(data: bytes, name: str) -> WordText:
    """The document in these bytes. Raises InputError where it is damaged or would unpack to far too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(_MAIN).file_size > _MOST_BYTES:
                raise InputError(f"“{name}”的正文大得不正常，没有读取。", "请另存为一份新的 .docx 后再试。")
            content = archive.read(_MAIN)
            headers = [
                archive.read(each)
                for each in archive.infolist()
                if each.filename.startswith("word/header") and each.file_size < _MOST_HEADER
            ]
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(content, parser)
    except _UNREADABLE as error:
        raise InputError(f"“{name}”已损坏，打不开。", "请用 Word 或 WPS 打开，另存为 .docx 后重新交来。") from error
    body = root.find(f"{_W}body")
    grids: list[Grid] = []
    lines: list[list[Cell]] = []
    above: list[str] = []
    for element in _blocks(body if body is not None else root):
        if element.tag == f"{_W}p":
            lines.append([_text(element)])
            above.append(_text(element))
        else:
            found = _tables(element, len(grids))
            grids += [replace(each, above=tuple(above)) for each in found]
            above = []
    draft = any("草稿".encode() in header for header in headers)
    pictures = sum(1 for _ in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"))
    pictures += sum(1 for _ in root.iter(f"{_W}pict"))
    return WordText((Grid(BODY, rows_of(lines, (1, 1), (), {})), *grids), pictures, draft)


def _blocks(holder: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables of a body or a cell, in order; through content controls and tracked insertions."""
    for element in holder:
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in _WRAPPERS:
            yield from _blocks(element)


def _text(element: etree._Element) -> str:
    """What a paragraph shows: no deleted text, no field instructions; breaks and tabs as such."""
    parts = []
    for node in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        if any(parent.tag in (f"{_W}del", f"{_W}moveFrom") for parent in node.iterancestors()):
            continue
        parts.append(node.text or "" if node.tag == f"{_W}t" else "\t" if node.tag == f"{_W}tab" else "\n")
    return "".join(parts)


def table_grid(table: etree._Element) -> Grid:
    """One table by itself."""
    return _tables(table, 0)[0]


def _tables(table: etree._Element, before: int) -> list[Grid]:
    """A table and those inside its cells, numbered on."""
    lines: list[list[Cell]] = []
    merges: list[tuple[tuple[int, int], tuple[int, int]]] = []
    open_merges: dict[int, tuple[int, int]] = {}
    inner: list[etree._Element] = []
    for number, row in enumerate(_rows(table), 1):
        line: list[Cell] = [""] * _skipped(row)
        for cell in _cells(row):
            column = len(line) + 1
            properties = cell.find(f"{_W}tcPr")
            span = _number(properties, "gridSpan", 1)
            merge = properties.find(f"{_W}vMerge") if properties is not None else None
            blocks = list(_blocks(cell))
            inner += [block for block in blocks if block.tag == f"{_W}tbl"]
            text = "\n".join(_text(block) for block in blocks if block.tag == f"{_W}p").strip()
            if merge is not None and merge.get(f"{_W}val") != "restart":
                text = ""
                if column in open_merges:
                    open_merges[column] = (open_merges[column][0], number)
            else:
                _close(open_merges, merges, column)
                if merge is not None:
                    open_merges[column] = (number, number)
            line += [text, *[""] * (span - 1)]
        lines.append(line)
    for column in list(open_merges):
        _close(open_merges, merges, column)
    width = max(map(len, lines), default=0)
    rows = rows_of([line + [""] * (width - len(line)) for line in lines], (1, 1), merges, {})
    grids = [Grid(f"表{before + 1}", rows)]
    for each in inner:
        grids += _tables(each, before + len(grids))
    return grids


def _close(
    open_merges: dict[int, tuple[int, int]], merges: list[tuple[tuple[int, int], tuple[int, int]]], column: int
) -> None:
    if column in open_merges:
        top, last = open_merges.pop(column)
        merges.append(((top, column), (last, column)))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if element.tag == f"{_W}tr":
            yield element
        elif element.tag in _WRAPPERS:
            yield from _rows(element)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for element in row:
        if element.tag == f"{_W}tc":
            yield element
        elif element.tag in _WRAPPERS:
            yield from _cells(element)


def _skipped(row: etree._Element) -> int:
    return _number(row.find(f"{_W}trPr"), "gridBefore", 0)


def _number(properties: etree._Element | None, name: str, default: int) -> int:
    found = properties.find(f"{_W}{name}") if properties is not None else None
    value = found.get(f"{_W}val", "") if found is not None else ""
    return min(int(value), 200) if value and value.isdecimal() else default
