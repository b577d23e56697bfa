"""Transforms the files of an order into pieces ready to lay out; a file that cannot be used is named, the rest go on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from docgen.errors import reason_of
from docgen.evidence.documents import Document, DocumentError, read_document
from docgen.evidence.geometry import Box, fit_picture, photo_cells
from docgen.evidence.pictures import Picture, PictureError, read_picture, reduce_picture
from docgen.findings import Finding
from docgen.fonts.pdftext import StampFont

from .faults import finding
from .records import DOCUMENT, PHOTO, VolumeItem, VolumeOrder

TITLE_SIZE, CAPTION_SIZE, LEADING, CAPTION_GAP = 10.5, 9.0, 1.45, 7.0
_MOST_TITLE_LINES, _MOST_CAPTION_LINES = 2, 4
_SCAN_RATIO, _SCAN_PIXELS = 1.3, 1000
_MUCH = 1.3  # how far above the wanted resolution a picture may be before it is reduced


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture and the lines under it; `alone` where it is a scan that wants a page of its own.

    `width` and `height` are how large it is drawn, in points.
    """

    item: VolumeItem
    number: int
    picture: Picture
    title_lines: tuple[str, ...]
    caption_lines: tuple[str, ...]
    alone: bool
    width: float
    height: float
    note: str
    reduced: bool = False
    kind: str = PHOTO

    @property
    def text_height(self) -> float:
        """What the lines take below the picture, in points."""
        return text_height(len(self.title_lines), len(self.caption_lines))


@dataclass(frozen=True, slots=True)
class Pages:
    """A document and what it proves."""

    item: VolumeItem
    number: int
    document: Document
    note: str
    kind: str = DOCUMENT


Piece: TypeAlias = Photo | Pages


def text_height(title_lines: int, caption_lines: int) -> float:
    """What lines under a picture take with the gap above them, in points."""
    return CAPTION_GAP + (title_lines * TITLE_SIZE + caption_lines * CAPTION_SIZE) * LEADING


@dataclass(slots=True)
class Intake:
    """Takes the files of one order in, one after another."""

    order: VolumeOrder
    font: StampFont
    pieces: list[Piece] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _reduced: dict[tuple[str, int, int], Picture] = field(default_factory=dict)

    def take(self, item: VolumeItem) -> None:
        """Read one file and add it to the pieces, or a finding to the findings."""
        name = item.path.name
        try:
            data = item.path.read_bytes()
        except OSError as error:
            self._tell("ASM001", f"“{name}”读不到了（{_reason(error)}），没有放进分册。", item)
            return
        if item.file.sha256 and hashlib.sha256(data).hexdigest() != item.file.sha256:
            self._tell("ASM002", f"“{name}”在核查之后被改动过，没有放进分册。", item)
            return
        taker = _TAKERS.get(media_of(data))
        if taker is None:
            self._tell("ASM003", f"“{name}”不是 JPG、PNG 或 PDF，没有放进分册。", item)
            return
        try:
            self.pieces.append(taker(self, item, data))
        except (PictureError, DocumentError) as error:
            self._tell("ASM003", f"“{name}”没有放进分册：{error}。", item)

    def _tell(self, id: str, message: str, item: VolumeItem) -> None:
        hints = {
            "ASM001": "请把文件放回原处，关闭正在使用它的程序，再运行一次。",
            "ASM002": "请等文件保存完毕，再运行一次。",
            "ASM003": "请打开文件看一看：照片另存为 JPG，PDF 去掉密码后重新“打印为 PDF”，换掉原文件。",
            "ASM004": "页面上看得到的内容没有变；附件如果也是佐证材料，请取出来单独放进佐证材料文件夹。",
            "ASM005": "请保存好原文件；评价组织要求验证签名的，把原文件单独上传。",
            "ASM008": "请在分册里核对这份材料的页数和内容；不对的，重新扫描或导出。",
        }
        self.findings.append(finding(id, message, hints[id], item.source))

    def photo(self, item: VolumeItem, data: bytes) -> Piece:
        """A picture, made smaller if it is far finer than the wanted resolution."""
        picture = read_picture(data)
        number = len(self.pieces) + 1
        across, down = picture.upright
        alone = down >= _SCAN_RATIO * across and across >= _SCAN_PIXELS
        cell = photo_cells(1 if alone else max(self.order.photos_per_page, 1))[0]
        titles = self.font.wrap(f"{number}. {item.title}", TITLE_SIZE, cell.width)
        captions = self.font.wrap(item.caption, CAPTION_SIZE, cell.width)
        titles = self._at_most(titles, _MOST_TITLE_LINES, TITLE_SIZE, cell.width)
        captions = self._at_most(captions, _MOST_CAPTION_LINES, CAPTION_SIZE, cell.width)
        room = Box(cell.left, cell.bottom + text_height(len(titles), len(captions)), cell.right, cell.top)
        place = fit_picture(across, down, room)
        small = self._reduced_to_fit(picture, data, place)
        size = place.width, place.height
        return Photo(
            item, number, small, tuple(titles), tuple(captions), alone, *size, item.caption, small is not picture
        )

    def _at_most(self, lines: list[str], most: int, size: float, width: float) -> list[str]:
        """The first lines, the last of them ending in … where some were left out (the index has the whole)."""
        if len(lines) <= most:
            return lines
        return [*lines[: most - 1], self.font.shorten(lines[most - 1] + lines[most] + " ", size, width)]

    def _reduced_to_fit(self, picture: Picture, data: bytes, place: Box) -> Picture:
        across, down = picture.upright
        if across * 72 / place.width <= self.order.max_dpi * _MUCH:
            return picture
        wide = max(round(place.width / 72 * self.order.max_dpi), 1)
        high = max(round(wide * down / across), 1)
        key = (hashlib.sha256(data).hexdigest(), wide, high)
        if key not in self._reduced:
            self._reduced[key] = reduce_picture(picture, data, wide, high)
        small = self._reduced[key]
        return small if len(small.data) < len(picture.data) else picture

    def pages(self, item: VolumeItem, data: bytes) -> Piece:
        """A PDF; what was dropped from it or could not be kept is told."""
        document = read_document(data)
        name = item.path.name
        if document.cleaned.dropped:
            words = "、".join(sorted(document.cleaned.dropped))
            self._tell("ASM004", f"“{name}”里的{words}没有带进分册。", item)
        if document.cleaned.signed:
            self._tell("ASM005", f"“{name}”带有电子签名，合并后签名不能再验证。", item)
        if document.repaired:
            self._tell("ASM008", f"“{name}”的结构有损坏，已修复后放进分册（{len(document.leaves)}页）。", item)
        return Pages(item, len(self.pieces) + 1, document, item.caption)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "文件不在了"
    return "没有读取权限" if isinstance(error, PermissionError) else reason_of(error)


def media_of(data: bytes) -> str:
    """What the bytes are, whatever the file's name says; "" for what cannot be laid out."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return "application/pdf" if b"%PDF-" in data[:1024] else ""


_TAKERS: Mapping[str, Callable[[Intake, VolumeItem, bytes], Piece]] = MappingProxyType(
    {"image/jpeg": Intake.photo, "image/png": Intake.photo, "application/pdf": Intake.pages}
)
"""What takes which kind of file in; a further kind of evidence is one more line here."""
