"""Where things stand on a page: A4, the running foot, photos and their captions. Points, origin at the bottom left."""

from __future__ import annotations

import math
from dataclasses import dataclass

MM = 72 / 25.4
A4_SHORT, A4_LONG = 210 * MM, 297 * MM
FOOT_HEIGHT = 14 * MM
"""What the foot takes of every page's lower end; nothing else is ever put there."""

_PAGE_EDGE = 3 * MM  # printers leave about this much blank
_PHOTO_SIDE = 20 * MM
_PHOTO_TOP = 16 * MM
_PHOTO_GAP = 7 * MM
_FOOT_GAP = 5 * MM
MOST_ENLARGED = 1.5  # A5 fills an A4 page; a receipt is not blown up
_SHARP_DPI = 96  # a small picture is not drawn larger than this resolution allows


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its lower left and upper right corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Right less left."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Top less bottom."""
        return self.top - self.bottom

    def centred(self, width: float, height: float) -> Box:
        """A rectangle of that size in the middle of this one."""
        left = self.left + (self.width - width) / 2
        bottom = self.bottom + (self.height - height) / 2
        return Box(left, bottom, left + width, bottom + height)

    def meet(self, other: Box) -> Box | None:
        """What both share, None if that is nothing."""
        left, bottom = max(self.left, other.left), max(self.bottom, other.bottom)
        right, top = min(self.right, other.right), min(self.top, other.top)
        return Box(left, bottom, right, top) if right - left > 1 and top - bottom > 1 else None


@dataclass(frozen=True, slots=True)
class Matrix:
    """A PDF transformation: (x, y) becomes (a·x + c·y + e, b·x + d·y + f)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, box: Box) -> Box:
        """The upright rectangle around where a rectangle goes (exact for quarter turns)."""
        corners = [self.point(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def placed(self, scale_x: float, scale_y: float, x: float, y: float) -> Matrix:
        """This transformation, then stretched and moved."""
        return Matrix(
            self.a * scale_x,
            self.b * scale_y,
            self.c * scale_x,
            self.d * scale_y,
            self.e * scale_x + x,
            self.f * scale_y + y,
        )

    def then(self, other: Matrix) -> Matrix:
        """This transformation, then another."""
        return Matrix(
            self.a * other.a + self.b * other.c,
            self.a * other.b + self.b * other.d,
            self.c * other.a + self.d * other.c,
            self.c * other.b + self.d * other.d,
            self.e * other.a + self.f * other.c + other.e,
            self.e * other.b + self.f * other.d + other.f,
        )

    @property
    def operands(self) -> bytes:
        """The six numbers as a content stream has them; a small scale is given exactly, for it acts on large numbers."""
        turned = [number(value, 5 if abs(value) >= 0.1 else 10) for value in (self.a, self.b, self.c, self.d)]
        return " ".join((*turned, number(self.e), number(self.f))).encode()


def number(value: float, decimals: int = 5) -> str:
    """A number as PDF writes it: no exponent, no more than so many decimals, never -0."""
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def page_size(width: float, height: float) -> tuple[float, float]:
    """The A4 page for something of that size: landscape for what is wider than high, else portrait."""
    return (A4_LONG, A4_SHORT) if width > height else (A4_SHORT, A4_LONG)


def page_frame(width: float, height: float) -> Box:
    """What a fitted page may take of a page of that size: all above the foot, but for the printer's edge."""
    return Box(_PAGE_EDGE, FOOT_HEIGHT, width - _PAGE_EDGE, height - _PAGE_EDGE)


TURNS = {
    0: Matrix(1, 0, 0, 1, 0, 0),
    90: Matrix(0, -1, 1, 0, 0, 0),
    180: Matrix(-1, 0, 0, -1, 0, 0),
    270: Matrix(0, 1, -1, 0, 0, 0),
}
"""A clockwise turn about the origin, by its degrees."""


def fit_page(visible: Box, turn: int, frame: Box, unit: float = 1) -> Matrix:
    """The transformation that puts a page's visible box, turned clockwise by `turn` degrees, into a frame.

    Nothing is distorted or cut off; it is centred, and not enlarged above MOST_ENLARGED. `unit` is how many points
    the page's own unit measures (UserUnit).
    """
    turned = TURNS[turn].box(visible)
    scale = min(frame.width / turned.width, frame.height / turned.height, MOST_ENLARGED * unit)
    place = frame.centred(turned.width * scale, turned.height * scale)
    return TURNS[turn].placed(scale, scale, place.left - turned.left * scale, place.bottom - turned.bottom * scale)


# EXIF orientation → how the unit square of the stored picture is turned or mirrored to stand upright.
_UPRIGHT = {
    1: Matrix(1, 0, 0, 1, 0, 0),
    2: Matrix(-1, 0, 0, 1, 1, 0),
    3: Matrix(-1, 0, 0, -1, 1, 1),
    4: Matrix(1, 0, 0, -1, 0, 1),
    5: Matrix(0, -1, -1, 0, 1, 1),
    6: Matrix(0, -1, 1, 0, 0, 1),
    7: Matrix(0, 1, 1, 0, 0, 0),
    8: Matrix(0, 1, -1, 0, 1, 0),
}


def picture_matrix(orientation: int, place: Box) -> Matrix:
    """The transformation that draws a stored picture upright in a place, whatever its EXIF orientation."""
    upright = _UPRIGHT.get(orientation, _UPRIGHT[1])
    return upright.placed(place.width, place.height, place.left, place.bottom)


def photo_cells(count: int, width: float = A4_SHORT, height: float = A4_LONG) -> list[Box]:
    """The places of `count` photos with their captions on a page, row by row from the top."""
    columns = 1 if count <= 3 else math.ceil(math.sqrt(count / 1.5))
    rows = math.ceil(count / columns)
    area = Box(_PHOTO_SIDE, FOOT_HEIGHT + _FOOT_GAP, width - _PHOTO_SIDE, height - _PHOTO_TOP)
    cell_width = (area.width - (columns - 1) * _PHOTO_GAP) / columns
    cell_height = (area.height - (rows - 1) * _PHOTO_GAP) / rows
    cells = []
    for place in range(count):
        row, column = divmod(place, columns)
        left = area.left + column * (cell_width + _PHOTO_GAP)
        top = area.top - row * (cell_height + _PHOTO_GAP)
        cells.append(Box(left, top - cell_height, left + cell_width, top))
    return cells


def fit_picture(pixels_wide: int, pixels_high: int, room: Box) -> Box:
    """Where a picture stands in its room: as large as fits, centred, but not so large that it shows its pixels."""
    scale = min(room.width / pixels_wide, room.height / pixels_high, 72 / _SHARP_DPI)
    return room.centred(pixels_wide * scale, pixels_high * scale)
