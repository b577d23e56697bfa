"""Which style an element has: the cascade, inheritance and computed values (CSS Cascading and Inheritance Level 4).

Elements whose tags, classes and ancestors agree have one style, computed once for all documents of the same sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import cssselect2
import tinycss2

from .declarations import AUTO, SIDES, Colour, Length, Values, declared, px
from .shaping import Type, line_of
from .sheets import Rule, Sheet
from .unfit import Unfit

Element = Any
"""An element of lxml."""
Edge = tuple[float, Colour]
"""A border: its width in CSS pixels, and its colour."""
BLACK = Colour(0, 0, 0, 1)
CLEAR = Colour(0, 0, 0, 0)
_WEIGHTS = {"normal": 400, "bold": 700, "bolder": 700}
_ATTRIBUTES = {
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan"}),
    "col": frozenset({"span"}),
    "a": frozenset({"href"}),
    "html": frozenset({"lang"}),
    "svg": frozenset({"data-drawing"}),
}
_EVERYWHERE = frozenset({"class", "id", "style"})


@dataclass(eq=False)
class Style:
    """An element's computed values: lengths in CSS pixels; `margin` and `width` may be AUTO or a share of the container."""

    own: Mapping[str, Any]
    type: Type
    line: float | Length | None
    inherited: Mapping[str, Any]
    root_size: float
    children: dict[tuple[Any, ...], Style] = field(default_factory=dict)

    def length(self, name: str, default: Any = 0.0) -> Any:
        """A length property: CSS pixels, AUTO, or a Length in per cent."""
        value = self.own.get(name, default)
        return resolved(value, self.type.size, self.root_size) if isinstance(value, Length) else value

    def fixed(self, name: str) -> float:
        """A length that may not depend on the container. Raises Unfit where it does."""
        value = self.length(name)
        if not isinstance(value, float):
            raise Unfit(f"样式 {name} 的百分比")
        return value

    @cached_property
    def display(self) -> str:
        return str(self.own.get("display", "inline"))

    @cached_property
    def margins(self) -> tuple[Any, Any, Any, Any]:
        """Top, right, bottom, left: CSS pixels; AUTO at the sides."""
        top, right, bottom, left = (self.length(f"margin-{side}") for side in SIDES)
        if (
            not isinstance(top, float)
            or not isinstance(bottom, float)
            or isinstance(left, Length)
            or isinstance(right, Length)
        ):
            raise Unfit("外边距的百分比")
        return top, right, bottom, left

    @cached_property
    def padding(self) -> tuple[float, float, float, float]:
        top, right, bottom, left = (self.fixed(f"padding-{side}") for side in SIDES)
        return top, right, bottom, left

    @cached_property
    def edges(self) -> tuple[Edge, Edge, Edge, Edge]:
        """The borders: top, right, bottom, left; of width 0 where there is none."""
        top, right, bottom, left = (self._edge(side) for side in SIDES)
        return top, right, bottom, left

    def _edge(self, side: str) -> Edge:
        if self.own.get(f"border-{side}-style", "none") == "none":
            return 0.0, CLEAR
        return self.own.get(f"border-{side}-width", 3.0), self.own.get(f"border-{side}-color", self.colour)

    @cached_property
    def background(self) -> Colour:
        return self.own.get("background-color", CLEAR)  # type: ignore[no-any-return]

    @cached_property
    def colour(self) -> Colour:
        return self.inherited["color"]  # type: ignore[no-any-return]

    @cached_property
    def align(self) -> str:
        align = str(self.inherited["text-align"])
        return "left" if align == "start" else align

    @cached_property
    def indent(self) -> float:
        value = self.inherited["text-indent"]
        return float(value)

    @cached_property
    def nowrap(self) -> bool:
        return bool(self.inherited["white-space"] == "nowrap")

    @cached_property
    def anywhere(self) -> bool:
        """Whether a word that is too long may be broken anywhere."""
        return bool(self.inherited["overflow-wrap"] != "normal")

    @cached_property
    def orphans(self) -> int:
        return int(self.inherited["orphans"])

    @cached_property
    def widows(self) -> int:
        return int(self.inherited["widows"])

    @cached_property
    def strut(self) -> tuple[float, float]:
        """The height of a line and its baseline from the top."""
        return line_of(self.type, self.line_height)

    @cached_property
    def line_height(self) -> float | None:
        """In CSS pixels; None: what the font itself wants."""
        line = self.line
        if isinstance(line, Length):
            return line.value * self.type.size
        return line

    @cached_property
    def bare(self) -> bool:
        """Whether nothing of the box itself is seen and it takes no room above or below its content."""
        return not (
            self.background.alpha
            or any(width for width, _ in self.edges)
            or self.padding[0]
            or self.padding[2]
            or self.length("height", AUTO) != AUTO
        )


