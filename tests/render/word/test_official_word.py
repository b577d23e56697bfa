"""The Word file's settings, beside GB/T 9704-2012 and GB/T 33476.2-2016; places in twips, twentieths of a point."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from official_documents import COLUMNS, LETTER, PLAIN, document  # type: ignore[import-not-found]
from pytest import approx

from docgen.model.official import Table
from docgen.render.official import set_documents
from docgen.render.official.titles import title_lines
from docgen.render.templates import find_template
from docgen.render.word import word_template
from docgen.render.word.official import word_fields
from docgen.render.word.official_tables import table_xml

MM = 1440 / 25.4
CLOSE = 0.5


@cache
def rendered(name: str) -> Any:
    made = {"sealed": document(), "plain": PLAIN, "letter": LETTER, "draft": document(draft=True)}[name]
    template = word_template(find_template("official").file("template.docx"))
    (pdf,) = set_documents([made])
    fields = word_fields(made, pdf.paging, title_lines)
    return Document(io.BytesIO(template.render(fields, pictures={"公章": made.seal} if made.seal else None)))


def mm(twips: object) -> float:
    return int(str(twips)) / MM


def xml(name: str) -> str:
    return rendered(name).element.xml  # type: ignore[no-any-return]


def paragraph(name: str, text: str) -> Any:
    return next(part for part in rendered(name).paragraphs if part.text.startswith(text))


def test_the_page_has_the_margins_and_22_lines_of_28_characters():
    section = rendered("sealed").sections[0]._sectPr
    margins = section.find(qn("w:pgMar"))
    sides = {side: mm(margins.get(qn(f"w:{side}"))) for side in ("top", "bottom", "left", "right")}
    assert sides == approx({"top": 34.58, "bottom": 32.58, "left": 28, "right": 26}, abs=0.1)
    grid = section.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "589")  # 10.39 mm
    assert (297 - sides["top"] - sides["bottom"]) // (589 / MM) == 22
    narrower = int(rendered("sealed").styles["GwBody"].element.rPr.find(qn("w:spacing")).get(qn("w:val")))
    assert (210 - sides["left"] - sides["right"]) * MM // (16 * 20 + narrower) == 28


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("GwBody", "仿宋_GB2312", 16),
        ("GwTitle", "方正小标宋简体", 22),
        ("GwAnnexLabel", "黑体", 16),
        ("GwImprint", "仿宋_GB2312", 14),
        ("GwFoot", "宋体", 14),
    ],
)
def test_styles_name_the_standards_fonts_in_the_east_asian_slot(style, font, points):
    found = rendered("sealed").styles[style]
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert found.font.size.pt == points


def test_free_fonts_stand_behind_the_standards():
    part = next(rel.target_part for rel in rendered("sealed").part.rels.values() if rel.reltype.endswith("/fontTable"))
    assert 'w:name="仿宋_GB2312"><w:altName w:val="仿宋,' in part.blob.decode()


def test_headings_have_their_own_type_and_a_paragraph_begins_two_characters_in():
    runs = {
        run.text: run._element.rPr.rFonts.get(qn("w:eastAsia"))
        for part in rendered("sealed").paragraphs
        for run in part.runs
        if run._element.rPr is not None and run._element.rPr.rFonts is not None
    }
    assert (runs["一、评审结果"], runs["（一）落实责任。"]) == ("黑体", "楷体_GB2312")
    indent = paragraph("sealed", "经院校申报")._p.pPr.ind
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_the_title_stands_in_lines_broken_by_sense():
    titles = [part.text for part in rendered("sealed").paragraphs if part.style.name == "GwTitle"]
    assert titles[:2] == ["关于公布2021年1+X证书制度", "试点院校名单的通知"]


def test_the_marks_ink_stands_72_mm_below_the_pages_edge_and_fits_the_line():
    mark = next(part for part in rendered("sealed").paragraphs if part.style.name == "GwMark")
    size = mark.runs[0].font.size.pt
    line = mark.paragraph_format.line_spacing.pt
    before = mark._p.getprevious().pPr.find(qn("w:spacing")).get(qn("w:line"))
    top = 34.58 + mm(before) + (line * 0.8 - size * 0.85) * 25.4 / 72
    assert top == approx(72, abs=CLOSE)
    assert len(mark.text) * size * 25.4 / 72 <= 156
    assert str(mark.style.font.color.rgb) == "DB1212"


def test_the_rule_is_the_numbers_border_in_red():
    border = rendered("sealed").styles["GwNumber"].element.find(f".//{qn('w:bottom')}")
    assert (border.get(qn("w:val")), border.get(qn("w:color"))) == ("single", "DB1212")
    line, size = 589 / 20, 16
    foot_of_type = line * 0.8 + size * 0.15
    assert (line - foot_of_type + int(border.get(qn("w:space")))) * 25.4 / 72 == approx(4, abs=CLOSE)


def test_the_seal_is_anchored_below_the_text_over_the_date():
    anchor = rendered("sealed").element.find(f".//{qn('wp:anchor')}")
    assert anchor.find(qn("wp:extent")).get("cx") == anchor.find(qn("wp:extent")).get("cy") == str(42 * 36000)
    vertical, horizontal = anchor.find(qn("wp:positionV")), anchor.find(qn("wp:positionH"))
    assert vertical.get("relativeFrom") == "paragraph"
    gap = 10.39 - 16 * 25.4 / 72
    below_the_text = int(vertical[0].text) / 36000 + gap / 2
    assert 0 < below_the_text < 10.39
    date_middle = 156 - 4 * 156 / 28 - 6 * 16 * 25.4 / 72 / 2  # 2021年7月5日: six characters, four from the right
    assert int(horizontal[0].text) / 36000 + 21 == approx(date_middle, abs=0.1)
    assert anchor.find(qn("wp:wrapNone")) is not None
    assert "wp:anchor" not in xml("plain")


def test_under_a_seal_name_and_date_are_centred_around_the_dates_middle():
    em, cell = 16 * 25.4 / 72, 156 / 28
    for part in (part for part in rendered("sealed").paragraphs if part.style.name == "GwSignature"):
        assert part._p.pPr.jc.val.name == "CENTER"
        middle = (mm(part._p.pPr.ind.get(qn("w:left"))) + 156 - mm(part._p.pPr.ind.get(qn("w:right")))) / 2
        assert 156 - middle - 3 * em == approx(4 * cell, abs=0.1)  # half of 2021年7月5日, then four characters


def test_without_a_seal_the_date_begins_two_characters_right_of_the_name():
    em, cell = 16 * 25.4 / 72, 156 / 28
    name, date = (part for part in rendered("plain").paragraphs if part.style.name == "GwSignature")
    starts = [mm(part._p.pPr.ind.get(qn("w:left"))) for part in (name, date)]
    assert 156 - starts[0] - 9 * em == approx(2 * cell, abs=0.1)
    assert starts[1] - starts[0] == approx(2 * cell, abs=0.1)


@pytest.mark.parametrize("name", ["sealed", "plain"])
def test_the_imprint_is_held_on_the_text_areas_lower_edge(name):
    rows = [part for part in rendered(name).paragraphs if part.style.name == "GwImprint"]
    frames = [row._p.pPr.find(qn("w:framePr")) for row in rows]
    assert [frame.get(qn("w:vAnchor")) for frame in frames] == ["page"] * 2
    line = mm(rows[-1]._p.pPr.find(qn("w:spacing")).get(qn("w:line")))
    assert mm(frames[-1].get(qn("w:y"))) + line == approx(262, abs=CLOSE)
    borders = [(edge.tag.split("}")[1], edge.get(qn("w:sz"))) for row in rows for edge in row._p.pPr.find(qn("w:pBdr"))]
    assert borders == [("top", "8"), ("top", "6"), ("bottom", "8")]  # eighths of a point: 0.35 and 0.26 mm


def test_an_imprint_of_its_own_page_bears_no_number():
    assert len(rendered("plain").sections) == 2
    assert "PAGE" in rendered("plain").sections[0].footer._element.xml
    assert "PAGE" not in rendered("plain").sections[1].even_page_footer._element.xml
    assert rendered("plain").sections[1].start_type is WD_SECTION.EVEN_PAGE


def test_the_last_annex_begins_an_even_or_odd_page_as_on_paper_so_that_the_imprint_below_it_ends_an_even_one():
    first, last = rendered("sealed").sections
    assert (first.different_first_page_header_footer, last.different_first_page_header_footer) == (True, False)
    assert last.start_type is WD_SECTION.EVEN_PAGE
    assert "PAGE" in last.even_page_footer._element.xml
    assert len(rendered("letter").sections) == 1


def test_page_numbers_stand_outside_one_character_in():
    assert rendered("sealed").settings.odd_and_even_pages_header_footer
    section = rendered("sealed").sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (number,) = [part for part in footer.paragraphs if "PAGE" in part._p.xml]
        assert number._p.pPr.jc.val.name.lower() == side
        assert number._p.pPr.ind.get(qn(f"w:{side}")) == "280"
        assert "".join(number.text.split()) == "—1—"


def test_annexes_begin_pages_and_their_tables_repeat_the_header():
    labels = [part for part in rendered("sealed").paragraphs if part.style.name == "GwAnnexLabel"]
    assert [label.text for label in labels] == ["附件1", "附件2"]
    assert all(label.paragraph_format.page_break_before for label in labels)
    table = rendered("sealed").tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert sum(int(col.get(qn("w:w"))) for col in table._tbl.tblGrid) / MM == approx(156, abs=CLOSE)
    # Twelve schools; the one that goes on over the page is named there again.
    assert len(re.findall('w:vMerge w:val="restart"', table._tbl.xml)) == 2 * (12 + 1)


def test_a_very_long_table_is_cut_where_pages_end():
    many = tuple((str(number), f"第{number}学院", "证书", "中级", "20") for number in range(600))
    long = document(annexes=(replace(document().annexes[0], tables=(Table(COLUMNS, many),)),))
    (pdf,) = set_documents([long])
    (paging,) = pdf.paging.annexes[0][1]
    xml = table_xml(long.annexes[0].tables[0], paging)
    assert xml.count("<w:tbl>") == xml.count("<w:tblHeader/>") == 1 + len(paging.starts) // 10
    assert xml.count("<w:tr>") == 600 + xml.count("<w:tbl>")


def test_a_row_higher_than_a_page_may_break_and_cuts_no_table():
    rows = (("1", "甲学院", "长" * 9000, "中级", "20"), ("2", "乙学院", "证书", "中级", "20"))
    long = document(annexes=(replace(document().annexes[0], tables=(Table(COLUMNS, rows),)),))
    (pdf,) = set_documents([long])
    (paging,) = pdf.paging.annexes[0][1]
    xml = table_xml(long.annexes[0].tables[0], paging)
    assert len(paging.starts) > 10 and xml.count("<w:tbl>") == 1
    assert xml.count("<w:cantSplit/>") == 2  # the header and the second row


def test_a_letter_has_its_mark_in_a_frame_and_rules_above_and_below():
    mark = next(part for part in rendered("letter").paragraphs if part.style.name == "GwMark")
    frame = mark._p.pPr.find(qn("w:framePr"))
    size, line = mark.runs[0].font.size.pt, mark.paragraph_format.line_spacing.pt
    assert mm(frame.get(qn("w:y"))) + (line * 0.8 - size * 0.85) * 25.4 / 72 == approx(30, abs=CLOSE)
    assert mm(frame.get(qn("w:w"))) == approx(170, abs=CLOSE)
    assert mark._p.pPr.find(qn("w:pBdr"))[0].get(qn("w:val")) == "thickThinSmallGap"
    first = rendered("letter").sections[0].first_page_footer._element.xml
    assert "PAGE" not in first
    tops = [float(top) * 25.4 / 72 for top in re.findall(r"margin-top:([\d.]+)pt", first)]
    assert max(tops) + 0.45 == approx(297 - 20, abs=CLOSE)


def test_a_draft_bears_its_mark_in_every_header():
    headers = rendered("draft").sections[0]
    for header in (headers.header, headers.even_page_header, headers.first_page_header):
        assert 'string="草稿"' in header._element.xml
    assert "草稿" not in rendered("sealed").sections[0].header._element.xml
