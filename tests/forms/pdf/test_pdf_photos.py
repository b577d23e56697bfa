"""What a printed form draws boxes for: a character each, and a photo."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from form_samples import DATA
from pdf_engines import ENGINES, picture, words
from pdf_forms import FormMaker
from PIL import Image

from docgen.forms.pdf.opened import OpenPdf
from docgen.forms.results import FillResult, State
from docgen.forms.values import FormData, Picture

_CODE = "12450000MB9F1X209C"


def photo(form: str, mode: str, orientation: int = 1) -> Picture:
    buffer = io.BytesIO()
    image = Image.new(
        mode, (100, 140), {"RGB": (200, 30, 30), "RGBA": (200, 30, 30, 255), "CMYK": (0, 200, 200, 40)}[mode]
    )
    exif = Image.Exif()
    exif[0x0112] = orientation
    image.save(buffer, form, **({"exif": exif} if form == "JPEG" else {}))
    return Picture(f"一寸.{form.lower()}", buffer.getvalue())


@pytest.fixture(scope="module")
def form() -> bytes:
    made = FormMaker()
    made.say(40, 50, "考核站点登记表")
    made.grid(40, 70, [110, *([18] * 18)], [24])
    made.say(46, 86, "统一社会信用代码")
    made.grid(40, 110, [100, 200, 100], [40, 40, 40])
    made.say(46, 135, "院校名称")
    made.say(46, 175, "联系人")
    made.say(46, 215, "地址")
    made.say(360, 135, "照片")
    return made.made()


def fill(form: bytes, photo: Picture) -> FillResult:
    return OpenPdf(form, "表.pdf").fill(FormData({**DATA.content, "照片": photo}))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_character_goes_into_each_small_cell_and_the_photo_into_its_box(
    engine: str, form: bytes, tmp_path: Path
) -> None:
    result = fill(form, photo("JPEG", "RGB"))
    assert {each.field for each in result.of(State.FILLED)} >= {"院校.统一社会信用代码", "照片"}
    assert _CODE in "".join("".join(words(engine, result.data, tmp_path)).split())
    shown = picture(engine, result.data, tmp_path, 72)
    assert 60 < shown.getpixel((390, 130)) < 120  # the photo's red in grey
    assert shown.getpixel((366, 131)) == 255  # and white where 照片 stood


@pytest.mark.parametrize(("kind", "mode", "turn"), [("PNG", "RGBA", 1), ("JPEG", "CMYK", 1), ("JPEG", "RGB", 6)])
def test_photos_of_every_make_are_drawn_upright(kind: str, mode: str, turn: int, form: bytes, tmp_path: Path) -> None:
    shown = picture("PDFium", fill(form, photo(kind, mode, turn)).data, tmp_path, 72)
    wide = sum(shown.getpixel((x, 130)) < 120 for x in range(342, 438))
    high = sum(shown.getpixel((390, y)) < 120 for y in range(112, 148))
    assert min(wide, high) > 20
    assert (wide > high) is (turn == 6)


def test_what_is_no_photo_is_told(form: bytes) -> None:
    result = fill(form, Picture("甲.jpg", b"none"))
    assert any("不是能用的照片" in each.message for each in result.findings)
    assert b"/DCTDecode" not in result.data
