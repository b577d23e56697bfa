"""Hostile templates and values: nothing is reached that is not given, nothing is endless, nothing from outside comes in."""

import io
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PIL import Image

from docgen.errors import InputError
from docgen.render.word import WordTemplate

REFUSED = {
    "a product": "{{ 'x' * 1000000000 }}",
    "doubled text": "{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(40) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "added text": "{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(40) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "loops that print nothing": "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
    "loops that print": "{% for i in range(100000) %}{% for j in range(100000) %}x{% endfor %}{% endfor %}",
    "a macro that calls itself twice": "{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "a macro without end": "{% macro f(n) %}{{ f(n) }}{% endmacro %}{{ f(1) }}",
    "padding": "{{ 'x'.center(10000000000) }}",
    "the padding filter": "{{ 'x'|center(10000000000) }}",
    "an old format": "{{ '%1000000000d' % 1 }}",
    "the format filter": "{{ '%1000000000d'|format(1) }}",
    "a new format": "{{ '{:>1000000000}'.format(1) }}",
    "a format of a format": "{{ '{:>{w}}'.format(1, w=1000000000) }}",
    "joined text": "{{ ''.join(['x' * 1000000] * 1000) }}",
    "the join filter": "{{ range(100000)|join('x' * 1000) }}",
    "replaced text": "{{ ('x' * 100000).replace('x', 'y' * 100000) }}",
    "batches": "{{ [1]|batch(1000000000, 'x')|list }}",
    "internals": "{{ ''.__class__.__mro__ }}",
    "internals by a key": "{{ 字['__class__'].x }}",
    "globals of a function": "{{ cycler.__init__.__globals__ }}",
    "a file": "{% include '/etc/passwd' %}",
    "changing what was given": "{{ 字.clear() }}",
    "a method that changes": "{{ 表.append(1) }}",
}


_picture = io.BytesIO()
Image.new("RGB", (4, 4)).save(_picture, "PNG")
PICTURE = _picture.getvalue()


def template_of(folder: Path, *paragraphs: str) -> Path:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    path = folder / "模板.docx"
    document.save(str(path))
    return path


def text_of(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)


def rewritten(path: Path, changes: dict[str, tuple[str, str]]) -> Path:
    """The same file with a text in some members replaced."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            old, new = changes.get(name, ("", ""))
            assert old.encode() in content
            archive.writestr(name, content.replace(old.encode(), new.encode(), 1) if old else content)
    return path


@pytest.mark.parametrize("case", REFUSED)
def test_refused_within_seconds(case: str, tmp_path: Path) -> None:
    given: dict[str, Any] = {"字": {"甲": 1}, "表": [1]}
    began = time.perf_counter()
    with pytest.raises(InputError):
        WordTemplate(template_of(tmp_path, REFUSED[case])).render(given)
    assert time.perf_counter() - began < 10
    assert given == {"字": {"甲": 1}, "表": [1]}


def test_loops_of_a_size_that_documents_have(tmp_path: Path) -> None:
    path = template_of(tmp_path, "{% for i in range(1000) %}{% for j in range(100) %}{{ j }}{% endfor %}{% endfor %}")
    assert len(text_of(WordTemplate(path).render({}))) == 1000 * 190


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("{{ 7 * 7 }}", "{{ 7 * 7 }}"),
        ("{% for %}", "{% for %}"),
        ("{_{ x }_}", "{_{ x }_}"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("\x00\x0b\x1b\ud800\uffff", "\ufffd" * 5),
        ("</w:t></w:r>", "</w:t></w:r>"),
        ("\"'&amp;", "\"'&amp;"),
        ("   ", "   "),
        ("𠮷野家", "𠮷野家"),
        (12, "12"),
        (1.5, "1.5"),
        (True, "True"),
    ],
)
def test_values_are_text(value: object, shown: str, tmp_path: Path) -> None:
    assert text_of(WordTemplate(template_of(tmp_path, "[{{ 值 }}]")).render({"值": value})) == f"[{shown}]"


def test_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"院校\.名称"):
        WordTemplate(template_of(tmp_path, "{{ 院校.名称 }}")).render({"院校": {"名称": None}})


RELATION = '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}" TargetMode="External"/></Relationships>'


@pytest.mark.parametrize("kind", ["oleObject", "subDocument", "aFChunk", "frame", "mailMergeSource"])
def test_what_would_be_fetched_is_refused(kind: str, tmp_path: Path) -> None:
    path = template_of(tmp_path, "甲")
    new = RELATION.format(kind, "http://example.org/x")
    rewritten(path, {"word/_rels/document.xml.rels": ("</Relationships>", new)})
    with pytest.raises(InputError, match=rf"从外面取内容（{kind}：http://example\.org/x）"):
        WordTemplate(path)


@pytest.mark.parametrize("kind", ["image", "attachedTemplate"])
def test_linked_pictures_and_templates_are_taken_out(kind: str, tmp_path: Path) -> None:
    path = template_of(tmp_path, "甲")
    new = RELATION.format(kind, "http://example.org/x")
    rewritten(path, {"word/_rels/document.xml.rels": ("</Relationships>", new)})
    template = WordTemplate(path)
    assert "http://example.org/x" in template.notes[0]
    with zipfile.ZipFile(io.BytesIO(template.render({}))) as archive:
        assert b"example.org" not in archive.read("word/_rels/document.xml.rels")


def test_links_stay(tmp_path: Path) -> None:
    path = template_of(tmp_path, "甲")
    new = RELATION.format("hyperlink", "http://example.org/x")
    rewritten(path, {"word/_rels/document.xml.rels": ("</Relationships>", new)})
    template = WordTemplate(path)
    assert template.notes == ()
    with zipfile.ZipFile(io.BytesIO(template.render({}))) as archive:
        assert b"http://example.org/x" in archive.read("word/_rels/document.xml.rels")


def test_entities_are_refused(tmp_path: Path) -> None:
    path = template_of(tmp_path, "甲")
    rewritten(
        path,
        {"word/document.xml": ("<w:document", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document')},
    )
    with pytest.raises(InputError, match="DTD"):
        WordTemplate(path)


def test_bombs_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 20_000_000)
    with pytest.raises(InputError, match="压缩"):
        WordTemplate(path)


def test_members_of_the_same_name_are_refused(tmp_path: Path) -> None:
    path = template_of(tmp_path, "甲")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("WORD/document.xml", b"<x/>")
    with pytest.raises(InputError, match="同名"):
        WordTemplate(path)


def test_breaks_where_no_text_is(tmp_path: Path) -> None:
    document = Document()
    document.core_properties.title = "{{ 值 }}"
    document.add_paragraph("甲").add_run().add_picture(io.BytesIO(PICTURE))
    document.save(str(tmp_path / "x.docx"))
    rewritten(tmp_path / "x.docx", {"word/document.xml": ('name="Picture 1"', 'name="Picture 1" descr="{{ 值 }}"')})
    data = WordTemplate(tmp_path / "x.docx").render({"值": "一\n二\a三\f四"})
    assert Document(io.BytesIO(data)).core_properties.title == "一\n二\ufffd三\ufffd四"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "二\ufffd三\ufffd四" in archive.read("word/document.xml").decode()
