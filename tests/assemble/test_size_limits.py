"""The steps by which pictures are reduced, and what is said where none of them is enough."""

from __future__ import annotations

import io
import itertools
from functools import cache

import pikepdf
import pypdfium2
import pytest
from evidence_desk import Desk, jpeg, plain_front
from pikepdf import Dictionary, Name
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageStat

from docgen.assemble.limits import LEAST_QUALITY, Step, limit_of, megabytes, steps, too_large
from docgen.assemble.records import FrontMatter, VolumeOrder
from docgen.evidence.documents import DRAWING
from docgen.findings import Severity
from docgen.fonts.roles import Role, find_fonts


def order(**more: object) -> VolumeOrder:
    return VolumeOrder("教师佐证材料", "A01 老年照护 中级", "甲职业学院", (), **({"max_mb": 50} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("highest", "least", "resolutions"),
    [
        (300, 150, [300, 252, 212, 178, 150]),
        (200, 150, [200, 173, 150]),
        (150, 150, [150, 150, 150]),
        (1200, 72, [1200, 684, 389, 222, 126, 72]),
        (150, 300, [150, 150, 150]),
    ],
)
def test_steps_lead_from_the_highest_resolution_to_the_least(highest: int, least: int, resolutions: list[int]) -> None:
    ladder = steps(order(max_dpi=highest, min_dpi=least))
    assert [step.dpi for step in ladder] == resolutions
    assert (ladder[0].quality, ladder[-1].quality) == (88, 70)
    assert all(later.quality < sooner.quality for sooner, later in itertools.pairwise(ladder))


def test_without_a_limit_nothing_is_reduced_for_its_sake() -> None:
    assert steps(order(max_mb=0)) == (Step(300, 88),)
    assert limit_of(order(max_mb=0)) == 0
    assert limit_of(order(max_mb=8.25)) == 8_250_000


@cache
def scan(dpi: int) -> Image.Image:
    """A third of an A4 page of 9 pt print with the noise of a scanner."""
    choice = find_fonts()[Role.SONG]
    font = ImageFont.truetype(str(choice.path), round(9 / 72 * dpi), index=choice.index)
    image = Image.new("RGB", (round(8.27 * dpi), round(3.9 * dpi)), (250, 248, 243))
    draw = ImageDraw.Draw(image)
    line = "兹证明張麗華同志参加建筑信息模型職業技能等级证书师资培训，龍體龜鑑灣齊，考核合格准予颁发培训课时四十八"
    for row in range(18):
        draw.text((dpi / 2, dpi / 4 + row * dpi / 5), line[row:] + line[:row], font=font, fill=(40, 40, 45))
    noisy = Image.merge("RGB", [Image.effect_noise(image.size, 6)] * 3)
    return Image.blend(image.filter(ImageFilter.GaussianBlur(dpi / 400)), noisy, 0.06)


def coded(image: Image.Image, step: Step, dpi: int) -> bytes:
    size = round(image.width * step.dpi / dpi), round(image.height * step.dpi / dpi)
    out = io.BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(out, "JPEG", quality=step.quality, optimize=True)
    return out.getvalue()


def test_each_step_takes_off_much_and_the_last_stays_readable() -> None:
    image = scan(300)
    ladder = steps(order())
    made = [coded(image, step, 300) for step in ladder]
    sizes = [len(data) for data in made]
    assert all(later < 0.85 * sooner for sooner, later in itertools.pairwise(sizes)), sizes
    assert sizes[-1] < 0.35 * sizes[0]

    # Ink stays ink and paper paper: read at the page's own size, every step of grey that makes up the strokes is kept.
    def at_96(data: bytes) -> Image.Image:
        return Image.open(io.BytesIO(data)).convert("L").resize((794, 374), Image.Resampling.LANCZOS)

    first, last = at_96(made[0]).tobytes(), at_96(made[-1]).tobytes()
    assert sum(abs(one - other) for one, other in zip(first, last, strict=True)) / len(first) < 4
    assert ladder[-1].quality == LEAST_QUALITY


def test_the_finding_says_what_was_reached_and_which_files_weigh_most() -> None:
    shares = [("张三.jpg", 700_000), ("手册.pdf", 5_000_000), ("张三.jpg", 800_000), ("a.jpg", 20_000), ("b.jpg", 300)]
    found = too_large(order(max_mb=10), 12_340_000, Step(150, 70), shares)
    assert (found.rule, found.level) == ("ASM009", Severity.WARNING)
    assert found.message == (
        "教师佐证材料.pdf 有 12.3 MB，超过设定的 10 MB：能缩小的图片都已缩小到 150 dpi，仍然不够。"
        "占得最多的是“手册.pdf”（5.0 MB）、“张三.jpg”（1.5 MB）、“a.jpg”（20 KB）。"
    )
    assert "max_volume_mb 调大" in found.hint


def test_a_share_of_the_total_is_told_as_such() -> None:
    found = too_large(order(max_mb=8.25, of_total_mb=20), 9_000_000, Step(150, 70), [("手册.pdf", 8_000_000)])
    assert "本项申报各册合计不超过 20 MB" in found.message
    assert "这个文件换成小一些的" in found.hint
    assert "max_total_mb 调大" in found.hint
    close = too_large(order(max_mb=8.254, of_total_mb=20), 8_261_000, Step(150, 70), [])
    assert "有 8.26 MB，超过 8.25 MB（" in close.message
    assert "占得最多" not in too_large(order(), 60_000_000, Step(150, 70), []).message


@pytest.mark.parametrize(
    ("size", "text"), [(0, "1 KB"), (300, "1 KB"), (20_499, "20 KB"), (100_000, "0.1 MB"), (12_340_000, "12.3 MB")]
)
def test_sizes_are_said_in_words(size: int, text: str) -> None:
    assert megabytes(size) == text


def scanned_pdf(pages: int, dpi: int = 300) -> bytes:
    """A PDF of scans, each page another."""
    out = pikepdf.new()
    for number in range(pages):
        image = scan(dpi).copy()
        ImageDraw.Draw(image).text((20, 20), f"page {number}", fill=(0, 0, 0))
        data = io.BytesIO()
        image.save(data, "JPEG", quality=92)
        stream = out.make_stream(data.getvalue(), Type=Name.XObject, Subtype=Name.Image, Filter=Name.DCTDecode)
        stream.Width, stream.Height, stream.BitsPerComponent = image.width, image.height, 8
        stream.ColorSpace = Name.DeviceRGB
        page = out.add_blank_page(page_size=(595, 281))
        page.obj.Resources = Dictionary(XObject=Dictionary(I=stream))
        page.obj.Contents = out.make_stream(b"q 595 0 0 281 0 0 cm /I Do Q")
    data = io.BytesIO()
    out.save(data, static_id=True)
    return data.getvalue()


def page_picture(data: bytes, page: int) -> Image.Image:
    with pypdfium2.PdfDocument(data) as opened:
        return opened[page].render(scale=1).to_pil().convert("L")


def test_a_limit_is_reached_by_reducing_and_the_index_says_so(desk: Desk) -> None:
    desk.put("扫描.pdf", scanned_pdf(3))
    desk.put("照片.jpg", jpeg(width=400, height=300))
    whole = desk.assemble()
    limit = round(whole.size * 0.6 / 1e6, 2)
    told: list[FrontMatter] = []

    def front(matter: FrontMatter) -> bytes:
        told.append(matter)
        return plain_front()(matter)

    small = desk.assemble(front, max_mb=limit)
    assert (rules(whole), rules(small)) == ([], [])
    assert limit * 0.3e6 < small.size <= limit * 1e6
    assert [entry.reduced for entry in small.entries] == [True, False]
    assert [entry.reduced for entry in whole.entries] == [False, False]
    assert 150 <= told[-1].dpi < 300
    for page in range(2, 5):
        change = ImageChops.difference(page_picture(whole.data, page), page_picture(small.data, page))
        assert ImageStat.Stat(change).mean[0] < 3
    again = desk.assemble(front, max_mb=limit)
    assert again.sha256 == small.sha256


def test_a_limit_that_cannot_be_reached_is_told_with_what_was_reached(desk: Desk) -> None:
    desk.put("扫描.pdf", scanned_pdf(2))
    desk.put("照片.jpg", jpeg(width=2400, height=1800))
    volume = desk.assemble(max_mb=0.1)
    assert volume.made
    (found,) = volume.findings
    assert found.rule == "ASM009"
    assert f"教师佐证材料.pdf 有 {megabytes(volume.size)}，超过设定的 0.1 MB：" in found.message
    assert "都已缩小到 150 dpi，仍然不够。占得最多的是“扫描.pdf”（" in found.message
    with pikepdf.open(desk.target) as opened:
        picture = opened.pages[2].Resources.XObject[DRAWING].Resources.XObject.I
        assert 1700 <= int(picture.Width) <= 1754  # the long side of A4 at 150 dpi


def rules(volume: object) -> list[str]:
    return [found.rule for found in volume.findings]  # type: ignore[attr-defined]
