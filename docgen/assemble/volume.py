"""Transforms an order for evidence into one verified PDF: take in, lay out, front, compose, prove."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.findings import Finding
from docgen.fonts.pdftext import FontFace, StampFont

from . import stamps
from .composing import Composer, Expected
from .faults import finding
from .front import make_front
from .intake import Intake, Pages
from .proof import prove
from .records import DOCUMENT, PHOTO, Entry, FrontMaker, FrontMatter, Volume, VolumeItem, VolumeOrder
from .sheets import lay_out

__all__ = [
    "DOCUMENT",
    "PHOTO",
    "Entry",
    "FontFace",
    "FrontMatter",
    "Volume",
    "VolumeItem",
    "VolumeOrder",
    "assemble",
]

_MOST_FAULTS = 5
_MEGABYTE = 1_000_000


def assemble(order: VolumeOrder, front: FrontMaker, face: FontFace) -> Volume:
    """The volume of an order, opened again and compared with its files (guide 二（二）2（4））.

    `front` makes the PDF of cover and index; it is called again until its own length no longer changes the page
    numbers. `face` sets the stamps. Files that cannot be used are named in the findings, the others go on. A volume
    that does not pass its proof has no data. Raises EnvironmentLacks where the font cannot be read.
    """
    font = StampFont(face, _texts(order))
    intake = Intake(order, font)
    for item in order.items:
        intake.take(item)
    try:
        sheets = lay_out(intake.pieces, order.photos_per_page)
        pages, entries = make_front(order, intake.pieces, sheets, front)
        composer = Composer(order, font, pages, intake.pieces, sheets, entries)
        data, expected = composer.compose()
    finally:
        for piece in intake.pieces:
            if isinstance(piece, Pages):
                piece.document.pdf.close()
    told = [
        *intake.findings,
        *_unlinked(entries, composer.linked),
        *_unprintable(order, font),
        *_oversized(order, data),
    ]
    broken = list(_broken(order, expected, prove(data, expected)))
    return Volume(b"" if broken else data, expected.pages, entries, tuple(told + broken))


def _texts(order: VolumeOrder) -> Iterator[str]:
    yield from (order.heading, order.subject, stamps.foot_text("", "", 0, 0), "0123456789. ", stamps.DRAFT_WORD)
    for item in order.items:
        yield item.title
        yield item.caption


def _unlinked(entries: Sequence[Entry], linked: set[int]) -> Iterator[Finding]:
    lost = [number for number in range(1, len(entries) + 1) if number not in linked]
    if lost:
        numbers = "、".join(str(number) for number in lost[:_MOST_FAULTS]) + ("等" if len(lost) > _MOST_FAULTS else "")
        yield finding(
            "ASM007",
            f"目录里第{numbers}项没有链接，共{len(lost)}项。",
            '请在佐证材料的模板里给每一项加上链接：<a href="docgen:item/序号">。',
        )


def _unprintable(order: VolumeOrder, font: StampFont) -> Iterator[Finding]:
    advice = "请换一个常用的写法；是人名里的生僻字，请安装收字更多的黑体（见 docgen doctor）。"
    lost = font.missing(order.heading + order.subject)
    if lost:
        yield finding("ASM006", f"页脚里的“{'”“'.join(lost)}”字体里没有，印成了〓。", advice)
    for item in order.items:
        lost = font.missing((item.title + item.caption).replace("\n", " "))
        if lost:
            text = f"“{item.title}”的文字里，“{'”“'.join(lost)}”字体里没有，照片说明里印成〓。"
            yield finding("ASM006", text, advice, item.source)


def _oversized(order: VolumeOrder, data: bytes) -> Iterator[Finding]:
    if order.max_mb and len(data) > order.max_mb * _MEGABYTE:
        size = len(data) / _MEGABYTE
        advice = "把 docgen.toml 中的 max_dpi 调小（例如 150），或者把原照片、扫描件缩小后换掉，再运行一次。"
        yield finding("ASM009", f"{order.heading}.pdf 有 {size:.1f} MB，超过设定的 {order.max_mb} MB。", advice)


def _broken(order: VolumeOrder, expected: Expected, faults: list[tuple[str, int | None]]) -> Iterator[Finding]:
    advice = "请重新扫描这份材料，或用阅读器“打印为 PDF”，换掉原文件再试；仍然不行，请把这句话告诉 docgen 的维护者。"
    for reason, page in faults[:_MOST_FAULTS]:
        owner = expected.owners.get(page) if page is not None else None
        where = "" if page is None else f"第{page + 1}页"
        of = f"（“{owner.item.path.name}”）" if owner else ""
        yield finding(
            "ASM901",
            f"{order.heading}没有通过核验：{where}{of}{reason}。",
            advice,
            owner.item.source if owner else None,
        )
