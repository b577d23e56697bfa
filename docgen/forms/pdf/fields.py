"""The fields of a PDF form, by name, each with its widgets and the pages they stand on.

ISO 32000-1, 12.7. Fields of the same full name are one field, as readers treat them; widgets that the form does not
list, as careless programs leave them, are fields all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import pikepdf
from pikepdf import Array, Dictionary, Name

from docgen.acroform.geometry import Box
from docgen.acroform.names import OFF, keys_of, name_text, raw_name
from docgen.acroform.traits import PUSHED, RADIO, flags_of, options_of
from docgen.acroform.values import as_box, text_of, trait

_DEEPEST = 32
_MOST_NODES = 50_000
_READ_ONLY, _REQUIRED = 1, 2
_COMBO, _EDITABLE, _SEVERAL = 1 << 17, 1 << 18, 1 << 21
_FILE, _COMB = 1 << 20, 1 << 24
_HIDDEN, _NO_VIEW = 2, 32


class Kind(StrEnum):
    """What a field takes, as users call it."""

    TEXT = "文本"
    CHECK = "复选框"
    RADIO = "单选按钮"
    COMBO = "下拉框"
    LIST = "列表框"
    BUTTON = "按钮"
    SIGNATURE = "签名域"


@dataclass(frozen=True, slots=True)
class Widget:
    """One place where a field shows: `page` counts from 1, 0 for none; `box` is its rectangle in the page's space."""

    obj: Dictionary = field(repr=False)
    page: int
    box: Box | None

    @property
    def hidden(self) -> bool:
        """Whether readers show nothing of it."""
        flags = self.obj.get("/F", 0)
        return isinstance(flags, int) and bool(flags & (_HIDDEN | _NO_VIEW))

    def states(self) -> list[bytes]:
        """The names of the states that a button is drawn in, without Off."""
        looks = self.obj.get("/AP")
        found: list[bytes] = []
        for key in ("/N", "/D"):
            states = looks.get(key) if isinstance(looks, Dictionary) else None
            if isinstance(states, Dictionary) and not isinstance(states, pikepdf.Stream):
                found += [raw for raw, _ in keys_of(states) if raw != OFF and raw not in found]
        return found

    @property
    def state(self) -> bytes:
        """The state that a button is in."""
        return raw_name(self.obj.get("/AS"))


@dataclass(slots=True)
class Field:
    """One field: its `nodes` are the field dictionaries of that full name, mostly a single one."""

    name: str
    kind: Kind
    nodes: list[Dictionary] = field(default_factory=list, repr=False)
    widgets: list[Widget] = field(default_factory=list, repr=False)

    @property
    def node(self) -> Dictionary:
        """The first field dictionary."""
        return self.nodes[0]

    @property
    def flags(self) -> int:
        """Its flags (ISO 32000-1, tables 221, 226, 228, 230)."""
        return flags_of(self.node)

    @property
    def read_only(self) -> bool:
        """Whether people may not change it."""
        return bool(self.flags & _READ_ONLY)

    @property
    def required(self) -> bool:
        """Whether the form wants it filled in."""
        return bool(self.flags & _REQUIRED)

    @property
    def editable(self) -> bool:
        """Whether a drop-down takes other values than its options."""
        return bool(self.flags & _EDITABLE)

    @property
    def several(self) -> bool:
        """Whether a list takes several of its options."""
        return bool(self.flags & _SEVERAL)

    @property
    def takes_file(self) -> bool:
        """Whether a text field is for the path of a file."""
        return self.kind is Kind.TEXT and bool(self.flags & _FILE)

    @property
    def comb(self) -> int:
        """How many cells a text field has, one a character; 0 where it is no comb."""
        most = self.most
        plain = not self.flags & (1 << 12 | 1 << 13 | _FILE)
        return most if self.kind is Kind.TEXT and self.flags & _COMB and plain and 0 < most <= 500 else 0

    @property
    def most(self) -> int:
        """How many characters it takes, 0 for any number."""
        value = trait(self.node, "/MaxLen")
        return value if isinstance(value, int) and value > 0 else 0

    @property
    def hint(self) -> str:
        """What the form calls it for people who cannot see it (/TU)."""
        return text_of(self.node.get("/TU")) or next(
            (text for widget in self.widgets if (text := text_of(widget.obj.get("/TU")))), ""
        )

    @property
    def options(self) -> list[tuple[str, str]]:
        """The options of a choice: stored, shown."""
        return options_of(self.node)

    @property
    def hidden(self) -> bool:
        """Whether it shows nowhere."""
        return bool(self.widgets) and all(widget.hidden for widget in self.widgets)

    @property
    def calculated(self) -> bool:
        """Whether a script in the form computes it."""
        actions = trait(self.node, "/AA")
        return isinstance(actions, Dictionary) and "/C" in actions

    def state_names(self, place: int) -> list[str]:
        """What the on state of a button's widget may be called: its export value first, then its own name."""
        widget = self.widgets[place]
        names = [name_text(raw) for raw in widget.states()]
        exported = trait(self.node, "/Opt")
        if isinstance(exported, Array):
            index = int(names[0]) if names and names[0].isdigit() and int(names[0]) < len(exported) else place
            if index < len(exported) and (text := text_of(exported[index])):
                names.insert(0, text)
        return names


