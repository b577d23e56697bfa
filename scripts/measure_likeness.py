"""Measures how well fingerprints of pictures tell copies from different pictures; writes the tables of docs/相似照片.md.

Usage: scripts/measure_likeness.py [FOLDER with pictures]; prints the distances.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from random import Random

import pypdfium2
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

from docgen.evidence.likeness import ALIKE, distance, likeness_of
from docgen.fonts.roles import Role, find_fonts

ROOT = Path(__file__).parents[1]
NAMES = (
    "韦建松",
    "覃雪梅",
    "莫志勇",
    "黄海涛",
    "陆明哲",
    "农晓东",
    "蓝振宁",
    "梁思琪",
    "苏婉莹",
    "韦建林",
    "李明",
    "李朋",
)


def photos(folder: Path) -> Iterator[tuple[str, Image.Image]]:
    """Photos and the pages of scans below a folder, upright."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".jpg":
            with Image.open(path) as image:
                yield str(path.relative_to(folder)), ImageOps.exif_transpose(image).convert("RGB")
        elif path.suffix == ".pdf":
            document = pypdfium2.PdfDocument(path)
            for number, page in enumerate(document, 1):
                if not page.get_textpage().count_chars():
                    yield f"{path.relative_to(folder)} {number}", page.render(scale=2).to_pil().convert("RGB")


def font(size: int, role: Role = Role.SONG) -> ImageFont.FreeTypeFont:
    face = find_fonts()[role]
    return ImageFont.truetype(face.path, size, index=face.index)


