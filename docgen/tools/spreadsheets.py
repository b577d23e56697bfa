"""openpyxl, without numpy: wherever that is installed, openpyxl loads it for numbers that nobody here gives it.

What is imported here first is imported quickly everywhere afterwards.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["Token", "Tokenizer"]


@contextmanager
def _without_numpy() -> Iterator[None]:
    if "numpy" in sys.modules:
        yield
        return
    sys.modules["numpy"] = None  # type: ignore[assignment]  # an import of it now fails, as where it is not installed
    try:
        yield
    finally:
        del sys.modules["numpy"]


with _without_numpy():
    from openpyxl.formula.tokenizer import Token, Tokenizer
