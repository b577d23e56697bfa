"""A .docx → its stories as finding sees them: the body, and the text boxes in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from docgen.errors import InputError

from ..package import Package
from ..structure import OBJECT, Cell, Line, Story, Table
from .lines import Paragraph, control_of, read_line
from .xml import GONE, MC, WRAPPERS, W, value_of

_HEADING_STYLE = re.compile(r"^(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_DEPTH = 6


@dataclass(slots=True)
class WordForm:
    """A Word form, read: its package, the XML of the document's part, and the structure over it.

    `margins` are the headers and footers that say something, by the name of their story: part and XML.
    """

    package: Package
    part: str
    root: etree._Element
    stories: tuple[Story, ...] = ()
    protected: str = ""
    styles: etree._Element | None = None
    margins: dict[str, tuple[str, etree._Element]] = field(default_factory=dict)


@dataclass(slots=True)
class _Reading:
    """What reading keeps while it goes: the levels of styles, and the text boxes seen on the way."""

    levels: dict[str, int]
    boxes: list[etree._Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What reading a form needs beside the document's part: read once for many fills."""

    part: str
    protected: str
    styles: etree._Element | None
    levels: dict[str, int]
    macros: bool
    margins: tuple[tuple[str, str], ...] = ()


def surroundings(package: Package) -> Surroundings:
    """Raises InputError where the form is protected against changes."""
    part = package.linked("", "officeDocument") or "word/document.xml"
    styles = _styles(package, part)
    return Surroundings(
        part, _protection(package, part), styles, _levels(styles), has_macros(package), tuple(_margins(package, part))
    )


def read_word(package: Package, known: Surroundings | None = None) -> WordForm:
    """Read a Word form. Raises InputError where it is no Word document, or is protected against changes."""
    known = known or surroundings(package)
    part = known.part
    root = package.tree(part)
    body = root.find(f"{W}body") if root is not None else None
    if root is None or body is None:
        raise InputError(f"“{package.name}”不是 Word 文档。", "请用 Word 或 WPS 另存为 .docx 再试。")
    form = WordForm(package, part, root, protected=known.protected, styles=known.styles)
    reading = _Reading(known.levels)
    stories = [Story("", tuple(_blocks(body, "", reading, 0)))]
    for number, box in enumerate(_text_boxes(body), 1):
        stories.append(_box_story(box, f"文本框{number}", reading))
    for name, target in known.margins:
        margin = package.tree(target)
        if margin is not None:
            form.margins[name] = (target, margin)
            stories.append(Story(name, tuple(_blocks(margin, f"{name} ", reading, 0))))
    form.stories = tuple(story for story in stories if story.blocks)
    return form


