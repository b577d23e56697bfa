"""Text set onto pages: seen by poppler and pypdf as it was written, with the widths that were reckoned with."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary

from docgen.errors import EnvironmentLacks
from docgen.fonts.pdftext import FontFace, StampFont, printable
from docgen.fonts.roles import find_fonts
from docgen.tools.fontconfig import installed_faces

FOOT = "教师佐证材料 · A01 建筑信息模型（BIM） 中级 · 第3页 共24页"


def faces() -> list[FontFace]:
    """The faces of all roles, and one with TrueType outlines: collections, CID-keyed and plain CFF, glyf."""
    found = {FontFace(choice.path, choice.index) for choice in find_fonts().values()}
    truetype = [face for face in installed_faces() if face.path.name.startswith("DejaVuSans.")]
    return sorted(found | {FontFace(face.path, face.index) for face in truetype[:1]}, key=lambda face: str(face.path))


def hei() -> FontFace:
    return next(FontFace(choice.path, choice.index) for role, choice in find_fonts().items() if role.value == "黑体")


def page_with(font: StampFont, *lines: str, size: float = 12) -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(600, 60 + 30 * len(lines)))
    page.obj.Resources = Dictionary(Font=Dictionary(F=font.embed(pdf)))
    content = b"".join(
        f"BT /F {size} Tf 20 {30 + 30 * place} Td ".encode() + font.encode(line) + b" Tj ET\n"
        for place, line in enumerate(reversed(lines))
    )
    page.obj.Contents = pdf.make_stream(content)
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


@pytest.mark.parametrize("face", faces(), ids=lambda face: f"{face.path.name}-{face.index}")
def test_text_comes_back_as_written(face: FontFace, tmp_path: Path) -> None:
    font = StampFont(face, [FOOT])
    text = "".join(character for character in FOOT if character not in font.missing(FOOT))
    data = page_with(font, text)
    assert pypdf.PdfReader(BytesIO(data)).pages[0].extract_text() == text
    if shutil.which("pdftotext"):
        (tmp_path / "a.pdf").write_bytes(data)
        told = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True)
        assert (told.stdout.decode().split(), told.stderr) == (text.split(), b"")


@pytest.mark.parametrize("face", faces(), ids=lambda face: f"{face.path.name}-{face.index}")
def test_glyphs_are_the_right_ones(face: FontFace, tmp_path: Path) -> None:
    """The page looks as WeasyPrint-free reference drawing: each character's ink against the font's own outline."""
    if not shutil.which("pdftoppm"):
        pytest.skip("poppler is not installed")
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415

    text = "".join(sign for sign in "第页共页ABg" if not StampFont(face, ["第页共页ABg"]).missing(sign))
    font = StampFont(face, [text])
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(page_with(font, text, size=40))
    subprocess.run(["pdftoppm", "-gray", "-r", "72", "-singlefile", pdf, tmp_path / "a"], check=True)
    with Image.open(tmp_path / "a.pgm") as image:
        shown = image.convert("L")
    wanted = Image.new("L", shown.size, 255)
    pen = ImageDraw.Draw(wanted)
    drawer = ImageFont.truetype(str(face.path), 40, index=face.index, layout_engine=ImageFont.Layout.BASIC)
    left = 20.0
    for character in text:
        pen.text((left, shown.height - 30), character, font=drawer, anchor="ls", fill=0)
        left += font.width(character, 40)
    dark = [[value < 128 for value in picture.tobytes()] for picture in (shown, wanted)]
    both = sum(a and b for a, b in zip(*dark, strict=True))
    assert both > 0.8 * max(sum(dark[0]), sum(dark[1]))


def test_a_character_that_the_face_lacks_is_told_and_set_as_a_geta_mark() -> None:
    font = StampFont(hei(), ["张\U0010fffd三"])
    assert font.missing("张\U0010fffd三") == ("\U0010fffd",)
    assert pypdf.PdfReader(BytesIO(page_with(font, "张\U0010fffd三"))).pages[0].extract_text() == "张〓三"


def test_text_not_announced_counts_as_missing() -> None:
    assert StampFont(hei(), ["张三"]).missing("李三") == ("李",)


def test_line_breaks_and_tabs_become_spaces() -> None:
    assert printable("甲\t乙\r\n丙") == "甲 乙  丙"


def test_width_is_the_sum_of_the_font_s_advances() -> None:
    font = StampFont(hei(), ["中文"])
    assert font.width("中文", 9) == pytest.approx(18)
    assert font.width("中文", 18) == pytest.approx(2 * font.width("中文", 9))


def test_the_subset_is_small_and_marked_as_one() -> None:
    data = page_with(StampFont(hei(), [FOOT]), FOOT)
    assert len(data) < 40_000
    with pikepdf.open(BytesIO(data)) as pdf:
        name = str(pdf.pages[0].Resources.Font.F.BaseFont)
    assert name[7] == "+"
    assert name[1:7].isalpha()
    assert name[1:7].isupper()


def test_same_texts_give_the_same_bytes() -> None:
    assert page_with(StampFont(hei(), [FOOT]), FOOT) == page_with(StampFont(hei(), [*reversed(FOOT)]), FOOT)


def test_width_array_agrees_with_the_widths_reckoned_with() -> None:
    font = StampFont(hei(), [FOOT])
    with pikepdf.open(BytesIO(page_with(font, FOOT))) as pdf:
        array = list(pdf.pages[0].Resources.Font.F.DescendantFonts[0].W)
        widths = {int(array[place]): float(array[place + 1][0]) for place in range(0, len(array), 2)}
    codes = bytes.fromhex(font.encode(FOOT)[1:-1].decode())
    glyphs = [int.from_bytes(codes[place : place + 2]) for place in range(0, len(codes), 2)]
    assert sum(widths[glyph] for glyph in glyphs) / 1000 * 9 == pytest.approx(font.width(FOOT, 9))


WORDS = st.text(st.sampled_from("建筑信息模型（）《》，。、BIM 12ab"), max_size=60)


@given(text=WORDS, width=st.floats(30, 200))
@settings(max_examples=60, deadline=None)
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, width: float) -> None:
    font = StampFont(hei(), ["建筑信息模型（）《》，。、BIM 12ab"])
    lines = font.wrap(text, 10, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(font.width(line, 10) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("甲乙丙丁戊", ["甲乙丙丁", "戊"]),
        ("甲乙丙丁，戊", ["甲乙丙", "丁，戊"]),  # no comma begins a line
        ("甲乙丙（丁）", ["甲乙丙", "（丁）"]),  # no opening bracket ends one
        ("甲乙 BIMA", ["甲乙", "BIMA"]),  # a word stays whole
        ("甲\n乙", ["甲", "乙"]),
        ("", []),
    ],
)
def test_where_lines_break(text: str, lines: list[str]) -> None:
    assert StampFont(hei(), [text, "甲乙丙丁"]).wrap(text, 10, 40) == lines


def test_shortened_text_fits_and_says_so() -> None:
    font = StampFont(hei(), [FOOT])
    short = font.shorten(FOOT, 9, 100)
    assert short.endswith("…")
    assert font.width(short, 9) <= 100
    assert font.shorten("第3页", 9, 100) == "第3页"


def test_a_file_that_is_no_font_is_said_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "字体.otf"
    path.write_bytes(b"no font at all")
    with pytest.raises(EnvironmentLacks, match=r"字体\.otf"):
        StampFont(FontFace(path), ["甲"])
