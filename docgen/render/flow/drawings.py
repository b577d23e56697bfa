"""Drawings (SVG) of lines, shapes and codes → operators of a PDF page, in the drawing's own coordinates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tinycss2
from lxml import etree

from .declarations import Colour, Length, colour_of, px
from .shaping import Shaped, Type, shaped
from .unfit import Unfit

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_LENGTH = re.compile(r"([\d.]+)(mm|pt|px|cm|)\Z")
_PATH = re.compile(r"([MmHhVvLlZz])|(-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)")
_SCALE = re.compile(r"scale\(([\d.]+)\)\Z")
_KNOWN = frozenset({"class", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "points", "width", "height"})
_KNOWN |= {"transform", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin"}
_ROOT = frozenset({"width", "height", "viewBox", "class", "font-family", "font-size"})
_TEXT = frozenset({"x", "y", "text-anchor", "fill", "stroke", "stroke-width"})
_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
_CIRCLE = 0.5522847498
"""How far the handles of four Bézier curves stand off that make a circle of radius 1."""


@dataclass(frozen=True, slots=True)
class Label:
    """Text on a drawing: its start and baseline, the operators that choose its colours, whether it has an outline."""

    x: float
    y: float
    text: Shaped
    colours: str
    outlined: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: its size in CSS pixels, how much larger that is than its own coordinates, and what it draws."""

    width: float
    height: float
    scale: tuple[float, float]
    parts: tuple[str | Label, ...]


@lru_cache(maxsize=64)
def drawing_of(svg: str) -> Drawing:
    """Read a drawing. Raises Unfit for what is not supported."""
    try:
        root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise Unfit("SVG") from error
    width, height = _size(root.get("width")), _size(root.get("height"))
    box = [float(part) for part in (root.get("viewBox") or f"0 0 {width} {height}").split()]
    if len(box) != 4 or box[:2] != [0, 0] or not all(box[2:]):
        raise Unfit("SVG 的 viewBox")
    unknown = set(root.keys()) - _ROOT
    if unknown:
        raise Unfit(f"SVG 的 {'、'.join(sorted(unknown))}")
    parts: list[str | Label] = []
    for child in root:
        if child.tag == f"{_NAMESPACE}text":
            parts.append(_label(child, root))
        else:
            parts += _shape(child)
    return Drawing(width, height, (width / box[2], height / box[3]), tuple(parts))


def _size(text: str | None) -> float:
    match = _LENGTH.match(text or "")
    if not match:
        raise Unfit("SVG 的大小")
    return px(Length(float(match[1]), match[2] or "px"))


def _shape(element: Any) -> Iterator[str]:
    kind = str(element.tag).removeprefix(_NAMESPACE)
    get = element.get
    unknown = set(element.keys()) - _KNOWN
    if kind not in _OUTLINES or unknown or len(element):
        raise Unfit(f"SVG 的 <{kind}> {'、'.join(sorted(unknown))}")
    fill = None if kind in ("line", "path") and get("fill") is None and get("stroke") else get("fill", "#000")
    fill = None if fill == "none" else fill
    stroke = None if get("stroke") in (None, "none") else get("stroke")
    try:
        outline = _OUTLINES[kind](get)
        yield "q\n"
        if transform := get("transform"):
            match = _SCALE.match(transform)
            if not match:
                raise Unfit(f"SVG 的 {transform}")
            yield f"{match[1]} 0 0 {match[1]} 0 0 cm\n"
        if fill:
            yield f"{_rgb(fill)} rg\n"
        if stroke:
            dashes = " ".join(get("stroke-dasharray", "").replace(",", " ").split())
            yield f"{_rgb(stroke)} RG {float(get('stroke-width', 1)):g} w [{dashes}] 0 d\n"
            yield "1 j\n" if get("stroke-linejoin") == "round" else ""
    except (TypeError, ValueError) as error:
        raise Unfit(f"SVG 的 <{kind}>") from error
    yield f"{outline}{'B' if fill and stroke else 'f' if fill else 'S' if stroke else 'n'}\nQ\n"


