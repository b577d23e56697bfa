"""Long documents are set page by page: the same bytes as when they are set as a whole, in little memory."""

from __future__ import annotations

import gc
import io
import tracemalloc
from collections.abc import Iterator

import pytest
from page_engines import page_of
from page_maker import page
from pypdf import PdfReader

from docgen.render import pdf
from docgen.render.flow import engine, running
from docgen.render.flow.unfit import Tangled
from docgen.render.templates import find_template

IDENTIFIER = b"x" * 16
FOOT = '@page { @bottom-center { content: "第 " counter(page) " 页 共 " counter(pages) " 页"; font: 9pt var(--song) } }'
DRAWING = '<svg width="60" height="20" viewBox="0 0 60 20"><rect x="0" y="0" width="60" height="20" fill="#ccc"/></svg>'
MARK = '<div class="draft-mark">草稿</div>'


def cut(html: str) -> Iterator[str]:
    """A text in pieces of odd sizes."""
    return (html[place : place + 4999] for place in range(0, len(html), 4999))


def whole(html: str) -> tuple[bytes, int]:
    return engine.set_document(pdf._resolved(html), pdf._shared_style(), IDENTIFIER)


def in_pieces(html: str) -> tuple[bytes, int]:
    return engine.set_pieces(cut(pdf._resolved(html)), pdf._shared_style(), IDENTIFIER)


def rows(count: int, cells: int = 3) -> str:
    return "".join(
        "<tr>" + "".join(f"<td>第{row}行{column}列{row * 7919 % 1000:04x}</td>" for column in range(cells)) + "</tr>"
        for row in range(count)
    )


def table(
    body: str, head: str = "<thead><tr><th>甲</th><th>乙</th><th>丙</th></tr></thead>", attributes: str = ""
) -> str:
    return f"<table{attributes}>{head}{body}</table>"


@pytest.fixture
def few_rows_are_many(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(running, "_MANY_ROWS", 2)
    yield


@pytest.mark.usefixtures("few_rows_are_many")
@pytest.mark.parametrize("seed", range(20))
def test_random_pages_come_out_the_same(seed: int) -> None:
    html = page(seed)
    assert in_pieces(html) == whole(html)


@pytest.mark.parametrize(
    "html",
    [
        page_of(f"{MARK}<h1>一览</h1>开头的字{table(f'<tbody>{rows(300)}</tbody>')}<p>其后。</p>", FOOT),
        page_of(table(f"<tbody>{rows(200)}</tbody>", head="") + "结尾的字", FOOT),
        page_of(table(rows(150)) + table(f"<tbody>{rows(150)}</tbody>"), FOOT),
        page_of(
            table("<tbody>" + '<tr><td rowspan="3">跨行</td><td>一</td><td>二</td></tr>' + rows(2, 2) + rows(150) + "</tbody>"),
            FOOT,
        ),
        page_of(
            f'<h2>附</h2>{table(f"<tbody>{rows(90)}<tr class=sum><td colspan=2>合计</td><td>1</td></tr></tbody>")}',
            FOOT + "tr:nth-child(2n) td { background: #eee } tr:last-child td { background: #ccc }",
        ),
        page_of("".join(table(rows(4), attributes=' class="files"') for _ in range(60)), FOOT + ".files { break-inside: avoid }"),
        page_of(
            "".join(f'<h2>第{number}节</h2><p><a href="docgen:item/{number}">链接</a></p>' for number in range(90)),
            FOOT + "p { break-after: page } a { text-decoration: none }",
        ),
        page_of("<p>" + "只有一段。" * 4000 + "</p>", FOOT),
        page_of(
            table(f"<tbody>{rows(80)}</tbody>", head=f"<caption>{'表一　长长的题名。' * 30}</caption>"),
            FOOT + "caption { break-inside: avoid }",
        ),
        page_of("", FOOT),
    ],
    ids=["mark", "text", "plain-rows", "spans", "siblings", "kept", "links", "paragraph", "caption", "empty"],
)  # fmt: skip
def test_long_pages_come_out_the_same(html: str) -> None:
    made = in_pieces(html)
    assert made == whole(html)


@pytest.mark.parametrize(
    "html",
    [
        page_of(table(f"<tbody>{rows(100)}</tbody>") + f"<p>字</p>{MARK}", FOOT),
        page_of(table(f"<tbody>{rows(100)}</tbody><tbody>{rows(1)}</tbody>"), FOOT),
        page_of(table(f"<tbody>{rows(100, 2)}{rows(100)}</tbody>", head=""), FOOT),
        page_of(table(f"<tbody>{rows(100)}</tbody>") + DRAWING, FOOT),
        page_of(table(f"<tbody>{rows(100)}</tbody>"), FOOT + "/* <body> */"),
    ],
    ids=["late-mark", "two-groups", "wider-row", "drawing", "body-in-style"],
)
def test_what_must_be_known_as_a_whole_is_set_as_a_whole(html: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Tangled):
        in_pieces(html)
    monkeypatch.setattr(pdf, "_LONG", 10_000)
    monkeypatch.setattr(pdf, "html_pieces", lambda *_: cut(html))
    made = pdf.render_pdf(find_template("application"), {}, "x" * 16)
    assert (made.data, made.pages) == whole(html)


@pytest.mark.parametrize("style", ["td { display: grid }", "tr:nth-of-type(3) { color: red }"])
def test_a_long_page_that_this_engine_does_not_set_goes_to_the_general_one(
    style: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = page_of(table(f"<tbody>{rows(100)}</tbody>"), style)
    monkeypatch.setattr(pdf, "_LONG", 5_000)
    monkeypatch.setattr(pdf, "html_pieces", lambda *_: cut(html))
    monkeypatch.setattr(pdf, "_printed", lambda _, text, *__: pdf.Pages(text.encode(), 1))
    assert pdf.render_pdf(find_template("application"), {}, "x" * 16).data.decode() == pdf._resolved(html)


def test_each_page_tells_how_many_there_are() -> None:
    data, count = in_pieces(page_of(table(f"<tbody>{rows(400)}</tbody>"), FOOT))
    texts = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(data)).pages]
    assert len(texts) == count > 5
    assert all(f"第 {number} 页 共 {count} 页" in text for number, text in enumerate(texts, 1))


def test_memory_does_not_grow_with_the_rows() -> None:
    """Only the finished pages are kept: a tenth of what their boxes and glyphs take."""

    def text(count: int) -> str:
        listed = "".join(f"<tr><td>第{row}行</td><td>第{row}个名称</td><td>{row}页</td></tr>" for row in range(count))
        return pdf._resolved(page_of(table(f"<tbody>{listed}</tbody>"), FOOT))

    def taken(count: int) -> int:
        html = text(count)
        gc.collect()
        tracemalloc.start()
        try:
            engine.set_pieces(cut(html), pdf._shared_style(), IDENTIFIER)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    # So many texts fill what is kept of them for whoever comes next; more fill it no further.
    engine.set_pieces(cut(text(900)), pdf._shared_style(), IDENTIFIER)
    assert taken(900) - taken(600) < 700_000  # set as a whole: 2,000,000
