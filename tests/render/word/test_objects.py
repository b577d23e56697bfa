"""Objects in the context: rich text, links, pictures in the line, over text and in cells, documents; and no state kept."""

import io
import pickle
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree
from PIL import Image

from docgen.errors import InputError
from docgen.render.word import (
    CellImage,
    FloatingImage,
    InlineImage,
    Listing,
    RichText,
    RichTextParagraph,
    WordTemplate,
)

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}


def template_of(folder: Path, *paragraphs: str, cells: tuple[str, ...] = (), header: str = "") -> WordTemplate:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if cells:
        grid = document.add_table(rows=1, cols=len(cells))
        for cell, text in zip(grid.rows[0].cells, cells, strict=True):
            cell.text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    path = folder / "模板.docx"
    document.save(str(path))
    return WordTemplate(path)


def member(data: bytes, name: str = "word/document.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return archive.read(name)


def found(data: bytes, path: str, name: str = "word/document.xml") -> list[Any]:
    return list(etree.fromstring(member(data, name)).xpath(path, namespaces=SPACES))


def media(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [name for name in archive.namelist() if name.startswith("word/media/")]


def png(size: tuple[int, int] = (200, 100), colour: str = "red") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def test_rich_text_sets_the_east_asian_font(tmp_path: Path) -> None:
    data = template_of(tmp_path, "{{r 文 }}").render({"文": RichText("甲 & 乙", font="方正小标宋", bold=True)})
    (fonts,) = found(data, "//w:r[w:t='甲 & 乙']/w:rPr/w:rFonts")
    assert set(fonts.attrib.values()) == {"方正小标宋"}
    assert len(fonts.attrib) == 4


def test_links_in_rich_text_belong_to_the_part_they_stand_in(tmp_path: Path) -> None:
    template = template_of(tmp_path, "{{r 文 }}", header="{{r 文 }}")
    rich = RichText("看 ", size=24)
    rich.add("网站", url="https://example.org/?a=1&b=2")
    rich.add("又", url_id=template.build_url_id("https://example.org/?a=1&b=2"))
    data = template.render({"文": rich})
    for part in ("document", "header1"):
        ids = found(data, "//w:hyperlink/@r:id", f"word/{part}.xml")
        (target,) = found(data, f"//*[@Id='{ids[0]}']", f"word/_rels/{part}.xml.rels")
        assert ids[0] == ids[1]
        assert (target.get("Target"), target.get("TargetMode")) == ("https://example.org/?a=1&b=2", "External")
    Document(io.BytesIO(data))


def test_a_picture_is_stored_once_and_found_from_header_and_text(tmp_path: Path) -> None:
    template = template_of(tmp_path, "{{ 图 }}", "{{ 又 }}", header="{{ 图 }}")
    data = template.render({"图": InlineImage(None, png()), "又": InlineImage(image_descriptor=io.BytesIO(png()))})
    assert media(data) == ["word/media/image1.png"]
    for part in ("document", "header1"):
        embedded = found(data, "//a:blip/@r:embed", f"word/{part}.xml")
        for one in embedded:
            assert found(data, f"//*[@Id='{one}']/@Target", f"word/_rels/{part}.xml.rels") == ["media/image1.png"]
    assert len(Document(io.BytesIO(data)).inline_shapes) == 2
    assert media(template.render({"图": "", "又": ""})) == []


def test_a_seal_floats_over_the_text(tmp_path: Path) -> None:
    seal = FloatingImage(png((100, 100)), width_mm=40, x_mm=90, y_mm=-5, relative="character", behind=True)
    data = template_of(tmp_path, "（盖章）{{ 章 }}").render({"章": seal})
    (anchor,) = found(data, "//wp:anchor")
    assert anchor.get("behindDoc") == "1"
    assert anchor.xpath("wp:positionH/@relativeFrom | wp:positionV/@relativeFrom", namespaces=SPACES) == [
        "character",
        "line",
    ]
    assert anchor.xpath("*/wp:posOffset/text()", namespaces=SPACES) == ["3240000", "-180000"]
    assert anchor.xpath("wp:extent/@cx | wp:extent/@cy", namespaces=SPACES) == ["1440000", "1440000"]
    assert anchor.xpath("wp:wrapNone", namespaces=SPACES)


def test_a_place_that_there_is_not() -> None:
    with pytest.raises(ValueError, match="sideways"):
        FloatingImage(png(), relative="sideways")  # type: ignore[arg-type]


def test_a_picture_takes_the_width_of_its_cell(tmp_path: Path) -> None:
    template = template_of(tmp_path, cells=("{{ 图 }}", "乙"))
    data = template.render({"图": CellImage(png((200, 100)))})
    width = int(found(data, "//w:tc[1]/w:tcPr/w:tcW/@w:w")[0]) - 2 * 108
    (extent,) = found(data, "//wp:extent")
    assert int(extent.get("cx")) == width * 635
    assert int(extent.get("cy")) * 2 == pytest.approx(int(extent.get("cx")), abs=2)
    assert found(data, "//a:ext/@cx") == [extent.get("cx")]
    # LibreOffice takes 3 mm where these are not said, and pushes the picture over the edge of the cell.
    assert {side: extent.getparent().get(side) for side in ("distL", "distR")} == {"distL": "0", "distR": "0"}


def test_a_picture_is_no_higher_than_its_row(tmp_path: Path) -> None:
    document = Document()
    grid = document.add_table(rows=1, cols=2)
    grid.rows[0].height, grid.rows[0].height_rule = 360_000, 2  # one centimetre, exactly
    grid.rows[0].cells[0].text = "{{ 图 }}"
    document.save(str(tmp_path / "x.docx"))
    data = WordTemplate(tmp_path / "x.docx").render({"图": CellImage(png((100, 300)))})
    (extent,) = found(data, "//wp:extent")
    assert int(extent.get("cy")) == pytest.approx(360_000, abs=635)
    assert int(extent.get("cx")) == pytest.approx(120_000, abs=635)


def test_a_cell_picture_outside_of_a_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="单元格"):
        template_of(tmp_path, "{{ 图 }}").render({"图": CellImage(png())})


@pytest.mark.parametrize(
    ("content", "words"),
    [(png()[:60], "不完整"), (b"not a picture", "不完整"), (b"", "不完整")],
    ids=["torn", "text", "empty"],
)
def test_pictures_that_are_none(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "公章.png"
    path.write_bytes(content)
    with pytest.raises(InputError, match=rf"公章\.png.*{words}"):
        template_of(tmp_path, "{{ 图 }}").render({"图": InlineImage(None, path)})


def test_a_picture_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有的"):
        template_of(tmp_path, "{{ 图 }}").render({"图": InlineImage(None, tmp_path / "没有的.png")})


def test_objects_in_expressions(tmp_path: Path) -> None:
    """Joined, or handed through a macro, an object is what it is by itself."""
    template = template_of(tmp_path, "{% macro m(x) %}{{ x }}{% endmacro %}{{ '<' ~ 图 }}{{ m(图) }}{{ m(文) }}")
    data = template.render({"图": InlineImage(None, png()), "文": "a\nb<"})
    assert len(found(data, "//wp:inline")) == 2
    assert "".join(found(data, "//w:t/text()")) == "<ab<"
    assert len(found(data, "//w:br")) == 1


def test_listing_and_paragraphs(tmp_path: Path) -> None:
    template = template_of(tmp_path, "{{ 表 }}", "{{p 段 }}")
    data = template.render({"表": Listing("一\n二\a三"), "段": RichTextParagraph("四 < 五", parastyle="Normal")})
    assert [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs] == ["一\n二", "三", "四 < 五"]


def test_a_document_filled_in_python(tmp_path: Path) -> None:
    template = template_of(tmp_path, "前", "{{p 附 }}", "后")
    sub = template.new_subdoc()
    sub.add_heading("小标题", 2)
    sub.add_paragraph("一项", style="List Bullet")
    first = template.render({"附": sub})
    paragraphs = Document(io.BytesIO(first)).paragraphs
    assert [paragraph.text for paragraph in paragraphs] == ["前", "小标题", "一项", "后"]
    assert paragraphs[1].style is not None and paragraphs[1].style.name == "Heading 2"
    assert template.render({"附": sub}) == first


def test_a_document_that_is_none(tmp_path: Path) -> None:
    template = template_of(tmp_path, "{{p 附 }}")
    with pytest.raises(InputError, match="要插入的 Word 文档"):
        template.render({"附": template.new_subdoc(b"not a zip")})


def test_threads_share_a_template(tmp_path: Path) -> None:
    template = template_of(tmp_path, "{{ 名 }}", "{{r 文 }}", "{{ 图 }}", header="{{ 名 }}")

    def context(number: int) -> dict[str, Any]:
        rich = RichText("甲", url=f"https://example.org/{number}")
        return {"名": f"第{number}份", "文": rich, "图": InlineImage(None, png(colour=f"#0000{number:02x}"))}

    alone = [template.render(context(number)) for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda number: template.render(context(number)), range(24)))
    assert together == alone
    assert len(set(alone)) == 24


def test_a_template_can_be_pickled(tmp_path: Path) -> None:
    template = template_of(tmp_path, "{{ 名 }}")
    expected = template.render({"名": "甲"})
    sent = pickle.dumps(template)
    template.path.unlink()
    assert pickle.loads(sent).render({"名": "甲"}) == expected  # noqa: S301 - made above


def test_pictures_and_files_of_the_template_replaced(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("{{ 名 }}")
    (tmp_path / "样图.png").write_bytes(png())
    document.add_picture(str(tmp_path / "样图.png"))
    document.save(str(tmp_path / "x.docx"))
    template = WordTemplate(tmp_path / "x.docx")
    new = png(colour="blue")
    data = template.render({"名": "甲"}, pictures={"样图.png": new})
    assert member(data, "word/media/image1.png") == new
    (tmp_path / "新图.png").write_bytes(new)
    assert template.render({"名": "甲"}, files={"word/media/image1.png": tmp_path / "新图.png"}) == data
    assert member(template.render({"名": "甲"}), "word/media/image1.png") == png()
    for wrong in ({"pictures": {"别的": new}}, {"files": {"word/media/image7.png": new}}):
        with pytest.raises(InputError, match="替换不了"):
            template.render({"名": "甲"}, **wrong)  # type: ignore[arg-type]


def test_pictures_beside_documents_are_stored_once(tmp_path: Path) -> None:
    document = Document()
    document.add_picture(io.BytesIO(png()))
    buffer = io.BytesIO()
    document.save(buffer)
    template = template_of(tmp_path, "{{ 图 }}", "{{p 附 }}", "{{ 图 }}", header="{{ 图 }}")
    data = template.render({"图": InlineImage(None, png()), "附": template.new_subdoc(buffer.getvalue())})
    assert len(media(data)) == 1
    assert len(Document(io.BytesIO(data)).inline_shapes) == 3


def test_rich_text_with_breaks_keeps_its_format(tmp_path: Path) -> None:
    data = template_of(tmp_path, "{{r 文 }}").render({"文": RichText("一\n二\a三\t四", bold=True)})
    assert [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs] == ["一\n二", "三\t四"]
    assert len(found(data, "//w:r[w:t[text()]]")) == len(found(data, "//w:r[w:t[text()]][w:rPr/w:b]")) == 3