def _margins(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """The headers and footers in which something is written: their names as a person calls them, and their parts."""
    for kind, name in (("header", "页眉"), ("footer", "页脚")):
        parts = sorted({target for found, target in package.links(part).values() if found == kind})
        for number, target in enumerate(parts, 1):
            root = package.tree(target)
            if root is not None and any((text.text or "").strip() for text in root.iter(f"{W}t")):
                yield f"{name}{number}", target


def _protection(package: Package, part: str) -> str:
    """ "" where the form may be edited, "forms" where only its fields may; raises InputError where it may only be read."""
    name = package.linked(part, "settings")
    settings = package.tree(name) if name else None
    element = settings.find(f"{W}documentProtection") if settings is not None else None
    if element is None or value_of(element, "enforcement") in ("", "0", "false", "off"):
        return ""
    kind = value_of(element, "edit")
    if kind in ("forms", "none", ""):
        return "forms" if kind == "forms" else ""
    if kind == "trackedChanges":
        return ""
    raise InputError(
        f"“{package.name}”设了“限制编辑”，只能阅读，没有填写。",
        "请在 Word 的“审阅 → 限制编辑”中停止保护（可能要向发表格的单位索取密码），再试。",
    )


def _styles(package: Package, part: str) -> etree._Element | None:
    name = package.linked(part, "styles")
    return package.tree(name) if name else None


def _levels(styles: etree._Element | None) -> dict[str, int]:
    """Style id → level of heading."""
    levels: dict[str, int] = {}
    for style in styles.iterfind(f"{W}style") if styles is not None else ():
        match = _HEADING_STYLE.match(value_of(style.find(f"{W}name")))
        outline = value_of(style.find(f"{W}pPr/{W}outlineLvl"))
        if match:
            levels[value_of(style, "styleId")] = int(match[1])
        elif outline.isdigit() and int(outline) < 9:
            levels[value_of(style, "styleId")] = int(outline) + 1
    return levels


def _content(parent: etree._Element, wanted: tuple[str, ...]) -> Iterator[etree._Element]:
    """The elements of the wanted names below a parent, through what merely wraps them, without what was deleted."""
    for child in parent:
        tag = child.tag
        if tag in wanted:
            yield child
        elif tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            if content is not None:
                yield from _content(content, wanted)
        elif tag in WRAPPERS:
            yield from _content(child, wanted)


def _blocks(parent: etree._Element, at: str, reading: _Reading, depth: int) -> Iterator[Line | Table]:
    lines = tables = 0
    for element in _content(parent, (f"{W}p", f"{W}tbl")):
        if element.tag == f"{W}p":
            lines += 1
            place = f"{at}第{lines}段"
            yield _whole_control(element, place) or read_line(element, place, _level(element, reading))
        elif depth < _DEPTH:
            tables += 1
            yield _table(element, f"{at}表{tables}", reading, depth)


def _whole_control(element: etree._Element, at: str) -> Line | None:
    """A paragraph that is all of a content control, or of a cell that one holds; None for any other."""
    parent = element.getparent()
    holder = parent.getparent() if parent is not None and parent.tag == f"{W}tc" else parent
    if holder is None or holder.tag != f"{W}sdtContent" or len(list(holder.iter(f"{W}p"))) != 1:
        return None
    outer = holder.getparent()
    control = control_of(outer, 0) if outer is not None else None
    return Line(at, OBJECT, controls=(control,), handle=Paragraph(element)) if control is not None else None


def _level(element: etree._Element, reading: _Reading) -> int:
    properties = element.find(f"{W}pPr")
    if properties is None:
        return 0
    outline = value_of(properties.find(f"{W}outlineLvl"))
    if outline.isdigit() and int(outline) < 9:
        return int(outline) + 1
    return reading.levels.get(value_of(properties.find(f"{W}pStyle")), 0)


def _table(element: etree._Element, at: str, reading: _Reading, depth: int) -> Table:
    """A w:tbl as cells on a grid; a cell merged downwards is one cell."""
    cells: list[Cell] = []
    open_cells: dict[int, Cell] = {}
    width = height = 0
    for row in _content(element, (f"{W}tr",)):
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            continue
        column = _number(properties.find(f"{W}gridBefore")) if properties is not None else 0
        for number, cell in enumerate(_content(row, (f"{W}tc",)), 1):
            settings = cell.find(f"{W}tcPr")
            span = max(_number(settings.find(f"{W}gridSpan")) if settings is not None else 1, 1)
            merged = settings.find(f"{W}vMerge") if settings is not None else None
            above = open_cells.get(column)
            if merged is not None and value_of(merged) != "restart" and above is not None and above.columns == span:
                above.rows += 1
            else:
                place = f"{at} 第{height + 1}行第{number}格"
                made = Cell(place, height, column, 1, span, handle=cell)
                made.blocks = tuple(_blocks(cell, f"{place} ", reading, depth + 1))
                cells.append(made)
                open_cells[column] = made
                if merged is None:
                    open_cells.pop(column)
            column += span
        width = max(width, column)
        height += 1
    return Table(at, tuple(cells), height, width, handle=element)


def _number(element: etree._Element | None) -> int:
    text = value_of(element)
    return int(text) if text.isdigit() else 0


def _text_boxes(body: etree._Element) -> Iterator[tuple[etree._Element, etree._Element | None]]:
    """The contents of text boxes, each with its copy for old programs (mc:Fallback), None where there is none."""
    seen: set[etree._Element] = set()
    for content in body.iter(f"{W}txbxContent"):
        if content in seen or any(ancestor.tag in GONE for ancestor in content.iterancestors()):
            continue
        alternate = next((each for each in content.iterancestors(f"{MC}AlternateContent")), None)
        copy = None
        if alternate is not None:
            fallback = alternate.find(f"{MC}Fallback")
            copy = next(fallback.iter(f"{W}txbxContent"), None) if fallback is not None else None
            if copy is content:
                copy = None
        seen.add(content)
        if copy is not None:
            seen.add(copy)
        yield content, copy


def _box_story(box: tuple[etree._Element, etree._Element | None], name: str, reading: _Reading) -> Story:
    content, copy = box
    blocks = tuple(_blocks(content, f"{name} ", reading, 1))
    if copy is not None:
        copies = tuple(_blocks(copy, f"{name} ", reading, 1))
        _mirror(blocks, copies)
    return Story(name, blocks)


def _mirror(blocks: tuple[Line | Table, ...], copies: tuple[Line | Table, ...]) -> None:
    """Tie each line to its copy, where both say the same."""
    for block, other in zip(blocks, copies, strict=False):
        if isinstance(block, Line) and isinstance(other, Line) and block.text == other.text:
            paragraph: Paragraph = block.handle
            paragraph.mirror = other.handle
        elif isinstance(block, Table) and isinstance(other, Table):
            for cell, twin in zip(block.cells, other.cells, strict=False):
                _mirror(cell.blocks, twin.blocks)


def has_macros(package: Package) -> bool:
    """Whether macros lie in the form; they are kept and never run."""
    return any(member.name.lower().endswith("vbaproject.bin") for member in package.members)
