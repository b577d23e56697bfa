"""Building blocks of the Word templates: fonts with their East Asian slot, tables with fixed grids, the draft mark."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt
from docx.table import Table, _Cell

SONG, FANGSONG, HEI, KAI = "宋体", "仿宋", "黑体", "楷体"
LATIN = "Times New Roman"
LEFT, CENTER, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
TEXT_WIDTH_MM = 160

WATERMARK = (
    f'<w:p {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr><w:r><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>'
    '<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
    '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom"/><v:textpath on="t" fitshape="t"/>'
    '</v:shapetype><v:shape id="DocgenDraft" o:spid="_x0000_s2049" type="#_x0000_t136" '
    'style="position:absolute;margin-left:0;margin-top:0;width:360pt;height:180pt;rotation:315;z-index:-251658752;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" fillcolor="#e8b8b8" stroked="f">'
    '<v:fill opacity=".5"/><v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string="草稿"/></v:shape></w:pict></w:r></w:p>'
)


def set_fonts(run_or_style: Any, name: str, size: float, bold: bool = False) -> None:
    """Set every font slot: without the East Asian one Word would take the theme's font for Chinese."""
    properties = run_or_style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = parse_xml(f"<w:rFonts {nsdecls('w')}/>")
        properties.insert(0, fonts)
    for slot in list(fonts.attrib):
        del fonts.attrib[slot]
    for slot, value in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", name)):
        fonts.set(qn(f"w:{slot}"), value)
    # The hint keeps quotes and dashes, which both scripts use, in the Chinese font.
    fonts.set(qn("w:hint"), "eastAsia")
    run_or_style.font.size = Pt(size)
    run_or_style.font.bold = bold


def new_document(title: str, cover: bool = False) -> Any:
    """An A4 document with docgen's margins, fonts, page number, and the draft mark in its header.

    `cover`: the first page is one, and bears no number.
    """
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.language = title, "docgen", "", "zh-CN"
    properties.created = properties.modified = datetime.datetime(1980, 1, 1)
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(27), Mm(24)
    section.left_margin, section.right_margin = Mm(26), Mm(24)
    section.header_distance, section.footer_distance = Mm(12), Mm(14)
    normal = document.styles["Normal"]
    set_fonts(normal, FANGSONG, 14)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = Pt(25)
    _no_gaps(normal)
    for level, font, size in ((1, HEI, 15), (2, KAI, 14)):
        style = document.styles[f"Heading {level}"]
        set_fonts(style, font, size)
        style.font.color.rgb = None
        color = style.element.rPr.find(qn("w:color"))
        if color is not None:
            style.element.rPr.remove(color)
        style.paragraph_format.space_before = Pt(10)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.keep_with_next = True
    languages = document.styles.element.find(f".//{qn('w:lang')}")
    if languages is not None:
        languages.set(qn("w:eastAsia"), "zh-CN")
    _draft_mark(section.header)
    _page_number(section.footer)
    if cover:
        section.different_first_page_header_footer = True
        _draft_mark(section.first_page_header)
        section.first_page_footer.is_linked_to_previous = False
    return document


def _no_gaps(style: Any) -> None:
    """No automatic space between Chinese and digits, so that Word's lines look as the PDF's do."""
    spacing = style.element.pPr.find(qn("w:spacing"))
    for name in ("autoSpaceDE", "autoSpaceDN"):
        spacing.addprevious(parse_xml(f'<w:{name} {nsdecls("w")} w:val="0"/>'))


def _draft_mark(header: Any) -> None:
    header.is_linked_to_previous = False
    header.paragraphs[0].text = "{%p if 草稿 %}"
    header._element.append(parse_xml(WATERMARK))
    header.add_paragraph("{%p endif %}")
    last = header.add_paragraph("")
    last.paragraph_format.line_spacing = Pt(10)


def _page_number(footer: Any) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.alignment = CENTER
    for kind, text in ((None, "— "), ("PAGE", ""), (None, " —")):
        run = paragraph.add_run(text)
        set_fonts(run, SONG, 10.5)
        if kind:
            run._element.append(field_piece("begin", kind))
            for piece in ("instr", "separate", "text", "end"):
                # A run for each piece: LibreOffice gives the number the paragraph's size where they share one.
                run = paragraph.add_run()
                set_fonts(run, SONG, 10.5)
                run._element.append(field_piece(piece, kind))


