"""公文 (GB/T 9704-2012, GB/T 33476.2-2016) as a Word template: page, grid, styles, seal, footers; tags for the parts."""

from __future__ import annotations

import io
from copy import deepcopy
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor, Twips
from PIL import Image

from .parts import CENTER, LEFT, RIGHT, WATERMARK, field_piece, set_fonts

TITLE, FANGSONG, HEI, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
FALLBACKS = {
    TITLE: "方正小标宋_GBK,FZXiaoBiaoSong-B05S,Noto Serif CJK SC",
    FANGSONG: "仿宋,FangSong,STFangsong,FandolFang",
    KAI: "楷体,KaiTi,STKaiti,AR PL UKai CN",
    HEI: "SimHei,STHeiti,Noto Sans CJK SC",
    SONG: "SimSun,STSong,Noto Serif CJK SC",
}
LINE = 589
"""Twips: 10.39 mm."""
NARROWER = -5
"""Twips from character to character: 28 of 16 pt, each a quarter of a point narrower, have room in the line of 156 mm (with
a fifth they would fill it to a hundredth of a millimetre, and LibreOffice sets 27). A grid of characters in the section
would say the same, but LibreOffice spreads the type to whole cells."""
RIGHT_MARGIN_TWIPS = 1470
"""26 mm less 0.07, so that the twenty-eighth character is not a fortieth of a millimetre too wide."""
SEAL_MM = 42
HEADER_TWIPS, FOOT_TWIPS = 1260, 60
"""What fills the space from the header's place to the text (34.58 - 12 mm, less the line of the draft's mark), and above
the page number's line from the text (32.58 - 25.1 mm, less the line)."""


