"""Where docgen does not do as docxtpl does: both sides of the list in docs/Word模板.md, so that the list stays true."""

import io
from pathlib import Path
from typing import Any

import docxtpl
import pytest
from lxml import etree
from PIL import Image
from test_compatible import SPACES, by_docxtpl, docx, member, par, run, saved

from docgen.errors import InputError
from docgen.render.word import InlineImage, RichText, WordTemplate


def text_of(data: bytes, name: str = "word/document.xml") -> str:
    return "".join(str(text) for text in etree.fromstring(member(data, name)).itertext())


def both(folder: Path, data: bytes, context: dict[str, Any], name: str = "word/document.xml") -> tuple[str, str]:
    """What a reader sees in a part: ours, and docxtpl's."""
    path = saved(folder, data)
    return text_of(WordTemplate(path).render(context), name), text_of(by_docxtpl(path, context), name)


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (10, 10)).save(buffer, "PNG")
    return buffer.getvalue()


def test_without_escaping_docxtpl_loses_text(tmp_path: Path) -> None:
    path = saved(tmp_path, docx(par("{{ x }} 完")))
    theirs = docxtpl.DocxTemplate(path)
    theirs.render({"x": "甲 & 乙"})
    buffer = io.BytesIO()
    theirs.save(buffer)
    assert "&" not in text_of(buffer.getvalue())
    assert text_of(WordTemplate(path).render({"x": "甲 & 乙"})) == "甲 & 乙 完"


@pytest.mark.parametrize(
    ("value", "ours", "theirs"),
    [("{_{ x }_}", "{_{ x }_}", "{{ x }}"), ("甲\r\n乙", "甲乙", "甲\n乙"), ("甲\x01乙", "甲\ufffd乙", "甲乙")],
    ids=["braces", "line ends of Windows", "control characters"],
)
def test_values(value: str, ours: str, theirs: str, tmp_path: Path) -> None:
    assert both(tmp_path, docx(par("{{ x }}")), {"x": value}) == (ours, theirs)


@pytest.mark.parametrize(("context", "theirs"), [({}, ""), ({"x": None}, "None")], ids=["undefined", "none"])
def test_what_is_missing(context: dict[str, Any], theirs: str, tmp_path: Path) -> None:
    path = saved(tmp_path, docx(par("{{ x }}")))
    assert text_of(by_docxtpl(path, context)) == theirs
    with pytest.raises(InputError, match="x"):
        WordTemplate(path).render(context)


def test_an_object_joined_with_text(tmp_path: Path) -> None:
    path = saved(tmp_path, docx(par("{{ '前' ~ x }}")))
    theirs = docxtpl.DocxTemplate(path)
    theirs.render({"x": docxtpl.InlineImage(theirs, io.BytesIO(png()))}, autoescape=True)
    buffer = io.BytesIO()
    theirs.save(buffer)
    assert "<wp:inline" in text_of(buffer.getvalue())
    ours = WordTemplate(path).render({"x": InlineImage(None, png())})
    assert text_of(ours) == "前"
    assert b"<wp:inline" in member(ours, "word/document.xml")


def test_properties(tmp_path: Path) -> None:
    core = "<dc:title>{{ x }}</dc:title><cp:keywords>{{ x }}</cp:keywords>"
    ours, theirs = both(tmp_path, docx(par("甲"), core=core), {"x": "甲 & 乙"}, "docProps/core.xml")
    assert ours == "甲 & 乙甲 & 乙"
    assert theirs == "甲 &amp; 乙{{ x }}"


def test_endnotes(tmp_path: Path) -> None:
    parts = {"endnotes.xml": ("endnotes", f'<w:endnote w:id="1">{par("{{ x }}")}</w:endnote>')}
    body = '<w:p><w:r><w:endnoteReference w:id="1"/></w:r></w:p>'
    assert both(tmp_path, docx(body, parts), {"x": "注"}, "word/endnotes.xml") == ("注", "{{ x }}")


def test_a_table_without_a_grid(tmp_path: Path) -> None:
    cell = f"<w:tc><w:tcPr/>{par('{{ x }}')}</w:tc>"
    path = saved(tmp_path, docx(f"<w:tbl><w:tblPr/><w:tr>{cell}</w:tr></w:tbl>{par('')}"))
    assert text_of(WordTemplate(path).render({"x": "甲"})) == "甲"
    with pytest.raises(AttributeError):
        by_docxtpl(path, {"x": "甲"})


def test_paragraphs_in_a_text_box(tmp_path: Path) -> None:
    inner = f'<w:p><w:pPr><w:jc w:val="right"/></w:pPr>{run("{{ x }}")}</w:p>'
    body = (
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:pict><v:shape><v:textbox>'
        f"<w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    path = saved(tmp_path, docx(body))

    def alignments(data: bytes) -> list[Any]:
        root = etree.fromstring(member(data, "word/document.xml"))
        return list(root.xpath("//w:txbxContent/w:p/w:pPr/w:jc/@w:val", namespaces={"w": SPACES.split('"')[1]}))

    assert alignments(WordTemplate(path).render({"x": "一\a二"})) == ["right", "right"]
    assert alignments(by_docxtpl(path, {"x": "一\a二"})) != ["right", "right"]


def test_pictures_in_a_header(tmp_path: Path) -> None:
    path = saved(tmp_path, docx(par("甲"), {"header1.xml": ("header", par("{{ one }}", "{{ two }}"))}))

    def numbers(data: bytes) -> list[Any]:
        root = etree.fromstring(member(data, "word/header1.xml"))
        return [one.get("id") for one in root.iter("{*}docPr")]

    theirs = docxtpl.DocxTemplate(path)
    theirs.render({name: docxtpl.InlineImage(theirs, io.BytesIO(png())) for name in ("one", "two")}, autoescape=True)
    buffer = io.BytesIO()
    theirs.save(buffer)
    assert len(set(numbers(buffer.getvalue()))) == 1
    assert (
        len(set(numbers(WordTemplate(path).render({name: InlineImage(None, png()) for name in ("one", "two")})))) == 2
    )


def test_links_in_a_header(tmp_path: Path) -> None:
    path = saved(tmp_path, docx(par("甲"), {"header1.xml": ("header", par("{{r x }}"))}))
    theirs = docxtpl.DocxTemplate(path)
    link = docxtpl.RichText("链接", url_id=theirs.build_url_id("https://example.org/"))
    theirs.render({"x": link}, autoescape=True)
    buffer = io.BytesIO()
    theirs.save(buffer)
    with pytest.raises(KeyError):
        member(buffer.getvalue(), "word/_rels/header1.xml.rels")
    template = WordTemplate(path)
    ours = template.render({"x": docxtpl.RichText("链接", url_id=template.build_url_id("https://example.org/"))})
    assert b"https://example.org/" in member(ours, "word/_rels/header1.xml.rels")
    assert template.render({"x": RichText("链接", url="https://example.org/")}) == ours
