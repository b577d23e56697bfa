"""Pages drawn with Pillow: training certificates, letters and contracts, before they are photographed or scanned.

Every page says in its foot that it is invented; no real institution's name or seal is on them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw

from .drawn import SANS, SERIF, SERIF_BOLD, font, wrapped

INVENTED = "样例材料，人名、机构与内容均为虚构"
ISSUER = "南岭职教师资研修中心"


def seal(text: str, size: int, angle: float = 0) -> Image.Image:
    """A round red stamp with a star; transparent around."""
    image = Image.new("RGBA", (size, size))
    draw = ImageDraw.Draw(image)
    red = (200, 30, 35, 205)
    draw.ellipse((4, 4, size - 4, size - 4), outline=red, width=max(3, size // 40))
    centre, face = size / 2, font(SERIF_BOLD, size // 9)
    star = [
        (centre + r * math.sin(math.pi * k / 5), centre - r * math.cos(math.pi * k / 5))
        for k in range(10)
        for r in [size * (0.15 if k % 2 == 0 else 0.06)]
    ]
    draw.polygon(star, fill=red)
    span = 230
    for index, character in enumerate(text):
        degrees = -span / 2 + span * index / max(1, len(text) - 1)
        glyph = Image.new("RGBA", (size // 6, size // 6))
        ImageDraw.Draw(glyph).text((size // 12, size // 12), character, font=face, fill=red, anchor="mm")
        glyph = glyph.rotate(-degrees, resample=Image.Resampling.BICUBIC)
        radius, radians = size * 0.37, math.radians(degrees)
        place = (centre + radius * math.sin(radians) - size / 12, centre - radius * math.cos(radians) - size / 12)
        image.alpha_composite(glyph, (max(0, int(place[0])), max(0, int(place[1]))))
    return image.rotate(angle, resample=Image.Resampling.BICUBIC)


def training_certificate(
    name: str,
    certificate: str,
    level: str,
    number: str,
    date: str,
    hours: int,
    upright: bool = False,
    colour: str = "#9c6b1c",
) -> Image.Image:
    """A teacher's training certificate, A4 lying or (`upright`) standing; without `level`, `certificate` names a course."""
    width, height = (1240, 1754) if upright else (1754, 1240)
    image = Image.new("RGB", (width, height), "#fbf7ea")
    draw = ImageDraw.Draw(image)
    for inset, thick in ((50, 14), (76, 4), (92, 2)):
        draw.rectangle((inset, inset, width - inset, height - inset), outline=colour, width=thick)
    for x in (110, width - 190):
        for y in (110, height - 190):
            for step in range(4):
                draw.arc(
                    (x + step * 10, y + step * 10, x + 80 - step * 10, y + 80 - step * 10), 0, 360, fill=colour, width=3
                )
    top = 330 if upright else 230
    draw.text((width / 2, top), "师资培训合格证书", font=font(SERIF_BOLD, 104), fill="#8c1a1a", anchor="mm")
    draw.text((width / 2, top + 92), f"编号：{number}", font=font(SANS, 34), fill="#555", anchor="mm")
    course = f"{certificate}职业技能等级证书（{level}）师资培训" if level else certificate
    text = f"{name}老师参加{course}，完成规定课程{hours}学时，理论与实操考核成绩合格，特发此证。"
    face, y = font(SERIF, 50), top + (250 if upright else 190)
    for line in wrapped(draw, "　　" + text, face, width - 360):
        draw.text((180, y), line, font=face, fill="#1a1a1a")
        y += 92
    foot = height - (420 if upright else 290)
    draw.text((width - 460, foot), ISSUER, font=font(SERIF, 46), fill="#1a1a1a", anchor="mm")
    draw.text((width - 460, foot + 78), date, font=font(SERIF, 44), fill="#1a1a1a", anchor="mm")
    draw.rectangle((190, foot - 150, 370, foot + 80), outline="#999", width=2)
    draw.text((280, foot - 36), "照片", font=font(SANS, 34), fill="#999", anchor="mm")
    stamp = seal(ISSUER, 300, -8)
    image.paste(stamp, (width - 610, foot - 120), stamp)
    draw.text((width / 2, height - 118), INVENTED, font=font(SANS, 24), fill="#9a9a90", anchor="mm")
    return image


Block = tuple[str, str]


def letter(blocks: Sequence[Block], stamp: str = "", page: str = "") -> Image.Image:
    """An A4 page at 150 dpi. Blocks are (style, text): title, head, text, right, or row (cells joined by |)."""
    image = Image.new("L", (1240, 1754), 252)
    draw = ImageDraw.Draw(image)
    y = 180
    for style, text in blocks:
        y = _STYLES[style](draw, y, text)
    if stamp:
        image = image.convert("RGB")
        round_stamp = seal(stamp, 280, 6)
        image.paste(round_stamp, (800, min(y - 210, 1380)), round_stamp)
        image = image.convert("L")
        draw = ImageDraw.Draw(image)
    draw.text((620, 1640), page, font=font(SERIF, 26), fill=30, anchor="mm")
    draw.text((620, 1690), INVENTED, font=font(SANS, 18), fill=150, anchor="mm")
    return image


def _title(draw: ImageDraw.ImageDraw, y: int, text: str) -> int:
    for line in wrapped(draw, text, font(SERIF_BOLD, 46), 960):
        draw.text((620, y), line, font=font(SERIF_BOLD, 46), fill=15, anchor="mm")
        y += 70
    return y + 40


def _head(draw: ImageDraw.ImageDraw, y: int, text: str) -> int:
    draw.text((160, y), text, font=font(SERIF_BOLD, 31), fill=15)
    return y + 58


def _text(draw: ImageDraw.ImageDraw, y: int, text: str) -> int:
    for line in wrapped(draw, "　　" + text, font(SERIF, 30), 920):
        draw.text((160, y), line, font=font(SERIF, 30), fill=20)
        y += 54
    return y


def _right(draw: ImageDraw.ImageDraw, y: int, text: str) -> int:
    draw.text((1060, y + 20), text, font=font(SERIF, 30), fill=20, anchor="rm")
    return y + 60


def _row(draw: ImageDraw.ImageDraw, y: int, text: str) -> int:
    cells = text.split("|")
    edges = [150, 240, 550, 860, 960, 1090] if len(cells) == 5 else [150, 400, 1090]
    for left, right, cell in zip(edges[:-1], edges[1:], cells, strict=True):
        draw.rectangle((left, y, right, y + 52), outline=60, width=2)
        size = 26
        while draw.textlength(cell, font=font(SERIF, size)) > right - left - 14:
            size -= 1
        draw.text(((left + right) / 2, y + 25), cell, font=font(SERIF, size), fill=20, anchor="mm")
    return y + 52


_STYLES = {"title": _title, "head": _head, "text": _text, "right": _right, "row": _row}
