"""What stands printed on the pages of a PDF: characters with their places, ruled lines and small boxes, as PDFium sees it.

All lengths are points of the page as it is read, upright: on a page that readers turn, `Surface.turned` is what takes
its own space, where the /Rect of widgets and its content are, to that.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from docgen.acroform.geometry import TURNS, Box, Matrix
from docgen.tools import pdfium

MOST_CHARACTERS = 60_000
"""Characters of one page that are looked at; a page full of small print has 8,000."""
_MOST_PATHS = 20_000
_DEEPEST = 5
_THIN = 3.5  # what is no thicker is a line, not an area
_SHORTEST = 5.0
_LEAST_SQUARE, _LARGEST_SQUARE = 5.0, 20.0
_SAME = 1.2
_UNSEEN = ("Cc", "Cf", "Cs")


@dataclass(frozen=True, slots=True)
class Sign:
    """One printed character, its box, and the size of its type."""

    text: str
    box: Box
    size: float

    @property
    def blank(self) -> bool:
        """Whether it shows nothing."""
        return self.text.isspace()


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, level or upright: from `begin` to `end`, at `at` on the other axis."""

    at: float
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Surface:
    """One page: `number` counts from 1. `squares` are boxes drawn as lines, of the size of check boxes; `ticks` whatever
    else is drawn in that size, as a mark in such a box is."""

    number: int
    box: Box
    turned: Matrix
    signs: tuple[Sign, ...]
    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]
    squares: tuple[Box, ...]
    ticks: tuple[Box, ...]
    pictured: bool

    @property
    def scanned(self) -> bool:
        """Whether it is a picture of a page, without any text to go by."""
        return self.pictured and sum(not sign.blank for sign in self.signs) < 5


def surfaces(source: bytes) -> list[Surface]:
    """The pages of a PDF. Raises any of pdfium.ERRORS on what PDFium cannot read."""
    document = pypdfium2.PdfDocument(source)
    try:
        return [_surface(document[index], index + 1) for index in range(len(document))]
    finally:
        document.close()


def _surface(page: pypdfium2.PdfPage, number: int) -> Surface:
    left, bottom, right, top = page.get_bbox()
    box = Box(left, bottom, right, top)
    rotation = page.get_rotation() % 360
    turned = _turned(box, rotation)
    level, upright, squares, ticks = _rules(page, box)
    if rotation % 180:
        level, upright = upright, level
    return Surface(
        number,
        turned.box(box),
        turned,
        tuple(Sign(sign.text, turned.box(sign.box), sign.size) if rotation else sign for sign in _signs(page, box)),
        _merged(_moved(level, turned, rotation)),
        _merged(_moved(upright, turned, rotation, upright=True)),
        tuple(dict.fromkeys(turned.box(square) for square in squares)),
        tuple(turned.box(tick) for tick in ticks),
        any(True for _ in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=_DEEPEST)),
    )


def _turned(box: Box, turn: int) -> Matrix:
    """What takes a page's own space to that of its reader, who sees it turned clockwise by so many degrees."""
    matrix = TURNS[turn % 360]
    placed = matrix.box(box)
    return matrix.placed(1, 1, -placed.left, -placed.bottom) if turn % 360 else matrix


def _moved(rules: list[Rule], matrix: Matrix, turn: int, *, upright: bool = False) -> list[Rule]:
    if not turn % 360:
        return rules
    was_level = upright if turn % 180 else not upright
    moved = []
    for rule in rules:
        line = Box(rule.begin, rule.at, rule.end, rule.at) if was_level else Box(rule.at, rule.begin, rule.at, rule.end)
        box = matrix.box(line)
        moved.append(Rule(box.left, box.bottom, box.top) if upright else Rule(box.bottom, box.left, box.right))
    return moved


def _signs(page: pypdfium2.PdfPage, visible: Box) -> Iterator[Sign]:
    text = page.get_textpage()
    try:
        corners = raw.FS_RECTF()
        sizes: dict[int, float] = {}  # the height of a character's box tells its font and size, nearly always
        for index in range(min(raw.FPDFText_CountChars(text), MOST_CHARACTERS)):
            code = raw.FPDFText_GetUnicode(text, index)
            if not 0x20 <= code <= 0x10FFFF or raw.FPDFText_IsGenerated(text, index) == 1:
                continue
            sign = chr(code)
            if "\u2e80" <= sign <= "\u2fdf":  # radicals, which some fonts give for the characters that they look like
                sign = unicodedata.normalize("NFKC", sign)
            if unicodedata.category(sign) in _UNSEEN or not raw.FPDFText_GetLooseCharBox(text, index, corners):
                continue
            box = Box(corners.left, min(corners.bottom, corners.top), corners.right, max(corners.bottom, corners.top))
            middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
            if visible.left <= middle[0] <= visible.right and visible.bottom <= middle[1] <= visible.top:
                high = round(box.height * 20)
                if high not in sizes:
                    sizes[high] = _size(text, index) or box.height
                yield Sign(sign, box, sizes[high])
    finally:
        text.close()


def _size(text: pypdfium2.PdfTextPage, index: int) -> float:
    """The type size of a character as it is shown."""
    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(text, index))
    if raw.FPDFText_GetMatrix(text, index, matrix):
        size *= math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
    return size if 1 <= size <= 500 else 0.0


