"""Says where a paragraph of a Word document stands, as a person who has it open sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from ..tags import Spot, shorten

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NUMBERED = re.compile(r"^\s*(第?[一二三四五六七八九十]+[、章节]|[（(][一二三四五六七八九十]+[）)])")
_TAGS = re.compile(r"\{%.*?%\}|\{#.*?#\}")
_LONGEST_HEADING = 30
_REGIONS = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "comments": "批注",
}
_PROPERTIES = {
    "title": "标题",
    "subject": "主题",
    "creator": "作者",
    "keywords": "关键词",
    "description": "备注",
    "lastModifiedBy": "修改者",
    "category": "类别",
}
_KINDS_OF_PAGES = {"first": "首页", "even": "偶数页"}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class _Where:
    region: str = ""
    tables: str = ""
    container: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0


@dataclass(slots=True)
class _Reader:
    part: str
    headings: frozenset[str]
    spots: list[Spot] = field(default_factory=list)
    count: int = 0
    seen: int = 0
    heading: str = ""
    table_numbers: dict[int, int] = field(default_factory=dict)

    def number(self) -> int:
        self.count += 1
        return self.count

    def block(self, element: etree._Element, where: _Where) -> None:
        """Take in what holds paragraphs and tables."""
        for child in element.iterchildren(etree.Element):
            if child.tag == f"{_W}p":
                self.paragraph(child, where)
            elif child.tag == f"{_W}tbl":
                self.table(child, where)
            elif child.tag == f"{_W}sdt":
                for content in child.iterchildren(f"{_W}sdtContent"):
                    self.block(content, replace(where, container=self.number()))
            elif child.tag in (f"{_W}footnote", f"{_W}endnote", f"{_W}comment", f"{_W}customXml", f"{_W}ins"):
                self.block(child, replace(where, container=self.number()))

    def table(self, element: etree._Element, where: _Where) -> None:
        self.table_numbers[where.cell] = number = self.table_numbers.get(where.cell, 0) + 1
        table = self.number()
        name = f"{where.tables}里的第{number}个表格" if where.tables else f"第{number}个表格"
        rows = (row for row in element.iter(f"{_W}tr") if _nearest(row, "tbl") is element)
        for row_number, row in enumerate(rows, 1):
            row_id = self.number()
            cells = (cell for cell in row.iter(f"{_W}tc") if _nearest(cell, "tr") is row)
            for column, cell in enumerate(cells, 1):
                inside = self.number()
                place = f"{name}第{row_number}行第{column}列"
                self.block(cell, replace(where, tables=place, container=inside, table=table, row=row_id, cell=inside))

    def paragraph(self, element: etree._Element, where: _Where) -> None:
        """Take in a paragraph; text boxes in it become spots of their own."""
        characters: list[str] = []
        order: list[int] = []
        holders: list[int] = []
        boxes: list[etree._Element] = []
        for text, holder, box in self._pieces(element, 0):
            if box is not None:
                boxes.append(box)
            for character in text:
                characters.append(character)
                order.append(self.seen)
                holders.append(holder)
                self.seen += 1
            if box is not None:
                inside = replace(where, region=f"{where.region}文本框", container=self.number())
                self.block(box, inside)
        text = "".join(characters)
        self._note_heading(element, text, where)
        levels = {"p": self.number()} | ({"tr": where.row, "tc": where.cell} if where.row else {})
        spot = Spot(
            text,
            self._place(text, where),
            self.part,
            0,
            where.container,
            where.table,
            levels,
            tuple(order),
            tuple(holders),
        )
        self.spots.append(spot)

    def _pieces(self, element: etree._Element, holder: int) -> Iterator[tuple[str, int, etree._Element | None]]:
        """The text below an element with what holds it; a text box instead of its text."""
        for child in element.iterchildren(etree.Element):
            if child.tag == f"{_W}t":
                yield child.text or "", holder, None
            elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
                if element.tag == f"{_W}r":
                    yield "\t" if child.tag == f"{_W}tab" else "\n", holder, None
            elif child.tag == f"{_W}txbxContent":
                yield "", holder, child
            elif child.tag in (f"{_W}pPr", f"{_W}rPr", f"{_W}del", f"{_MC}Fallback"):
                continue
            elif element.tag == f"{_W}p" and child.tag != f"{_W}r":
                yield from self._pieces(child, self.number())
            else:
                yield from self._pieces(child, holder)

    def _note_heading(self, element: etree._Element, text: str, where: _Where) -> None:
        shown = _TAGS.sub("", text).strip()
        if where.tables or where.region or not shown:
            return
        style = element.find(f"{_W}pPr/{_W}pStyle")
        named = style is not None and style.get(f"{_W}val") in self.headings
        outlined = element.find(f"{_W}pPr/{_W}outlineLvl") is not None
        if named or outlined or (_NUMBERED.match(shown) and len(shown) <= _LONGEST_HEADING):
            self.heading = shorten(shown, _LONGEST_HEADING)

    def _place(self, text: str, where: _Where) -> str:
        under = f"标题“{self.heading}”下" if self.heading and not where.region else ""
        if where.tables:
            return f"{where.region}{under}{where.tables}"
        shown = shorten(text)
        if under and self.heading == shorten(_TAGS.sub("", text).strip(), _LONGEST_HEADING):
            under = ""
        paragraph = f"“{shown}”这一段" if shown else "空白的一段"
        return f"{where.region}{under}{paragraph}"


def _nearest(element: etree._Element, name: str) -> etree._Element | None:
    return next(element.iterancestors(f"{_W}{name}"), None)


def heading_styles(styles: bytes | None) -> frozenset[str]:
    """The ids of the styles that make a heading, from styles.xml."""
    if not styles:
        return frozenset()
    based: dict[str, str] = {}
    found: set[str] = set()
    for style in _parsed(styles).iter(f"{_W}style"):
        name, base = style.find(f"{_W}name"), style.find(f"{_W}basedOn")
        identifier = style.get(f"{_W}styleId", "")
        called = (name.get(f"{_W}val", "") if name is not None else "").lower()
        if called.startswith(("heading", "title", "标题")) or style.find(f"{_W}pPr/{_W}outlineLvl") is not None:
            found.add(identifier)
        elif base is not None:
            based[identifier] = base.get(f"{_W}val", "")
    while more := {style for style, base in based.items() if base in found} - found:
        found |= more
    return frozenset(found)


def _parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def page_regions(members: Mapping[str, bytes]) -> dict[str, str]:
    """Part name → 页眉, 首页页眉, 偶数页页脚 … for the headers and footers of a document."""
    relations = members.get("word/_rels/document.xml.rels")
    body = members.get("word/document.xml")
    if relations is None or body is None:
        return {}
    targets = {relation.get("Id"): f"word/{relation.get('Target', '')}" for relation in _parsed(relations)}
    result: dict[str, str] = {}
    for name in ("header", "footer"):
        for reference in _parsed(body).iter(f"{_W}{name}Reference"):
            kind = _KINDS_OF_PAGES.get(reference.get(f"{_W}type", ""), "")
            result.setdefault(targets.get(reference.get(_RELATION), ""), f"{kind}{_REGIONS[name]}")
    return result


def spots_of(part: str, members: Mapping[str, bytes]) -> list[Spot]:
    """The paragraphs of a part of a .docx, each with its place. `members`: the unpacked files, by name.

    Raises lxml.etree.XMLSyntaxError where the part is not XML.
    """
    root = _parsed(members[part])
    if part.startswith("docProps/"):
        names = ((_PROPERTIES.get(etree.QName(child).localname, "其他"), child.text) for child in root)
        return [
            Spot(
                text,
                f"文档属性“{name}”",
                part,
                0,
                number,
                order=tuple(range(number * 10_000, number * 10_000 + len(text))),
            )
            for number, (name, text) in enumerate(names, 1)
            if text
        ]
    stem = re.sub(r"\d*\.xml$", "", part.rpartition("/")[2])
    region = page_regions(members).get(part) or _REGIONS.get(stem, "")
    reader = _Reader(part, heading_styles(members.get("word/styles.xml")))
    body = root.find(f"{_W}body")
    reader.block(root if body is None else body, _Where(region))
    return reader.spots
