"""The pieces that a volume is laid out from: a photo, a scan of several sheets, a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from .records import DOCUMENT, PHOTO, VolumeItem
from .spool import Kept

if TYPE_CHECKING:
    from docgen.evidence.documents import Document
    from docgen.evidence.pictures import Picture

TITLE_SIZE, CAPTION_SIZE, LEADING, CAPTION_GAP = 10.5, 9.0, 1.45, 7.0


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture and the lines under it; `alone` where it is a scan that wants a page of its own.

    `width` and `height` are how large it is drawn, in points; `orientation` is EXIF's. `part` is what is shown of it, from
    and to which share of its height: of a long one, a part a page.
    """

    item: VolumeItem
    number: int
    kept: Kept
    orientation: int
    title_lines: tuple[str, ...]
    caption_lines: tuple[str, ...]
    alone: bool
    width: float
    height: float
    reduced: bool = False
    unarchival: str = ""
    kind: str = PHOTO
    length: int = 1
    part: tuple[float, float] = (0.0, 1.0)

    @property
    def share(self) -> int:
        """The bytes that it brings."""
        return self.kept.size

    @property
    def text_height(self) -> float:
        """What the lines take below the picture, in points."""
        return text_height(len(self.title_lines), len(self.caption_lines))


@dataclass(frozen=True, slots=True)
class Scans:
    """A picture file of several sheets, or a long picture in parts, each on a page of its own."""

    item: VolumeItem
    number: int
    shots: tuple[Photo, ...]
    kind: str = PHOTO

    @property
    def length(self) -> int:
        """Its pages."""
        return len(self.shots)

    @property
    def share(self) -> int:
        """The bytes that it brings."""
        return sum(kept.size for kept in {shot.kept for shot in self.shots})

    @property
    def reduced(self) -> bool:
        """Whether a sheet was made smaller."""
        return any(shot.reduced for shot in self.shots)

    @property
    def unarchival(self) -> str:
        """Why it may not stand in a PDF/A, "" if it may."""
        return next((shot.unarchival for shot in self.shots if shot.unarchival), "")


@dataclass(frozen=True, slots=True)
class Pages:
    """A document and what it proves. `place` is where its first page stands in the spool, `share` the bytes that
    it brings, about; `attachment` the original file, where that is signed. The document's own PDF is closed.
    """

    item: VolumeItem
    number: int
    document: Document
    place: int
    share: int
    attachment: Kept | None = None
    reduced: bool = False
    kind: str = DOCUMENT

    @property
    def length(self) -> int:
        """Its pages."""
        return len(self.document.leaves)

    @property
    def unarchival(self) -> str:
        """Why it may not stand in a PDF/A, "" if it may."""
        return self.document.unarchival or self.item.file.unarchival


Piece: TypeAlias = Photo | Scans | Pages


def text_height(title_lines: int, caption_lines: int) -> float:
    """What lines under a picture take with the gap above them, in points."""
    return CAPTION_GAP + (title_lines * TITLE_SIZE + caption_lines * CAPTION_SIZE) * LEADING


def unarchival_picture(picture: Picture) -> str:
    """Why a picture may not stand in a PDF/A-2b (ISO 19005-2, 6.2.4), "" if it may.

    Grey and RGB without a profile are covered by the volume's own output intent, CMYK is not.
    """
    return "是印刷用的 CMYK 颜色，没有说明是哪一种油墨" if picture.channels == 4 and not picture.profile else ""
