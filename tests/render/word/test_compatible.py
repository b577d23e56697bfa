"""Each feature of docxtpl: the same template and context give the same XML, part by part, in canonical form."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docxtpl
import jinja2
import pytest
from docx import Document
from docx.shared import Mm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from docgen.render.word import InlineImage, Listing, RichText, Subdoc, WordTemplate

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t xml:space="preserve">{text}</w:t></w:r>'


def par(*texts: str, properties: str = "") -> str:
    """A paragraph; each text is a run of its own."""
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}{''.join(run(text) for text in texts)}</w:p>"


def cell(content: str, properties: str = '<w:tcW w:w="2000" w:type="dxa"/>') -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else par(content)}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(one if one.startswith('<w:tc>') else cell(one) for one in cells)}</w:tr>"


def table(*rows: str, columns: int = 2) -> str:
    grid = '<w:gridCol w:w="2000"/>' * columns
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def docx(body: str, parts: dict[str, tuple[str, str]] | None = None, core: str = "") -> bytes:
    """A Word file with a body; `parts`: name → kind (header, footer, footnotes, endnotes) and content."""
    parts = parts or {}
    overrides = "".join(
        f'<Override PartName="/word/{name}" ContentType="{TYPES}.{kind}+xml"/>' for name, (kind, _) in parts.items()
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{name}"/>'
        for number, (name, (kind, _)) in enumerate(parts.items(), 1)
    )
    uses = "".join(
        f'<w:{kind}Reference w:type="{("default", "first", "even")[number % 3]}" r:id="rId{number + 1}"/>'
        for number, (_, (kind, _)) in enumerate(parts.items())
        if kind in ("header", "footer")
    )
    roots = {"header": "hdr", "footer": "ftr"}
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{TYPES}.document.main+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}'
        f'/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata'
        '/core-properties" Target="docProps/core.xml"/></Relationships>',
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}<w:sectPr>{uses}</w:sectPr></w:body></w:document>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</cp:coreProperties>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
    }
    for name, (kind, content) in parts.items():
        root = roots.get(kind, kind)
        files[f"word/{name}"] = f"<w:{root} {SPACES}>{content}</w:{root}>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, DECLARATION + text)
    return buffer.getvalue()


def member(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def canonical(data: bytes) -> dict[str, str]:
    """The parts that tags work in, and the relationships, in canonical form."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith(("word/", "docProps/core")) and name.endswith(".xml"):
                root = etree.fromstring(archive.read(name), etree.XMLParser(remove_blank_text=True))
                found[name] = etree.tostring(root, method="c14n").decode()
    return found


def by_docxtpl(path: Path, context: dict[str, Any], environment: jinja2.Environment | None = None) -> bytes:
    template = docxtpl.DocxTemplate(path)
    template.render(context, environment, autoescape=True)
    buffer = io.BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "template.docx"
    path.write_bytes(data)
    return path


