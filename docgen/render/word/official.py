"""An official document → the fields of its Word template: parts whose places the standard fixes come as ready paragraphs.

What a person may want to change in Word (fonts, sizes, the seal's place) stands in the template and its styles, which are
named Gw…; what depends on the document's own lengths (the mark's size, the signature's indents, tables) is made here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docgen.model.official import Annex, Form, OfficialDocument, Table, listed_annexes, parts_of

from .objects import _Markup, plain_xml

MM = 1440 / 25.4
"""Twips in a millimetre."""
WIDTH, CHARACTERS, PITCH = 156.0, 28, 10.39
CELL = WIDTH / CHARACTERS
_IMPRINT_LINE = 8.6
_FOOT = 262.0
"""版心's lower edge below the page's upper edge, in mm."""
_MARK_LARGEST, _MARK_SMALLEST = 52.0, 22.0
_TEXT_TOP = 34.58
"""The top margin of GB/T 33476.2-2016, in mm, from which the first line is set."""
_BASELINE, _INK = 0.8, 0.85
"""Word sets an exact line's baseline at four fifths of its height; Chinese ink rises so far above it, in ems."""


class Markup(_Markup):
    """Ready XML of paragraphs or tables, for a tag {{p … }}."""

    def __init__(self, xml: str) -> None:
        self.xml = xml


def word_fields(document: OfficialDocument, pages: int, own_page: bool, title_lines: Any) -> dict[str, Any]:
    """The template's fields. `pages` and `own_page` tell how the document came out on paper: how many pages without 版记,
    and whether 版记 needs a page of its own; `title_lines` breaks a title (docgen.render.official.titles).
    """
    body: list[dict[str, Any]] = []
    for paragraph in document.body:
        first, second, rest = parts_of(paragraph)
        body.append({"黑体": first, "楷体": second, "正文": rest, "连下": not rest})
    if body:
        body[-1]["连下"] = True  # the signature never stands on a page without text (7.3.5)
    annexes = listed_annexes(document.annexes)
    return {
        "版头": Markup(_head(document)),
        "题名": title_lines(document.title, document.names),
        "主送": f"{document.addressee.rstrip('：:')}：" if document.addressee else "",
        "正文": body,
        "附件说明": Markup("".join(_listed(place, *annex) for place, annex in enumerate(annexes))),
        "落款": Markup(_signature(document)),
        "盖章": document.seal is not None,
        "附注": document.note,
        "附件": [
            _annex(annex, number, len(annexes), title_lines, document)
            for number, annex in enumerate(document.annexes, 1)
        ],
        "版记": Markup(_imprint(document)),
        "版记另页": own_page and document.form is not Form.LETTER,
        "版记隔页": own_page and (pages % 2 == 0 or document.form is Form.LETTER),
        "信函": document.form is Form.LETTER,
        "草稿": document.draft,
    }