def field_piece(piece: str, instruction: str) -> Any:
    if piece == "instr":
        return parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> {instruction} </w:instrText>')
    if piece == "text":
        return parse_xml(f"<w:t {nsdecls('w')}>1</w:t>")
    return parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{piece}"/>')


def paragraph(
    holder: Any,
    text: str,
    font: str = FANGSONG,
    size: float = 14,
    *,
    align: Any = None,
    indent: bool = False,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    line: float | None = None,
) -> Any:
    """A paragraph; `indent` gives two characters of first-line indent, in characters as Chinese typists set it."""
    result = holder.add_paragraph()
    run = result.add_run(text)
    set_fonts(run, font, size, bold)
    if align is not None:
        result.alignment = align
    result.paragraph_format.space_before = Pt(before)
    result.paragraph_format.space_after = Pt(after)
    if line:
        result.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        result.paragraph_format.line_spacing = Pt(line)
    if indent:
        properties = result._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:ind {nsdecls("w")} w:firstLineChars="200" w:firstLine="{int(size * 40)}"/>'))
    return result


def tag(holder: Any, text: str) -> None:
    """A paragraph that holds only a paragraph tag, such as {%p if … %}: it vanishes when rendered."""
    paragraph(holder, text)


def prose(document: Any, section: str, table: bool = False) -> None:
    """The paragraphs of a section of the narrative; with `table` they stay on the page where the table begins."""
    tag(document, f"{{%p for 段 in 叙述.{section} %}}")
    paragraph(document, "{{ 段 }}", indent=True, after=3).paragraph_format.keep_with_next = table
    tag(document, "{%p endfor %}")


def heading(document: Any, text: str, size: float = 15) -> None:
    """A heading of the first level."""
    result = document.add_heading("", 1)
    set_fonts(result.add_run(text), HEI, size)


def set_cell(cell: _Cell, text: str, font: str, align: Any, size: float) -> None:
    """Put text into a cell, in the middle of its height."""
    cell.paragraphs[0].alignment = align
    cell.paragraphs[0].paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    cell.paragraphs[0].paragraph_format.line_spacing = Pt(size * 1.35)
    set_fonts(cell.paragraphs[0].add_run(text), font, size)
    properties = cell._element.get_or_add_tcPr()
    properties.append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))


def shade(cell: _Cell, color: str) -> None:
    """Give a cell a ground colour."""
    properties = cell._element.get_or_add_tcPr()
    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{color}"/>')
    align = properties.find(qn("w:vAlign"))
    if align is not None:
        align.addprevious(shade)
    else:
        properties.append(shade)


def row_flag(table: Table, index: int, flag: str) -> None:
    """Give a row a property of Word's: tblHeader, cantSplit."""
    table.rows[index]._tr.get_or_add_trPr().append(parse_xml(f"<w:{flag} {nsdecls('w')}/>"))