def _label(element: Any, root: Any) -> Label:
    get = element.get
    unknown = set(element.keys()) - _TEXT
    if unknown or len(element) or not root.get("font-family"):
        raise Unfit(f"SVG 的 <text> {'、'.join(sorted(unknown))}")
    families = tuple(name.strip(" \"'") for name in root.get("font-family").split(","))
    try:
        text = shaped(" ".join((element.text or "").split()), Type(families, 400, float(root.get("font-size"))))
        x = float(get("x")) - text.width * _ANCHORS[get("text-anchor", "start")]
        colours = f"{_rgb(get('fill', '#000'))} rg\n"
        if get("stroke"):
            colours += f"{_rgb(get('stroke'))} RG {float(get('stroke-width', 1)):g} w [] 0 d\n"
        return Label(x, float(get("y")), text, colours, bool(get("stroke")))
    except (TypeError, ValueError, KeyError) as error:
        raise Unfit("SVG 的 <text>") from error


def _rgb(text: str) -> str:
    colour: Colour = colour_of(tinycss2.parse_one_component_value(text))
    if colour.alpha != 1:
        raise ValueError(text)
    return " ".join(f"{part:.4g}" for part in colour[:3])


def _line(get: Any) -> str:
    x1, y1, x2, y2 = (float(get(name)) for name in ("x1", "y1", "x2", "y2"))
    return f"{x1:g} {y1:g} m {x2:g} {y2:g} l\n"


def _rectangle(get: Any) -> str:
    x, y, width, height = (float(get(name, 0)) for name in ("x", "y", "width", "height"))
    return f"{x:g} {y:g} {width:g} {height:g} re\n"


def _circle(get: Any) -> str:
    x, y, r = (float(get(name)) for name in ("cx", "cy", "r"))
    k = r * _CIRCLE
    return (
        f"{x + r:g} {y:g} m {x + r:g} {y + k:g} {x + k:g} {y + r:g} {x:g} {y + r:g} c\n"
        f"{x - k:g} {y + r:g} {x - r:g} {y + k:g} {x - r:g} {y:g} c\n"
        f"{x - r:g} {y - k:g} {x - k:g} {y - r:g} {x:g} {y - r:g} c\n"
        f"{x + k:g} {y - r:g} {x + r:g} {y - k:g} {x + r:g} {y:g} c h\n"
    )


def _points(get: Any) -> str:
    numbers = [float(number) for number in get("points").replace(",", " ").split()]
    if len(numbers) < 4 or len(numbers) % 2:
        raise ValueError("points")
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    return "".join(f"{x:g} {y:g} {'l' if place else 'm'}\n" for place, (x, y) in enumerate(pairs))


def _path(get: Any) -> str:
    text = get("d")
    if _PATH.sub("", text).strip(" ,\n"):
        raise ValueError("d")
    parts = [match[1] or float(match[2]) for match in _PATH.finditer(text)]
    out: list[str] = []
    x = y = 0.0
    command, at = "", 0
    start = (0.0, 0.0)
    while at < len(parts):
        if isinstance(parts[at], str):
            command, at = str(parts[at]), at + 1
            if command in "Zz":
                out.append("h\n")
                x, y = start
                continue
        relative = command.islower()
        if command in "HhVv":
            step = float(parts[at])
            at += 1
            if command in "Hh":
                x = x + step if relative else step
            else:
                y = y + step if relative else step
            out.append(f"{x:g} {y:g} l\n")
            continue
        dx, dy = float(parts[at]), float(parts[at + 1])
        at += 2
        x, y = (x + dx, y + dy) if relative else (dx, dy)
        out.append(f"{x:g} {y:g} {'m' if command in 'Mm' else 'l'}\n")
        if command in "Mm":
            start = (x, y)
            command = "l" if relative else "L"
    return "".join(out)


_OUTLINES = {
    "line": _line,
    "rect": _rectangle,
    "circle": _circle,
    "polyline": _points,
    "polygon": lambda get: f"{_points(get)}h\n",
    "path": _path,
}