def _paragraph(style: str, text: str, properties: str = "", run: str = "") -> str:
    runs = (
        f'<w:r>{run and f"<w:rPr>{run}</w:rPr>"}<w:t xml:space="preserve">{plain_xml(text)}</w:t></w:r>' if text else ""
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def _blank(height: float, style: str = "GwBody") -> str:
    """An empty paragraph of an exact height in mm."""
    line = f'<w:spacing w:before="0" w:after="0" w:line="{max(1, round(height * MM))}" w:lineRule="exact"/>'
    return _paragraph(style, "", line)


def _ems(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _mark(text: str) -> str:
    """发文机关标志 with its ink 72 mm below the page's edge."""
    size, height, drop = _mark_size(text)
    line = f'<w:spacing w:before="0" w:after="0" w:line="{round(height * 20)}" w:lineRule="exact"/>'
    return _blank(72.0 - drop - _TEXT_TOP) + _paragraph("GwMark", text, line, _sized(size))


def _mark_size(text: str) -> tuple[float, float, float]:
    """The mark's size and line height in points, and how far its ink lies below its line's upper edge in mm."""
    size = min(_MARK_LARGEST, max(_MARK_SMALLEST, (WIDTH - 1) * 72 / 25.4 / max(_ems(text), 1)))
    size = int(size * 2) / 2
    height = size * 1.2
    return size, height, (height * _BASELINE - size * _INK) * 25.4 / 72


def _sized(size: float) -> str:
    return f'<w:sz w:val="{int(size * 2)}"/><w:szCs w:val="{int(size * 2)}"/>'


def _head(document: OfficialDocument) -> str:
    if document.form is Form.OFFICIAL:
        # The rule is the number's own border: 4 mm below the type, which ends a fifth of the line's rest above its foot.
        return _mark(document.mark) + _blank(PITCH) * 2 + _paragraph("GwNumber", document.number) + _blank(PITCH) * 2
    if document.form is Form.LETTER:
        number = _paragraph("GwLetterNumber", document.number) if document.number else _blank(PITCH)
        return _letter_mark(document.mark) + number + _blank(PITCH) * 2
    return ""


def _letter_mark(text: str) -> str:
    """A letter's mark stands above the text area, 30 mm below the page's edge: in a frame of its own, with its rule."""
    size, height, drop = _mark_size(text)
    frame = (
        f'<w:framePr w:w="{round(170 * MM)}" w:wrap="notBeside" w:vAnchor="page" w:hAnchor="page"'
        f' w:x="{round(20 * MM)}" w:y="{round((30 - drop) * MM)}"/>'
    )
    border = '<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="6" w:color="DB1212"/></w:pBdr>'
    line = f'<w:spacing w:before="0" w:after="0" w:line="{round(height * 20)}" w:lineRule="exact"/>'
    return _paragraph("GwMark", text, frame + border + line, _sized(size))


def _indent(left: float = 0.0, right: float = 0.0, first: float = 0.0) -> str:
    """Indents in mm; `first` is the first line's, negative where it hangs."""
    hang = f' w:hanging="{round(-first * MM)}"' if first < 0 else f' w:firstLine="{round(first * MM)}"'
    return f'<w:ind w:left="{round(left * MM)}" w:right="{round(right * MM)}" w:firstLineChars="0"{hang}/>'


def _listed(place: int, number: str, title: str) -> str:
    """One line of 附件说明; further lines of a long title stand below its first character."""
    head = ("附件：" if place == 0 else "") + number
    start = 2 * CELL + (0 if place == 0 else 3 * CELL)
    hang = _ems(head) * CELL
    return _paragraph("GwBody", head + title, f'<w:keepNext/>{_indent(start + hang, 0, -hang)}<w:jc w:val="left"/>')


def _signature(document: OfficialDocument) -> str:
    """署名 and 成文日期 (GB/T 9704-2012, 7.3.5): under a seal centred on each other, without one the date two in."""
    name, date = _ems(document.issuer) * CELL, _ems(document.date) * CELL
    if document.seal is not None:
        right_of_date = 4 * CELL
        right_of_name = max(0.0, right_of_date + (date - name) / 2)
    else:
        left = min(WIDTH - 2 * CELL - name, WIDTH - 4 * CELL - date)
        right_of_name, right_of_date = WIDTH - left - name, WIDTH - left - 2 * CELL - date
    return "".join(
        _paragraph("GwSignature", text, f"{'<w:keepNext/>' if keep else ''}{_indent(0, right)}")
        for text, right, keep in (
            (document.issuer, right_of_name, True),
            (document.date, right_of_date, bool(document.note)),
        )
    )


def _annex(annex: Annex, number: int, count: int, title_lines: Any, document: OfficialDocument) -> dict[str, Any]:
    return {
        "标签": f"附件{number if count > 1 else ''}",
        "题名": title_lines(annex.title, document.names),
        "前文": annex.lead,
        "表": [{"题": table.caption, "表格": Markup(table_xml(table))} for table in annex.tables],
        "后文": annex.tail,
    }


def table_xml(table: Table) -> str:
    """A table over the whole text width: header row on each page, rows that do not break, grouped cells merged."""
    whole = sum(column.share for column in table.columns)
    widths = [round(WIDTH * MM * column.share / whole) for column in table.columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = "".join(
        _cell(column.header, width, "GwTableHead", "center")
        for column, width in zip(table.columns, widths, strict=True)
    )
    rows = "".join(_rows(table, widths))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="GwTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
    )


_LONGEST_BLOCK = 8
"""Rows: what is grouped stays on one page, and Word shows a merged cell's text on its first page only. So longer groups are
merged in blocks of so many rows, each of which bears the text; short blocks leave little room at the foot of a page."""


def _block_starts(table: Table) -> list[bool]:
    """For each row, whether merged cells begin anew: where the first grouped value changes, and within long groups."""
    outer = next((number for number, column in enumerate(table.columns) if column.grouped), None)
    if outer is None:
        return [True] * len(table.rows)
    starts: list[bool] = []
    taken = 0
    for place, row in enumerate(table.rows):
        fresh = place == 0 or table.rows[place - 1][outer] != row[outer]
        taken = 1 if fresh or taken >= _LONGEST_BLOCK else taken + 1
        starts.append(taken == 1)
    return starts


def _rows(table: Table, widths: Sequence[int]) -> Iterator[str]:
    grouped = [number for number, column in enumerate(table.columns) if column.grouped]
    starts = _block_starts(table)
    for place, row in enumerate(table.rows):
        last = place + 1 == len(table.rows)
        # The rows of a block stay on one page, and the totals with the last row.
        keep = bool(table.totals) if last else bool(grouped) and not starts[place + 1]
        cells = []
        for number, (column, text, width) in enumerate(zip(table.columns, row, widths, strict=True)):
            merge = ""
            if column.grouped:
                before = table.rows[place - 1]
                same = not starts[place] and all(before[one] == row[one] for one in grouped if one <= number)
                merge, text = ("<w:vMerge/>", "") if same else ('<w:vMerge w:val="restart"/>', text)
            cells.append(_cell(text, width, "GwTableText", column.align, merge, keep))
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"
    if table.totals:
        cells = [
            _cell(text, width, "GwTableHead", column.align)
            for column, text, width in zip(table.columns, table.totals, widths, strict=True)
        ]
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, width: int, style: str, align: str, merge: str = "", keep: bool = False) -> str:
    lines = (
        "<w:br/>".join(f'<w:t xml:space="preserve">{plain_xml(line)}</w:t>' for line in text.split("\n"))
        if text
        else ""
    )
    runs = f"<w:r>{lines}</w:r>" if lines else ""
    stay = "<w:keepNext/>" if keep else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{stay}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p></w:tc>'
    )


