"""Flat things drawn with Pillow that appear inside the scenes: screens, wall boards, labels."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONTS = Path("/usr/share/fonts/opentype/noto")
SANS, SANS_BOLD, SERIF, SERIF_BOLD = (
    FONTS / name
    for name in (
        "NotoSansCJK-Regular.ttc",
        "NotoSansCJK-Bold.ttc",
        "NotoSerifCJK-Regular.ttc",
        "NotoSerifCJK-Bold.ttc",
    )
)
SIMPLIFIED_FACE = 2


def font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """The simplified-Chinese face of a Noto collection."""
    return ImageFont.truetype(path, size, index=SIMPLIFIED_FACE)


def wrapped(draw: ImageDraw.ImageDraw, text: str, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Lines of at most `width` pixels, broken anywhere as Chinese may be."""
    lines, line = [], ""
    for character in text:
        if draw.textlength(line + character, font=face) > width and character not in "，。；、）":
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def board(title: str, lines: Sequence[str], colour: str = "#1d5fa8") -> Image.Image:
    """A board of rules as it hangs in training rooms."""
    image = Image.new("RGB", (600, 840), "#f6f8fb")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 600, 120), fill=colour)
    draw.text((300, 60), title, font=font(SANS_BOLD, 46), fill="white", anchor="mm")
    y, face = 160, font(SANS, 30)
    for number, line in enumerate(lines, 1):
        for part in wrapped(draw, f"{number}. {line}", face, 530):
            draw.text((36, y), part, font=face, fill="#222")
            y += 46
        y += 12
    draw.rectangle((0, 0, 599, 839), outline="#8a97a8", width=6)
    return image


def banner(text: str, colour: str = "#b3191f", ink: str = "#ffe9a8") -> Image.Image:
    """A long strip with one line of writing."""
    image = Image.new("RGB", (max(600, 110 * len(text) + 120), 150), colour)
    ImageDraw.Draw(image).text((image.width / 2, 72), text, font=font(SANS_BOLD, 92), fill=ink, anchor="mm")
    return image


def sign(text: str, colour: str = "#e9edf2", ink: str = "#17365d") -> Image.Image:
    """A door plate or a name over a bench."""
    image = Image.new("RGB", (90 * len(text) + 100, 170), colour)
    draw = ImageDraw.Draw(image)
    draw.text((image.width / 2, 82), text, font=font(SANS_BOLD, 84), fill=ink, anchor="mm")
    draw.rectangle((6, 6, image.width - 7, 163), outline=ink, width=5)
    return image


def screen(kind: str, rng: random.Random) -> Image.Image:
    """What a monitor shows: 'model', 'code', 'chart', 'sheet', 'ladder' or 'desktop'."""
    image = Image.new("RGB", (640, 360), "#20242b")
    draw = ImageDraw.Draw(image)
    _SCREENS[kind](draw, rng)
    draw.rectangle((0, 340, 640, 360), fill="#12151a")
    return image


def _model(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 0, 640, 360), fill="#d9e2ea")
    draw.rectangle((0, 0, 640, 44), fill="#3c4a5a")
    draw.rectangle((0, 44, 120, 340), fill="#eef1f4")
    for row in range(14):
        draw.line((10, 60 + row * 19, 40 + rng.randrange(70), 60 + row * 19), fill="#8b96a3", width=4)
    for floor in range(5):
        y = 280 - floor * 44
        for bay in range(6):
            x = 190 + bay * 62
            draw.polygon([(x, y), (x + 56, y - 12), (x + 56, y - 48), (x, y - 36)], fill="#9fb4c7", outline="#44586b")
            draw.polygon([(x + 12, y - 8), (x + 40, y - 14), (x + 40, y - 34), (x + 12, y - 28)], fill="#5d87b0")


