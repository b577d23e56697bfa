"""Transforms the files of an order into pieces ready to lay out; a file that cannot be used is named, the rest go on."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from docgen.acroform.geometry import Box
from docgen.errors import DocgenError, reason_of
from docgen.evidence.documents import DocumentError, read_document
from docgen.evidence.estimates import MUCH, stands_alone
from docgen.evidence.geometry import fit_picture, parts_of, photo_cells
from docgen.evidence.inspection import source_of
from docgen.evidence.media import Family, Media, media_named, media_of
from docgen.evidence.pictures import Picture, PictureError, PictureFile
from docgen.evidence.reduction import reduce_document
from docgen.evidence.store import Store
from docgen.findings import Finding
from docgen.fonts.pdftext import StampFont
from docgen.tools import qpdf

from .faults import finding
from .limits import Step
from .pieces import CAPTION_SIZE, TITLE_SIZE, Pages, Photo, Piece, Scans, text_height, unarchival_picture
from .records import VolumeItem, VolumeOrder
from .spool import Kept, Spool

_log = logging.getLogger(__name__)
_MOST_TITLE_LINES, _MOST_CAPTION_LINES = 2, 4
_LITTLE = 1.1  # how far above it a picture may be where a size limit is to be kept
_HEAD = 65_536
_ONE_IN_MEMORY = 40_000_000
_HINTS = {
    "ASM001": "请把文件放回原处，关闭正在使用它的程序，再运行一次。",
    "ASM002": "请等文件保存完毕，再运行一次。",
    "ASM003": "请打开文件看一看：照片另存为 JPG，PDF 去掉密码后重新“打印为 PDF”，换掉原文件。",
}


@dataclass(slots=True)
class Intake:
    """Takes the files of one order in, one after another, at one resolution. `spool` gets their pictures.

    `first` tells that this is the resolution of the settings: a coarser one is for the sake of the size limit, and is
    used for pictures inside documents too.
    """

    order: VolumeOrder
    font: StampFont
    store: Store
    spool: Spool
    step: Step
    first: bool = True
    pieces: list[Piece] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    payload: int = 0
    _kept: dict[str, tuple[Picture, Kept]] = field(default_factory=dict)
    _attached: dict[str, Kept] = field(default_factory=dict)

    def take_all(self) -> None:
        """Read every file of the order, each while the digests of the next ones are taken beside it."""
        with ThreadPoolExecutor(1) as beside:
            digests = [beside.submit(_sha256_of, item.path) for item in self.order.items]
            try:
                for item, digest in zip(self.order.items, digests, strict=True):
                    self.take(item, digest.result)
            finally:
                beside.shutdown(cancel_futures=True)

    def take(self, item: VolumeItem, sha256_now: Callable[[], str]) -> None:
        """Read one file and add it to the pieces, or a finding to the findings."""
        name = item.path.name
        try:
            sha256 = sha256_now()
            if item.file.sha256 and sha256 != item.file.sha256:
                self._tell("ASM002", f"“{name}”在核查之后被改动过，没有放进分册。", item)
                return
            source = item.converted or source_of(item.file, item.path, self.store)
            media = media_named(item.file.media) if item.file.media else _sniffed(item.path)
            family = Family.DOCUMENT if source != item.path else media.family
            taker = _TAKERS.get(family)
            if taker is None:
                self._tell("ASM003", f"“{name}”是{media.name}，没有放进分册。", item, media.remedy)
                return
            self.pieces.append(taker(self, item, source, sha256))
        except OSError as error:
            self._tell("ASM001", f"“{name}”读不到了（{_reason(error)}），没有放进分册。", item)
        except (PictureError, DocumentError) as error:
            self._tell("ASM003", f"“{name}”没有放进分册：{error}。", item, getattr(error, "remedy", ""))
        except DocgenError:
            raise
        except Exception as error:  # noqa: BLE001 - a defect met in one file must not cost the others; it is told with it
            _log.info("taking %s in", name, exc_info=True)
            self._tell("ASM003", f"“{name}”没有放进分册：处理时程序出错（{type(error).__name__}）。", item)

    def _tell(self, id: str, message: str, item: VolumeItem, hint: str = "") -> None:
        self.findings.append(finding(id, message, hint or _HINTS[id], item.source))

    def picture(self, item: VolumeItem, source: Path, sha256: str) -> Piece:
        """A photo, a long one in parts, or a scan of several sheets."""
        small = source.stat().st_size <= _ONE_IN_MEMORY
        file = PictureFile(source.read_bytes() if small else source)
        number = len(self.pieces) + 1
        if file.frames == 1:
            parts = parts_of(*file.size())
            if len(parts) == 1:
                return self._photo(file, item, sha256, number, 0, f"{number}. {item.title}")
            ends = [f"{number}. {item.title}（第{place}段，共{len(parts)}段）" for place in range(1, len(parts) + 1)]
            pairs = zip(ends, parts, strict=True)
            return Scans(
                item, number, tuple(self._photo(file, item, sha256, number, 0, end, part) for end, part in pairs)
            )
        titles = (f"{number}. {item.title}（第{frame + 1}张，共{file.frames}张）" for frame in range(file.frames))
        shots = tuple(self._photo(file, item, sha256, number, frame, title) for frame, title in enumerate(titles))
        return Scans(item, number, shots)

    def _photo(
        self,
        file: PictureFile,
        item: VolumeItem,
        sha256: str,
        number: int,
        frame: int,
        title: str,
        part: tuple[float, float] = (0.0, 1.0),
    ) -> Photo:
        across, down = file.size(frame)
        alone = file.frames > 1 or stands_alone(across, down)
        cell = photo_cells(1 if alone else max(self.order.photos_per_page, 1))[0]
        titles = self._at_most(self.font.wrap(title, TITLE_SIZE, cell.width), _MOST_TITLE_LINES, TITLE_SIZE, cell.width)
        captions = self.font.wrap(item.caption, CAPTION_SIZE, cell.width)
        captions = self._at_most(captions, _MOST_CAPTION_LINES, CAPTION_SIZE, cell.width)
        room = Box(cell.left, cell.bottom + text_height(len(titles), len(captions)), cell.right, cell.top)
        place = fit_picture(across, down * (part[1] - part[0]), room)
        wide = high = 0
        if across * 72 / place.width > self.step.dpi * (MUCH if self.first else _LITTLE):
            wide = max(round(place.width / 72 * self.step.dpi), 1)
            high = max(round(wide * down / across), 1)
        picture, kept, reduced = self._ready(file, item, sha256, frame, wide, high)
        return Photo(
            item,
            number,
            kept,
            picture.orientation,
            tuple(titles),
            tuple(captions),
            alone,
            place.width,
            place.height,
            reduced,
            unarchival_picture(picture),
            part=part,
        )

    def _at_most(self, lines: list[str], most: int, size: float, width: float) -> list[str]:
        """The first lines, the last of them ending in … where some were left out (the index has the whole)."""
        if len(lines) <= most:
            return lines
        return [*lines[: most - 1], self.font.shorten(lines[most - 1] + lines[most] + " ", size, width)]

    def _ready(
        self, file: PictureFile, item: VolumeItem, sha256: str, frame: int, wide: int, high: int
    ) -> tuple[Picture, Kept, bool]:
        """The picture in the spool, made smaller to `wide` and `high` pixels (0: as it is) if that makes it smaller."""
        whole = f"{sha256}-{frame}-whole"
        if wide:
            quality = self.step.quality
            key = f"{sha256}-{frame}-{wide}x{high}-{quality}"
            small = self._decoded(key, lambda: file.reduced(wide, high, frame, quality))
            if not file.direct(frame) or len(small.data) < len(file.picture(frame).data):
                return (*self._spooled(key, small, item.path), True)
        picture = file.picture(frame) if file.direct(frame) else self._decoded(whole, lambda: file.picture(frame))
        return (*self._spooled(whole, picture, item.path), False)

    def _decoded(self, key: str, decode: Callable[[], Picture]) -> Picture:
        """A picture that had to be decoded, from the store where it was before: no picture is decoded twice."""
        if key in self._kept:
            return self._kept[key][0]
        stored = self.store.blob(f"{key}-picture")
        if stored is not None:
            try:
                return Picture.unpack(stored.read_bytes())
            except (OSError, PictureError):  # the store was damaged, or swept a moment ago: it is made anew
                pass
        picture = decode()
        self.store.keep_blob(f"{key}-picture", picture.pack())
        return picture

    def _spooled(self, key: str, picture: Picture, source: Path) -> tuple[Picture, Kept]:
        if key not in self._kept:
            kept = self.spool.picture(picture, source)
            self._kept[key] = replace(picture, data=b""), kept
            self.payload += kept.size
        return self._kept[key]

    def pages(self, item: VolumeItem, source: Path, sha256: str) -> Piece:
        """A document; what is signed goes along as an attachment too."""
        size, saved = source.stat().st_size, 0
        document = read_document(source, archival=self.order.archival)
        with document.pdf:
            try:
                if not self.first:
                    saved = reduce_document(document, self.step.dpi, self.step.quality, self.store, sha256)
                place = self.spool.document(document, source)
            except qpdf.ERRORS as error:
                raise DocumentError("PDF 已损坏，有的页取不出来") from error
        self.payload += size - saved
        attachment = self._attach(item, sha256) if document.cleaned.signed else None
        share = size - saved + (attachment.size if attachment else 0)
        return Pages(item, len(self.pieces) + 1, document, place, share, attachment, bool(saved))

    def _attach(self, item: VolumeItem, sha256: str) -> Kept:
        if sha256 not in self._attached:
            self._attached[sha256] = self.spool.attachment(item.path, "application/pdf")
            self.payload += self._attached[sha256].size
        return self._attached[sha256]


def _sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sniffed(path: Path) -> Media:
    with path.open("rb") as stream:
        return media_of(stream.read(_HEAD))


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "文件不在了"
    return "没有读取权限" if isinstance(error, PermissionError) else reason_of(error)


_TAKERS: Mapping[Family, Callable[[Intake, VolumeItem, Path, str], Piece]] = MappingProxyType(
    {Family.PICTURE: Intake.picture, Family.DOCUMENT: Intake.pages}
)
"""What takes which kind of file in; a further kind of evidence is one more line here."""
