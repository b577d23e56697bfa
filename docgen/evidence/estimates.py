"""What a piece of evidence will take of a volume, told from what inspection knows of its file, without reading it.

Estimates decide where a volume is split and how a size limit is shared out, so they depend on the file's facts and on
docgen.toml alone: the same data always gives the same volumes. They err on the large side.

Bytes a pixel were measured on scans of 9 pt Chinese print (with the noise of a scanner) and on photos: 0.35 and 0.30 as
JPEG of quality 88 at 300 dpi, 0.22 and 0.13 of quality 70 at 150 dpi.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from docgen.acroform.geometry import Box
from docgen.model.records import EvidenceFile
from docgen.model.settings import EvidenceSettings

from .geometry import A4_LONG, A4_SHORT, fit_picture, parts_of, photo_cells

MUCH = 1.3
"""How far above the wanted resolution a picture may be before it is reduced."""

_SCAN_RATIO, _SCAN_PIXELS = 1.3, 1000
_CAPTION = 36.0  # two lines under a photo and the gap above them, in points
_FINE, _COARSE = 0.35, 0.22
_FRONT_PAGES, _INDEX_LINES = 2, 25
_FRONT_BYTES = 250_000  # cover, index, and the fonts of both and of the stamps
_TRAVEL_AS_THEY_ARE = ("image/jpeg", "image/png")


def stands_alone(across: int, down: int) -> bool:
    """Whether a picture of that many pixels, upright, is a scan that wants a page of its own."""
    return (down >= _SCAN_RATIO * across and across >= _SCAN_PIXELS) or len(parts_of(across, down)) > 1


@dataclass(frozen=True, slots=True)
class Weight:
    """What one file takes: pages (0 for a photo that shares a page), bytes as it goes in, bytes when reduced to the least."""

    pages: int
    full: int
    least: int


def weigh(file: EvidenceFile, settings: EvidenceSettings) -> Weight:
    """The estimate for one file. A picture of several frames takes a page for each."""
    if file.media.startswith("image/"):
        return _weigh_picture(file, settings)
    return _weigh_document(file, settings)


def _weigh_picture(file: EvidenceFile, settings: EvidenceSettings) -> Weight:
    parts = len(parts_of(file.width, file.height)) if file.pages <= 1 else 1
    frames, high = max(file.pages, parts), file.height / parts
    alone = frames > 1 or stands_alone(file.width, file.height)
    pages = frames if alone else 0
    if file.width <= 0 or file.height <= 0:
        return Weight(pages, file.size, file.size)
    cell = photo_cells(1 if alone else settings.photos_per_page)[0]
    place = fit_picture(file.width, high, Box(cell.left, cell.bottom + _CAPTION, cell.right, cell.top))
    pixels, inches = file.width * high, place.width * place.height / 72**2
    wanted = inches * settings.max_dpi**2
    travels = file.media in _TRAVEL_AS_THEY_ARE
    fine = min(pixels, wanted) * _FINE * frames
    if travels:
        fine = min(file.size, fine) if pixels > wanted * MUCH**2 else file.size
    coarse = min(pixels, inches * settings.min_dpi**2) * _COARSE * frames
    return Weight(pages, round(fine), round(min(fine, coarse)))


def _weigh_document(file: EvidenceFile, settings: EvidenceSettings) -> Weight:
    """A PDF goes in as it is; only pages without any text (scans) are counted on to become smaller."""
    pages = max(file.pages, 1)
    scans = sum(not text.strip() for text in file.texts)
    scanned = file.size * min(scans, pages) / pages
    coarse = scans * A4_SHORT * A4_LONG / 72**2 * settings.min_dpi**2 * _COARSE
    return Weight(pages, file.size, round(file.size - scanned + min(scanned, coarse)))


@dataclass(frozen=True, slots=True)
class Room:
    """What a run of files takes as one volume, with its cover and index: pages, bytes as they go in, bytes at the least."""

    pages: int
    full: int
    least: int


FRONT = Room(_FRONT_PAGES, _FRONT_BYTES, _FRONT_BYTES)
"""What a cover and a short index take."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures any run of a sequence of files at once: where each begins and ends if all were one volume."""

    first: tuple[int, ...]
    last: tuple[int, ...]
    full: tuple[int, ...]
    least: tuple[int, ...]

    def measure(self, start: int, end: int) -> Room:
        """What files `start` up to but without `end` take; a cut between two photos of one page may add one page."""
        front = FRONT.pages + (end - start - 1) // _INDEX_LINES
        return Room(
            front + self.last[end - 1] - self.first[start] + 1,
            FRONT.full + self.full[end] - self.full[start],
            FRONT.least + self.least[end] - self.least[start],
        )


def ruler(files: Iterable[EvidenceFile], settings: EvidenceSettings) -> Ruler:
    """The ruler of files in their order; photos that follow one another share pages."""
    first: list[int] = []
    last: list[int] = []
    full, least = [0], [0]
    page = photos = 0  # the last page begun, and the photos on it if it takes more
    for file in files:
        weight = weigh(file, settings)
        if weight.pages or photos % settings.photos_per_page == 0:
            photos = 0
            page += 1
        photos = 0 if weight.pages else photos + 1
        first.append(page)
        page += max(weight.pages - 1, 0)
        last.append(page)
        full.append(full[-1] + weight.full)
        least.append(least[-1] + weight.least)
    return Ruler(tuple(first), tuple(last), tuple(full), tuple(least))
