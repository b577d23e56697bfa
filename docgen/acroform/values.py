"""Reads rectangles, matrices and texts from PDF objects that may be anything."""

from __future__ import annotations

import math
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary

from .geometry import Box, Matrix

_FARTHEST = 1e9
_DEEPEST = 24


def as_number(value: object) -> float | None:
    """A PDF number that can be reckoned with; None if it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    try:
        plain = float(value)
    except (ArithmeticError, ValueError):
        return None
    return plain if math.isfinite(plain) and abs(plain) <= _FARTHEST else None


def as_numbers(value: object, count: int) -> list[float] | None:
    """The first `count` numbers of an array; None if it does not have them."""
    if not isinstance(value, Array) or len(value) < count:
        return None
    found = [as_number(value[place]) for place in range(count)]
    numbers = [item for item in found if item is not None]
    return numbers if len(numbers) == count else None


def as_box(value: object) -> Box | None:
    """A PDF rectangle, its corners in either order; None if it is none."""
    corners = as_numbers(value, 4)
    if corners is None:
        return None
    x0, y0, x1, y1 = corners
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def as_matrix(value: object) -> Matrix:
    """A PDF matrix; the one that changes nothing where it is none."""
    numbers = as_numbers(value, 6)
    return Matrix(*numbers) if numbers else Matrix(1, 0, 0, 1, 0, 0)


def text_of(value: object) -> str:
    """What a PDF string says; "" for anything else."""
    try:
        return str(value) if isinstance(value, pikepdf.String) else ""
    except (UnicodeError, ValueError):
        return ""


def trait(item: object, key: str) -> object:
    """What a form field, or the nearest of its ancestors, says; loops come to an end."""
    for _ in range(_DEEPEST):
        if not isinstance(item, Dictionary):
            break
        if key in item:
            return item[key]
        item = item.get("/Parent")
    return None
