"""Chinese typography: font slots, hints, indents, widths, tables of contents; and that a user's look stays his."""

import zipfile

import pytest
from jinja2 import Template
from lxml import etree

from docgen.render.templates import template_folders
from docgen.render.word import RichText, repairs, typography, validity

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{SPACE}}}"
RUN = "<w:r><w:t>{}</w:t></w:r>"


def parsed(xml: str) -> etree._Element:
    return etree.fromstring(f'<w:body xmlns:w="{SPACE}">{xml}</w:body>')


@pytest.mark.parametrize(
    ("text", "hinted"),
    [
        ("“甲”", True),
        ("甲——乙", True),
        ("甲…", True),
        ("①甲", True),
        ("甲乙", False),
        ("“ABC”", False),
        ("3·4", False),
        ("", False),
    ],
)
def test_chinese_text_with_quotes_and_dashes_asks_for_the_chinese_font(text, hinted):
    assert typography.hint_for(text) == (' w:hint="eastAsia"' if hinted else "")


HINT = '<w:rFonts w:hint="eastAsia"/>'


@pytest.mark.parametrize(
    ("run", "hinted"),
    [
        (RUN.format("{{ x }}"), f"<w:r><w:rPr>{HINT}</w:rPr><w:t>{{{{ x }}}}</w:t></w:r>"),
        ("<w:r><w:rPr/><w:t>{{ x }}</w:t></w:r>", f"<w:r><w:rPr>{HINT}</w:rPr><w:t>{{{{ x }}}}</w:t></w:r>"),
        (
            '<w:r><w:rPr><w:rStyle w:val="a"/><w:b/></w:rPr><w:t>{{ x }}</w:t></w:r>',
            f'<w:r><w:rPr><w:rStyle w:val="a"/>{HINT}<w:b/></w:rPr><w:t>{{{{ x }}}}</w:t></w:r>',
        ),
        (
            '<w:r w:rsidR="1"><w:rPr><w:rFonts w:eastAsia="仿宋"/></w:rPr><w:t>{{ x }}</w:t></w:r>',
            '<w:r w:rsidR="1"><w:rPr><w:rFonts w:hint="eastAsia" w:eastAsia="仿宋"/></w:rPr><w:t>{{ x }}</w:t></w:r>',
        ),
    ],
)
def test_runs_with_values_get_the_hint(run, hinted):
    assert typography.hint_values(RUN.format("甲") + run) == RUN.format("甲") + hinted


@pytest.mark.parametrize(
    "run",
    [
        RUN.format("“甲”"),
        RUN.format("{% if x %}"),
        '<w:r><w:rPr><w:rFonts w:hint="default"/></w:rPr><w:t>{{ x }}</w:t></w:r>',
        "<w:r><w:drawing><w:p>" + RUN.format("甲") + "</w:p></w:drawing></w:r><w:p>{{ x }}</w:p>",
    ],
)
def test_all_other_runs_stay_as_they_are(run):
    assert typography.hint_values(run) == run


def test_only_documents_in_chinese_are_given_hints():
    chinese = b'<w:styles><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:styles>'
    assert typography.is_chinese(chinese)
    assert typography.is_chinese(b"", b'<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>')
    assert not typography.is_chinese(chinese.replace(b"zh-CN", b"en-US"), b'<w:rFonts w:eastAsia="zh"/>')
    source = RUN.format("{{ x }}")
    assert validity.prepare(source, chinese=False) == source
    assert HINT in validity.prepare(source, chinese=True)


