"""What Word would refuse is found with its place; what the author did not mean is put right; sound files pass."""

import zipfile
from pathlib import Path
from random import Random

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Template
from lxml import etree

from docgen.errors import EnvironmentLacks, InputError
from docgen.pipeline import Built
from docgen.render.lint import lint_file
from docgen.render.templates import template_folders
from docgen.render.word import validity
from docgen.render.word.structure import problems_in
from docgen.tools import libreoffice

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>三、师资</w:t></w:r></w:p>'
GRID = '<w:tblGrid><w:gridCol w:w="1"/><w:gridCol w:w="1"/></w:tblGrid>'
CELL = "<w:tc><w:p/></w:tc>"


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{GRID}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def document(body: str) -> str:
    return f"<w:document {SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"


def package(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def blank(tmp_path: Path) -> dict[str, bytes]:
    Document().save(str(tmp_path / "x.docx"))
    return package(tmp_path / "x.docx")


def field(*kinds: str) -> str:
    return "<w:p>" + "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds) + "</w:p>"


BROKEN = {
    "cell without paragraph": (
        HEADING + table(CELL + CELL, CELL + "<w:tc/>"),
        "标题“三、师资”下第1个表格第2行第2列：单元格里没有段落",
    ),
    "cell ends with a table": (
        table(CELL + f"<w:tc>{table(CELL + CELL)}</w:tc>"),
        "第1个表格第1行第2列：单元格以表格结尾",
    ),
    "cell of an inner table": (
        table(CELL + CELL, CELL + f"<w:tc>{table(CELL + '<w:tc/>')}<w:p/></w:tc>"),
        "第1个表格第2行第2列：单元格里没有段落",
    ),
    "row without cells": (table(CELL + CELL, ""), "第1个表格第2行：这一行一个单元格也没有"),
    "table without rows": (paragraph("前") + table(), "第1个表格：表格一行也没有"),
    "table without grid": ("<w:tbl><w:tr>" + CELL + "</w:tr></w:tbl>", "没有列的定义"),
    "row wider than grid": (table(CELL + CELL, CELL * 3), "第1个表格第2行：这一行占3列，表格有2列"),
    "span of nothing": (table('<w:tc><w:tcPr><w:gridSpan w:val="0"/></w:tcPr><w:p/></w:tc>'), "跨列数“0”不是正整数"),
    "merge without start": (table("<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>" + CELL), "上面没有可以合并的格"),
    "run in text": (paragraph("<w:r><w:t>甲</w:t></w:r>"), "要写 {{r 变量 }}"),
    "paragraph in paragraph": (f"<w:p>{paragraph('甲')}</w:p>", "“甲”这一段：段落直接放进了段落里"),
    "text outside a run": ("<w:p>张三</w:p>", "“张三”这一段：文字“张三”不在段落的文字里"),
    "field not closed": (field("begin", "separate"), "只有开头没有结尾"),
    "field not opened": (field("end"), "只有结尾没有开头"),
    "same bookmark twice": (2 * '<w:bookmarkStart w:id="1" w:name="甲"/><w:bookmarkEnd w:id="1"/>', "书签“甲”重复"),
    "bookmark not closed": ('<w:bookmarkStart w:id="1" w:name="甲"/>', "书签“甲”只有开头没有结尾"),
    "same drawing twice": (
        2 * '<w:p><w:r><w:drawing><wp:docPr id="1" name=""/></w:drawing></w:r></w:p>',
        "两张图的编号相同",
    ),
    "section before the end": ("<w:sectPr/>" + paragraph("后"), "页面设置（分节）之后还有内容"),
    "unknown relationship": ('<w:p><w:hyperlink r:id="rId99"/></w:p>', "引用的内容（rId99）不在文件里"),
    "unknown footnote": (
        '<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id="7"/></w:r></w:p>',
        "“正文”这一段：引用的脚注不在文件里",
    ),
    "unknown comment": ('<w:p><w:r><w:commentReference w:id="7"/></w:r></w:p>', "引用的批注不在文件里"),
    "unknown numbering": (
        '<w:p><w:pPr><w:numPr><w:numId w:val="99"/></w:numPr></w:pPr></w:p>',
        "自动编号（99）没有定义",
    ),
    "control character": (paragraph("姓名\x0b张三"), "不允许的控制字符（U+000B），在“姓名”之后"),
}


@pytest.mark.parametrize(("body", "said"), BROKEN.values(), ids=BROKEN)
def test_each_fault_is_found_with_its_place(blank: dict[str, bytes], body: str, said: str) -> None:
    problems = validity.check({**blank, "word/document.xml": document(body).encode()})
    assert any(said in f"{problem}{problem.hint}" for problem in problems), [str(problem) for problem in problems]


def test_faults_between_the_parts(blank: dict[str, bytes]) -> None:
    assert validity.check(blank) == ()
    without_styles = {name: content for name, content in blank.items() if name != "word/styles.xml"}
    assert ["styles.xml" in problem.message for problem in validity.check(without_styles)] == [True]
    assert [problem.place for problem in validity.check({**blank, "word/x.unknown": b""})] == [
        "文件内部的 word/x.unknown"
    ]


WORD_KINDS = [folder.file("template.docx") for folder in template_folders() if folder.has("template.docx")]


@pytest.mark.parametrize("path", WORD_KINDS, ids=lambda path: path.parent.name)
def test_shipped_templates_are_sound_and_need_no_deep_check(path: Path) -> None:
    assert validity.check(package(path)) == ()
    assert not validity.needs_deep_check(package(path)["word/document.xml"].decode())


@pytest.mark.parametrize("path", WORD_KINDS, ids=lambda path: path.parent.name)
def test_what_is_sound_is_left_as_it_is(path: Path) -> None:
    xml = package(path)["word/document.xml"]
    done = validity.finish("word/document.xml", xml)
    assert etree.canonicalize(done.decode()) == etree.canonicalize(xml.decode())


def test_every_document_of_the_sample_is_sound(built_sample: Built) -> None:
    documents = sorted(built_sample.out.rglob("*.docx"))
    assert documents
    assert {path.name: validity.check(package(path)) for path in documents} == {path.name: () for path in documents}


LOOP, END, IF, FI = "{% for x in y %}", "{% endfor %}", "{% if x %}", "{% endif %}"
DRAWING = '<w:p><w:r><w:drawing><wp:docPr id="1"/></w:drawing></w:r></w:p>'
SOURCES = {
    "plain": (paragraph("{{ x }}"), False),
    "rows in a loop below a header": (table(CELL + CELL) .replace("</w:tbl>", f"{LOOP}<w:tr>{CELL}</w:tr>{END}</w:tbl>"), False),
    "rows in a loop only": (f"<w:tbl>{GRID}{LOOP}<w:tr>{CELL}</w:tr>{END}</w:tbl>", True),
    "whole table in a condition": (IF + table(CELL + CELL) + FI, False),
    "cells in a loop only": (f"<w:tbl>{GRID}<w:tr>{LOOP}{CELL}{END}</w:tr></w:tbl>", True),
    "cell's only paragraph in a condition": (table(f"<w:tc>{IF}<w:p/>{FI}</w:tc>"), True),
    "cell's second paragraph in a condition": (table(f"<w:tc><w:p/>{IF}<w:p></w:p>{FI}</w:tc>"), False),
    "condition within a paragraph": (paragraph(f"{IF}甲{FI}"), False),
    "rich text": ("<w:p>{{ x }}</w:p>", True),
    "picture in a loop": (LOOP + DRAWING + END, True),
    "picture in a condition": (IF + DRAWING + FI, False),
    "colspan": (table('<w:tc><w:tcPr><w:gridSpan w:val="{{x}}"/></w:tcPr><w:p/></w:tc>'), True),
    "cell's colour": (table('<w:tc><w:tcPr><w:shd w:fill="{{x}}"/></w:tcPr><w:p></w:p></w:tc>'), False),
    "field cut by a condition": (IF + field("begin") + FI + field("end"), True),
    "field in a loop": (LOOP + field("begin", "separate", "end") + END, False),
    "merging": (table(f"<w:tc>{paragraph('{{ x | 合并 }}')}</w:tc>"), True),
    "no tags": (table(CELL), False),
}  # fmt: skip


@pytest.mark.parametrize(("body", "deep"), SOURCES.values(), ids=SOURCES)
def test_the_template_tells_whether_its_documents_need_a_deep_check(body: str, deep: bool) -> None:
    assert validity.needs_deep_check(document(body)) is deep


def finished(body: str) -> etree._Element:
    return etree.fromstring(validity.finish("word/document.xml", document(body), "表.docx"))


def tags(root: etree._Element, name: str) -> list[str]:
    return [etree.QName(child).localname for child in next(root.iter(f"{W}{name}"))]


def test_what_a_condition_or_an_empty_loop_leaves_is_put_right() -> None:
    assert tags(finished(table("<w:tc><w:tcPr/></w:tc>")), "tc") == ["tcPr", "p"]
    assert tags(finished(table(f"<w:tc>{table()}</w:tc>")), "tc") == ["p"]
    assert tags(finished(paragraph("前") + table()), "body") == ["p", "sectPr"]
    assert tags(finished(table(CELL + CELL, "")), "tbl") == ["tblPr", "tblGrid", "tr"]


def test_pictures_and_bookmarks_of_a_loop_get_numbers_of_their_own() -> None:
    mark = '<w:p><w:bookmarkStart w:id="{0}" w:name="{1}"/><w:r><w:t>甲</w:t></w:r><w:bookmarkEnd w:id="{0}"/></w:p>'
    root = finished(2 * DRAWING + mark.format(0, "_GoBack") * 2 + mark.format(0, "乙"))
    assert [one.get("id") for one in root.iter("{*}docPr")] == ["1", "2"]
    assert [(one.get(f"{W}id"), one.get(f"{W}name")) for one in root.iter(f"{W}bookmarkStart")] == [
        ("0", "_GoBack"),
        ("1", "乙"),
    ]
    assert [one.get(f"{W}id") for one in root.iter(f"{W}bookmarkEnd")] == ["0", "1"]
    assert "".join(root.itertext()) == "甲甲甲"


def test_what_cannot_be_put_right_stops_with_file_and_places() -> None:
    body = HEADING + table(CELL + f"<w:tc>{paragraph('<w:r><w:t>章</w:t></w:r>')}</w:tc>")
    with pytest.raises(
        InputError, match=r"表\.docx.*标题“三、师资”下第1个表格第1行第2列：带格式的内容（富文本、图片、子文档）放进了"
    ) as caught:
        finished(body)
    assert "{{r 变量 }}" in caught.value.message


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_libreoffice_reads_every_sample_document_with_the_same_text(built_sample: Built, tmp_path: Path) -> None:
    program = libreoffice.find()
    if program is None:
        pytest.skip("LibreOffice is not installed: docgen does not need it to make Word documents")
    documents = sorted(built_sample.out.rglob("*.docx"))
    copies = []
    for number, path in enumerate(documents):
        copies.append(tmp_path / f"{number}.docx")
        copies[-1].write_bytes(path.read_bytes())
    try:
        libreoffice.process.run(
            program,
            [
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
                "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), *map(str, copies),
            ],
            hint=libreoffice.ADVICE,
            seconds=180,
        )  # fmt: skip
    except EnvironmentLacks as lack:
        pytest.skip(f"LibreOffice does not start here: {lack.message}")
    for path, copy in zip(documents, copies, strict=True):
        body = etree.fromstring(package(path)["word/document.xml"])
        ours = "".join(one.text or "" for one in body.iter(f"{W}t"))
        theirs = copy.with_suffix(".txt").read_text("utf-8-sig")
        assert squeezed(theirs) == squeezed(ours), path.name


@pytest.mark.parametrize(
    ("xml", "misplaced"),
    [
        ('<w:r><w:t xml:space="preserve"><w:r><w:t>甲</w:t></w:r></w:t></w:r>', True),
        ("<w:r><w:t>前<w:r><w:t>甲</w:t></w:r></w:t></w:r>", True),
        ("<w:r><w:t>前</w:t></w:r>\n<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>", False),
    ],
)
def test_rich_text_in_a_plain_tag_is_noticed_without_parsing(xml: str, misplaced: bool) -> None:
    assert validity.is_misplaced(xml) is misplaced


def conditional(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """The piece as it is, in a condition, or in a loop; `maybe()` and `some()` come from the data."""
    tags = st.sampled_from(
        [
            ("", ""),
            ("{% if maybe() %}", "{% endif %}"),
            ("{% for _ in some() %}", "{% endfor %}"),
            ("{% if maybe() %}", "{% else %}<w:p/>{% endif %}"),
        ]
    )
    return st.tuples(tags, inner).map(lambda pair: pair[0][0] + pair[1] + pair[0][1])


def rowed(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def several(piece: st.SearchStrategy[str], most: int) -> st.SearchStrategy[str]:
        return st.lists(piece, max_size=most).map("".join)

    def looped(piece: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return conditional(piece).filter(lambda text: "{% else %}" not in text)

    cells = several(looped(content.map(lambda inner: f"<w:tc><w:tcPr/>{inner}</w:tc>")), 2)
    rows = several(looped(cells.map(lambda inner: f"<w:tr>{inner}</w:tr>")), 2)
    return rows.map(lambda inner: f"<w:tbl><w:tblPr/>{GRID}{inner}</w:tbl>")


BLOCKS = st.recursive(
    st.sampled_from([paragraph("甲"), "<w:p/>", paragraph("{{ 1 }}")]),
    lambda block: st.lists(conditional(st.one_of(block, rowed(block))), max_size=3).map("".join),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.lists(conditional(st.one_of(BLOCKS, rowed(BLOCKS))), max_size=3).map("".join), st.integers(0, 2**16))
def test_what_is_not_flagged_is_sound_and_what_is_flagged_can_be_put_right(body: str, data: int) -> None:
    random = Random(data)  # noqa: S311 - sample data
    source = document(body)
    xml = Template(source).render(maybe=lambda: random.random() < 0.5, some=lambda: range(random.randrange(3)))
    if not validity.needs_deep_check(source):
        assert list(problems_in("word/document.xml", etree.fromstring(xml), only_grave=True)) == []
    again = etree.fromstring(validity.finish("word/document.xml", xml))
    assert list(problems_in("word/document.xml", again, only_grave=True)) == []
    assert "".join(again.itertext()).count("甲") == xml.count("甲")


def test_lint_warns_of_what_a_template_will_show_otherwise_than_meant(tmp_path: Path) -> None:
    sound = Document()
    sound.add_paragraph("{{ 甲 }}")
    sound.save(str(tmp_path / "好.docx"))
    indented = Document()
    indented.add_paragraph("　　{{ 甲 }}")
    indented.save(str(tmp_path / "空格.docx"))
    assert lint_file(tmp_path / "好.docx") == []
    found = lint_file(tmp_path / "空格.docx")
    assert [(problem.level, problem.message) for problem in found] == [("warning", "用空格代替了首行缩进。")]