def _style(document: Any, name: str, font: str, size: float, line: int | None = LINE, **more: Any) -> Any:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    set_fonts(style, font, size, more.get("bold", False))
    style.paragraph_format.alignment = more.get("align")
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    properties = style.element.get_or_add_pPr()
    if line:
        spacing = properties.find(qn("w:spacing"))
        spacing.set(qn("w:line"), str(line))
        spacing.set(qn("w:lineRule"), "exact")
    # Lines keep their own height: the grid would make each a whole number of its steps.
    properties.find(qn("w:spacing")).addprevious(parse_xml(f'<w:snapToGrid {nsdecls("w")} w:val="0"/>'))
    return style


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    set_fonts(normal, FANGSONG, 16)
    normal.paragraph_format.space_after = Pt(0)
    spacing = normal.element.pPr.find(qn("w:spacing"))
    for name in ("kinsoku", "overflowPunct", "autoSpaceDE", "autoSpaceDN"):
        value = "1" if name in ("kinsoku", "overflowPunct") else "0"
        spacing.addprevious(parse_xml(f'<w:{name} {nsdecls("w")} w:val="{value}"/>'))
    body = _style(document, "GwBody", FANGSONG, 16)
    body.element.pPr.append(parse_xml(f'<w:jc {nsdecls("w")} w:val="both"/>'))
    _narrow(body)
    mark = _style(document, "GwMark", TITLE, 40, None, align=CENTER)
    mark.font.color.rgb = RGBColor(0xDB, 0x12, 0x12)
    number = _style(document, "GwNumber", FANGSONG, 16, align=CENTER)
    # The rule stands 4 mm below the type; Word measures from the line's foot, a fifth of the line below the baseline.
    border = '<w:pBdr {}><w:bottom w:val="single" w:sz="16" w:space="8" w:color="DB1212"/></w:pBdr>'
    number.element.pPr.insert(0, parse_xml(border.format(nsdecls("w"))))
    # Seven eighths of a character below the rule, of which the line's own space makes all but a millimetre and a half.
    _style(document, "GwLetterNumber", FANGSONG, 16, align=RIGHT).paragraph_format.space_before = Mm(1.5)
    _style(document, "GwTitle", TITLE, 22, 700, align=CENTER)
    _style(document, "GwSignature", FANGSONG, 16, align=RIGHT)
    _style(document, "GwAnnexLabel", HEI, 16)
    _style(document, "GwTableText", FANGSONG, 12, 340)
    _style(document, "GwTableHead", HEI, 12, 340)
    _style(document, "GwImprint", FANGSONG, 14, 480)
    _style(document, "GwFoot", SONG, 14, 360).paragraph_format.space_before = Twips(FOOT_TWIPS)
    table = parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="GwTable"><w:name w:val="GwTable"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
        + "".join(
            f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        + '</w:tblBorders><w:tblCellMar><w:top w:w="68" w:type="dxa"/><w:left w:w="68" w:type="dxa"/>'
        '<w:bottom w:w="68" w:type="dxa"/><w:right w:w="68" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    document.styles.element.append(table)
    languages = document.styles.element.find(f".//{qn('w:lang')}")
    if languages is not None:
        languages.set(qn("w:eastAsia"), "zh-CN")


def _narrow(style: Any) -> None:
    """Set the type of a style as close as 28 characters a line want it."""
    size = style.element.rPr.find(qn("w:sz"))
    size.addprevious(parse_xml(f'<w:spacing {nsdecls("w")} w:val="{NARROWER}"/>'))


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(34.58), Mm(32.58)
    section.left_margin, section.right_margin = Mm(28), Twips(RIGHT_MARGIN_TWIPS)
    section.header_distance, section.footer_distance = Mm(12), Mm(25.1)
    properties = section._sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    properties.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{LINE}"/>'))
    section.different_first_page_header_footer = True


def _number(footer: Any, right: bool, unless: str) -> None:
    """— 1 — in 4号 宋体, one character in from the outer edge; nothing where `unless` holds."""
    footer.is_linked_to_previous = False
    footer.paragraphs[0].text = f"{{%p if not ({unless}) %}}"
    paragraph = footer.add_paragraph(style="GwFoot")
    paragraph.alignment = RIGHT if right else LEFT
    side = "right" if right else "left"
    paragraph._p.pPr.find(qn("w:jc")).addprevious(parse_xml(f'<w:ind {nsdecls("w")} w:{side}="280"/>'))
    for kind, text in ((None, "— "), ("PAGE", ""), (None, " —")):
        run = paragraph.add_run(text)
        set_fonts(run, SONG, 14)
        if kind:
            run._element.append(field_piece("begin", kind))
            for piece in ("instr", "separate", "text", "end"):
                run = paragraph.add_run()
                set_fonts(run, SONG, 14)
                run._element.append(field_piece(piece, kind))
    footer.add_paragraph("{%p endif %}")


def _letter_foot(footer: Any, unless: str) -> None:
    """信函格式: no number on the first page, a double rule 20 mm above its foot."""
    footer.add_paragraph(f"{{%p if 信函 and not ({unless}) %}}")
    boxes = "".join(
        f'<w:r><w:pict><v:rect id="DocgenRule{number}" style="position:absolute;left:0;margin-left:{20 * 72 / 25.4:.2f}pt;'
        f"margin-top:{top * 72 / 25.4:.2f}pt;width:{170 * 72 / 25.4:.2f}pt;height:{height * 72 / 25.4:.2f}pt;z-index:{number};"
        'mso-position-horizontal-relative:page;mso-position-vertical-relative:page" fillcolor="#db1212" stroked="f"/>'
        "</w:pict></w:r>"
        for number, (top, height) in enumerate(((275.75, 0.3), (276.55, 0.9)), 1)
    )
    paragraph = f'<w:p {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pPr><w:pStyle w:val="GwFoot"/></w:pPr>{boxes}</w:p>'
    footer._element.append(parse_xml(paragraph))
    footer.add_paragraph("{%p endif %}")


def _stories(section: Any, unless: str) -> None:
    _number(section.footer, True, unless)
    _number(section.even_page_footer, False, unless)
    _number(section.first_page_footer, True, f"信函 or {unless}" if unless != "false" else "信函")
    _letter_foot(section.first_page_footer, unless)
    # One header serves the pages of every kind: each part of a document costs its time.
    for header in (section.header,):
        header.is_linked_to_previous = False
        header.paragraphs[0].text = "{%p if 草稿 %}"
        header._element.append(parse_xml(WATERMARK))
        header.add_paragraph("{%p endif %}")
        # As high as the space that it has: LibreOffice puts the text of a section's first page right below it.
        header.add_paragraph("").paragraph_format.line_spacing = Twips(HEADER_TWIPS)
    shared = section._sectPr.find(qn("w:headerReference"))
    for kind in ("even", "first"):
        more = deepcopy(shared)
        more.set(qn("w:type"), kind)
        shared.addnext(more)


def _placeholder() -> io.BytesIO:
    """A picture that stands for the seal in the template: a ring, so that a person sees what it is."""
    from PIL import ImageDraw  # noqa: PLC0415

    image = Image.new("RGBA", (240, 240), (255, 255, 255, 0))
    ImageDraw.Draw(image).ellipse((4, 4, 236, 236), outline=(219, 18, 18, 255), width=6)
    saved = io.BytesIO()
    image.save(saved, "PNG")
    saved.seek(0)
    return saved


def _seal(paragraph: Any) -> None:
    """The seal, anchored to the first empty line below the text: its top within one line of it, its middle on the date."""
    run = paragraph.add_run()
    inline = run.add_picture(_placeholder(), Mm(SEAL_MM), Mm(SEAL_MM))._inline
    inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", "公章")
    size = int(Mm(SEAL_MM))
    across, down = int(Mm(156 - 7.25 * 156 / 28 - SEAL_MM / 2)), int(Mm(2.6))
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp", "a", "pic", "r")} distT="0" distB="0" distL="0" distR="0" simplePos="0"'
        ' relativeHeight="251659264" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{across}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{down}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{size}" cy="{size}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        '<wp:docPr id="1" name="公章" descr="公章"/><wp:cNvGraphicFramePr/></wp:anchor>'
    )
    anchor.append(inline.graphic)
    inline.getparent().replace(inline, anchor)