def png(colour: str = "red", size: tuple[int, int] = (40, 20)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


ROWS = {"rows": [{"a": "甲 & 乙", "b": 1}, {"a": "<丙>", "b": 2.5}, {"a": "丁", "b": True}]}

BODIES = {
    "variable in split runs": (par("名称：{", "{ na", "me }", "} 完"), {"name": "a<b>c"}),
    "quotes that Word made round": (par("{{ d[‘x’] }}{{ “y” }}"), {"d": {"x": "甲"}}),
    "comparison": (par("{% if n &gt; 3 and n &lt; 9 %}是{% else %}否{% endif %}"), {"n": 5}),
    "comment": (par("甲{# {{ not_there }} #}乙") + par("{#p a comment #}") + par("丙"), {}),
    "paragraphs in a loop": (
        par("{%p for x in xs %}") + par("第{{ loop.index }} {{ x }}") + par("{%p endfor %}"),
        {"xs": "甲乙"},
    ),
    "paragraph, if and else": (
        par("{%p if no %}") + par("一") + par("{%p else %}") + par("二") + par("{%p endif %}"),
        {"no": False},
    ),
    "numbered list": (
        par("{%p for x in xs %}")
        + par("{{ x }}", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>')
        + par("{%p endfor %}"),
        {"xs": ["甲", "乙"]},
    ),
    "runs": (par("{%r if yes %}", "甲", "{%r endif %}", "{%r if not yes %}", "乙", "{%r endif %}"), {"yes": True}),
    "rows": (table(row("{%tr for x in rows %}", ""), row("{{ x.a }}", "{{ x.b }}"), row("{%tr endfor %}", "")), ROWS),
    "rows on condition": (
        table(row("{%tr if yes %}", ""), row("甲", "乙"), row("{%tr endif %}", ""), row("丙", "丁")),
        {"yes": False},
    ),
    "columns": (
        table(row("题", "{%tc for x in rows %}", "{{ x.a }}", "{%tc endfor %}"), columns=4),
        {"rows": [{"a": str(number)} for number in range(5)]},
    ),
    "fewer columns than the grid": (
        table(row("{%tc for x in rows %}", "{{ x.a }}", "{%tc endfor %}"), columns=3),
        {"rows": [{"a": "甲"}]},
    ),
    "more cells than the grid, in no loop": (table(row("一", "二", "三"), columns=2), {}),
    "widest row left out": (
        table(
            row("{%tr for x in nobody %}", ""),
            row("一", "二", "三"),
            row("{%tr endfor %}", ""),
            row("甲", "乙"),
            columns=3,
        ),
        {"nobody": []},
    ),
    "colspan": (
        table(row(cell("{% colspan n %}表头")), row("甲", "乙", "丙"), columns=3),
        {"n": 3},
    ),
    "cellbg": (table(row(cell("{% cellbg colour %}红"), "乙")), {"colour": "FF0000"}),
    "vm": (
        table(row("{%tr for x in rows %}", ""), row(cell("{% vm %}同一格"), "{{ x.b }}"), row("{%tr endfor %}", "")),
        ROWS,
    ),
    "hm": (
        table(
            row("{%tc for x in rows %}", cell("{% hm %}合并的表头"), "{%tc endfor %}"),
            row("{%tc for x in rows %}", "{{ x.b }}", "{%tc endfor %}"),
        ),
        ROWS,
    ),
    "tables in cells": (
        table(
            row("{%tr for x in rows %}", ""),
            row(cell(table(row("{{ x.a }}", "内")) + par("")), "{{ x.b }}"),
            row("{%tr endfor %}", ""),
        ),
        ROWS,
    ),
    "dash joins paragraphs": (
        par("甲{%- if yes %}乙{%- endif %}") + par("丙{%- if yes -%}") + par("丁{% endif %}"),
        {"yes": True},
    ),
    "escaped braces": (par("{_{ name }_} {_% if %_}"), {}),
    "text box in both forms": (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:docPr id="7" name="x"/>'
        f"<wps:txbx><w:txbxContent>{par('{{ name }}')}</w:txbxContent></wps:txbx></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{par('{{ name }}')}</w:txbxContent></v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>",
        {"name": "甲 & 乙"},
    ),
    "drawings get numbers of their own": (
        par("{%p for x in xs %}")
        + '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="{{ x }}" descr="甲 &gt; 乙"/></wp:inline></w:drawing></w:r></w:p>'
        + par("{%p endfor %}"),
        {"xs": ["一", "二"]},
    ),
    "hyperlink with a variable": (
        f'<w:p><w:hyperlink w:anchor="x">{run("{{ name }}", "<w:u/>")}</w:hyperlink></w:p>',
        {"name": "链接"},
    ),
    "line break, tab, paragraph and page in a value": (
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run("前{{ text }}后", "<w:b/>")}</w:p>',
        {"text": "一\n二\t三\a四\f五"},
    ),
    "listing": (par("{{ x }}"), {"x": docxtpl.Listing("a<b\n二\a三\t四")}),
    "rich text": (
        par("{{r x }}") + par("甲{{r x }}乙"),
        {
            "x": docxtpl.RichText(
                "红 & 粗", color="FF0000", bold=True, size=28, italic=True, underline=True, font="宋体"
            )
        },
    ),
    "rich paragraphs": (par("{{p x }}"), {"x": docxtpl.RichTextParagraph("一段", parastyle="X")}),
    "set, macro and filters": (
        par(
            "{% set n = 3 %}{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m(n) }}{{ m('&lt;') }}{{ 'abc'|upper }}{{ xs|join(',') }}{{ 1.0 }}"
        ),
        {"xs": ["<", "b"]},
    ),
    "methods of mappings": (
        par("{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}{{ d.keys()|list|length }}"),
        {"d": {"items": 1, "b": "&"}},
    ),
    "no tags": (par("甲 乙\t丙") + table(row("一", "二")), {}),
}


@pytest.mark.parametrize("case", BODIES)
def test_body(case: str, tmp_path: Path) -> None:
    body, context = BODIES[case]
    path = saved(tmp_path, docx(body))
    assert canonical(WordTemplate(path).render(context)) == canonical(by_docxtpl(path, context))


def test_headers_footers_footnotes_and_properties(tmp_path: Path) -> None:
    note = f'<w:footnote w:id="1">{par("注：{{ na", "me }}")}</w:footnote>'
    parts = {
        "header1.xml": (
            "header",
            par("{{ name }}")
            + table(row("{%tr for x in rows %}", ""), row("{{ x.a }}", "乙"), row("{%tr endfor %}", ""))
            + par(""),
        ),
        "header2.xml": ("header", par("首页 {{ name }}")),
        "header7.xml": ("header", par("偶数页 {{ name }}")),
        "footer1.xml": ("footer", par("{% if rows %}{{ rows|length }}{% endif %}")),
        "footnotes.xml": ("footnotes", note),
    }
    body = f'{par("正文")}<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    path = saved(tmp_path, docx(body, parts, "<dc:title>{{ name }}</dc:title><dc:creator>{{ name }}</dc:creator>"))
    context = ROWS | {"name": "某校"}
    ours = canonical(WordTemplate(path).render(context))
    assert ours == canonical(by_docxtpl(path, context))
    assert "<dc:title>某校</dc:title>" in ours["docProps/core.xml"]


def test_filters_of_the_caller(tmp_path: Path) -> None:
    environment = jinja2.Environment(autoescape=True)
    environment.filters["twice"] = lambda text: text * 2
    environment.globals["school"] = "某校"
    path = saved(tmp_path, docx(par("{{ name|twice }}{{ school }}")))
    ours = WordTemplate(path, environment).render({"name": "甲"})
    assert canonical(ours) == canonical(by_docxtpl(path, {"name": "甲"}, environment))


def test_pictures_in_the_line(tmp_path: Path) -> None:
    path = saved(tmp_path, docx(par("{{ one }}") + par("前{{ two }}后") + par("{{ again }}")))
    (tmp_path / "红.png").write_bytes(png())

    def context(kind: Any, template: Any) -> dict[str, Any]:
        return {
            "one": kind(template, str(tmp_path / "红.png"), width=Mm(30)),
            "two": kind(template, io.BytesIO(png("blue")), height=Mm(10), anchor="https://example.org/?a=1&b=2"),
            "again": kind(template, str(tmp_path / "红.png")),
        }

    theirs = docxtpl.DocxTemplate(path)
    theirs.render(context(docxtpl.InlineImage, theirs), autoescape=True)
    buffer = io.BytesIO()
    theirs.save(buffer)
    ours = WordTemplate(path).render(context(InlineImage, None))
    assert canonical(ours) == canonical(buffer.getvalue())
    for name in ("word/media/image1.png", "word/media/image2.png"):
        assert member(ours, name) == member(buffer.getvalue(), name)
    # One of docxtpl's own pictures, bound to a template of docxtpl, gives the same.
    assert canonical(WordTemplate(path).render(context(docxtpl.InlineImage, theirs))) == canonical(ours)


def whole_document(folder: Path) -> Path:
    document = Document()
    document.add_heading("附件", 1)
    document.add_paragraph("一项", style="List Number")
    document.add_picture(io.BytesIO(png("green")))
    document.add_table(rows=1, cols=2).cell(0, 0).text = "甲"
    path = folder / "附件.docx"
    document.save(str(path))
    return path


def test_whole_documents(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("{{ name }}")
    document.add_paragraph("{{p sub }}")
    path = tmp_path / "template.docx"
    document.save(str(path))
    theirs = docxtpl.DocxTemplate(path)
    theirs.render({"name": "甲", "sub": theirs.new_subdoc(str(whole_document(tmp_path)))}, autoescape=True)
    buffer = io.BytesIO()
    theirs.save(buffer)
    template = WordTemplate(path)
    ours = template.render({"name": "甲", "sub": Subdoc(whole_document(tmp_path))})
    expected = canonical(buffer.getvalue())
    found = canonical(ours)
    assert found["word/document.xml"] == expected["word/document.xml"]
    assert found["word/styles.xml"] == expected["word/styles.xml"]
    assert template.render({"name": "甲", "sub": Subdoc(whole_document(tmp_path))}) == ours
    assert len([name for name in zipfile.ZipFile(io.BytesIO(ours)).namelist() if "/media/" in name]) == 1
    # Without a document, nothing of the earlier render is left.
    assert "附件" not in member(template.render({"name": "甲", "sub": Listing("")}), "word/document.xml").decode()


def test_rich_text_says_the_same_with_the_properties_in_order(tmp_path: Path) -> None:
    path = saved(tmp_path, docx(par("{{r x }}")))
    given: dict[str, Any] = {
        "color": "#00FF00",
        "bold": True,
        "size": 24,
        "strike": True,
        "style": "X",
        "lang": "zh-CN",
    }
    space = {"w": W}

    def properties(data: bytes) -> dict[str, dict[str, str]]:
        root = etree.fromstring(member(data, "word/document.xml"))
        return {str(one.tag): dict(one.attrib) for one in root.xpath("//w:rPr/*", namespaces=space)}

    ours = WordTemplate(path).render({"x": RichText("甲", **given)})
    assert properties(ours) == properties(by_docxtpl(path, {"x": docxtpl.RichText("甲", **given)}))


@given(first=st.text(alphabet="甲a \n\t\a\f<&'", max_size=12), second=st.text(alphabet="乙\n\t\a\f", max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_breaks_of_every_kind(first: str, second: str, tmp_path: Path) -> None:
    properties = '<w:jc w:val="center"/>'
    body = f"<w:p><w:pPr>{properties}</w:pPr>{run('前{{ a }}', '<w:b/>')}{run('{{ b }}后')}</w:p>{par('{{ b }}')}"
    path = saved(tmp_path, docx(body))
    context = {"a": first, "b": second}
    assert canonical(WordTemplate(path).render(context)) == canonical(by_docxtpl(path, context))
