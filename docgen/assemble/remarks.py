"""What assembling has to say of a volume and of its files, as findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docgen.findings import Finding
from docgen.fonts.pdftext import StampFont

from .faults import finding
from .pieces import Piece
from .proof import Fault
from .records import Entry, VolumeOrder

_MOST_NAMED = 5
_AGAIN = "请重新扫描这份材料，或用阅读器“打印为 PDF”，换掉原文件再试；仍然不行，请把这句话告诉 docgen 的维护者。"


def unlinked(entries: Sequence[Entry], linked: set[int]) -> Iterator[Finding]:
    """ASM007: entries of the index without a link."""
    lost = [number for number in range(1, len(entries) + 1) if number not in linked]
    if lost:
        numbers = "、".join(str(number) for number in lost[:_MOST_NAMED]) + ("等" if len(lost) > _MOST_NAMED else "")
        yield finding(
            "ASM007",
            f"目录里第{numbers}项没有链接，共{len(lost)}项。",
            '请在佐证材料的模板里给每一项加上链接：<a href="docgen:item/序号">。',
        )


def unprintable(order: VolumeOrder, font: StampFont) -> Iterator[Finding]:
    """ASM006: characters that the stamps' font lacks."""
    advice = "请换一个常用的写法；是人名里的生僻字，请安装收字更多的黑体（见 docgen doctor）。"
    lost = font.missing(order.heading + order.subject)
    if lost:
        yield finding("ASM006", f"页脚里的“{'”“'.join(lost)}”字体里没有，印成了〓。", advice)
    for item in order.items:
        lost = font.missing((item.title + item.caption).replace("\n", " "))
        if lost:
            text = f"“{item.title}”的文字里，“{'”“'.join(lost)}”字体里没有，照片说明里印成〓。"
            yield finding("ASM006", text, advice, item.source)


def unarchival(order: VolumeOrder, pieces: Iterable[Piece]) -> Iterator[Finding]:
    """ASM010: which files keep the volume from being a PDF/A, and why."""
    bars = [piece for piece in pieces if piece.unarchival and order.archival]
    if bars:
        named = "；".join(f"“{piece.item.path.name}”{piece.unarchival}" for piece in bars[:_MOST_NAMED])
        more = f"（共{len(bars)}个文件）" if len(bars) > _MOST_NAMED else ""
        yield finding(
            "ASM010",
            f"{order.heading}没有做成长期保存格式（PDF/A）：{named}{more}。",
            "不影响上传、阅读和打印。需要长期存档的，把这些文件用 WPS 或 Word 另存为 PDF/A，或者扫描成图片，换掉原文件。",
        )


def left_out(piece: Piece, reasons: Sequence[str]) -> Finding:
    """ASM901: a file that was left out, since its pages did not pass the proof."""
    name = piece.item.path.name
    return finding("ASM901", f"“{name}”没有放进分册：合并后核验时，{reasons[0]}。", _AGAIN, piece.item.source)


def broken(order: VolumeOrder, faults: Sequence[Fault]) -> Iterator[Finding]:
    """ASM901: a volume that did not pass the proof."""
    for fault in faults[:_MOST_NAMED]:
        where = "" if fault.page is None else f"第{fault.page + 1}页"
        yield finding("ASM901", f"{order.heading}没有通过核验：{where}{fault.reason}。", _AGAIN)
