"""A set of evidence PDFs to merge, 244 pages of three kinds, the same bytes on every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
from evidence_photos import photo
from pikepdf import Array, Dictionary, Name, OutlineItem
from PIL import Image

from docgen.fonts.pdftext import FontFace, StampFont
from docgen.fonts.roles import Role, find_fonts

PHOTOS, SCANS, TEXTS = 60, 6, 8
SCAN_PAGES, TEXT_PAGES = 10, 15.5
_WORDS = (
    "本证书由职业技能等级考核合格后颁发院系教师培训实训室设备清单照片说明工位面积建筑信息模型申报材料佐证目录第章节"
)


def _scan(seed: int) -> bytes:
    chance = random.Random(seed)
    page = Image.new("L", (1654, 2339), 245)
    for line in range(60):
        ink = Image.frombytes("L", (330, 5), bytes(chance.choice((20, 60, 240)) for _ in range(1650)))
        page.paste(ink.resize((1400, 22)), (120, 120 + line * 35))
    out = BytesIO()
    page.save(out, "JPEG", quality=80)
    return out.getvalue()


def _pictures(jpegs: list[bytes], width: float, height: float, space: Name) -> bytes:
    """A PDF with one JPEG a page, as scanners and phones make them."""
    pdf = pikepdf.new()
    for jpeg in jpegs:
        with Image.open(BytesIO(jpeg)) as image:
            across, down = image.size
        page = pdf.add_blank_page(page_size=(width, height))
        picture = pdf.make_stream(
            jpeg, Type=Name.XObject, Subtype=Name.Image, Width=across, Height=down, BitsPerComponent=8,
            ColorSpace=space, Filter=Name.DCTDecode,
        )  # fmt: skip
        page.obj.Resources = Dictionary(XObject=Dictionary(Im0=picture))
        page.obj.Contents = pdf.make_stream(f"q {width} 0 0 {height} 0 0 cm /Im0 Do Q".encode())
    return _saved(pdf)


def _text(seed: int, pages: int) -> bytes:
    """A text document with an embedded font, bookmarks and links."""
    chance = random.Random(seed)
    choice = find_fonts()[Role.HEI]
    font = StampFont(FontFace(choice.path, choice.index), [_WORDS])
    pdf = pikepdf.new()
    reference = font.embed(pdf)
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(595.276, 841.89))
        lines = [
            b"BT /F 11 Tf 60 %d Td " % (770 - 22 * line)
            + font.encode("".join(chance.choices(_WORDS, k=40)))
            + b" Tj ET"
            for line in range(32)
        ]
        page.obj.Resources = Dictionary(Font=Dictionary(F=reference))
        page.obj.Contents = pdf.make_stream(b"\n".join(lines))
    with pdf.open_outline() as outline:
        for index in range(0, pages, 3):
            outline.root.append(
                OutlineItem(f"第{index + 1}节", destination=Array([pdf.pages[index].obj, Name.XYZ, 0, 800, None]))
            )
    for index, page in enumerate(pdf.pages):
        target = pdf.pages[(index + 5) % pages].obj
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([60, 700, 200, 720]), Dest=Array([target, Name.Fit])
        )
        page.obj.Annots = Array([pdf.make_indirect(link)])
    return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def evidence_set(folder: Path) -> Iterator[Path]:
    """Write 60 photos (a page each), 6 scans (10 pages each) and 8 documents (15 or 16 pages each): 244 pages."""
    for seed in range(PHOTOS):
        yield _put(folder / f"照片{seed:02}.pdf", _pictures([photo(seed)], 842, 631.5, Name.DeviceRGB))
    for seed in range(SCANS):
        jpegs = [_scan(seed * 100 + page) for page in range(SCAN_PAGES)]
        yield _put(folder / f"扫描{seed}.pdf", _pictures(jpegs, 595.44, 842.04, Name.DeviceGray))
    for seed in range(TEXTS):
        pages = int(TEXT_PAGES * (seed + 1)) - int(TEXT_PAGES * seed)
        yield _put(folder / f"文档{seed}.pdf", _text(seed, pages))


def _put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
