"""What makes Word refuse or repair one part of a document, told with its place. What two parts must agree on is in validity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from .merging import W, children, first_column, span_of

_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_HEADING = re.compile(r"^(?:heading|标题)?\s*([1-9])$", re.IGNORECASE)
_BLOCKS = {f"{W}{name}" for name in ("p", "tbl", "sdt", "customXml", "altChunk")}
HOLDERS = tuple(f"{W}{name}" for name in ("tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent"))
"""What must hold a paragraph, and end with one."""
_NOT_IN = {  # what these must never stand in directly
    "p": ("p", "r", "t", "tbl", "tr"),
    "r": ("r", "t", "tc", "tr", "tbl", "body"),
    "t": ("p", "t", "tc", "tr", "tbl", "body"),
    "tbl": ("p", "r", "t", "tbl", "tr"),
    "tc": ("p", "r", "t", "tc", "tbl", "body"),
    "tr": ("p", "r", "t", "tc", "tr", "body"),
    "drawing": ("p", "t", "tc", "tr", "tbl", "body"),
}
_WRONG_PARENTS = {f"{W}{name}": {f"{W}{parent}" for parent in parents} for name, parents in _NOT_IN.items()}
_NAMES = {"p": "段落", "r": "文字", "t": "文字", "tbl": "表格", "tc": "单元格", "tr": "表格行", "drawing": "图片"}
_NO_TEXT = [f"{W}{name}" for name in ("body", "tbl", "tr", "tc", "p", "r")]
_LONGEST = 20
_REGIONS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a finished document. `grave`: Word refuses or repairs the file; else it shows it otherwise."""

    part: str
    place: str
    message: str
    hint: str = ""
    grave: bool = True

    def __str__(self) -> str:
        return f"{self.place}：{self.message}"


def region_of(part: str) -> str:
    """页眉, 页脚, 脚注 … for a part; "" for the document itself."""
    return next((words for name, words in _REGIONS.items() if name in part), "")


def place_of(element: etree._Element) -> str:
    """Where an element is, as a person sees it, in the words of `places`: heading, table, row, column, or the text."""
    table = next((one for one in reversed(list(element.iterancestors(f"{W}tbl")))), None)
    if element.tag == f"{W}tbl" and table is None:
        table = element
    heading = _heading_before(element if table is None else table)
    under = f"标题“{heading}”下" if heading else ""
    if table is not None:
        return f"{under}{_place_in_table(element, table)}"
    paragraph = next(element.iterancestors(f"{W}p"), element)
    text = text_of(paragraph)
    return under + (f"“{text}”这一段" if text else "空白的一段")


def _place_in_table(element: etree._Element, table: etree._Element) -> str:
    tables = [one for one in table.getroottree().iter(f"{W}tbl") if next(one.iterancestors(f"{W}tbl"), None) is None]
    words = f"第{tables.index(table) + 1}个表格"
    line = {element, *element.iterancestors()}
    row = next((one for one in line if one.tag == f"{W}tr" and next(one.iterancestors(f"{W}tbl")) is table), None)
    if row is not None:
        words += f"第{_number(row, table)}行"
        cell = next((one for one in line if one.tag == f"{W}tc" and next(one.iterancestors(f"{W}tr")) is row), None)
        words += f"第{_number(cell, row)}列" if cell is not None else ""
    return words


def _number(child: etree._Element, parent: etree._Element) -> int:
    """A row's number in its table, or a cell's in its row, from 1."""
    if child.getparent() is parent:
        return 1 + sum(1 for _ in child.itersiblings(child.tag, preceding=True))
    return 1 + list(children(parent, etree.QName(child).localname)).index(child)


def _heading_before(element: etree._Element) -> str:
    for one in (element, *element.itersiblings(preceding=True)):
        style = one.find(f"{W}pPr/{W}pStyle")
        if style is not None and _HEADING.match(style.get(f"{W}val", "")):
            return text_of(one)
    parent = element.getparent()
    return "" if parent is None else _heading_before(parent)


def text_of(element: etree._Element) -> str:
    """The first characters of an element's text."""
    text = "".join(one.text or "" for one in element.iter(f"{W}t")).strip()
    if not text:  # it stands where Word shows none
        text = etree.tostring(element, method="text", encoding="unicode", with_tail=False).strip()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def problems_in(part: str, root: etree._Element, *, only_grave: bool = False) -> Iterator[Problem]:
    """What is wrong within one part, in no particular order."""
    harmless = () if only_grave else (_columns, _merges, _drawings, _bookmarks)
    for check in (_nesting, _holders, _tables, _fields, _sections, *harmless):
        for element, message, hint, grave in check(root):
            if grave or not only_grave:
                yield Problem(part, f"{region_of(part)}{place_of(element)}", message, hint, grave)


_Found = Iterator[tuple[etree._Element, str, str, bool]]


