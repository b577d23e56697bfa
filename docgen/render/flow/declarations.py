"""CSS declarations → longhand properties with values, for the part of CSS that pages of documents need.

Lengths are kept with their units until an element's font size is known. Whatever is not in the tables here raises Unfit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import tinycss2
from tinycss2 import color5

from .unfit import Unfit

Token = Any
"""A node of tinycss2, which bears no types."""
Values = dict[str, Any]


class Length(NamedTuple):
    """A length: number and unit; "%" for a percentage, "" for 0 and plain numbers."""

    value: float
    unit: str


class Colour(NamedTuple):
    """Red, green, blue and opacity from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float


SIDES = ("top", "right", "bottom", "left")
AUTO = "auto"
_PX = {"px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "pc": 16.0}
_RELATIVE = frozenset({"em", "rem", "%"})
_BORDER_STYLES = frozenset({"none", "solid"})
_BORDER_WIDTHS = {"thin": 1.0, "medium": 3.0, "thick": 5.0}
_KEYWORDS: dict[str, frozenset[str]] = {
    "display": frozenset({"block", "inline", "list-item", "none", "flex", "table-header-group"}),
    "position": frozenset({"static", "fixed"}),
    "text-align": frozenset({"left", "right", "center", "justify", "start"}),
    "vertical-align": frozenset({"top", "middle", "bottom", "baseline"}),
    "white-space": frozenset({"normal", "nowrap"}),
    "overflow-wrap": frozenset({"normal", "anywhere", "break-word"}),
    "table-layout": frozenset({"fixed"}),
    "border-collapse": frozenset({"collapse", "separate"}),
    "break-before": frozenset({"auto", "avoid", "page"}),
    "break-after": frozenset({"auto", "avoid", "page"}),
    "break-inside": frozenset({"auto", "avoid"}),
    "justify-content": frozenset({"normal", "flex-start", "space-between"}),
    "font-variant-numeric": frozenset({"normal", "tabular-nums"}),
    "font-style": frozenset({"normal"}),
    "text-decoration": frozenset({"none", "underline"}),
    "caption-side": frozenset({"top"}),
}
_LENGTHS = frozenset(
    {"width", "height", "text-indent", "top", "left", "right", "bottom", "font-size"}
    | {f"{kind}-{side}" for kind in ("margin", "padding") for side in SIDES}
)
_NUMBERS = frozenset({"orphans", "widows", "flex", "z-index"})


def px(length: Length) -> float:
    """An absolute length in CSS pixels."""
    return 0.0 if length.unit == "" else length.value * _PX[length.unit]


def declared(content: Sequence[Token]) -> tuple[Values, list[Token]]:
    """The longhand properties of a block, and the at-rules in it. Raises Unfit for what is not supported."""
    values: Values = {}
    rules = []
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "at-rule":
            rules.append(node)
        elif node.type != "declaration" or node.important:
            raise Unfit(f"样式 {node.serialize().strip()[:40]}")
        else:
            tokens = [token for token in node.value if token.type not in ("whitespace", "comment")]
            try:
                values |= _longhands(node.lower_name, tokens)
            except (KeyError, IndexError, ValueError, AttributeError) as error:
                raise Unfit(f"样式 {node.serialize().strip()[:60]}") from error
    return values, rules


def _longhands(name: str, tokens: Sequence[Token]) -> Values:
    if name in _SHORTHANDS:
        return _SHORTHANDS[name](tokens)
    if name in _KEYWORDS:
        (token,) = tokens
        if token.lower_value not in _KEYWORDS[name]:
            raise ValueError(name)
        return {name: token.lower_value}
    if name in _LENGTHS:
        (token,) = tokens
        return {name: _length(token)}
    if name in _NUMBERS:
        (token,) = tokens
        return {name: float(token.value)}
    if name in ("color", "background-color"):
        (token,) = tokens
        return {name: colour_of(token)}
    if name in ("line-height", "letter-spacing"):
        (token,) = tokens
        return {name: None if _word(token) == "normal" else _length(token)}
    if name == "font-family":
        return {name: _families(tokens)}
    if name == "font-weight":
        (token,) = tokens
        return {name: _weight(token)}
    if name == "border-spacing":
        lengths = [_length(token) for token in tokens]
        return {name: (lengths[0], lengths[-1])}
    if name == "content":
        return {name: None if _word(tokens[0]) in ("none", "normal") else tuple(map(_content, tokens))}
    if name == "transform":
        return {name: _rotation(tokens)}
    if match := re.fullmatch(r"border-(top|right|bottom|left)(?:-(width|style|color))?", name):
        return _border((match[1],), tokens, match[2])
    raise KeyError(name)


def _word(token: Token) -> str:
    """A token's keyword, "" where it is none."""
    return token.lower_value if token.type == "ident" else ""


def _length(token: Token) -> Length | str:
    if _word(token) == "auto":
        return AUTO
    if token.type == "percentage":
        return Length(token.value, "%")
    if token.type == "number":
        return Length(token.value, "")
    unit = token.lower_unit
    if unit not in _PX and unit not in _RELATIVE:
        raise ValueError(unit)
    return Length(token.value, unit)


def colour_of(token: Token) -> Colour:
    """A colour. Raises ValueError for what is none."""
    found = color5.parse_color(token)
    if found is None or found == "currentcolor" or found.space != "srgb":
        raise ValueError("color")
    red, green, blue = found.coordinates
    return Colour(red, green, blue, found.alpha)


def _families(tokens: Sequence[Token]) -> tuple[str, ...]:
    names: list[str] = []
    words: list[str] = []
    for token in [*tokens, None]:
        if token is None or token.type == "literal":
            names.append(" ".join(words))
            words = []
        else:
            words.append(token.value)
    return tuple(names)


def _weight(token: Token) -> str:
    return str(token.int_value) if token.type == "number" else _known(token, ("normal", "bold", "bolder"))


def _known(token: Token, words: Sequence[str]) -> str:
    word = _word(token)
    if word not in words:
        raise ValueError(word)
    return word


def _font(tokens: Sequence[Token]) -> Values:
    weight = "normal"
    at = 0
    while tokens[at].type in ("ident", "number") and _word(tokens[at]) in ("bold", "normal"):
        weight = _word(tokens[at])
        at += 1
    values: Values = {"font-weight": weight, "font-size": _length(tokens[at]), "line-height": None}
    at += 1
    if tokens[at].type == "literal" and tokens[at].value == "/":
        values["line-height"] = _length(tokens[at + 1])
        at += 2
    values["font-family"] = _families(tokens[at:])
    values["font-variant-numeric"] = "normal"
    return values


def _four(tokens: Sequence[Token], form: str) -> Values:
    lengths = [_length(token) for token in tokens]
    top = lengths[0]
    right = lengths[1] if len(lengths) > 1 else top
    bottom = lengths[2] if len(lengths) > 2 else top
    left = lengths[3] if len(lengths) > 3 else right
    if len(lengths) > 4:
        raise ValueError(form)
    return {form.format(side): value for side, value in zip(SIDES, (top, right, bottom, left), strict=True)}


def _border(sides: Sequence[str], tokens: Sequence[Token], part: str | None = None) -> Values:
    width, style, colour = 3.0, "none", Colour(0, 0, 0, 1)
    for token in tokens:
        word = _word(token)
        if word in _BORDER_STYLES:
            style = word
        elif word in _BORDER_WIDTHS:
            width = _BORDER_WIDTHS[word]
        elif token.type in ("dimension", "number"):
            length = _length(token)
            if not isinstance(length, Length) or length.unit in _RELATIVE:
                raise ValueError("border")
            width = px(length)
        else:
            colour = colour_of(token)
    values: Values = {}
    for side in sides:
        parts = {"width": width, "style": style, "color": colour}
        values |= {f"border-{side}-{name}": value for name, value in parts.items() if part in (None, name)}
    return values


def _background(tokens: Sequence[Token]) -> Values:
    (token,) = tokens
    return {"background-color": Colour(0, 0, 0, 0) if _word(token) == "none" else colour_of(token)}


def _content(token: Token) -> tuple[str, str]:
    """A piece of `content`: what it is ("text" or "counter"), and which."""
    if token.type == "string":
        return "text", token.value
    if token.type == "function" and token.lower_name == "counter":
        (name,) = (part for part in token.arguments if part.type != "whitespace")
        return "counter", _known(name, ("page", "pages"))
    raise ValueError("content")


def _rotation(tokens: Sequence[Token]) -> float:
    (token,) = tokens
    if _word(token) == "none":
        return 0.0
    (angle,) = token.arguments
    if token.lower_name != "rotate" or angle.lower_unit != "deg":
        raise ValueError("transform")
    return float(angle.value)


def _size(tokens: Sequence[Token]) -> Values:
    short, long = 210 * _PX["mm"], 297 * _PX["mm"]
    if all(token.type == "dimension" for token in tokens):
        lengths = [_length(token) for token in tokens]
        if any(length.unit in _RELATIVE for length in lengths if isinstance(length, Length)):
            raise ValueError("size")
        width, height = (px(length) for length in lengths if isinstance(length, Length))
        return {"size": (width, height)}
    words = [_word(token) for token in tokens]
    if "a4" not in words or not set(words) <= {"a4", "landscape", "portrait"}:
        raise ValueError("size")
    return {"size": (long, short) if "landscape" in words else (short, long)}


def _list_style(tokens: Sequence[Token]) -> Values:
    (token,) = tokens
    return {"list-style-type": _known(token, ("disc", "none"))}


_SHORTHANDS: dict[str, Callable[[Sequence[Token]], Values]] = {
    "font": _font,
    "margin": lambda tokens: _four(tokens, "margin-{}"),
    "padding": lambda tokens: _four(tokens, "padding-{}"),
    "border": lambda tokens: _border(SIDES, tokens),
    "background": _background,
    "size": _size,
    "list-style": _list_style,
    "gap": lambda tokens: {"column-gap": _length(tokens[-1])},
}
