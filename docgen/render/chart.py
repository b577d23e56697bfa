"""Transforms cumulative progress into a chart: vector SVG for pages, the same drawing as a sharp picture for Word.

Lines are told apart by dash and mark as well as by shade, and named at their ends, so that a grey print can be read.
Lengths are in units of a quarter of a millimetre.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10
from xml.sax.saxutils import escape

UNITS_PER_MM = 4
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 84.0, 40.0, 40.0
_FONT = 12.0
_GRID, _FRAME, _FAINT = "#d9d9d9", "#555555", "#777777"
_FAMILIES = "docgen-hei, docgen-hei-rare, sans-serif"
_LEAST_GAP = 46.0
"""Between the labels of two dates."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name, and a value for each of the chart's days so far."""

    name: str
    values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class ProgressChart:
    """Cumulative numbers over a season. `days` are the ends of its periods; series may stop before the last of them.

    `start` is the season's first day, at which everything is 0; `target` what should be reached by the last day, None
    where it is not known.
    """

    start: datetime.date
    days: tuple[datetime.date, ...]
    series: tuple[Series, ...]
    target: int | None = None
    target_name: str = "批准"


@dataclass(frozen=True, slots=True)
class _Look:
    colour: str
    width: float
    dash: str
    mark: str


_LOOKS = (
    _Look("#12355b", 2.6, "", "disc"),
    _Look("#7a4b00", 1.6, "7 3", "square"),
    _Look("#2f6f4f", 1.6, "2 2.5", "triangle"),
    _Look("#b3261e", 2.2, "11 3 2 3", "diamond"),
)


def progress_svg(chart: ProgressChart, width_mm: float = 160, height_mm: float = 78) -> str:
    """The chart as SVG markup, all names escaped; the same chart gives the same text."""
    frame = _Frame.of(chart, width_mm * UNITS_PER_MM, height_mm * UNITS_PER_MM)
    body = "".join((*frame.grid(), *frame.dates(), *frame.plan(), *frame.lines(), *frame.legend()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_mm:g}mm" height="{height_mm:g}mm" '
        f'viewBox="0 0 {frame.width:g} {frame.height:g}" font-family="{_FAMILIES}" font-size="{_FONT:g}">{body}</svg>'
    )


