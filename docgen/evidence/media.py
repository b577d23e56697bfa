"""What bytes are, by what they say themselves and not by the file's name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """How a kind of file comes into a volume."""

    PICTURE = "picture"  # laid out as a photo, or a scan a page
    DOCUMENT = "document"  # PDF: its pages
    OFFICE = "office"  # turned into PDF by LibreOffice first
    NONE = ""  # cannot come into a volume


@dataclass(frozen=True, slots=True)
class Media:
    """A kind of file: its media type, what people call it (Chinese), how it is taken in, the fitting extensions."""

    type: str
    name: str
    family: Family = Family.NONE
    suffixes: tuple[str, ...] = ()
    remedy: str = ""