def _nesting(root: etree._Element) -> _Found:
    for element in root.iter(*_WRONG_PARENTS):
        parent = element.getparent()
        if parent is not None and parent.tag in _WRONG_PARENTS[str(element.tag)]:
            inner, outer = (_NAMES.get(etree.QName(one).localname, "正文") for one in (element, parent))
            formatted = parent.tag in (f"{W}t", f"{W}r")
            message = (
                "带格式的内容（富文本、图片、子文档）放进了普通文字的标签"
                if formatted
                else f"{inner}直接放进了{outer}里"
            )
            hint = "带格式的内容要写 {{r 变量 }}（段落、子文档写 {{p 变量 }}），不写 {{ 变量 }}。"
            yield element, message, hint, True
    for element in root.iter(*_NO_TEXT):
        stray = (element.text or "") + "".join([child.tail for child in element if child.tail])
        if stray and not stray.isspace():
            yield (
                element,
                f"文字“{stray.strip()[:_LONGEST]}”不在段落的文字里",
                "{{r }}、{{p }} 只能放富文本、图片、子文档；文字请写 {{ 变量 }}。",
                True,
            )


def _holders(root: etree._Element) -> _Found:
    for holder in root.iter(*HOLDERS):
        if holder.get(f"{W}type") in ("separator", "continuationSeparator"):
            continue
        blocks = [child for child in holder if child.tag in _BLOCKS]
        if not blocks:
            yield holder, "单元格里没有段落" if holder.tag == f"{W}tc" else "里面没有段落", "至少留一个空段落。", True
        elif blocks[-1].tag == f"{W}tbl":
            yield holder, "单元格以表格结尾", "在里面的表格之后留一个空段落。", True


def _tables(root: etree._Element) -> _Found:
    for table in root.iter(f"{W}tbl"):
        rows = list(children(table, "tr"))
        grid = table.find(f"{W}tblGrid")
        if not rows:
            yield table, "表格一行也没有", "给循环之外留一行（如表头），或用 {%p if %} 整个去掉表格。", True
        if grid is None:
            yield table, "表格没有列的定义（tblGrid）", "在 Word 中重新插入这个表格。", True
        for row in rows:
            if next(children(row, "tc"), None) is None:
                yield row, "这一行一个单元格也没有", "检查 {%tc for %} 的数据是否为空。", True
    for span in root.iter(f"{W}gridSpan"):
        if not re.fullmatch(r"0*[1-9]\d{0,3}", said := span.get(f"{W}val", "")):
            yield span, f"跨列数“{said}”不是正整数", "colspan 后面的数要大于 0。", True


def _columns(root: etree._Element) -> _Found:
    for table in root.iter(f"{W}tbl"):
        wide = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in children(table, "tr"):
            after = row.find(f"{W}trPr/{W}gridAfter")
            free = after.get(f"{W}val", "") if after is not None else ""
            taken = first_column(row) + sum(map(span_of, children(row, "tc"))) + int(free if free.isdecimal() else 0)
            if wide and taken != wide:
                yield row, f"这一行占{taken}列，表格有{wide}列", "让各行的列数（含 colspan）相等。", False


def _merges(root: etree._Element) -> _Found:
    for table in root.iter(f"{W}tbl"):
        above: set[tuple[int, int]] = set()
        for row in children(table, "tr"):
            current = set()
            column = first_column(row)
            for cell in children(row, "tc"):
                place = (column, span_of(cell))
                column += place[1]
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if merge is None:
                    continue
                if merge.get(f"{W}val", "continue") == "continue" and place not in above:
                    yield cell, "接着上一格合并，但上面没有可以合并的格", "检查这一列合并单元格的起点和列宽。", False
                current.add(place)
            above = current


def _drawings(root: etree._Element) -> _Found:
    seen: set[str] = set()
    for drawing in root.iter(_DOC_PR):
        number = drawing.get("id", "")
        if number in seen and not _is_fallback(drawing):
            yield drawing, f"两张图的编号相同（{number}）", "由 docgen 生成时会自动改正。", False
        seen.add(number)


def _is_fallback(element: etree._Element) -> bool:
    return any(etree.QName(one).localname == "Fallback" for one in element.iterancestors())


def _bookmarks(root: etree._Element) -> _Found:
    starts = list(root.iter(f"{W}bookmarkStart"))
    ids = Counter(one.get(f"{W}id") for one in starts)
    names = Counter(one.get(f"{W}name") for one in starts)
    ends = Counter(one.get(f"{W}id") for one in root.iter(f"{W}bookmarkEnd"))
    for start in starts:
        name = start.get(f"{W}name", "")
        if ids[start.get(f"{W}id")] > 1 or names[name] > 1:
            yield start, f"书签“{name}”重复", "书签不要放在循环里。", False
        if not ends[start.get(f"{W}id")]:
            yield start, f"书签“{name}”只有开头没有结尾", "在 Word 中删去并重新插入书签。", False


def _fields(root: etree._Element) -> _Found:
    open_: list[etree._Element] = []
    for mark in root.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            open_.append(mark)
        elif not open_:
            yield mark, "域（页码、目录等）只有结尾没有开头", "在 Word 中删去并重新插入这个域。", True
        elif kind == "end":
            open_.pop()
    for mark in open_:
        yield mark, "域（页码、目录等）只有开头没有结尾", "在 Word 中删去并重新插入这个域，不要用条件标签拆开它。", True


def _sections(root: etree._Element) -> _Found:
    for body in root.iter(f"{W}body"):
        for section in body.findall(f"{W}sectPr"):
            if any(later.tag in _BLOCKS for later in section.itersiblings()):
                yield section, "页面设置（分节）之后还有内容", "检查文档末尾的段落标签。", True