def resolved(value: Length, size: float, root: float) -> float | Length:
    """A length in CSS pixels; a percentage stays one."""
    if value.unit == "%":
        return value
    if value.unit == "em":
        return value.value * size
    if value.unit == "rem":
        return value.value * root
    return px(value)


_INHERITED: Mapping[str, Any] = {
    "color": BLACK,
    "text-align": "start",
    "text-indent": 0.0,
    "white-space": "normal",
    "overflow-wrap": "normal",
    "orphans": 2.0,
    "widows": 2.0,
    "vertical-align": "baseline",
    "border-collapse": "separate",
    "border-spacing": (Length(0, ""), Length(0, "")),
    "list-style-type": "disc",
}
"""Properties that children take over, with their initial values; vertical-align by what HTML says of table cells."""


def computed(own: Values, parent: Style | None) -> Style:
    """The computed style for these cascaded values under a parent. Raises Unfit for what is not supported."""
    root = parent.root_size if parent else 16.0
    size = _font_size(own, parent, root)
    if parent is None:
        root = size
    kept = parent.inherited if parent else _INHERITED
    inherited = {name: own.get(name, value) for name, value in kept.items()}
    if isinstance(inherited["text-indent"], Length):
        inherited["text-indent"] = resolved(inherited["text-indent"], size, root)
        if not isinstance(inherited["text-indent"], float):
            raise Unfit("缩进的百分比")
    weight = own.get("font-weight")
    before = parent.type if parent else Type((), 400, 16.0)
    spacing = own.get("letter-spacing", before.spacing)
    numeric = own.get("font-variant-numeric")
    line = own.get("line-height", parent.line if parent else None)
    if isinstance(line, Length) and line.unit:
        fixed = resolved(line, size, root)
        line = line.value / 100 * size if isinstance(fixed, Length) else fixed
    kind = Type(
        own.get("font-family", before.families),
        before.weight if weight is None else _WEIGHTS.get(weight) or int(weight),
        size,
        _number(spacing, size, root),
        before.even_digits if numeric is None else numeric == "tabular-nums",
    )
    return Style(own, kind, line, inherited, root)


def _number(value: Any, size: float, root: float) -> float:
    if value is None:
        return 0.0
    if isinstance(value, Length):
        value = resolved(value, size, root)
    if not isinstance(value, float):
        raise Unfit("字距的百分比")
    return value


def _font_size(own: Values, parent: Style | None, root: float) -> float:
    base = parent.type.size if parent else 16.0
    value = own.get("font-size")
    if value is None:
        return base
    found = resolved(value, base, root)
    return found.value / 100 * base if isinstance(found, Length) else found