def _add(document: Any, text: str, style: str = "GwBody", *, keep: bool = False) -> Any:
    paragraph = document.add_paragraph(text, style=style)
    paragraph.paragraph_format.keep_with_next = keep or None
    return paragraph


def _body_paragraph(document: Any) -> None:
    """One paragraph of the text: its heading in 黑体 or 楷体, the rest in 仿宋, two characters in."""
    paragraph = _add(document, "")
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:ind {nsdecls("w")} w:firstLineChars="200" w:firstLine="632"/>'))
    for field, font in (("黑体", HEI), ("楷体", KAI), ("正文", FANGSONG)):
        run = paragraph.add_run(f"{{{{ 段.{field} }}}}")
        set_fonts(run, font, 16)


def _section_end(document: Any, condition: str) -> None:
    """The end of the first section, where a condition holds: a line of one point, which every page has room for."""
    _add(document, f"{{%p if {condition} %}}")
    end = _add(document, "")
    end.paragraph_format.line_spacing = Pt(1)
    end._p.get_or_add_pPr().append(deepcopy(document.sections[-1]._sectPr))
    _add(document, "{%p endif %}")


def _annexes(document: Any) -> None:
    _add(document, "{%p for 件 in 附件 %}")
    _section_end(document, "件.另节")
    label = _add(document, "{{ 件.标签 }}", "GwAnnexLabel", keep=True)
    label.paragraph_format.page_break_before = True
    _add(document, "", keep=True)
    _add(document, "{%p for 行 in 件.题名 %}")
    _add(document, "{{ 行 }}", "GwTitle", keep=True)
    _add(document, "{%p endfor %}")
    _add(document, "", keep=True)
    for field in ("前文", "表", "后文"):
        _add(document, f"{{%p for 段 in 件.{field} %}}")
        if field == "表":
            _add(document, "{%p if 段.题 %}")
            _add(document, "{{ 段.题 }}", "GwTableHead", keep=True)
            _add(document, "{%p endif %}")
            _add(document, "{{p 段.表格 }}")
            gap = _add(document, "")
            gap.paragraph_format.line_spacing = Pt(14)
        else:
            paragraph = _add(document, "{{ 段 }}")
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:ind {nsdecls("w")} w:firstLineChars="200" w:firstLine="632"/>')
            )
        _add(document, "{%p endfor %}")
    _add(document, "{%p endfor %}")


