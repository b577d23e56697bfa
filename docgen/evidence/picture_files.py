"""Transforms a picture file into what a PDF shows: its own compressed bytes wherever possible, never coded twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Self

from PIL import Image

from docgen.errors import reason_of
from docgen.model.records import FileNote, NoteKind
from docgen.tools import heif

from .codestreams import (
    PNG_MARK,
    JpegShape,
    PngShape,
    gif_frames,
    jpeg_shape,
    png_chunks,
    png_for_decoding,
    png_profile,
    png_shape,
    webp_lossy,
)
from .decoding import (
    TORN,
    PatchedBytes,
    as_picture_errors,
    jpeg_is_sound,
    noted_orientation,
    on_paper,
    opened,
    opened_jpeg,
    orientation_of,
    right_way_inked,
)
from .encoding import DECODED_QUALITY, as_it_is, as_jpeg, smaller_of, without_loss
from .likeness import SIDE, likeness_of
from .picture import Coding, Picture, PictureError
from .profiles import fitting
from .tiffs import MOST_PAGES, TiffShape, tiff_shape

JPEG_QUALITY = 88
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1")
_LOOK = SIDE
"""Pixels of the shorter side that a likeness is taken from, at least."""


_ORIENTATION_LOST = FileNote(NoteKind.REPAIRED, "里记的拍摄方向已损坏，读不出来，照文件里的样子排入")


@dataclass(frozen=True, slots=True)
class _Decoded:
    """Pixels on paper and how they are to be turned; `lossy` says what their file did to them."""

    image: Image.Image
    orientation: int
    profile: bytes
    lossy: bool


class PictureFile:
    """A picture file of any format: its frames (pages of a TIFF; one of everything else), each ready to embed.

    Holds no pixels; of a path it reads the bytes anew each time, but for a TIFF of several pages, which it keeps until
    `close`. Every method raises PictureError, and nothing else, for what cannot be read; frames count from 0.
    """

    def __init__(self, source: bytes | Path) -> None:
        self._source = source
        self._kept: bytearray | None = None
        self._tiff: TiffShape | None = None
        self._pages: tuple[int, ...] = (0,)
        self.notes: tuple[FileNote, ...] = ()
        data = self._bytes()
        self._kind = _kind_of(data)
        with as_picture_errors():
            _OPENERS.get(self._kind, PictureFile._open_other)(self, data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the bytes go that are kept for further pages; the file can be used on, and reads them again."""
        self._kept = None

    @property
    def frames(self) -> int:
        """How many pages are to be shown."""
        return len(self._pages)

    def size(self, frame: int = 0) -> tuple[int, int]:
        """Width and height in pixels, upright; nothing is decoded."""
        with as_picture_errors():
            if self._kind == "heif":
                return heif.first_size(self._bytes())[:2]
            with self._opened(frame) as image:
                noted = noted_orientation(image)
                if noted is None and _ORIENTATION_LOST not in self.notes:
                    self.notes += (_ORIENTATION_LOST,)
                turned = (noted or 1) >= 5
                return (image.height, image.width) if turned else (image.width, image.height)

    def direct(self, frame: int = 0) -> bool:
        """Whether the file's own bytes travel: `picture` decodes nothing."""
        if frame or self._kind not in ("jpeg", "png"):
            return False
        shape: JpegShape | PngShape | None
        shape = jpeg_shape(self._bytes()) if self._kind == "jpeg" else png_shape(self._bytes())
        return shape is not None and shape.plain

    def picture(self, frame: int = 0) -> Picture:
        """The frame, with all its pixels: the file's own bytes, or decoded once and coded with as little loss."""
        with as_picture_errors():
            if self._kind == "jpeg" and not frame:
                data = self._bytes()
                shape = jpeg_shape(data)
                if shape and shape.plain:
                    with opened_jpeg(data[: shape.end]) as image:
                        return _dressed(as_it_is(data, image), orientation_of(image), image.info.get("icc_profile"))
            elif self._kind == "png" and not frame:
                plain = self._png_rows()
                if plain:
                    return plain
            got = self._decoded(frame)
            made = as_jpeg(got.image, DECODED_QUALITY) if got.lossy else without_loss(got.image)
            return _dressed(made, got.orientation, got.profile)

    def reduced(self, width: int, height: int, frame: int = 0, quality: int = JPEG_QUALITY) -> Picture:
        """The frame made smaller, once, to that many pixels upright; where it is no larger, as it is.

        A photo becomes a JPEG of that quality; what was kept without loss stays so if that takes no more bytes.
        The same bytes on every run.
        """
        across, down = self.size(frame)
        width, height = max(min(width, across), 1), max(min(height, down), 1)
        if (width, height) == (across, down):
            return self.picture(frame)
        with as_picture_errors():
            got = self._decoded(frame, (width, height))
            if got.orientation >= 5:
                width, height = height, width
            line_art = got.image.mode == "1"
            image = got.image.convert({"1": "L", "P": "RGB"}.get(got.image.mode, got.image.mode))
            small = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
            made = as_jpeg(small, quality) if got.lossy else smaller_of(small, quality, line_art)
            return _dressed(made, got.orientation, got.profile)

    def likeness(self) -> str:
        """The perceptual hash of the first frame, upright; "" where there is nothing to compare."""
        return self.look(0)

    def look(self, frame: int) -> str:
        """Decode a frame whole, so that damage shows, and give its likeness. The pixels may be an eighth of a JPEG's."""
        with as_picture_errors():
            if self._kind == "jpeg":
                data = self._bytes()
                shape = jpeg_shape(data)
                if not jpeg_is_sound(data[: shape.end] if shape else data):
                    raise PictureError(TORN)
            elif self._kind == "png":
                rows = png_shape(self._bytes())
                if rows is None or not rows.sound:
                    raise PictureError(TORN)
            got = self._decoded(frame, (_LOOK, _LOOK))
            return likeness_of(got.image, got.orientation) if not frame else ""

    # Opening

    def _bytes(self) -> bytes:
        if isinstance(self._source, bytes):
            return self._source
        try:
            return self._source.read_bytes()
        except OSError as error:
            raise PictureError(f"读不到（{reason_of(error)}）") from error

    def _open_other(self, data: bytes) -> None:
        with opened(BytesIO(data)) as image:
            count = getattr(image, "n_frames", 1)
        self._say_moving(count, "动画")

    def _open_jpeg(self, data: bytes) -> None:
        shape = jpeg_shape(data)
        with opened_jpeg(data[: shape.end] if shape else data):
            pass

    def _open_png(self, data: bytes) -> None:
        shape = png_shape(data)
        if shape is None:
            raise PictureError("照片已损坏，打不开")
        with opened(BytesIO(png_for_decoding(data))):
            pass
        self._say_moving(shape.frames, "动画")

    def _open_gif(self, data: bytes) -> None:
        with opened(BytesIO(data)):
            pass
        self._say_moving(gif_frames(data), "动画")

    def _open_heif(self, data: bytes) -> None:
        self._say_moving(heif.first_size(data)[2], "")

    def _open_tiff(self, data: bytes) -> None:
        self._tiff = tiff_shape(data)
        if self._tiff is None:
            raise PictureError("照片已损坏，打不开")
        large = tuple(number for number, page in enumerate(self._tiff.pages) if not page.small)
        self._pages = large or tuple(range(len(self._tiff.pages)))
        if hidden := len(self._tiff.pages) - len(self._pages):
            self.notes += (FileNote(NoteKind.FRAMES, f"另有{hidden}幅缩略图没有排入"),)
        if self._tiff.more:
            raise PictureError(f"TIFF 的页数超过 {MOST_PAGES}，没有读取", "请拆成几个文件后放回原处。")
        if self._tiff.torn:
            self.notes += (FileNote(NoteKind.PAGES_LOST, f"第{len(self._tiff.pages)}页之后的内容"),)

    def _say_moving(self, count: int, what: str) -> None:
        if count > 1:
            said = f"{what}的第1幅已排入" if what else "主图已排入"
            self.notes += (FileNote(NoteKind.FRAMES, f"{said}，另有{count - 1}幅没有排入"),)

    def _opened(self, frame: int) -> Image.Image:
        """The frame, not yet decoded. Not for HEIC, which another library opens."""
        if not 0 <= frame < len(self._pages):
            raise PictureError(f"没有第{frame + 1}页")
        if self._tiff is not None:
            if self._kept is None:
                self._kept = bytearray(self._bytes())
            data = self._kept
            if self._tiff.pages[self._pages[frame]].offset >= len(data):
                raise PictureError(TORN)
            self._tiff.start_at(data, self._pages[frame])
            if len(self._pages) == 1:
                self._kept = None
            return opened(PatchedBytes(data))
        data_ = self._bytes()
        if self._kind == "jpeg":
            shape = jpeg_shape(data_)
            return opened_jpeg(data_[: shape.end] if shape else data_)
        return opened(BytesIO(png_for_decoding(data_) if self._kind == "png" else data_))

    # Decoding

    def _decoded(self, frame: int, least: tuple[int, int] | None = None) -> _Decoded:
        """The frame's pixels. A JPEG may come at a half, quarter or eighth, but not below `least`, upright."""
        if self._kind == "heif":
            image, _count = heif.first_picture(self._bytes())
            return _Decoded(on_paper(image), 1, image.info.get("icc_profile") or b"", True)
        with self._opened(frame) as image:
            orientation = orientation_of(image)
            if least and self._kind == "jpeg":
                image.draft(image.mode, least if orientation < 5 else (least[1], least[0]))
            image.load()
            paper = on_paper(image)
            if self._kind == "jpeg" and image.mode == "CMYK":
                paper = right_way_inked(paper, "adobe" in image.info)
            return _Decoded(paper, orientation, image.info.get("icc_profile") or b"", self._lossy(frame))

    def _lossy(self, frame: int) -> bool:
        if self._tiff is not None:
            return self._tiff.pages[self._pages[frame]].lossy
        if self._kind == "webp":
            return webp_lossy(self._bytes())
        return self._kind in ("jpeg", "avif", "jp2")

    def _png_rows(self) -> Picture | None:
        data = self._bytes()
        shape = png_shape(data)
        if shape is None or not shape.plain:
            return None
        with opened(BytesIO(png_for_decoding(data))) as image:
            orientation = orientation_of(image)
        channels = 3 if shape.colour == 2 else 1
        profile = next(
            (png_profile(content) for kind, content, good in png_chunks(data) if kind == b"iCCP" and good), b""
        )
        rows = Picture(
            b"".join(shape.rows), Coding.ROWS, shape.width, shape.height, channels, shape.bits, palette=shape.palette
        )
        return _dressed(rows, orientation, profile)


def _dressed(picture: Picture, orientation: int, profile: object) -> Picture:
    fits = b"" if picture.palette else fitting(profile, picture.channels)
    return replace(picture, orientation=orientation, profile=fits)


def _kind_of(data: bytes) -> str:
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(PNG_MARK):
        return "png"
    if data[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"MM*\0", b"II\0*"):
        return "tiff"
    if data.startswith(b"GIF8"):
        return "gif"
    if data[8:12] == b"WEBP" and data.startswith(b"RIFF"):
        return "webp"
    if data[4:8] == b"ftyp":
        brands = data[8 : max(int.from_bytes(data[:4], "big"), 16)][:256]
        if b"avif" in brands or b"avis" in brands:
            return "avif"
        return "heif" if data[8:12] in _HEIC_BRANDS else ""
    if data.startswith((b"\xff\x4f\xff\x51", b"\0\0\0\x0cjP  \r\n\x87\n")):
        return "jp2"
    return ""


_OPENERS: dict[str, Callable[[PictureFile, bytes], None]] = {
    "jpeg": PictureFile._open_jpeg,
    "png": PictureFile._open_png,
    "gif": PictureFile._open_gif,
    "heif": PictureFile._open_heif,
    "tiff": PictureFile._open_tiff,
}