def fields_of(pdf: pikepdf.Pdf) -> dict[str, Field]:
    """Every field of a PDF by its full name, in the order of the form. Raises any of qpdf.ERRORS on wild objects."""
    form = pdf.Root.get("/AcroForm")
    listed = form.get("/Fields") if isinstance(form, Dictionary) else None
    fields: dict[str, Field] = {}
    pages = dict(_pages(pdf))
    seen: set[tuple[int, int]] = set()
    for node in listed if isinstance(listed, Array) else ():
        _walk(node, "", fields, pages, seen, 0)
    for key, (number, widget) in pages.items():
        if key not in seen and trait(widget, "/FT") is not None:
            seen.add(key)
            _add(fields, full_name(widget), _holder(widget), [Widget(widget, number, as_box(widget.get("/Rect")))])
    return fields


def full_name(node: object) -> str:
    """The partial names of a field and its ancestors, joined by dots (12.7.3.2)."""
    parts: list[str] = []
    for _ in range(_DEEPEST):
        if not isinstance(node, Dictionary):
            break
        if part := text_of(node.get("/T")):
            parts.append(part)
        node = node.get("/Parent")
    return ".".join(reversed(parts))


def _holder(widget: Dictionary) -> Dictionary:
    """The field dictionary that a widget belongs to: itself or its parent."""
    parent = widget.get("/Parent")
    return parent if "/T" not in widget and isinstance(parent, Dictionary) else widget


def _pages(pdf: pikepdf.Pdf) -> Iterator[tuple[tuple[int, int], tuple[int, Dictionary]]]:
    """The widgets on the pages, by their object numbers."""
    for number, page in enumerate(pdf.pages, 1):
        annotations = page.obj.get("/Annots")
        for place, item in enumerate(annotations if isinstance(annotations, Array) else ()):
            if isinstance(item, Dictionary) and item.get("/Subtype") == Name.Widget:
                # A widget inside the array itself has no number, so that it gets one that no object has.
                key = item.objgen if item.is_indirect else (-number, place)
                yield key, (number, item)


def _walk(
    node: object,
    prefix: str,
    fields: dict[str, Field],
    pages: dict[tuple[int, int], tuple[int, Dictionary]],
    seen: set[tuple[int, int]],
    depth: int,
) -> None:
    if not isinstance(node, Dictionary) or depth > _DEEPEST or len(seen) > _MOST_NODES:
        return
    if node.is_indirect:
        if node.objgen in seen:
            return
        seen.add(node.objgen)
    name = ".".join(filter(None, (prefix, text_of(node.get("/T")))))
    kids = node.get("/Kids")
    below = [kid for kid in kids if isinstance(kid, Dictionary)] if isinstance(kids, Array) else []
    named = [kid for kid in below if "/T" in kid or ("/Kids" in kid and "/Rect" not in kid)]
    for kid in named:
        _walk(kid, name, fields, pages, seen, depth + 1)
    widgets = [kid for kid in below if kid not in named] if below else [node]
    if trait(node, "/FT") is None or (named and len(widgets) == 0):
        return
    found = []
    for widget in widgets:
        if widget.is_indirect:
            seen.add(widget.objgen)
        number = pages.get(widget.objgen, (0, widget))[0] if widget.is_indirect else 0
        if "/Rect" in widget:
            found.append(Widget(widget, number, as_box(widget.get("/Rect"))))
    _add(fields, name, node, found)


def _add(fields: dict[str, Field], name: str, node: Dictionary, widgets: list[Widget]) -> None:
    known = fields.get(name)
    kind = _kind(node)
    if known is None:
        fields[name] = Field(name, kind, [node], widgets)
    elif known.kind is kind:
        if not any(node.is_indirect and other.objgen == node.objgen for other in known.nodes):
            known.nodes.append(node)
        known.widgets += widgets
    else:  # two kinds by one name: kept apart, so that none gets what is meant for the other
        fields[f"{name}#{len(fields)}"] = Field(name, kind, [node], widgets)


def _kind(node: Dictionary) -> Kind:
    flags = flags_of(node)
    match str(trait(node, "/FT")):
        case "/Btn":
            return Kind.BUTTON if flags & PUSHED else Kind.RADIO if flags & RADIO else Kind.CHECK
        case "/Ch":
            return Kind.COMBO if flags & _COMBO else Kind.LIST
        case "/Sig":
            return Kind.SIGNATURE
        case _:
            return Kind.TEXT
