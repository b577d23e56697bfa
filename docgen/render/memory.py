"""Lets WeasyPrint remember what it would work out again for every box and every line of text.

Some of its inner functions give the same answer for the same style again and again: the used sizes of a box, its round
corners, the height and baseline of a line, the description of a font. Each is wrapped so that the answer is kept with
the style, and goes with it. And a line of text that was laid out to find its place is drawn as it is, where WeasyPrint
would lay it out anew. A function is wrapped only if its source is, to the letter, the one that this was written for: any other
WeasyPrint runs as it is, slower, with the same pages. No code of WeasyPrint's is replaced, and the tests hold pages made
with and without this against each other.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_WRITTEN_FOR = {
    ("weasyprint.text.line_break", "strut"): "b57885b70dd08efe92f72a746709e08c576f47b90edb36f02925fefa15bb761a",
    (
        "weasyprint.text.fonts",
        "get_font_description",
    ): "85734b8947b9bf64ef27ff11d8f5355db76a2ae8efc9a6fed925dc9e2a1056ce",
    (
        "weasyprint.text.line_break",
        "Layout.set_text",
    ): "fe23ca9937dbf5205bda422f9c01103f301ef2c511228842632ea86e853274f7",
    (
        "weasyprint.text.line_break",
        "Layout.deactivate",
    ): "bfec3ec8406e1c82a91f9570103eb5ecbc5a20c1339ff26bb0f4eafb03189f0b",
    (
        "weasyprint.text.line_break",
        "Layout.reactivate",
    ): "0b89ee097104b71376c179f48a98858708b07169dc0212c393263a1a831607c9",
    (
        "weasyprint.layout.percent",
        "resolve_radii_percentages",
    ): "4980b3798c671710fc8a66f6034f7dea2acb8b3903da7262775a48ad12244162",
    (
        "weasyprint.layout.percent",
        "resolve_percentages",
    ): "71673078096fcf8764e6412933288cc79ba956eae0d939deda27beaeac45acad",
}
"""Each function that is wrapped, and the sha256 of the source that it must have."""

_SIZES = ("width", "min_width", "max_width", "height", "min_height", "max_height")
"""What a layout changes in the style of a box between two looks at it (in flex and grid boxes)."""
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
_USED = (
    *(f"{space}_{side}" for space in ("margin", "padding") for side in ("left", "right", "top", "bottom")),
    *_SIZES,
)
"""What `resolve_percentages` sets on a box, besides the widths of borders."""


def _kept(function: Callable[[Any], Any], name: str) -> Callable[[Any], Any]:
    """The function of a style, asked once for each style."""

    def wrapper(style: Any) -> Any:
        known = vars(style)
        if name not in known:
            known[name] = function(style)
        return known[name]

    return wrapper


def _used_sizes(function: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """`resolve_percentages`, worked out once for each style, size of the containing block and kind of borders."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - it loads Pango, which a machine may lack

    page, any_box = boxes.PageBox, boxes.Box

    def wrapper(box: Any, containing_block: Any) -> None:
        style = box.style
        # Sizes that take borders in depend on those of this very box; a page has its own way.
        if style["box_sizing"] != "content-box" or isinstance(box, page):
            function(box, containing_block)
            return
        if isinstance(containing_block, any_box):
            around = (containing_block.width, containing_block.height)
        else:
            around = tuple(containing_block)
        settled = style["border_collapse"] == "collapse" and hasattr(box, _BORDERS[0])
        known = vars(style).setdefault("_docgen_used", {})
        sizes = [style[name] for name in _SIZES]
        before = known.get((around, settled))
        if before is None or any(old is not new for old, new in zip(before[0], sizes, strict=True)):
            function(box, containing_block)
            names = _USED if settled else (*_USED, *_BORDERS)
            known[around, settled] = (sizes, {name: getattr(box, name) for name in names})
        else:
            vars(box).update(before[1])

    return wrapper


_CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))


def _round_corners(function: Callable[[Any], None]) -> Callable[[Any], None]:
    """`resolve_radii_percentages`, without looking at each corner where a style has none that is round."""
    sharp = dict.fromkeys(_CORNERS, (0, 0))

    def wrapper(box: Any) -> None:
        known = vars(box.style)
        if "_docgen_sharp" not in known:
            known["_docgen_sharp"] = all((0, "px") in box.style[corner] for corner in _CORNERS)
        if known["_docgen_sharp"]:
            vars(box).update(sharp)
        else:
            function(box)

    return wrapper


