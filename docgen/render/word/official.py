"""An official document → the fields of its Word template: parts whose places the standard fixes come as ready paragraphs.

What a person may want to change in Word (fonts, sizes, the seal's place) stands in the template and its styles, which are
named Gw…; what depends on the document's own lengths (the mark's size, the signature's indents, tables) is made here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from docgen.model.official import Annex, Form, OfficialDocument, Paging, TablePaging, listed_annexes, parts_of

from .objects import _Markup, plain_xml
from .official_tables import MM, WIDTH, table_xml
from .session import current_session

CHARACTERS, PITCH = 28, 10.39
CELL, EM = WIDTH / CHARACTERS, 16 * 25.4 / 72
_LONGEST_ISSUER = 22
_IMPRINT_LINE = 8.6
_IMPRINT_CHARACTERS = 26
"""In a line of 版记: 31 of 4号, less the label's three and one on either side."""
_CLOSING = frozenset("，。、；：？！）〕》」』】”’")
_FOOT = 262.0
"""版心's lower edge below the page's upper edge, in mm."""
_MARK_LARGEST, _MARK_SMALLEST = 52.0, 22.0
_TEXT_TOP = 34.58
"""The top margin of GB/T 33476.2-2016, in mm, from which the first line is set."""
_BASELINE, _INK = 0.8, 0.85
"""Word sets an exact line's baseline at four fifths of its height; Chinese ink rises so far above it, in ems."""


_SURE_LINES = 2.5
"""Lines that must be free above 版记 for a text without annexes to share its page: so many more may Word make of it."""
_SEAL_RIGHT = 7.25 * CELL
"""From the middle of the template's seal to the text area's right edge in mm: four characters and half of a usual date."""
_SEAL_PLACE = re.compile(
    r'(<wp:positionH relativeFrom="column"><wp:posOffset>)(-?\d+)(</wp:posOffset>(?:(?!</wp:anchor>).)*? name="公章")',
    re.DOTALL,
)
_LENGTHS_MM = 36_000
"""Units of DrawingML in a millimetre."""


class Markup(_Markup):
    """Ready XML of paragraphs or tables, for a tag {{p … }}. `then` is done to the finished part besides."""

    def __init__(self, xml: str, then: Callable[[str], str] | None = None) -> None:
        self.xml, self._then = xml, then

    def __html__(self) -> str:
        if self._then is not None:
            current_session().pending.append(self._then)
        return self.xml

    __str__ = __html__


def word_fields(document: OfficialDocument, paging: Paging, title_lines: Any) -> dict[str, Any]:
    """The template's fields. `paging` tells how the document came out on paper, `title_lines` breaks a title
    (docgen.render.official.titles).

    Word and LibreOffice turn pages by themselves, so 版记 comes to the last even page by the kind of its section, which
    begins on an even page, or on an odd one where its text takes two: as on paper, and a page later if need be.
    """
    letter = document.form is Form.LETTER
    below = document.addressee if paging.addressee_below else ""
    imprint = bool(below or document.copies or document.printer or document.printed)
    # A text without annexes that leaves little room above 版记 may take a line more in Word: then a page of its own is sure.
    sure = bool(document.annexes) or paging.room >= _SURE_LINES * PITCH
    own = imprint and not letter and (paging.apart or not sure)
    last = imprint and not letter and not own and bool(document.annexes)
    begin = "evenPage" if own or (last and paging.annexes[-1][0] % 2 == 0) else "oddPage"
    body: list[dict[str, Any]] = []
    for paragraph in document.body:
        first, second, rest = parts_of(paragraph)
        body.append({"黑体": first, "楷体": second, "正文": rest, "连下": not rest})
    if body and paging.tight:
        # The signature never stands on a page without text (7.3.5). LibreOffice takes the whole paragraph over with it.
        body[-1]["连下"] = True
    annexes = listed_annexes(document.annexes)
    return {
        "版头": Markup(_head(document, title_lines)),
        "题名": title_lines(document.title, document.names),
        "主送": f"{document.addressee.rstrip('：:')}：" if document.addressee and not below else "",
        "正文": body,
        "附件说明": Markup("".join(_listed(place, *annex) for place, annex in enumerate(annexes))),
        "落款": Markup(*_signature(document, title_lines)),
        "盖章": document.seal is not None,
        "附注": document.note,
        "附件": [
            _annex(annex, number, title_lines, document, paging.annexes[number - 1][1])
            | {"另节": last and number == len(annexes)}
            for number, annex in enumerate(document.annexes, 1)
        ],
        "版记": Markup(
            _imprint(document, below), (lambda xml: _last_section(xml, begin, own)) if own or last else None
        ),
        "版记另页": own,
        "版记隔页": imprint and letter and paging.apart,
        "信函": letter,
        "草稿": document.draft,
    }


