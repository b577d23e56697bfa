"""Word templates: what a reader sees, what is refused, and the same bytes twice."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from docgen.errors import InputError
from docgen.render.templates import template_folders
from docgen.render.word import WordTemplate


def make_template(folder: Path, *paragraphs: str, table: list[list[str]] | None = None) -> Path:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        grid = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
    path = folder / "template.docx"
    document.save(str(path))
    return path


def text_of(data: bytes) -> list[str]:
    document = Document(io.BytesIO(data))
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("value", ["甲 & 乙", "a<b>c", "{{ x }}", "{% raw %}", "“引号”", "甲]]>乙"])
def test_values_come_out_as_they_are(tmp_path: Path, value: str) -> None:
    template = WordTemplate(make_template(tmp_path, "名称：{{ 名称 }}"))
    assert text_of(template.render({"名称": value})) == [f"名称：{value}"]


def test_line_breaks_and_tabs_become_words_own(tmp_path: Path) -> None:
    data = WordTemplate(make_template(tmp_path, "{{ 文 }}")).render({"文": "一\n二\t三"})
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert xml.count("<w:br/>") == 1
    assert xml.count("<w:tab/>") == 1
    assert text_of(data) == ["一\n二\t三"]


def test_characters_that_xml_forbids_are_shown_as_replaced(tmp_path: Path) -> None:
    data = WordTemplate(make_template(tmp_path, "{{ 文 }}")).render({"文": "甲\x01乙"})
    assert text_of(data) == ["甲\ufffd乙"]


def test_rows_repeat(tmp_path: Path) -> None:
    table = [
        ["姓名", "职称"],
        ["{%tr for 行 in 教师 %}", ""],
        ["{{ 行.姓名 }}", "{{ 行.职称 }}"],
        ["{%tr endfor %}", ""],
    ]
    template = WordTemplate(make_template(tmp_path, table=table))
    data = template.render({"教师": [{"姓名": "甲", "职称": "讲师"}, {"姓名": "乙", "职称": "教授"}]})
    rows = Document(io.BytesIO(data)).tables[0].rows
    assert [[cell.text for cell in row.cells] for row in rows] == [["姓名", "职称"], ["甲", "讲师"], ["乙", "教授"]]


def test_same_context_same_bytes_and_no_state(tmp_path: Path) -> None:
    template = WordTemplate(make_template(tmp_path, "{{ 名 }}"))
    first = template.render({"名": "甲"})
    assert template.render({"名": "乙"}) != first
    assert template.render({"名": "甲"}) == first


def test_undefined_variable_is_an_error_that_names_it(tmp_path: Path) -> None:
    template = WordTemplate(make_template(tmp_path, "{{ 院校.名字 }}"))
    with pytest.raises(InputError, match=r"template\.docx.*名字"):
        template.render({"院校": {}})


def test_broken_tag_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有结束"):
        WordTemplate(make_template(tmp_path, "{% if 甲 %}"))


def test_templates_cannot_leave_the_sandbox(tmp_path: Path) -> None:
    template = WordTemplate(make_template(tmp_path, "{{ 甲.__class__.__mro__ }}"))
    with pytest.raises(InputError):
        template.render({"甲": "乙"})


def test_endless_range_is_refused(tmp_path: Path) -> None:
    template = WordTemplate(make_template(tmp_path, "{% for i in range(999999999) %}x{% endfor %}"))
    with pytest.raises(InputError, match="range"):
        template.render({})


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04truncated"])
def test_not_a_word_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"坏\.docx"):
        WordTemplate(path)


def test_zip_that_is_no_word_file(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(InputError, match="不是 Word 文档"):
        WordTemplate(path)


def test_fields_with_loops_and_nesting(tmp_path: Path) -> None:
    path = make_template(
        tmp_path,
        "{{ 院校.院校名称 }} {% if 草稿 %}x{% endif %}{% for 行 in 教师 %}{{ 行.姓名 }}{{ loop.index }}{% endfor %}",
        "{% for 卷 in 佐证材料 %}{% for 条 in 卷.条目 %}{{ 条.名称 }}{% endfor %}{% endfor %}",
    )
    assert WordTemplate(path).fields() == (
        "佐证材料",
        "佐证材料[].条目",
        "佐证材料[].条目[].名称",
        "教师",
        "教师[].姓名",
        "草稿",
        "院校.院校名称",
    )


WORD_KINDS = [folder for folder in template_folders() if folder.has("template.docx")]


@pytest.mark.parametrize("folder", WORD_KINDS, ids=lambda folder: folder.kind)
def test_shipped_templates_use_only_the_fields_of_their_manifest(folder) -> None:  # type: ignore[no-untyped-def]
    used = {field.split(".")[0].split("[")[0] for field in WordTemplate(folder.file("template.docx")).fields()}
    assert used <= set(folder.fields)


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def sets_east_asian(properties: etree._Element | None) -> bool:
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    return fonts is not None and bool(fonts.get(f"{W}eastAsia"))


def east_asian_styles(styles: etree._Element) -> set[str]:
    """The ids of the styles that set the font of Chinese text, themselves or by what they are based on."""
    own = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}

    def sets(style: etree._Element | None) -> bool:
        if style is None:
            return False
        base = style.find(f"{W}basedOn")
        return sets_east_asian(style.find(f"{W}rPr")) or (base is not None and sets(own.get(base.get(f"{W}val"))))

    return {name for name, style in own.items() if sets(style)}


@pytest.mark.parametrize("folder", WORD_KINDS, ids=lambda folder: folder.kind)
def test_shipped_templates_set_the_east_asian_font(folder) -> None:  # type: ignore[no-untyped-def]
    """On the run or by a style that its paragraph names: what only the document's defaults say, a theme can override."""
    with zipfile.ZipFile(folder.file("template.docx")) as archive:
        xml = etree.fromstring(archive.read("word/document.xml"))
        styles = east_asian_styles(etree.fromstring(archive.read("word/styles.xml")))
    runs = [run for run in xml.iter(f"{W}r") if run.find(f"{W}t") is not None]

    def by_style(run: etree._Element) -> bool:
        paragraph = next(run.iterancestors(f"{W}p"))
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        return named is not None and named.get(f"{W}val") in styles

    assert runs
    assert not [
        "".join(run.itertext()) for run in runs if not sets_east_asian(run.find(f"{W}rPr")) and not by_style(run)
    ]
