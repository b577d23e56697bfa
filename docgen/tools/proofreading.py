"""pypdf, the second reader of PDFs: what it raises for files that are not as they should be, and its talk kept quiet."""

from __future__ import annotations

import logging

from pypdf.errors import DeprecationError, PyPdfError

ERRORS: tuple[type[Exception], ...] = (
    PyPdfError,
    DeprecationError,
    ArithmeticError,
    AttributeError,
    IndexError,
    KeyError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What pypdf may raise for a file that is not as it should be."""
logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it has to say is told as a finding