def _imprint(document: OfficialDocument) -> str:
    """版记 as a frame held at the foot of the page that it is anchored to, its last rule on 版心's lower edge.

    A frame, not a floating table: programs lay a table that is as wide as the text into the text.
    """
    rows: list[tuple[str, int, bool]] = []
    letter = document.form is Form.LETTER
    if document.copies:
        lines = max(1, -(-int(_ems(document.copies) + 4.5) // 29))  # 31 characters of 4号 less one on either side
        rows.append((f"抄送：{document.copies.rstrip('。；;，,')}。", lines, False))
    if (document.printer or document.printed) and not letter:
        printed = f"{document.printed}印发" if document.printed else ""
        rows.append((f"{document.printer}\t{printed}", 1, True))
    top = _FOOT - _IMPRINT_LINE * sum(lines for _, lines, _ in rows)
    result = ""
    for place, (text, lines, spread) in enumerate(rows):
        # A frame each: LibreOffice lays paragraphs of one frame into the text where their borders differ.
        frame = (
            f'<w:framePr w:w="{round(WIDTH * MM)}" w:wrap="around" w:vAnchor="page" w:hAnchor="page"'
            f' w:x="{round(28 * MM)}" w:y="{round(top * MM)}"/>'
        )
        result += _imprint_row(text, spread, frame, "" if letter else _edges(place, len(rows)))
        top += _IMPRINT_LINE * lines
    return result


def _edges(place: int, rows: int) -> str:
    """The rules of one row: 0.35 mm above the first and below the last, 0.25 mm between (7.4.1)."""
    top = f'<w:top w:val="single" w:sz="{8 if place == 0 else 6}" w:space="0" w:color="000000"/>'
    bottom = '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/>' if place == rows - 1 else ""
    return f"<w:pBdr>{top}{bottom}</w:pBdr>"


def _imprint_row(text: str, spread: bool, frame: str, edges: str) -> str:
    small = 14 * 25.4 / 72
    line = f'<w:spacing w:before="0" w:after="0" w:line="{round(_IMPRINT_LINE * MM)}" w:lineRule="exact"/>'
    if not spread:
        return _paragraph("GwImprint", text, f"{frame}{edges}{line}{_indent(4 * small, small, -3 * small)}")
    left, _, right = text.partition("\t")
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{round((WIDTH - small) * MM)}"/></w:tabs>'
    runs = (
        f'<w:r><w:t xml:space="preserve">{plain_xml(left)}</w:t></w:r><w:r><w:tab/></w:r>'
        f'<w:r><w:t xml:space="preserve">{plain_xml(right)}</w:t></w:r>'
    )
    # Borders reach as far as the indents: the first line's indent leaves them their full width.
    return (
        f'<w:p><w:pPr><w:pStyle w:val="GwImprint"/>{frame}{edges}{tabs}{line}{_indent(0, 0, small)}</w:pPr>{runs}</w:p>'
    )