def _paragraph(style: str, text: str, properties: str = "", run: str = "") -> str:
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{plain_xml(line)}</w:t>' for line in text.split("\n"))
    runs = f"<w:r>{run and f'<w:rPr>{run}</w:rPr>'}{lines}</w:r>" if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def _blank(height: float, style: str = "GwBody") -> str:
    """An empty paragraph of an exact height in mm."""
    line = f'<w:spacing w:before="0" w:after="0" w:line="{max(1, round(height * MM))}" w:lineRule="exact"/>'
    return _paragraph(style, "", line)


def _ems(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _mark(text: str, title_lines: Any) -> str:
    """发文机关标志 with its ink 72 mm below the page's edge."""
    size, height, drop = _mark_size(text)
    line = f'<w:spacing w:before="0" w:after="0" w:line="{round(height * 20)}" w:lineRule="exact"/>'
    words = _mark_lines(text, size, title_lines)
    return _blank(72.0 - drop - _TEXT_TOP) + _paragraph("GwMark", words, line, _sized(size))


def _mark_lines(text: str, size: float, title_lines: Any) -> str:
    """A mark in lines broken by sense, as many as its type (in points) needs."""
    return "\n".join(title_lines(text, longest=max(1, int((WIDTH + 0.5) / (size * 25.4 / 72)))))


def _mark_size(text: str) -> tuple[float, float, float]:
    """The mark's size and line height in points, and how far its ink lies below its line's upper edge in mm."""
    size = min(_MARK_LARGEST, max(_MARK_SMALLEST, (WIDTH - 1) * 72 / 25.4 / max(_ems(text), 1)))
    size = int(size * 2) / 2
    height = size * 1.2
    return size, height, (height * _BASELINE - size * _INK) * 25.4 / 72


def _sized(size: float) -> str:
    return f'<w:sz w:val="{int(size * 2)}"/><w:szCs w:val="{int(size * 2)}"/>'


def _head(document: OfficialDocument, title_lines: Any) -> str:
    if document.form is Form.OFFICIAL:
        # The rule is the number's own border: 4 mm below the type, which ends a fifth of the line's rest above its foot.
        return (
            _mark(document.mark, title_lines)
            + _blank(PITCH) * 2
            + _paragraph("GwNumber", document.number)
            + _blank(PITCH) * 2
        )
    if document.form is Form.LETTER:
        number = _paragraph("GwLetterNumber", document.number) if document.number else _blank((PITCH - EM) / 2)
        return _letter_mark(document.mark, title_lines) + number + _blank(PITCH) * 2
    return ""


def _letter_mark(text: str, title_lines: Any) -> str:
    """A letter's mark stands above the text area, 30 mm below the page's edge: in a frame of its own, with its rule."""
    size, height, drop = _mark_size(text)
    frame = (
        f'<w:framePr w:w="{round(170 * MM)}" w:wrap="notBeside" w:vAnchor="page" w:hAnchor="page"'
        f' w:x="{round(20 * MM)}" w:y="{round((30 - drop) * MM)}"/>'
    )
    border = '<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="3" w:color="DB1212"/></w:pBdr>'
    line = f'<w:spacing w:before="0" w:after="0" w:line="{round(height * 20)}" w:lineRule="exact"/>'
    words = _mark_lines(text, size, title_lines)
    return _paragraph("GwMark", words, frame + border + line, _sized(size))


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


def _signature(document: OfficialDocument, title_lines: Any) -> tuple[str, Callable[[str], str] | None]:
    """署名 and 成文日期 (GB/T 9704-2012, 7.3.5): under a seal centred on each other, without one the date two in.

    The second value moves the seal to the date's middle: the template has it where the middle of a usual date is.
    """
    names, date = title_lines(document.issuer, longest=_LONGEST_ISSUER), _ems(document.date) * EM
    width = max(map(_ems, names)) * EM
    if document.seal is None:
        left = min(WIDTH - 2 * CELL - width, WIDTH - 4 * CELL - date)
        places = [*((name, _indent(max(0.0, left)), "left") for name in names)]
        places.append((document.date, _indent(max(0.0, left + 2 * CELL)), "left"))
        move = None
    else:
        # Centred in what lies around the date's middle, whatever width a program gives the figures.
        middle = WIDTH - 4 * CELL - date / 2
        around = _indent(2 * middle - WIDTH)
        narrow = width <= 2 * (WIDTH - middle)
        places = [(name, around if narrow else _indent(), "center" if narrow else "right") for name in names]
        places.append((document.date, around, "center"))
        shift = round((middle - (WIDTH - _SEAL_RIGHT)) * _LENGTHS_MM)

        def move(xml: str) -> str:
            return _SEAL_PLACE.sub(lambda found: f"{found[1]}{int(found[2]) + shift}{found[3]}", xml)

    keep = [True] * (len(places) - 1) + [bool(document.note)]
    xml = "".join(
        _paragraph("GwSignature", text, f'{"<w:keepNext/>" if stay else ""}{indent}<w:jc w:val="{align}"/>')
        for (text, indent, align), stay in zip(places, keep, strict=True)
    )
    return xml, move


def _last_section(xml: str, begin: str, own: bool) -> str:
    """Let the last section begin on an even or odd page; but for 版记 alone its first page is as all others.

    The kind of a section cannot be a tag in the template, which Word must open. Nothing is done to a document of one
    section, as an older template of the workspace's own may make it: it would begin with an empty page.
    """
    start = xml.rindex("<w:sectPr")
    if xml.count("<w:sectPr") < 2:
        return xml
    section = re.sub(r"<w:type\b[^>]*/>", "", xml[start:])
    section = section if own else re.sub(r"<w:titlePg\b[^>]*/>", "", section)
    return xml[:start] + section.replace("<w:pgSz", f'<w:type w:val="{begin}"/><w:pgSz', 1)


def _annex(
    annex: Annex, number: int, title_lines: Any, document: OfficialDocument, paged: Sequence[TablePaging]
) -> dict[str, Any]:
    return {
        "标签": f"附件{number if len(document.annexes) > 1 else ''}",
        "题名": title_lines(annex.title, document.names),
        "前文": annex.lead,
        "表": [
            {"题": table.caption, "表格": Markup(table_xml(table, paging))}
            for table, paging in zip(annex.tables, paged, strict=True)
        ],
        "后文": annex.tail,
    }


def _imprint(document: OfficialDocument, addressee: str) -> str:
    """版记 as a frame held at the foot of the page that it is anchored to, its last rule on 版心's lower edge.

    A frame, not a floating table: programs lay a table that is as wide as the text into the text.
    """
    rows: list[tuple[str, int, bool]] = []
    letter = document.form is Form.LETTER
    for label, text in (("主送", addressee), ("抄送", document.copies)):
        if text:
            broken = _broken(f"{text.rstrip('。；;，,、')}。")
            rows.append((f"{label}：" + "\n".join(broken), len(broken), False))
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


def _at_most(text: str) -> float:
    """How wide a text is in ems where a program puts a quarter of one between Chinese and figures."""
    return _ems(text) + 0.25 * sum(before.isascii() != after.isascii() for before, after in pairwise(text))


def _broken(text: str) -> list[str]:
    """A text of 版记 in lines: the rows' places follow from how many there are. No line begins with a closing mark."""
    lines, start = [], 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _at_most(text[start : end + 1]) <= _IMPRINT_CHARACTERS:
            end += 1
        while end < len(text) and end - start > 1 and text[end] in _CLOSING:
            end -= 1
        lines.append(text[start:end])
        start = end
    return lines


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
