"""qpdf, by way of pikepdf: opens and repairs PDFs, within limits that no honest file comes near."""

from __future__ import annotations

import logging
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import settings

MOST_UNPACKED = 100_000_000
"""Bytes that one stream may unpack to; a page full of drawing has a few millions."""
_MOST_ITEMS = 1_000_000  # of one array or dictionary; the longest honest one is a page tree without branches
_DEEPEST = 300

ERRORS: tuple[type[Exception], ...] = (
    pikepdf.PikepdfError,
    ArithmeticError,
    AttributeError,
    IndexError,
    KeyError,
    MemoryError,
    NotImplementedError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What pikepdf raises on objects that are not what they should be."""

logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # what it has to say is told as a finding


def version() -> str:
    """qpdf's version, as "12.4.2"."""
    return str(pikepdf.__libqpdf_version__)


def keep_limits() -> None:
    """Set qpdf's limits for this process: nesting, sizes, what a stream may unpack to. Harmless to repeat."""
    settings.set_qpdf_limits(
        parser_max_nesting=_DEEPEST,
        parser_max_container_size=_MOST_ITEMS,
        flate_max_memory=MOST_UNPACKED,
        png_max_memory=MOST_UNPACKED,
        run_length_max_memory=MOST_UNPACKED,
        tiff_max_memory=MOST_UNPACKED,
        # None for JPEG: whatever the number, qpdf then refuses whole photos of a few megabytes as "large". It decodes
        # JPEG only where pictures are inspected, and their pixels are counted before.
        dct_max_memory=0,
    )


def open_pdf(source: bytes | Path) -> pikepdf.Pdf:
    """A PDF, repaired where needed; of a file, only what is asked for is read, and never by mapping it into memory:
    one that is cut short by someone else meanwhile must not end the process.

    Its page tree is as the file has it, until its pages are asked for: pages may lack what their parents say. Raises
    pikepdf.PasswordError, any of ERRORS, and OSError where the file cannot be read.
    """
    keep_limits()
    return pikepdf.Pdf.open(
        BytesIO(source) if isinstance(source, bytes) else source,
        suppress_warnings=True,
        inherit_page_attributes=False,
        access_mode=pikepdf.AccessMode.stream,
    )
