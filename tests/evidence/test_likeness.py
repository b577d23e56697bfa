"""Copies of a picture are near each other; papers of one form for two people, and blank pages, are not."""

from io import BytesIO

import pytest
from evidence_files import jpeg, picture
from PIL import Image, ImageDraw, ImageEnhance, ImageFont

from docgen.evidence.likeness import ALIKE, FAR, coarse, distance, likeness_of
from docgen.evidence.pictures import PictureFile
from docgen.fonts.roles import Role, find_fonts


def certificate(name: str, number: str) -> Image.Image:
    """A scanned certificate of which only name and number differ from the next."""
    image = Image.new("RGB", (1600, 1120), (252, 250, 242))
    draw = ImageDraw.Draw(image)
    choice = find_fonts()[Role.SONG]
    large, text = (ImageFont.truetype(choice.path, size, index=choice.index) for size in (64, 40))
    draw.rectangle((40, 40, 1560, 1080), outline=(180, 140, 60), width=10)
    draw.text((800, 170), "师资培训合格证书", (150, 20, 20), large, "mm")
    draw.text((300, 400), f"{name}老师参加建筑信息模型职业技能等级证书", (20, 20, 20), text)
    draw.text((300, 500), "师资培训，完成规定课程，考核合格，特发此证。", (20, 20, 20), text)
    draw.text((300, 700), f"证书编号：{number}", (20, 20, 20), text)
    draw.ellipse((1100, 700, 1350, 950), outline=(210, 30, 30), width=8)
    return image


def again(image: Image.Image, quality: int) -> Image.Image:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(out)


ONE = certificate("韦建松", "BIM2020007310")
MARK = likeness_of(ONE)


@pytest.mark.parametrize(
    "copy",
    [
        ONE.resize((800, 560)),
        again(ONE, 30),
        again(ONE.resize((1000, 700)), 60),
        ONE.convert("L"),
        ImageEnhance.Brightness(ONE).enhance(0.8),
    ],
    ids=["half", "much compressed", "sent by phone", "grey", "darker"],
)
def test_a_copy_is_near(copy: Image.Image) -> None:
    assert distance(MARK, likeness_of(copy)) <= ALIKE


@pytest.mark.parametrize(("name", "number"), [("覃雪梅", "BIM2020008431"), ("莫志勇", "BIM2020009256")])
def test_a_paper_of_the_same_form_for_another_person_is_not(name: str, number: str) -> None:
    other = certificate(name, number)
    assert distance(MARK, likeness_of(other)) > ALIKE
    assert distance(MARK, likeness_of(again(other.resize((1000, 700)), 60))) > ALIKE


def test_a_picture_turned_by_its_note_is_the_same() -> None:
    upright = PictureFile(jpeg(1, 1600, 1200)).likeness()
    for orientation in range(2, 9):
        assert distance(upright, PictureFile(jpeg(orientation, 1600, 1200)).likeness()) <= ALIKE


def test_blank_pages_are_like_nothing() -> None:
    blank = likeness_of(Image.new("L", (900, 600), 250))
    assert blank == ""
    assert distance(blank, blank) == distance(MARK, blank) == FAR


def test_distance_is_zero_to_itself_and_much_to_something_else() -> None:
    assert distance(MARK, likeness_of(ONE)) == 0
    other = likeness_of(picture().transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    assert distance(MARK, other) == FAR
    assert (coarse(MARK) ^ coarse(other)).bit_count() > 32
