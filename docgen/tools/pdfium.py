"""PDFium, by way of pypdfium2: what the pages of a PDF say and look like, in Chrome's own reader.

PDFium knows no threads: use it from one at a time.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image

ERRORS: tuple[type[Exception], ...] = (pypdfium2.PdfiumError, ValueError, RuntimeError, MemoryError, OverflowError)
"""What pypdfium2 raises on what PDFium cannot read."""
logging.getLogger("pypdfium2").addHandler(logging.NullHandler())  # of forms that it cannot show: told as a note


def version() -> str:
    """PDFium's version, as "152.0.7869.0"."""
    return str(pypdfium2.PDFIUM_INFO.tag)


@contextmanager
def opened(source: bytes | Path) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF with its form fields ready to be drawn. Raises any of ERRORS where PDFium cannot open it."""
    document = pypdfium2.PdfDocument(source if isinstance(source, bytes) else str(source))
    try:
        document.init_forms()
        yield document
    finally:
        document.close()


def grey(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """A page as a grey picture, `scale` pixels a point. Raises any of ERRORS."""
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
    picture: Image.Image = bitmap.to_pil().copy()
    bitmap.close()
    return picture


def words(page: pypdfium2.PdfPage) -> str:
    """What a page says, within its visible box, as PDFium reads it: lines end in CR LF. Raises any of ERRORS."""
    text = page.get_textpage()
    try:
        return str(text.get_text_bounded())
    finally:
        text.close()
