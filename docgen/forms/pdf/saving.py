"""Writes a filled form out: the same input gives the same bytes."""

from __future__ import annotations

import warnings
from io import BytesIO

import pikepdf


def whole(pdf: pikepdf.Pdf) -> bytes:
    """A PDF as it stands now. What was not touched is copied as it was packed. Raises any of qpdf.ERRORS."""
    out = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # widgets that no field lists are listed before, or are nobody's
        pdf.save(
            out,
            deterministic_id=True,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            fix_metadata_version=False,
        )
    return out.getvalue()
