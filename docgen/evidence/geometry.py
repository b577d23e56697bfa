"""Where things stand on a page: A4, the running foot, photos and their captions. Points, origin at the bottom left."""

from __future__ import annotations

import math

from docgen.acroform.geometry import MM, TURNS, Box, Matrix

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


def page_size(width: float, height: float) -> tuple[float, float]:
    """The A4 page for something of that size: landscape for what is wider than high, else portrait."""
    return (A4_LONG, A4_SHORT) if width > height else (A4_SHORT, A4_LONG)


def page_frame(width: float, height: float) -> Box:
    """What a fitted page may take of a page of that size: all above the foot, but for the printer's edge."""
    return Box(_PAGE_EDGE, FOOT_HEIGHT, width - _PAGE_EDGE, height - _PAGE_EDGE)


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


def fit_picture(pixels_wide: float, pixels_high: float, room: Box) -> Box:
    """Where a picture stands in its room: as large as fits, centred, but not so large that it shows its pixels."""
    scale = min(room.width / pixels_wide, room.height / pixels_high, 72 / _SHARP_DPI)
    return room.centred(pixels_wide * scale, pixels_high * scale)


_LONG_RATIO, _LONG_PIXELS = 3.6, 300  # from there on a picture on one page would be a ribbon
_PART_RATIO = 2.2  # about that of a telephone's screen
_OVERLAP = 0.08  # of the width: a line of print that is cut through is whole on one of both pages


def parts_of(across: int, down: int) -> list[tuple[float, float]]:
    """Which parts of an upright picture come on pages of their own, from and to which share of its height.

    The whole, but for a long one (a screenshot of a conversation or a web page), which is cut across.
    """
    if across < _LONG_PIXELS or down <= _LONG_RATIO * across:
        return [(0.0, 1.0)]
    share = _OVERLAP * across / down
    count = math.ceil((1 - share) / (_PART_RATIO * across / down - share))
    high = (1 + (count - 1) * share) / count
    return [(part * (high - share), min(part * (high - share) + high, 1.0)) for part in range(count)]
