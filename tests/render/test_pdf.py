"""PDF pages: nothing from outside, the same bytes, errors with a place."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from docgen.errors import InputError
from docgen.render.pdf import render_html, render_pdf, render_pdfs
from docgen.render.templates import TemplateFolder, template_folders


def folder_with(path: Path, html: str) -> TemplateFolder:
    path.mkdir(exist_ok=True)
    (path / "template.html").write_text(html, encoding="utf-8")
    return TemplateFolder("trial", "试验", "", path, True, {})


def test_text_is_in_the_pdf_and_bytes_repeat(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "<html lang=zh-CN><title>{{ 名 }}</title><p>{{ 名 }}：现有场地3处</p>")
    first = render_pdf(folder, {"名": "甲 & 乙 <b>"}, "a" * 64)
    again = render_pdf(folder, {"名": "甲 & 乙 <b>"}, "a" * 64)
    reader = PdfReader(io.BytesIO(first.data))
    assert first.data == again.data
    assert first.pages == len(reader.pages) == 1
    assert "甲 & 乙 <b>：现有场地3处" in reader.pages[0].extract_text()
    assert reader.metadata is not None
    assert reader.metadata.title == "甲 & 乙 <b>"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "../secret.png", "http://127.0.0.1:9/x.png", "file:///proc/self/environ"]
)
def test_nothing_is_fetched_from_outside(tmp_path: Path, url: str) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    folder = folder_with(tmp_path / "kind", f'<img src="{url}">')
    with pytest.raises(InputError, match="模板文件夹以外"):
        render_pdf(folder, {}, "x")


def test_undefined_field_names_template_and_line(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "<p>一</p>\n<p>{{ 没有 }}</p>")
    with pytest.raises(InputError, match="没有"):
        render_html(folder, {})


def test_missing_picture_is_not_passed_over(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, '<img src="seal.png">')
    with pytest.raises(InputError, match="排版时有问题"):
        render_pdf(folder, {}, "x")


def test_every_shipped_kind_has_a_manifest_with_fields() -> None:
    kinds = {folder.kind for folder in template_folders()}
    assert {"application", "approval", "approval-summary", "evidence", "index", "school-form", "self-check"} <= kinds
    for folder in template_folders():
        assert folder.title
        assert folder.description
        assert folder.fields


def test_a_character_without_glyph_is_an_error_unless_told_before(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "<p>{{ 名 }}</p>")
    with pytest.raises(InputError, match="U\\+3134A"):
        render_pdf(folder, {"名": "\U0003134a"}, "x")
    assert render_pdf(folder, {"名": "\U0003134a"}, "x", frozenset("\U0003134a")).pages == 1


def test_unknown_style_is_noted(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "<style>p { glow: 3 }</style><p>甲</p>")
    notes = render_pdf(folder, {}, "x").notes
    assert len(notes) == 1
    assert "glow" in notes[0]


def test_shipped_styles_are_all_known(tmp_path: Path) -> None:
    assert render_pdf(folder_with(tmp_path, "<h1>一</h1><table><tr><td>甲</table>"), {}, "x").notes == ()


def test_documents_made_together_have_the_bytes_that_each_has_alone(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        "<title>{{ 名 }}</title><style>@page { @bottom-center { content: counter(page) '/' counter(pages) } }"
        "h1 { string-set: a content(); font-family: var(--hei) }</style><h1>{{ 名 }}</h1>"
        "{% for 号 in range(数) %}<p style='break-after: page'>{{ 名 }}{{ 号 }}</p>{% endfor %}",
    )
    documents = [({"名": name, "数": count}, name * 16) for name, count in (("甲", 3), ("镕", 1), ("𠮷", 0), ("甲", 3))]
    together = render_pdfs(folder, documents)
    assert [pages.pages for pages in together] == [3, 1, 1, 3]
    assert together == [render_pdf(folder, *document) for document in reversed(documents)][::-1]


def test_variables_of_type_styles_are_put_in_unless_the_template_sets_its_own(tmp_path: Path) -> None:
    own = "<style>:root { --hei: 'FandolKai' } p { font-family: var(--hei) }</style><p>楷</p>"
    shared = "<style>p { font-family: var(--hei) }</style><p>var(--hei)</p>"
    assert fonts_of(render_pdf(folder_with(tmp_path / "a", own), {}, "x").data) == {"FandolKai"}
    pages = render_pdf(folder_with(tmp_path / "b", shared), {}, "x")
    assert fonts_of(pages.data) == {"docgen-hei"}
    assert PdfReader(io.BytesIO(pages.data)).pages[0].extract_text() == "var(--hei)"


def fonts_of(data: bytes) -> set[str]:
    """The names of the fonts that the first page uses, without the letters that mark a subset."""
    resources = PdfReader(io.BytesIO(data)).pages[0]["/Resources"]
    return {font["/BaseFont"].partition("+")[2] for font in resources["/Font"].values()}
