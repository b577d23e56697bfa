"""Fonts that docgen embeds itself show the same pages and give the same text as those that WeasyPrint subsets."""

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import ImageChops
from pypdf import PdfReader
from weasyprint import HTML

from docgen.render import pdf
from docgen.render.embedding import LeanFonts
from docgen.render.templates import TemplateFolder

TEXTS = {
    "everyday": "现有场地3处，建筑面积638.5㎡（含“1+X”考核站）。Office, VAT ①☑",
    "rare and beyond GBK": "镕堃喆 𠮷",
    "drawn as a box": "甲\U0003134a乙",
}
STYLES = ("song", "fangsong", "hei", "kai", "title", "mono")


def page_of(text: str) -> str:
    lines = "".join(f"<p style='font: 16pt var(--{style})'>{text}</p>" for style in STYLES)
    return f"<html lang=zh-CN><title>试</title>{lines}"


def usual(html: str) -> bytes:
    """The page as WeasyPrint writes it by itself, with docgen's style sheets."""
    styles, fonts = pdf._kept_styles()
    return HTML(string=html).write_pdf(font_config=fonts, stylesheets=styles)


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_pages_look_and_read_the_same_as_weasyprints_own(tmp_path: Path, text: str) -> None:
    html = page_of(text)
    (tmp_path / "template.html").write_text(html, encoding="utf-8")
    folder = TemplateFolder("trial", "试验", "", tmp_path, True, {})
    ours = pdf.render_pdf(folder, {}, "x", frozenset("\U0003134a")).data
    theirs = usual(html)
    pictures = [pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("L") for data in (ours, theirs)]
    assert ImageChops.difference(*pictures).getextrema()[1] < 64
    texts = [PdfReader(io.BytesIO(data)).pages[0].extract_text() for data in (ours, theirs)]
    assert texts[0] == texts[1]
    assert text[0] in texts[0]
    assert len(ours) < len(theirs)


def test_a_font_of_another_build_of_weasyprint_takes_the_usual_way() -> None:
    class Other:
        family = "docgen-song"

    fonts = LeanFonts()
    fonts["a"] = font = Other()
    assert fonts["a"] is font
    assert not vars(font)