def field(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_tables_of_contents_are_marked_to_be_made_anew_and_page_numbers_are_not():
    source = field("PAGE") + field('TOC \\o "1-3"') + field("NUMPAGES") + '<w:fldSimple w:instr=" TOC \\c 图"/>'
    marked, number = typography.mark_contents(source)
    assert number == 2
    begins = [
        one.get(f"{W}dirty") for one in parsed(marked).iter(f"{W}fldChar") if one.get(f"{W}fldCharType") == "begin"
    ]
    assert begins == [None, "true", None]
    assert parsed(marked)[-1].get(f"{W}dirty") == "true"
    assert typography.mark_contents(marked) == (marked, 2)


def looped_table(loop: str, end: str, layout: str = "fixed") -> str:
    """A table of 6000 with a first cell of 2000 and a loop over one of 1000, whose grid was made for four columns."""
    first, copied = (f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/></w:tcPr><w:p/></w:tc>' for w in (2000, 1000))
    head = '<w:tc><w:tcPr><w:tcW w:w="9" w:type="dxa"/><w:gridSpan w:val="4"/></w:tcPr><w:p/></w:tc>'
    grid = "<w:tblGrid>" + 4 * '<w:gridCol w:w="1500"/>' + "</w:tblGrid>"
    row = f"<w:tr>{first}{loop}{copied}{end}</w:tr>"
    return f'<w:tbl><w:tblPr><w:tblLayout w:type="{layout}"/></w:tblPr>{grid}<w:tr>{head}</w:tr>{row}</w:tbl>'


@pytest.mark.parametrize(
    ("loop", "layout", "columns", "cells"),
    [
        ("{% for x in 'abc' %}", "fixed", ["2400", "1200", "1200", "1200"], ["6000", "2400", "1200", "1200", "1200"]),
        ("{% for x in 'abc' %}", "autofit", ["1500"] * 4, ["9", "2000", "1000", "1000", "1000"]),
        ("", "fixed", ["1500"] * 4, ["9", "2000", "1000"]),
    ],
)
def test_looped_columns_share_a_fixed_width_and_other_tables_keep_theirs(loop, layout, columns, cells):
    source = looped_table(loop, loop and "{% endfor %}", layout)
    assert validity.needs_deep_check(source) is bool(loop)
    root = parsed(Template(repairs.prepare(source)).render())
    repairs.repair(root)
    assert [one.get(f"{W}w") for one in root.iter(f"{W}gridCol")] == columns
    assert [one.get(f"{W}w") for one in root.iter(f"{W}tcW")] == cells
    assert "".join(root.itertext()) == ""


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ('<w:p><w:r><w:rPr><w:rFonts w:eastAsia="仿宋" w:eastAsiaTheme="minorEastAsia"/></w:rPr></w:r></w:p>', "主题字体"),
        ('<w:p><w:r><w:rPr><w:rFonts w:ascii="仿宋" w:hAnsi="仿宋"/></w:rPr></w:r></w:p>', "“仿宋”只管西文"),
        (f"<w:p>{RUN.format('　　{{ 段 }}')}</w:p>", "用空格代替了首行缩进"),
        ('<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="5000"/></w:tblGrid></w:tbl>', "宽度"),
        (f"<w:p>{field('TOC')}</w:p>", "先询问一次"),
    ],
)  # fmt: skip
def test_what_will_look_otherwise_than_meant_is_advice(xml, said):
    found = list(typography.advice("word/document.xml", parsed(xml)))
    assert [said in problem.message for problem in found] == [True]
    assert not found[0].grave


def test_ordinary_text_draws_no_advice():
    xml = f"<w:p><w:r><w:rPr><w:rFonts w:ascii='Arial' w:eastAsia='仿宋'/></w:rPr><w:t>{{{{ x }}}}</w:t></w:r></w:p><w:p>{field('PAGE')}</w:p>"
    assert list(typography.advice("word/document.xml", parsed(xml))) == []


WORD_KINDS = [folder.file("template.docx") for folder in template_folders() if folder.has("template.docx")]


@pytest.mark.parametrize("path", WORD_KINDS, ids=lambda path: path.parent.name)
def test_shipped_templates_follow_the_advice(path):
    with zipfile.ZipFile(path) as archive:
        parts = {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        }
        assert typography.is_chinese(archive.read("word/styles.xml"))
    assert [str(problem) for name, root in parts.items() for problem in typography.advice(name, root)] == []
    indents = [one for root in parts.values() for one in root.iter(f"{W}ind") if one.get(f"{W}firstLine", "0") != "0"]
    assert [one.get(f"{W}firstLineChars") for one in indents] == ["200"] * len(indents)


def test_rich_text_sets_the_chinese_slot_and_asks_for_its_quotes():
    assert '<w:rFonts w:hint="eastAsia" w:ascii="仿宋" w:eastAsia="仿宋" ' in RichText("“甲”", font="仿宋").xml
    assert HINT in RichText("甲——乙").xml
    assert "rFonts" not in RichText("甲乙").xml
