"""Where a paragraph stands, as a person who has the document open sees it."""

import io
import zipfile
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from docgen.render.word.places import spots_of

MAIN = "word/document.xml"


def members_of(document) -> dict[str, bytes]:  # type: ignore[no-untyped-def]
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def places(document, part: str = MAIN) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {spot.text: spot.where for spot in spots_of(part, members_of(document)) if spot.text}


def test_a_paragraph_is_named_by_its_text_and_the_heading_above() -> None:
    document = Document()
    document.add_paragraph("院校名称：{{ 院校.名字 }}")
    document.add_heading("四、软硬件设备", 1)
    document.add_paragraph("共{{ 统计.设备种数 }}种")
    assert places(document) == {
        "院校名称：{{ 院校.名字 }}": "“院校名称：{{ 院校.名字 }}”这一段",
        "四、软硬件设备": "“四、软硬件设备”这一段",
        "共{{ 统计.设备种数 }}种": "标题“四、软硬件设备”下“共{{ 统计.设备种数 }}种”这一段",
    }


def test_a_numbered_line_without_a_style_counts_as_a_heading_and_a_tag_does_not() -> None:
    document = Document()
    document.add_paragraph("三、教学场地")
    document.add_paragraph("{%p if 场地 %}")
    document.add_paragraph("内容")
    assert places(document)["内容"] == "标题“三、教学场地”下“内容”这一段"


def test_cells_are_counted_by_table_row_and_column_nested_ones_too() -> None:
    document = Document()
    document.add_table(1, 1)
    table = document.add_table(2, 3)
    table.cell(1, 2).text = "外"
    inner = table.cell(0, 1).add_table(1, 2)
    inner.cell(0, 1).text = "内"
    found = places(document)
    assert found["外"] == "第2个表格第2行第3列"
    assert found["内"] == "第2个表格第1行第2列里的第1个表格第1行第2列"


def test_headers_and_footers_are_called_so() -> None:
    document = Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "甲"
    section.first_page_header.paragraphs[0].text = "乙"
    section.footer.paragraphs[0].text = "丙"
    parts = [name for name in members_of(document) if "header" in name or "footer" in name]
    found = {
        text: where
        for part in parts
        if part.startswith("word/") and part.endswith(".xml")
        for text, where in places(document, part).items()
    }
    assert found == {"甲": "页眉“甲”这一段", "乙": "首页页眉“乙”这一段", "丙": "页脚“丙”这一段"}


def test_a_text_box_is_read_once_and_apart_from_its_paragraph() -> None:
    document = Document()
    box = "<w:txbxContent><w:p><w:r><w:t>盒</w:t></w:r></w:p></w:txbxContent>"
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    run = parse_xml(
        f"<w:r {nsdecls('w')} {space}><w:t>前</w:t><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent><w:t>后</w:t></w:r>"
    )
    document.add_paragraph()._p.append(run)
    spots = [spot for spot in spots_of(MAIN, members_of(document)) if spot.text]
    assert sorted((spot.text, spot.where) for spot in spots) == [("前后", "“前后”这一段"), ("盒", "文本框“盒”这一段")]
    outer = next(spot for spot in spots if spot.text == "前后")
    inner = next(spot for spot in spots if spot.text == "盒")
    assert outer.order[0] < inner.order[0] < outer.order[1]


def test_text_is_joined_over_runs_and_links_are_told_apart() -> None:
    document = Document()
    paragraph = document.add_paragraph("{{ 院")
    paragraph.add_run("校.名称").bold = True
    link = parse_xml(f"<w:hyperlink {nsdecls('w')}><w:r><w:t> }}}}</w:t></w:r></w:hyperlink>")
    paragraph._p.append(link)
    spot = next(spot for spot in spots_of(MAIN, members_of(document)) if spot.text)
    assert spot.text == "{{ 院校.名称 }}"
    assert len(set(spot.holders[:8])) == 1
    assert spot.holders[0] != spot.holders[-1]


def test_properties_are_named_in_chinese() -> None:
    document = Document()
    document.core_properties.title = "{{ 标题 }}"
    assert places(document, "docProps/core.xml")["{{ 标题 }}"] == "文档属性“标题”"


def test_shipped_templates_have_a_place_for_every_paragraph() -> None:
    path = Path(__file__).parents[3] / "templates" / "application" / "template.docx"
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert all(spot.where for spot in spots_of(MAIN, members))