def grid(document: Any, widths: Sequence[float], rows: int, width_mm: float = TEXT_WIDTH_MM) -> Table:
    """An empty bordered table with fixed column widths (shares of `width_mm`), the same in Word, WPS and LibreOffice."""
    table: Table = document.add_table(rows=rows, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    whole = sum(widths)
    for column, share in zip(table.columns, widths, strict=True):
        column.width = Mm(width_mm * share / whole)
        for cell in column.cells:
            cell.width = Mm(width_mm * share / whole)
    properties = table._tbl.tblPr
    layout = properties.find(qn("w:tblW"))
    layout.set(qn("w:type"), "dxa")
    layout.set(qn("w:w"), str(int(Cm(width_mm / 10).twips)))
    margins = (
        f'<w:tblCellMar {nsdecls("w")}><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    )
    look = properties.find(qn("w:tblLook"))
    look.addprevious(parse_xml(margins))
    for index in range(rows):
        row_flag(table, index, "cantSplit")
    return table


def listing(
    document: Any,
    columns: Sequence[tuple[str, float, str, Any]],
    loop: str,
    totals: Sequence[str | None] | None = None,
    size: float = 10.5,
    whole: bool = False,
) -> Table:
    """A table with a repeated header row and one row for each round of `loop` (as in {%tr for … %}).

    `columns`: (header, share of the width, the cell's text with tags, alignment). `totals`: the texts of a last row,
    None where the cell before it reaches over this one. `whole`: it is short, and kept on one page.
    """
    name, _, rows = loop.partition(" in ")
    table = grid(document, [share for _, share, _, _ in columns], 8 if totals else 4)
    row_flag(table, 0, "tblHeader")
    for cell, (header, _, _, _) in zip(table.rows[0].cells, columns, strict=True):
        set_cell(cell, header, HEI, CENTER, size)
        shade(cell, "EEF2F7")
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    # The last row is a round of its own: it stays with the totals, which would else begin a page alone.
    parts = ((f"{rows}[:-1]", "{{ loop.index }}"), (f"{rows}[-1:]", f"{{{{ {rows} | length }}}}")) if totals else ()
    for first, (part, index) in zip((1, 4), parts or ((rows, "{{ loop.index }}"),), strict=False):
        set_cell(table.rows[first].cells[0], f"{{%tr for {name} in {part} %}}", SONG, LEFT, size)
        for cell, (_, _, text, align) in zip(table.rows[first + 1].cells, columns, strict=True):
            set_cell(cell, text.replace("{{ loop.index }}", index), SONG, align, size)
            cell.paragraphs[0].paragraph_format.keep_with_next = whole or first == 4
        set_cell(table.rows[first + 2].cells[0], "{%tr endfor %}", SONG, LEFT, size)
    if totals:
        cells = table.rows[7].cells
        starts = [index for index, text in enumerate(totals) if text is not None]
        for start, end in zip(starts, [*starts[1:], len(totals)], strict=True):
            cell = cells[start] if end == start + 1 else cells[start].merge(cells[end - 1])
            align = CENTER if start == 0 else columns[start][3] if end == start + 1 else RIGHT
            set_cell(cell, totals[start] or "", HEI, align, size)
            shade(cell, "F7F7F7")
    return table


def form(
    document: Any, rows: Sequence[Sequence[str]], widths: Sequence[float], size: float = 11, shaded: bool = True
) -> Table:
    """A table of label and value pairs; a row with fewer cells than columns lets its last cell span the rest."""
    table = grid(document, widths, len(rows))
    for index, texts in enumerate(rows):
        cells = table.rows[index].cells
        if len(texts) < len(widths):
            cells[len(texts) - 1].merge(cells[-1])
            cells = table.rows[index].cells
        for position, text in enumerate(texts):
            label = position % 2 == 0
            set_cell(cells[position], text, HEI if label else SONG, LEFT, size)
            if label and shaded:
                shade(cells[position], "EEF2F7")
    return table


def box(document: Any) -> _Cell:
    """One bordered cell that never breaks over pages; the caller fills it, its first paragraph is empty and thin."""
    cell = grid(document, (1,), 1).rows[0].cells[0]
    cell.paragraphs[0].paragraph_format.line_spacing = Pt(4)
    return cell


def lines(document: Any, rows: Sequence[tuple[str, str]], widths: Sequence[float], width_mm: float) -> Table:
    """Labels and values without a frame, the values on a line to write on, as on a cover."""
    table = grid(document, widths, len(rows), width_mm)
    table.style = "Normal Table"
    for row, (label, value) in zip(table.rows, rows, strict=True):
        for cell, text, font in zip(row.cells, (label, value), (HEI, FANGSONG), strict=True):
            set_cell(cell, text, font, LEFT, 15)
            cell.paragraphs[0].paragraph_format.space_before = Pt(7)
            cell.paragraphs[0].paragraph_format.space_after = Pt(3)
        properties = row.cells[1]._element.get_or_add_tcPr()
        edge = f'<w:tcBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tcBorders>'
        properties.find(qn("w:vAlign")).addprevious(parse_xml(edge))
    return table


def spacer(document: Any, points: float = 6) -> None:
    """A thin empty paragraph between tables, which would else grow together."""
    paragraph(document, "", size=1, line=points)


def page_break(document: Any) -> None:
    """Begin a new page."""
    document.add_page_break()
