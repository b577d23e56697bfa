"""Chinese typography in Word documents: the East Asian font slot, indents in characters, widths, tables of contents.

Word keeps four fonts for each run and picks by character. Chinese characters always take the East Asian one (w:eastAsia);
“ ” ‘ ’ — … · × and others stand in Chinese and Western text alike, and Word asks the run's w:hint which it is. What
a user's template looks like is his: only runs that docgen fills with values get that hint, all else is advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from .merging import W, children, first_column, span_of
from .structure import Problem, place_of, region_of

_CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_EITHER = re.compile("[\u00a8-\u00f7\u2010-\u2027\u2030-\u205e\u2103-\u22bf\u2460-\u266f]")
_LANGUAGE = re.compile(rb'<w:(?:lang|themeFontLang)\s[^>]*w:eastAsia="zh')
_RUN = re.compile(r"<w:r(?: [^>]*)?>(?:(?!<w:r[ >]|</w:r>).)*</w:r>", re.DOTALL)
_RUN_START = re.compile(r"<w:r(?: [^>]*)?>")
_PROPERTIES_START = re.compile(r"<w:rPr>(?:<w:rStyle [^>]*/>)?")
_CONTENTS = re.compile(r"<w:instrText[^>]*>\s*TOC\b")
_SIMPLE_CONTENTS = re.compile(r'<w:fldSimple (?=[^>]*w:instr="\s*TOC\b)(?![^>]*w:dirty=)')
_HINT = ' w:hint="eastAsia"'
_SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
_INDENT_BY_SPACES = re.compile("^[\u3000 ]{2,}")
_TOLERANCE = 0.03


def hint_for(text: str) -> str:
    """The attribute that a run's w:rFonts needs for `text`, with a space before it; "" where every character is plain.

    Only Chinese text with quotes, dashes and the like needs it.
    """
    return _HINT if _EITHER.search(text) and _CHINESE.search(text) else ""


def is_chinese(*parts: bytes) -> bool:
    """Whether styles.xml or settings.xml name Chinese as the East Asian language, as Chinese Word and WPS write them."""
    return any(_LANGUAGE.search(part) for part in parts)


def hint_values(source: str) -> str:
    """A template's source with w:hint="eastAsia" on every run that holds a value and has no hint yet.

    Meant for Chinese documents only (`is_chinese`): there Word writes the same hint for whatever is typed in Chinese.
    Western letters and digits keep their font; “ ” ‘ ’ — … take the Chinese one.
    """
    return _RUN.sub(_hinted, source) if "{{" in source else source


def _hinted(match: re.Match[str]) -> str:
    run = match[0]
    if "{{" not in run or "w:hint=" in run:
        return run
    if "<w:rFonts" in run:
        return run.replace("<w:rFonts", f"<w:rFonts{_HINT}", 1)
    if found := _PROPERTIES_START.search(run):
        return f"{run[: found.end()]}<w:rFonts{_HINT}/>{run[found.end() :]}"
    start = _RUN_START.match(run)
    assert start is not None  # noqa: S101 - _RUN begins with it
    empty = run[start.end() :].removeprefix("<w:rPr/>")
    return f"{start[0]}<w:rPr><w:rFonts{_HINT}/></w:rPr>{empty}"


def mark_contents(source: str) -> tuple[str, int]:
    """The source with its tables of contents marked to be made anew (w:dirty), and how many there are.

    Word asks once when it opens such a document and then updates these fields; w:updateFields in the settings would ask
    too, and change all other fields (dates, links) as well. Page numbers need no mark: every program computes them.
    """
    for place in reversed([found.start() for found in _CONTENTS.finditer(source)]):
        start = source.rfind("<w:fldChar ", 0, place)
        while start >= 0 and '"begin"' not in source[start : source.index(">", start)]:
            start = source.rfind("<w:fldChar ", 0, start)
        if start >= 0 and "w:dirty=" not in source[start : source.index(">", start)]:
            position = start + len("<w:fldChar")
            source = f'{source[:position]} w:dirty="true"{source[position:]}'
    source = _SIMPLE_CONTENTS.sub('<w:fldSimple w:dirty="true" ', source)
    return source, len(_CONTENTS.findall(source)) + len(re.findall(r'<w:fldSimple [^>]*w:instr="\s*TOC\b', source))


def fit_widths(table: etree._Element) -> None:
    """Share a table's width among its columns after a loop has copied some of them, and give each cell its columns' width.

    Only for tables of fixed widths: there Word goes by the cells' widths, which a loop copies so that the table leaves
    the page, and LibreOffice by the grid's. All others are laid out anew by every program.
    """
    layout = table.find(f"{W}tblPr/{W}tblLayout")
    columns = table.findall(f"{W}tblGrid/{W}gridCol")
    widths = _grid_widths(table)
    if layout is None or layout.get(f"{W}type") != "fixed" or not all(widths):
        return
    weights = next((found for row in children(table, "tr") if (found := _weights(row, len(widths)))), widths)
    total, whole = sum(widths), sum(weights)
    ends = [round(total * sum(weights[: number + 1]) / whole) for number in range(len(weights))]
    widths = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    for grid_column, width in zip(columns, widths, strict=True):
        grid_column.set(f"{W}w", str(width))
    for row in children(table, "tr"):
        column = first_column(row)
        for cell in children(row, "tc"):
            span = span_of(cell)
            element = cell.find(f"{W}tcPr/{W}tcW")
            if element is not None and column + span <= len(widths):
                element.set(f"{W}w", str(sum(widths[column : column + span])))
                element.set(f"{W}type", "dxa")
            column += span


def _weights(row: etree._Element, columns: int) -> list[int]:
    """The widths of a row's cells where it has one for each column of the grid and each says how wide it is; else []."""
    cells = list(children(row, "tc"))
    found = [cell.find(f"{W}tcPr/{W}tcW[@{W}type='dxa']") for cell in cells]
    texts = [element.get(f"{W}w", "") for element in found if element is not None]
    if len(cells) != columns or len(texts) != columns or any(span_of(cell) != 1 for cell in cells):
        return []
    return [int(text) for text in texts] if all(text.isdecimal() and int(text) for text in texts) else []