def _code(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    for row in range(17):
        x = 40 + 24 * rng.randrange(4)
        for _ in range(rng.randrange(2, 5)):
            length = rng.randrange(20, 110)
            colour = rng.choice(("#6fbf73", "#d0a35c", "#8fb6e0", "#c9ced6"))
            draw.line((x, 20 + row * 19, x + length, 20 + row * 19), fill=colour, width=7)
            x += length + 14


def _chart(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 0, 640, 340), fill="#f3f6fa")
    draw.rectangle((0, 0, 640, 36), fill="#e2572b")
    for column in range(8):
        height = rng.randrange(50, 180)
        draw.rectangle((40 + column * 42, 310 - height, 68 + column * 42, 310), fill="#3d7fc4")
    points = [(400 + step * 26, rng.randrange(80, 190)) for step in range(9)]
    draw.line(points, fill="#e2872b", width=6)
    draw.pieslice((430, 200, 550, 320), 0, 130, fill="#5aa469")
    draw.pieslice((430, 200, 550, 320), 130, 250, fill="#e0b23d")
    draw.pieslice((430, 200, 550, 320), 250, 360, fill="#3d7fc4")


def _sheet(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 0, 640, 340), fill="#ffffff")
    draw.rectangle((0, 0, 640, 50), fill="#217346")
    for row in range(16):
        draw.line((0, 60 + row * 18, 640, 60 + row * 18), fill="#c8cfc9", width=2)
        for column in range(8):
            draw.line(
                (12 + column * 80, 70 + row * 18, 30 + column * 80 + rng.randrange(40), 70 + row * 18),
                fill="#555",
                width=5,
            )


def _ladder(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 0, 640, 340), fill="#fafafa")
    draw.rectangle((0, 0, 640, 40), fill="#0f6f7c")
    for row in range(6):
        y = 75 + row * 46
        draw.line((60, y, 580, y), fill="#333", width=3)
        for column in range(rng.randrange(2, 5)):
            x = 110 + column * 100
            draw.rectangle((x, y - 12, x + 24, y + 12), fill="#bfe3bf", outline="#222", width=3)
        draw.ellipse((540, y - 14, 568, y + 14), outline="#222", width=3)


def _desktop(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    for y in range(340):
        draw.line((0, y, 640, y), fill=(20 + y // 8, 70 + y // 5, 140 + y // 5))
    for icon in range(8):
        draw.rectangle((20, 16 + icon * 40, 44, 38 + icon * 40), fill=rng.choice(("#f2c14e", "#e8eef5", "#4ea3e0")))
    draw.text((330, 170), "考试机 准备就绪", font=font(SANS_BOLD, 40), fill="white", anchor="mm")


_SCREENS = {"model": _model, "code": _code, "chart": _chart, "sheet": _sheet, "ladder": _ladder, "desktop": _desktop}


def asset_label(school: str, name: str, model: str, code: str, date: str) -> Image.Image:
    """The label that a school sticks on what it owns."""
    image = Image.new("RGB", (900, 540), "#f4f4ef")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 900, 92), fill="#1f4e96")
    draw.text((450, 44), f"{school}固定资产标签", font=font(SANS_BOLD, 42), fill="white", anchor="mm")
    rows = (("资产名称", name), ("规格型号", model), ("资产编号", code), ("购置日期", date))
    for row, (key, value) in enumerate(rows):
        y = 138 + row * 72
        draw.text((36, y), f"{key}：", font=font(SANS_BOLD, 36), fill="#222", anchor="lm")
        size = 36
        while draw.textlength(value, font=font(SANS, size)) > 640:
            size -= 1
        draw.text((226, y), value, font=font(SANS, size), fill="#111", anchor="lm")
        draw.line((220, y + 28, 870, y + 28), fill="#888", width=2)
    rng = random.Random(code)
    x = 60.0
    while x < 840:
        width = rng.choice((3, 3, 6, 9))
        draw.rectangle((x, 432, x + width, 516), fill="#111")
        x += width + rng.choice((4, 6, 9))
    return image
