"""QR codes (ISO/IEC 18004) that a phone reads off a page."""

from __future__ import annotations

import io
from functools import lru_cache

import segno
from markupsafe import Markup

_ERROR = "m"
"""Up to 15% of the modules may be spoilt by a stamp, a fold, a copying machine."""
_DOTS = 8


def code_svg(text: str, width_mm: float) -> Markup:
    """The code of a text as a drawing for HTML, `width_mm` wide with its quiet zone. Raises ValueError for too long a text."""
    code = _code(text)
    scale = width_mm / code.symbol_size()[0]
    out = io.BytesIO()
    code.save(out, kind="svg", scale=scale, unit="mm", xmldecl=False, nl=False)
    return Markup(out.getvalue().decode())  # noqa: S704 - a drawing of squares, no text of anybody's in it


def code_png(text: str) -> bytes:
    """The code of a text as a picture for Word, eight dots a module."""
    out = io.BytesIO()
    _code(text).save(out, kind="png", scale=_DOTS)
    return out.getvalue()


@lru_cache(maxsize=64)
def _code(text: str) -> segno.QRCode:
    return segno.make(text, error=_ERROR, micro=False, encoding="utf-8")
