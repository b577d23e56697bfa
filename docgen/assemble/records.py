"""What goes into a volume and what comes out of it: frozen values, no I/O."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from docgen.findings import Finding
from docgen.model.records import EvidenceFile
from docgen.model.source import Source

PHOTO = "照片"
DOCUMENT = "PDF"
ITEM_LINK = "docgen:item/"
"""The front matter links its entry n (from 1) to this followed by n; assembling makes it a link inside the volume."""


@dataclass(frozen=True, slots=True)
class VolumeItem:
    """One piece of evidence: the file to read, what loading knew of it, its title, and what it proves.

    `converted` is the PDF that was made of an Office file, where it is at hand already.
    """

    path: Path
    file: EvidenceFile
    title: str
    caption: str = ""
    converted: Path | None = None

    @property
    def source(self) -> Source:
        """The file as findings name it."""
        return Source(self.file.path or self.path.name)


@dataclass(frozen=True, slots=True)
class VolumeOrder:
    """One volume to assemble. `heading` and `subject` make the running foot; `max_dpi` in dots per inch
    is what pictures are reduced to at once, `min_dpi` what they are never reduced below to keep `max_mb` (10⁶ bytes,
    0 for no limit). Where that limit is this volume's share of what an application's volumes may have together,
    `of_total_mb` is the latter.

    `archival` wants a PDF/A where the parts allow it. `numbered` puts the running foot on every page but a cover. `document_id` goes into the metadata, so that a volume
    tells what it was made of; it must not change from run to run.
    """

    heading: str
    subject: str
    school: str
    items: tuple[VolumeItem, ...]
    draft: bool = False
    photos_per_page: int = 2
    max_dpi: int = 300
    min_dpi: int = 150
    max_mb: float = 0
    of_total_mb: int = 0
    document_id: str = ""
    numbered: bool = True
    archival: bool = True

    @property
    def title(self) -> str:
        """The volume's title, as its window and its metadata show it."""
        return " · ".join(part for part in (self.heading, self.subject) if part)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the index. `kind` is 照片 or PDF; `first_page` is the printed page number, the PDF's own as well.

    `reduced` tells that its pictures were made smaller to the volume's resolution, `attached` that the original file,
    whose signature no merged file can keep, is an attachment of the volume.
    """

    title: str
    note: str
    kind: str
    pages: int
    first_page: int
    reduced: bool = False
    attached: bool = False


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What cover and index are made from. `total_pages` counts the front pages too.

    `dpi` is the resolution that pictures were reduced to, where an entry says that they were.
    """

    order: VolumeOrder
    entries: tuple[Entry, ...]
    total_pages: int
    front_pages: int
    dpi: int = 0

    @property
    def photos(self) -> int:
        """How many entries are photos."""
        return sum(entry.kind == PHOTO for entry in self.entries)

    @property
    def documents(self) -> int:
        """How many entries are PDF documents."""
        return sum(entry.kind == DOCUMENT for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Volume:
    """What assembling came to. `made`: the file is there and passed its proof; otherwise there is none, and `findings`
    tell why. `size` in bytes; `sha256` is "" where nothing was made.
    """

    made: bool
    pages: int
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    sha256: str = ""
    size: int = 0


FrontMaker: TypeAlias = Callable[[FrontMatter], bytes]
"""Makes the PDF of cover and index."""