def certificate(name: str, number: str, seed: int | None, wide: int = 2000) -> Image.Image:
    """A scanned certificate: the same layout for all, but for name, number and (with a seed) the portrait."""
    high = wide * 7 // 10
    image = Image.new("RGB", (wide, high), (252, 250, 242))
    draw = ImageDraw.Draw(image)
    unit = wide // 100
    draw.rectangle((2 * unit, 2 * unit, wide - 2 * unit, high - 2 * unit), outline=(180, 140, 60), width=unit // 2)
    draw.text((wide // 2, 10 * unit), "1+X 职业技能等级证书师资培训合格证书", (150, 20, 20), font(4 * unit), "mm")
    lines = (
        f"{name} 老师于2020年7月参加建筑信息模型（BIM）职业",
        "技能等级证书（中级）师资培训，完成规定课程64学时，",
        "理论与实操考核合格，特发此证。",
    )
    for at, line in enumerate(lines):
        draw.text((32 * unit, (24 + 6 * at) * unit), line, (20, 20, 20), font(5 * unit // 2))
    draw.text((34 * unit, 46 * unit), f"证书编号：{number}", (20, 20, 20), font(2 * unit))
    draw.text((70 * unit, 56 * unit), "培训评价组织（盖章）", (20, 20, 20), font(2 * unit))
    draw.ellipse((72 * unit, 46 * unit, 88 * unit, 62 * unit), outline=(210, 30, 30), width=unit // 2)
    draw.rectangle((10 * unit, 24 * unit, 28 * unit, 48 * unit), outline=(90, 90, 90), width=3, fill=(90, 140, 210))
    if seed is not None:
        face = Random(seed)
        tone = face.randrange(150, 230)
        middle, top = 19 * unit + face.randrange(-unit, unit), (28 + face.randrange(2)) * unit
        draw.ellipse((12 * unit, top + 12 * unit, 26 * unit, 52 * unit), fill=(face.randrange(30, 200),) * 3)
        draw.rectangle((10 * unit, 48 * unit, 28 * unit, 54 * unit), fill=(252, 250, 242))
        draw.ellipse((middle - 4 * unit, top, middle + 4 * unit, top + 11 * unit), fill=(tone, tone - 30, tone - 60))
        draw.ellipse(
            (middle - 4 * unit, top - unit, middle + 4 * unit, top + face.randrange(3, 6) * unit), fill=(20, 20, 20)
        )
    return image


def certificates() -> Iterator[tuple[str, Image.Image]]:
    for at, name in enumerate(NAMES):
        yield f"证书 {name}", certificate(name, f"BIM2020{7310 + 37 * at:06}", at)
        yield f"证书无照 {name}", certificate(name, f"BIM2020{7310 + 37 * at:06}", None)


def again(image: Image.Image, quality: int) -> Image.Image:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(out).convert("RGB")


def cropped(image: Image.Image, *part: float) -> Image.Image:
    w, h = image.size
    return image.crop((round(w * part[0]), round(h * part[1]), round(w * (1 - part[2])), round(h * (1 - part[3]))))


def scanned_again(image: Image.Image, turn: float, seed: int = 1) -> Image.Image:
    """Laid on the scanner once more: a little turned and moved, other resolution, other paper white, some noise."""
    r = Random(seed)
    w, h = image.size
    turned = image.rotate(
        turn,
        Image.Resampling.BICUBIC,
        fillcolor=(250, 250, 250),
        translate=(r.randrange(-w // 200, w // 200), r.randrange(-h // 200, h // 200)),
    )
    noise = Image.effect_noise(image.size, 12).convert("RGB")
    noisy = Image.blend(turned, noise, 0.04)
    return again(noisy.resize((w * 7 // 10, h * 7 // 10), Image.Resampling.BICUBIC), 75)


TRANSFORMS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "缩到一半": lambda i: i.resize((i.width // 2, i.height // 2), Image.Resampling.BICUBIC),
    "缩到四分之一": lambda i: i.resize((i.width // 4, i.height // 4), Image.Resampling.BICUBIC),
    "JPG 质量 30": lambda i: again(i, 30),
    "微信式压缩": lambda i: again(i.resize((i.width * 6 // 10, i.height * 6 // 10), Image.Resampling.BICUBIC), 60),
    "调亮两成": lambda i: ImageEnhance.Brightness(i).enhance(1.2),
    "调暗两成": lambda i: ImageEnhance.Brightness(i).enhance(0.8),
    "对比度加三成": lambda i: ImageEnhance.Contrast(i).enhance(1.3),
    "改成灰度": lambda i: i.convert("L"),
    "锐化": lambda i: i.filter(ImageFilter.UnsharpMask(2, 100)),
    "四边各裁 2%": lambda i: cropped(i, 0.02, 0.02, 0.02, 0.02),
    "左上裁 3%、5%": lambda i: cropped(i, 0.03, 0.05, 0, 0),
    "四边各裁 5%": lambda i: cropped(i, 0.05, 0.05, 0.05, 0.05),
    "重新扫描（歪 0.3°）": lambda i: scanned_again(i, 0.3),
    "重新扫描（歪 0.8°）": lambda i: scanned_again(i, 0.8),
}


def spread(values: list[int]) -> str:
    values = sorted(values)
    picks = [values[min(len(values) * share // 100, len(values) - 1)] for share in (0, 5, 50, 95, 100)]
    return " | ".join(map(str, picks))


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "samples" / "school" / "佐证材料"
    real, drawn = list(photos(folder)), list(certificates())
    begin = time.perf_counter()
    marks = {name: likeness_of(image) for name, image in (*real, *drawn)}
    took = (time.perf_counter() - begin) / len(marks)
    print(
        f"{len(real)} 张照片和扫描页，{len(drawn)} 张仿制证书；每张取指纹 {took * 1000:.0f} 毫秒，指纹平均 {sum(map(len, marks.values())) // len(marks)} 位"
    )
    print(
        f"\n## 同一张图的副本（≤ {ALIKE} 算同一张）\n\n| 变化 | 照片和扫描页认出 | 证书认出 | 最小 | 5% | 一半 | 95% | 最大 |\n|---|---|---|---|---|---|---|---|"
    )
    for title, change in TRANSFORMS.items():
        far = [[distance(marks[name], likeness_of(change(image))) for name, image in group] for group in (real, drawn)]
        found = [f"{sum(value <= ALIKE for value in values)}/{len(values)}" for values in far]
        print(f"| {title} | {found[0]} | {found[1]} | {spread(far[0] + far[1])} |")
    groups = {
        "不同的照片和扫描页": itertools.combinations([name for name, _ in real], 2),
        "版式相同、照片和姓名不同的证书": itertools.combinations([name for name, _ in drawn if "无照" not in name], 2),
        "版式相同、只有姓名和编号不同的证书": itertools.combinations([name for name, _ in drawn if "无照" in name], 2),
    }
    print(
        "\n## 不同的图\n\n| 两张图 | 对数 | 误认 | 最小 | 5% | 一半 | 95% | 最大 |\n|---|---|---|---|---|---|---|---|"
    )
    for title, pairs in groups.items():
        begin = time.perf_counter()
        far_ = [(distance(marks[a], marks[b]), a, b) for a, b in pairs]
        took = (time.perf_counter() - begin) / len(far_)
        values = [value for value, _, _ in far_]
        print(f"| {title} | {len(values)} | {sum(value <= ALIKE for value in values)} | {spread(values)} |")
        print(f"<!-- {took * 1e6:.0f} µs; nearest {sorted(far_)[:4]} -->", file=sys.stderr)


if __name__ == "__main__":
    main()
