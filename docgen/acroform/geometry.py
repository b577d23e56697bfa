"""Plane geometry of PDF pages: rectangles and transformations. Points, origin at the bottom left."""

from __future__ import annotations

from dataclasses import dataclass

MM = 72 / 25.4
"""Points a millimetre."""


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


TURNS = {
    0: Matrix(1, 0, 0, 1, 0, 0),
    90: Matrix(0, -1, 1, 0, 0, 0),
    180: Matrix(-1, 0, 0, -1, 0, 0),
    270: Matrix(0, 1, -1, 0, 0, 0),
}
"""A clockwise turn about the origin, by its degrees."""
