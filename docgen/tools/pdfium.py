"""PDFium, by way of pypdfium2: what the pages of a PDF say and look like, in Chrome's own reader.

PDFium knows no threads: use it from one at a time.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image

_LEAST_SHARE = 0.01  # of a page's area
_DEEPEST = 6
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


def written_anew(source: bytes | Path) -> bytes:
    """A PDF as PDFium understands it, written anew without encryption. Raises any of ERRORS where it cannot open it."""
    copy = BytesIO()
    document = pypdfium2.PdfDocument(source if isinstance(source, bytes) else str(source))
    try:
        if len(document):
            document.save(copy, flags=pypdfium2.raw.FPDF_REMOVE_SECURITY)
    finally:
        document.close()
    return copy.getvalue()


def grey(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """A page as a grey picture, `scale` pixels a point. Raises any of ERRORS."""
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
    picture: Image.Image = bitmap.to_pil().copy()
    bitmap.close()
    return picture


def draws_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether a page that is not turned draws a picture that lies on it, without unpacking the picture.

    Raises any of ERRORS.
    """
    left, bottom, right, top = page.get_mediabox()
    least = _LEAST_SHARE * (right - left) * (top - bottom)
    return any(
        (min(box[2], right) - max(box[0], left)) > 0
        and (min(box[2], right) - max(box[0], left)) * (min(box[3], top) - max(box[1], bottom)) >= least
        for box in (drawn.get_bounds() for drawn in page.get_objects(max_depth=1))
    ) and any(True for _ in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=_DEEPEST))


def words(page: pypdfium2.PdfPage) -> str:
    """What a page says, within its visible box, as PDFium reads it: lines end in CR LF. Raises any of ERRORS."""
    text = page.get_textpage()
    try:
        return str(text.get_text_bounded())
    finally:
        text.close()