def nice_ticks(top: float) -> list[int]:
    """Whole round numbers from 0 to at least `top`, four to six of them where there are as many."""
    rough = max(top, 1) / 5
    power = 10 ** floor(log10(rough)) if rough >= 1 else 1
    step = next(step for step in (1, 2, 5, 10) if step * power >= rough) * power
    return [int(step * index) for index in range(ceil(max(top, 1) / step) + 1)]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where days and numbers stand."""

    chart: ProgressChart
    width: float
    height: float
    ticks: tuple[int, ...]

    @classmethod
    def of(cls, chart: ProgressChart, width: float, height: float) -> _Frame:
        highest = max(
            [*(float(value) for line in chart.series for value in line.values), float(chart.target or 0), 1.0]
        )
        return cls(chart, width, height, tuple(nice_ticks(highest)))

    def x(self, day: datetime.date) -> float:
        span = max((self.chart.days[-1] - self.chart.start).days, 1)
        return round(_LEFT + (self.width - _LEFT - _RIGHT) * (day - self.chart.start).days / span, 2)

    def y(self, value: float) -> float:
        return round(self.height - _BOTTOM - (self.height - _TOP - _BOTTOM) * value / self.ticks[-1], 2)

    def grid(self) -> Iterator[str]:
        right = self.width - _RIGHT
        for tick in self.ticks:
            y = self.y(tick)
            colour = _FRAME if tick == 0 else _GRID
            yield f'<line x1="{_LEFT:g}" y1="{y:g}" x2="{right:g}" y2="{y:g}" stroke="{colour}" stroke-width="0.8"/>'
            yield _text(_LEFT - 6, y + 4, f"{tick}", anchor="end", colour=_FRAME)
        yield _text(_LEFT - 6, _TOP - 12, "人", anchor="end", colour=_FRAME)

    def dates(self) -> Iterator[str]:
        base = self.y(0)
        last, year = -_LEAST_GAP, None
        days = (self.chart.start, *self.chart.days)
        shown = set(_spaced([self.x(day) for day in days]))
        for index, day in enumerate(days):
            x = self.x(day)
            yield f'<line x1="{x:g}" y1="{base:g}" x2="{x:g}" y2="{base + (6 if index in shown else 3):g}" stroke="{_FRAME}" stroke-width="0.8"/>'
            if index not in shown:
                continue
            last = x
            yield _text(last, base + 18, f"{day.month}月{day.day}日", anchor="middle", colour=_FRAME)
            if day.year != year:
                yield _text(last, base + 32, f"{day.year}年", anchor="middle", colour=_FAINT)
                year = day.year

    def plan(self) -> Iterator[str]:
        target = self.chart.target
        if not target:
            return
        y, right = self.y(target), self.width - _RIGHT
        yield f'<line x1="{_LEFT:g}" y1="{y:g}" x2="{right:g}" y2="{y:g}" stroke="#000" stroke-width="1.2" stroke-dasharray="9 4"/>'
        yield (
            f'<line x1="{self.x(self.chart.start):g}" y1="{self.y(0):g}" x2="{right:g}" y2="{y:g}" '
            f'stroke="{_FAINT}" stroke-width="1" stroke-dasharray="1.5 3.5"/>'
        )

    def lines(self) -> Iterator[str]:
        ends: list[tuple[float, float, str, str]] = []
        for line, look in zip(self.chart.series, _LOOKS, strict=False):
            points = [(self.x(self.chart.start), self.y(0))]
            points += [
                (self.x(day), self.y(float(value))) for day, value in zip(self.chart.days, line.values, strict=False)
            ]
            path = " ".join(f"{x:g},{y:g}" for x, y in points)
            dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
            yield f'<polyline points="{path}" fill="none" stroke="{look.colour}" stroke-width="{look.width:g}" stroke-linejoin="round"{dash}/>'
            yield from (_mark(x, y, look) for x, y in points[1:])
            if line.values:
                ends.append((points[-1][0], points[-1][1], f"{line.name} {line.values[-1]:f}", look.colour))
        if self.chart.target:
            name = f"{self.chart.target_name} {self.chart.target}"
            ends.append((self.width - _RIGHT, self.y(self.chart.target), name, "#000"))
        yield from self._end_labels(ends)

    def _end_labels(self, ends: Sequence[tuple[float, float, str, str]]) -> Iterator[str]:
        """Names and values beside the ends of the lines, moved apart where they would cover one another."""
        ordered = sorted(ends, key=lambda end: end[1])
        places = [end[1] for end in ordered]
        for _ in range(40):
            for index in range(1, len(places)):
                lap = 14 - (places[index] - places[index - 1])
                if lap > 0 and abs(ordered[index][0] - ordered[index - 1][0]) < _RIGHT:
                    places[index - 1] -= lap / 2
                    places[index] += lap / 2
            low = self.height - _BOTTOM - 7  # a name of nothing yet stands on the axis, not across it
            places = [min(max(place, _TOP - 6), low) for place in places]
        for (x, y, name, colour), place in zip(ordered, places, strict=True):
            at = x + 9
            if abs(place - y) > 2:
                yield f'<line x1="{x + 3:g}" y1="{y:g}" x2="{at - 1:g}" y2="{place:.2f}" stroke="{colour}" stroke-width="0.6"/>'
            yield _text(at, round(place + 4, 2), name, colour=colour, halo=True)

    def legend(self) -> Iterator[str]:
        x = _LEFT
        for line, look in zip(self.chart.series, _LOOKS, strict=False):
            dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
            yield f'<line x1="{x:g}" y1="11" x2="{x + 30:g}" y2="11" stroke="{look.colour}" stroke-width="{look.width:g}"{dash}/>'
            yield _mark(x + 15, 11, look)
            yield _text(x + 35, 15, line.name)
            x += 46 + _FONT * len(line.name)
        if self.chart.target:
            for dash, name, colour in (("9 4", "批准人数", "#000"), ("1.5 3.5", "均匀进度", _FAINT)):
                yield f'<line x1="{x:g}" y1="11" x2="{x + 30:g}" y2="11" stroke="{colour}" stroke-width="1.1" stroke-dasharray="{dash}"/>'
                yield _text(x + 35, 15, name)
                x += 46 + _FONT * len(name)


def _spaced(places: Sequence[float]) -> Iterator[int]:
    """Which of the dates are labelled: the first, the last, and between them every so many that none covers another."""
    count = len(places)
    step = 1
    while step < count and (places[-1] - places[0]) / max((count - 1) / step, 1) < _LEAST_GAP:
        step += 1
    last = count - 1
    for index in range(0, count, step):
        if index == 0 or index == last or places[last] - places[index] >= _LEAST_GAP:
            yield index
    yield last


def _text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = "#000", halo: bool = False) -> str:
    behind = (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="#fff" stroke="#fff" stroke-width="3.5">{escape(text)}</text>'
        if halo
        else ""
    )
    return f'{behind}<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'


def _mark(x: float, y: float, look: _Look) -> str:
    fill, edge = (
        (look.colour, "")
        if look.mark in ("disc", "diamond")
        else ("#fff", f' stroke="{look.colour}" stroke-width="1.2"')
    )
    if look.mark == "disc":
        return f'<circle cx="{x:g}" cy="{y:g}" r="3" fill="{fill}"/>'
    if look.mark == "square":
        return f'<rect x="{x - 2.7:g}" y="{y - 2.7:g}" width="5.4" height="5.4" fill="{fill}"{edge}/>'
    if look.mark == "triangle":
        return (
            f'<polygon points="{x:g},{y - 3.6:g} {x + 3.4:g},{y + 2.6:g} {x - 3.4:g},{y + 2.6:g}" fill="{fill}"{edge}/>'
        )
    return f'<polygon points="{x:g},{y - 4:g} {x + 4:g},{y:g} {x:g},{y + 4:g} {x - 4:g},{y:g}" fill="{fill}"/>'


def svg_picture(svg: str, dpi: int = 300) -> bytes:
    """A drawing of ours as a PNG of that resolution, in the fonts of our pages. Raises EnvironmentLacks without Pango."""
    import pypdfium2  # noqa: PLC0415 - only Word documents want a picture
    from PIL import Image  # noqa: PLC0415

    from .pdf import drawing_page  # noqa: PLC0415

    document = pypdfium2.PdfDocument(drawing_page(svg))
    try:
        picture = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()
    # A drawing has few colours: a palette is a third of the size and as sharp.
    picture = picture.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(dpi, dpi), optimize=True)
    return out.getvalue()