class Cascade:
    """The styles of the elements of documents that share their sheets.

    A later sheet wins over an earlier one whatever their selectors: HTML's own, the sheet of all templates, a template's.
    """

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._layers = [sheet.rules for sheet in sheets]
        self._ends = frozenset[str]().union(*(sheet.ends for sheet in sheets))
        self._counted = frozenset[str]().union(*(sheet.counted for sheet in sheets))
        self._followed = frozenset[str]().union(*(sheet.followed for sheet in sheets))
        self._roots: dict[tuple[Any, ...], Style] = {}

    def styles(self, root: Element) -> DocumentStyles:
        """The styles of one document's elements."""
        return DocumentStyles(self, root)

    def key(self, element: Element) -> tuple[Any, ...]:
        """What of an element, beside its ancestors, its style depends on. Raises Unfit for attributes that style it."""
        tag = element.tag
        get = element.get
        key: list[Any] = [tag, get("class"), get("id"), get("style")]
        allowed = _ATTRIBUTES.get(tag, _EVERYWHERE)
        if any(name not in _EVERYWHERE and name not in allowed for name in element.keys()):  # noqa: SIM118 - of lxml, whose elements iterate over their children
            raise Unfit(f"<{tag}> 的属性 {'、'.join(element.keys())}")
        if self.looks_ahead(tag):
            key += [element.getprevious() is None, element.getnext() is None]
        if tag in self._counted or "*" in self._counted:
            key.append(element.getparent().index(element))
        if tag in self._followed or "*" in self._followed:
            before = element.getprevious()
            key.append(None if before is None else (before.tag, before.get("class"), before.get("id")))
        return tuple(key)

    def rules(self) -> Iterable[tuple[int, int, Rule]]:
        """Every rule with the number of its layer and its own."""
        for layer, rules in enumerate(self._layers):
            for number, rule in enumerate(rules):
                yield layer, number, rule

    def looks_ahead(self, tag: str) -> bool:
        """Whether the style of such elements may depend on what follows them."""
        return tag in self._ends or "*" in self._ends

    @property
    def counts(self) -> bool:
        """Whether the style of an element other than a cell may depend on how many are before it."""
        return not self._counted <= {"td", "th"}

    def root(self, key: tuple[Any, ...]) -> Style | None:
        """The style of a root element like this, where it is known."""
        return self._roots.get(key)

    def keep_root(self, key: tuple[Any, ...], style: Style) -> None:
        """Keep the style of a root element."""
        self._roots[key] = style


class DocumentStyles:
    """The styles of one document's elements; what is new is added to the cascade's."""

    def __init__(self, cascade: Cascade, root: Element) -> None:
        self.cascade = cascade
        self._root = root
        self._wrappers: dict[Element, Any] = {}

    def of(self, element: Element, parent: Style | None) -> Style:
        """The style of an element whose parent has the style given (None: of the root)."""
        key = self.cascade.key(element)
        found = parent.children.get(key) if parent else self.cascade.root(key)
        if found is None:
            found = computed(self._cascaded(element), parent)
            if parent:
                parent.children[key] = found
            else:
                self.cascade.keep_root(key, found)
        return found

    def forget(self) -> None:
        """Let go of elements; what is computed for others like them is kept."""
        self._wrappers.clear()

    def _cascaded(self, element: Element) -> Values:
        wrapper = self._wrapper(element)
        fitting = [
            (layer, rule.specificity, number, rule.values)
            for layer, number, rule in self.cascade.rules()
            if rule.matches(wrapper)
        ]
        values: Values = {}
        for *_, found in sorted(fitting, key=lambda entry: entry[:3]):
            values |= found
        if text := element.get("style"):
            own, inner = declared(tinycss2.parse_component_value_list(text))
            if inner:
                raise Unfit("嵌套的样式")
            values |= own
        return values

    def _wrapper(self, element: Element) -> Any:
        found = self._wrappers.get(element)
        if found is None:
            parent = element.getparent()
            if parent is None:
                found = cssselect2.ElementWrapper.from_html_root(element)
                self._wrappers[element] = found
            else:
                for child in self._wrapper(parent).iter_children():
                    self._wrappers[child.etree_element] = child
                found = self._wrappers[element]
        return found