def _main(document: Any) -> None:
    _add(document, "{{p 版头 }}")
    _add(document, "{%p for 行 in 题名 %}")
    _add(document, "{{ 行 }}", "GwTitle", keep=True)
    _add(document, "{%p endfor %}")
    _add(document, "")
    _add(document, "{%p if 主送 %}")
    _add(document, "{{ 主送 }}")
    _add(document, "{%p endif %}")
    for condition, keep in (("段.连下", True), ("not 段.连下", False)):
        if keep:
            _add(document, "{%p for 段 in 正文 %}")
        _add(document, f"{{%p if {condition} %}}")
        _body_paragraph(document)
        document.paragraphs[-1].paragraph_format.keep_with_next = keep or None
        _add(document, "{%p endif %}")
    _add(document, "{%p endfor %}")
    _add(document, "{%p if 附件 %}")
    _add(document, "", keep=True)
    _add(document, "{{p 附件说明 }}")
    _add(document, "{%p endif %}")
    _add(document, "{%p if 盖章 %}")
    _seal(_add(document, "", keep=True))
    _add(document, "{%p endif %}")
    _add(document, "", keep=True)
    _add(document, "{{p 落款 }}")
    _add(document, "{%p if 附注 %}")
    note = _add(document, "（{{ 附注 }}）")
    note._p.get_or_add_pPr().append(parse_xml(f'<w:ind {nsdecls("w")} w:left="632"/>'))
    _add(document, "{%p endif %}")


def make() -> Any:
    """The template as a python-docx document."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.language = "公文", "docgen", "", "zh-CN"
    import datetime  # noqa: PLC0415

    properties.created = properties.modified = datetime.datetime(1980, 1, 1)
    _styles(document)
    document.settings.odd_and_even_pages_header_footer = True
    # As Word 2013 and later lay out: tables begin at the margin, and no "compatibility mode" in the window's title.
    settings = document.settings.element
    settings.find(f".//{qn('w:compatSetting')}[@{qn('w:name')}='compatibilityMode']").set(qn("w:val"), "15")
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    first = document.sections[0]
    _page(first)
    _stories(first, "false")
    _main(document)
    _annexes(document)
    _add(document, "{%p if 版记隔页 %}")
    document.add_page_break()
    _add(document, "{%p endif %}")
    _section_end(document, "版记另页")
    _stories(document.add_section(), "版记另页")
    # That adds the paragraph which ends the first section: it has ended already, where it ends at all.
    document.element.body.remove(document.paragraphs[-1]._p)
    # Frames at the very start of a section are laid into the text by LibreOffice.
    _add(document, "{%p if 版记另页 %}")
    _add(document, "").paragraph_format.line_spacing = Pt(1)
    _add(document, "{%p endif %}")
    _add(document, "{{p 版记 }}")
    end = _add(document, "")
    end.paragraph_format.line_spacing = Pt(1)
    _fallbacks(document)
    return document


def _fallbacks(document: Any) -> None:
    """Name free faces behind the standard's, for machines that lack them (ISO/IEC 29500-1, 17.8.3.1)."""
    part = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in FALLBACKS.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", entries.encode() + b"</w:fonts>")