def _grid_widths(table: etree._Element) -> list[int]:
    texts = [one.get(f"{W}w", "") for one in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    return [int(text) if text.isdecimal() else 0 for text in texts]


def advice(part: str, root: etree._Element) -> Iterator[Problem]:
    """What in a template's part will look otherwise than meant, for `docgen templates lint`; nothing of it is grave."""
    for check in (_theme_fonts, _missing_slot, _indent_by_spaces, _widths, _contents):
        for element, message, hint in check(root):
            yield Problem(part, f"{region_of(part)}{place_of(element)}", message, hint, grave=False)


_Advice = Iterator[tuple[etree._Element, str, str]]


def _theme_fonts(root: etree._Element) -> _Advice:
    for element in root.iterfind(
        f".//{W}r/{W}rPr/{W}rFonts"
    ):  # in styles, programs note the theme's own font beside it
        for slot in _SLOTS:
            name = element.get(f"{W}{slot}")
            theme = f"{W}{slot}Theme" if slot != "cs" else f"{W}cstheme"
            if name and element.get(theme):
                yield element, f"字体“{name}”不起作用：同一处还设了主题字体", "选中这些文字，在“字体”里重新选一次字体。"
                break


def _missing_slot(root: etree._Element) -> _Advice:
    for run in root.iter(f"{W}r"):
        element = run.find(f"{W}rPr/{W}rFonts")
        if element is None or not element.get(f"{W}ascii"):
            continue
        name = element.get(f"{W}ascii", "")
        chinese_name = bool(_CHINESE.search(name))
        if chinese_name and not element.get(f"{W}eastAsia") and not element.get(f"{W}eastAsiaTheme"):
            yield run, f"字体“{name}”只管西文，中文不会用它", f"选中这些文字，在“字体”里把“中文字体”也设为“{name}”。"


def _indent_by_spaces(root: etree._Element) -> _Advice:
    for paragraph in root.iter(f"{W}p"):
        text = "".join(one.text or "" for one in paragraph.iter(f"{W}t"))
        if _INDENT_BY_SPACES.match(text) and text.strip().startswith("{{"):
            hint = "删去空格，在“段落”里设首行缩进 2 字符，值里另起的段落也就会缩进。"
            yield paragraph, "用空格代替了首行缩进", hint


def _widths(root: etree._Element) -> _Advice:
    for table in root.iter(f"{W}tbl"):
        total = table.find(f"{W}tblPr/{W}tblW")
        widths = _grid_widths(table)
        if total is None or total.get(f"{W}type") != "dxa" or not widths or not all(widths):
            continue
        said = total.get(f"{W}w", "")
        if said.isdecimal() and int(said) and abs(int(said) - sum(widths)) > _TOLERANCE * int(said):
            yield (
                table,
                "表格的宽度与各列宽度之和不一致，Word、WPS 与 LibreOffice 中的宽度会不同",
                "在 Word 中拖一下列边线再保存。",
            )


def _contents(root: etree._Element) -> _Advice:
    for element in root.iter(f"{W}instrText"):
        if (element.text or "").split()[:1] == ["TOC"]:
            yield (
                element,
                "目录由 Word 在打开文件时更新（会先询问一次）",
                "请选“是”；WPS 里在目录上按右键，选“更新域”。",
            )