def _rules(page: pypdfium2.PdfPage, visible: Box) -> tuple[list[Rule], list[Rule], list[Box], list[Box]]:
    """The level and the upright lines, the small squares, and the marks of their size, that the page's paths draw."""
    level: list[Rule] = []
    upright: list[Rule] = []
    squares: list[Box] = []
    ticks: list[Box] = []
    for count, path in enumerate(page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=_DEEPEST)):
        if count > _MOST_PATHS:
            break
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not raw.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
            continue
        whole = _matrix_of(path)
        points = [(kind, whole.point(x, y)) for kind, x, y in _segments(path)]
        if not points:
            continue
        xs, ys = [x for _, (x, _) in points], [y for _, (_, y) in points]
        bounds = Box(min(xs), min(ys), max(xs), max(ys))
        curved = any(kind == raw.FPDF_SEGMENT_BEZIERTO for kind, _ in points)
        if _is_square(bounds) and len(points) >= 4 and not curved and _runs_square(points):
            squares.append(bounds)
            continue
        if (
            bounds.width <= _LARGEST_SQUARE
            and bounds.height <= _LARGEST_SQUARE
            and min(bounds.width, bounds.height) > 2
        ):
            ticks.append(bounds)
            continue
        if curved:
            continue
        if not stroke.value and not (bounds.width <= _THIN or bounds.height <= _THIN):
            continue  # an area of colour
        if bounds.height <= _THIN and bounds.width >= _SHORTEST:
            level.append(Rule((bounds.bottom + bounds.top) / 2, bounds.left, bounds.right))
        elif bounds.width <= _THIN and bounds.height >= _SHORTEST:
            upright.append(Rule((bounds.left + bounds.right) / 2, bounds.bottom, bounds.top))
        elif stroke.value:
            _sides(points, level, upright)
    inside = Box(visible.left - _SAME, visible.bottom - _SAME, visible.right + _SAME, visible.top + _SAME)
    level = [rule for rule in level if inside.bottom <= rule.at <= inside.top]
    upright = [rule for rule in upright if inside.left <= rule.at <= inside.right]
    return level, upright, squares, ticks


def _is_square(box: Box) -> bool:
    return (
        _LEAST_SQUARE <= box.width <= _LARGEST_SQUARE
        and _LEAST_SQUARE <= box.height <= _LARGEST_SQUARE
        and 0.75 <= box.width / box.height <= 1.34
    )


def _runs_square(points: list[tuple[int, tuple[float, float]]]) -> bool:
    """Whether every step of a path is level or upright."""
    return all(
        kind == raw.FPDF_SEGMENT_MOVETO or min(abs(x - a), abs(y - b)) <= _SAME
        for (_, (a, b)), (kind, (x, y)) in itertools.pairwise(points)
    )


def _matrix_of(path: pypdfium2.PdfObject) -> Matrix:
    whole = Matrix(*path.get_matrix().get())
    holder = getattr(path, "container", None)
    for _ in range(_DEEPEST):
        if holder is None:
            break
        whole = whole.then(Matrix(*holder.get_matrix().get()))
        holder = getattr(holder, "container", None)
    return whole


def _segments(path: pypdfium2.PdfObject) -> Iterator[tuple[int, float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    count = raw.FPDFPath_CountSegments(path)
    for index in range(min(count, 400)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        if raw.FPDFPathSegment_GetPoint(segment, x, y) and math.isfinite(x.value) and math.isfinite(y.value):
            yield raw.FPDFPathSegment_GetType(segment), x.value, y.value


def _sides(points: list[tuple[int, tuple[float, float]]], level: list[Rule], upright: list[Rule]) -> None:
    """The sides of a drawn outline, as far as they are level or upright; an outline of a rectangle is closed."""
    start, before = points[0][1], points[0][1]
    path = [*points[1:], (raw.FPDF_SEGMENT_LINETO, start)] if len(points) >= 4 else points[1:]
    for kind, (x, y) in path:
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = before = (x, y)
            continue
        if abs(y - before[1]) <= _SAME and abs(x - before[0]) >= _SHORTEST:
            level.append(Rule((y + before[1]) / 2, min(x, before[0]), max(x, before[0])))
        elif abs(x - before[0]) <= _SAME and abs(y - before[1]) >= _SHORTEST:
            upright.append(Rule((x + before[0]) / 2, min(y, before[1]), max(y, before[1])))
        before = (x, y)


def _merged(rules: list[Rule]) -> tuple[Rule, ...]:
    """Lines drawn in pieces, or twice, made one: those that follow each other at the same height."""
    rows: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda one: (one.at, one.begin)):
        if rows and rule.at - rows[-1][0].at <= _SAME:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    merged: list[Rule] = []
    for row in rows:
        at = sum(rule.at for rule in row) / len(row)
        begin = end = None
        for rule in sorted(row, key=lambda one: one.begin):
            if end is not None and rule.begin <= end + 2 * _SAME:
                end = max(end, rule.end)
                continue
            if begin is not None and end is not None:
                merged.append(Rule(at, begin, end))
            begin, end = rule.begin, rule.end
        if begin is not None and end is not None:
            merged.append(Rule(at, begin, end))
    return tuple(merged)


def readable(source: bytes) -> list[Surface]:
    """The pages of a PDF as far as PDFium reads it; () for what it cannot open at all."""
    try:
        return surfaces(source)
    except pdfium.ERRORS:
        return []