_MOST_LINES = 4000
"""Lines of text that are kept from layout to drawing; more would take much memory in a very long document."""
_ENDS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")
_kept_lines = 0


def new_document() -> None:
    """Begin to count the lines of a document that are kept."""
    global _kept_lines  # noqa: PLW0603 - a count for the process, as WeasyPrint is one for the process
    _kept_lines = 0


def _set_text(function: Callable[..., None]) -> Callable[..., None]:
    """`Layout.set_text`, which says at once what drawing would say later and so have the line laid out anew."""
    from weasyprint.text.ffi import pango  # noqa: PLC0415 - it loads Pango, which a machine may lack

    def wrapper(self: Any, text: str, justify: bool = False) -> None:
        function(self, text, justify)
        if not _ENDS.search(text):
            pango.pango_layout_set_single_paragraph_mode(self.layout, True)

    return wrapper


def _deactivate(function: Callable[[Any], None]) -> Callable[[Any], None]:
    """`Layout.deactivate`, which keeps a line that will be drawn as it is."""

    def wrapper(self: Any) -> None:
        global _kept_lines  # noqa: PLW0603
        if "_docgen_line" in vars(self):
            del self._docgen_line
        elif self.justification_spacing == 0 and _kept_lines < _MOST_LINES and not _ENDS.search(self.text):
            _kept_lines += 1
            self._docgen_line = (self.layout, self.language, self.style)
        function(self)

    return wrapper


def _reactivate(function: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """`Layout.reactivate`, which takes a line that was kept."""

    def wrapper(self: Any, style: Any) -> None:
        line = vars(self).get("_docgen_line")
        if line and line[2] is style and self.justification_spacing == 0:
            self.layout, self.language, self.style = line
        else:
            function(self, style)

    return wrapper


_WRAPPERS: dict[str, Callable[[Callable[..., Any]], Callable[..., Any]]] = {
    "strut": lambda function: _kept(function, "_docgen_strut"),
    "get_font_description": lambda function: _kept(function, "_docgen_font"),
    "Layout.set_text": _set_text,
    "Layout.deactivate": _deactivate,
    "Layout.reactivate": _reactivate,
    "resolve_radii_percentages": _round_corners,
    "resolve_percentages": _used_sizes,
}
_wrapped: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {}


def remember() -> tuple[str, ...]:
    """Wrap the functions, once a process; WeasyPrint must be loadable. Gives the names of those that are wrapped.

    All are, or none: they were tried together.
    """
    if not _wrapped:
        functions = {name: _named(module, name) for module, name in _WRITTEN_FOR}
        if all(_digest(functions[name]) == digest for (_, name), digest in _WRITTEN_FOR.items()):
            _wrapped.update({name: (function, _WRAPPERS[name](function)) for name, function in functions.items()})
            for function, wrapper in _wrapped.values():
                _exchange(function, wrapper)
    return tuple(_wrapped)


@contextmanager
def forgetting() -> Iterator[None]:
    """WeasyPrint as it is, for comparing."""
    pairs = tuple(_wrapped.values())
    for function, wrapper in pairs:
        _exchange(wrapper, function)
    try:
        yield
    finally:
        for function, wrapper in pairs:
            _exchange(function, wrapper)


def _named(module: str, name: str) -> Any:
    """A function of a module, or of a class in it; None where it is not there."""
    owner: Any = importlib.import_module(module)
    for part in name.split("."):
        owner = getattr(owner, part, None)
    return owner


def _digest(function: Callable[..., Any]) -> str:
    """The sha256 of a function's source; "" where that is not at hand."""
    try:
        return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()
    except (OSError, TypeError):
        return ""


def _exchange(old: Callable[..., Any], new: Callable[..., Any]) -> None:
    """Put one function in the other's place in every module and class of WeasyPrint that knows it."""
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("weasyprint.")]
    for owner in (*modules, *(_named(module, name.split(".")[0]) for module, name in _WRITTEN_FOR if "." in name)):
        for key, value in list(vars(owner).items()):
            if value is old:
                setattr(owner, key, new)
