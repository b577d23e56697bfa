"""What a reader of the finished pages sees: where pages end, heads of tables, links, contents, and the same bytes."""

import io

import pytest
from page_engines import ours, page_of, theirs
from page_places import places
from pypdf import PdfReader

from docgen.render.flow.unfit import Unfit

PARAGRAPH = "现有实训场地三处，设备齐全，师资合格，能够满足培训和考核的需要。" * 4


def texts(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def rows(count: int) -> str:
    return "".join(f"<tr><td>第{number}行</td><td>{number}</td></tr>" for number in range(1, count + 1))


def test_a_heading_goes_with_what_follows_it() -> None:
    # However long the paragraphs above are, no page ends with the heading.
    for count in range(5, 12):
        data = ours(page_of(f"<p>{PARAGRAPH}</p>" * count + f"<h2>保障措施</h2><p>{PARAGRAPH}</p>"))
        for page in texts(data):
            assert "保障措施" not in page or page.index("保障措施") < len(page) - 40


def test_no_paragraph_leaves_a_single_line_behind() -> None:
    for count in range(4, 12):
        html = page_of("<p>短行。</p>" * count + f"<p>{PARAGRAPH}</p>" * 6)
        for page in places(ours(html)):
            lines = sorted({round(y) for found in page.values() for _, y in found}, reverse=True)
            assert len(lines) != 2


def test_the_head_of_a_table_stands_on_each_of_its_pages_and_no_row_is_lost() -> None:
    table = f"<table><thead><tr><th>名称</th><th>数量</th></tr></thead><tbody>{rows(70)}</tbody></table>"
    pages = texts(ours(page_of(table)))
    assert len(pages) == 3
    assert all(page.count("名称") == 1 for page in pages)
    whole = "\n".join(pages)
    assert all(whole.count(f"第{number}行") == 1 for number in range(1, 71))


def test_a_row_of_a_sum_never_begins_a_page() -> None:
    for count in range(24, 34):
        table = f'<table><tbody>{rows(count)}<tr class="sum"><td>合计</td><td>9</td></tr></tbody></table>'
        assert all(not page.strip().startswith("合计") for page in texts(ours(page_of(table))))


def test_no_row_of_a_table_stands_alone_on_a_page() -> None:
    head = "<thead><tr><th>名称</th><th>数量</th></tr></thead>"
    broken = set()
    for count in range(2, 36):
        table = f"<p>{PARAGRAPH}</p><table>{head}<tbody>{rows(count)}</tbody></table>"
        pages = texts(ours(page_of(f"<p>短行。</p>{table}" * 2)))
        for page in pages:
            shown = [line for line in page.split("\n") if line.startswith("第")]
            broken.add(len(shown))
    assert 1 not in broken
    # Two there may be: the rule has had something to do.
    assert 2 in broken


def test_page_numbers_count_the_pages() -> None:
    foot = '@page { @bottom-center { content: "第" counter(page) "页共" counter(pages) "页"; font: 9pt var(--song) } }'
    pages = texts(ours(page_of(f"<p>{PARAGRAPH}</p>" * 8, foot)))
    assert [page.split("第")[-1].strip() for page in pages] == ["1页共2页", "2页共2页"]


def test_links_headings_title_and_language_are_in_the_file() -> None:
    body = (
        '<h1>甲</h1><p><a href="docgen:item/3" style="text-decoration:none">件</a></p><h3>乙</h3><h2>丙</h2><h3>丁</h3>'
    )
    reader = PdfReader(io.BytesIO(ours(page_of(body, title="申报书 A01"))))
    (link,) = reader.pages[0]["/Annots"]
    assert link.get_object()["/A"]["/URI"] == "docgen:item/3"
    assert [
        entry.title if not isinstance(entry, list) else [each.title for each in entry if not isinstance(each, list)]
        for entry in reader.outline
    ] == ["甲", ["乙", "丙"]]
    assert reader.metadata is not None
    assert reader.metadata.title == "申报书 A01"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert "/CreationDate" not in reader.metadata


def test_the_word_draft_stands_turned_on_every_page() -> None:
    data = ours(page_of('<div class="draft-mark">草稿</div>' + f"<p>{PARAGRAPH}</p>" * 8))
    first, second = places(data)
    assert first["稿"] == second["稿"]
    (x, y), (x2, y2) = first["草"][0], first["稿"][0]
    assert 0.68 < (y2 - y) / (x2 - x) < 0.72  # tan 35°


def test_the_same_page_is_the_same_file() -> None:
    html = page_of(f"<h1>题</h1><p>{PARAGRAPH}</p>")
    assert ours(html) == ours(html)


@pytest.mark.parametrize(
    "body",
    [
        '<p style="float:left">甲</p>',
        '<p style="position:absolute">甲</p>',
        '<p style="color:red !important">甲</p>',
        '<p><img src="x.png"></p>',
        "<p>甲<i>乙</i></p>",
        '<p><a href="https://example.org/">甲</a></p>',
        '<p lang="en">甲</p>',
        "<p>甲<table><tr><td>乙</td></tr></table></p>",
        '<table style="table-layout:auto"><tr><td>甲</td></tr></table>',
        '<p style="width:calc(10mm + 1em)">甲</p>',
        "<p>甲\u0301</p>",
        f'<div style="border:1pt solid #000">{"<p>行</p>" * 80}</div>',
    ],
)
def test_what_it_does_not_set_it_leaves_to_weasyprint(body: str) -> None:
    with pytest.raises(Unfit):
        ours(page_of(body))


def test_selectors_and_rules_that_it_does_not_know_it_leaves_too() -> None:
    for style in (
        "p::before { content: 'x' }",
        "p ~ p { color: red }",
        "@media print { p { margin: 0 } }",
        "p:hover { margin: 0 }",
        "@page { @top-left { content: 'x' } }",
        "@page :first { margin: 1mm }",
        "p:not(.a) { margin: 0 }",
    ):
        with pytest.raises(Unfit):
            ours(page_of("<p>甲</p>", style))


def test_styles_win_as_in_weasyprint() -> None:
    style = (
        "p { color: #111; margin-left: 3mm } .a { margin-left: 10mm } div > p { margin-left: 20mm } h2 + p { margin-left: 30mm } "
        "tr:last-child td { padding-left: 9mm } td:nth-child(2) { text-align: right } p.note { text-indent: 4em } "
        "li:first-child { margin-left: 12mm } .small { margin-left: 1mm }"
    )
    body = (
        '<p>平</p><p class="a">类</p><div><p class="a">子</p></div><h2>题</h2><p>邻</p><p class="note">注</p>'
        '<table><tr><td>一</td><td>二</td></tr><tr><td>三</td><td>四</td></tr></table><ul><li>首</li><li class="small">次</li></ul>'
    )
    html = page_of(body, style)
    mine, other = places(ours(html))[0], places(theirs(html))[0]
    for sign, found in mine.items():
        assert found[0] == pytest.approx(other[sign][0], abs=0.02), sign
