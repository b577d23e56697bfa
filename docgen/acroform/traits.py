"""What a form field says of itself: its flags, its type size and colour, its value as it is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Stream

from docgen.tools import qpdf

from .names import keys_of, raw_name
from .values import text_of, trait

MULTILINE, PASSWORD = 1 << 12, 1 << 13
RADIO, PUSHED = 1 << 15, 1 << 16
_FONT = re.compile(r"/([^\s/()<>\[\]{}%]+)\s+(-?[\d.]+)\s+Tf")
_COLOUR = re.compile(r"((?:[\d.]+\s+){1,4})(g|rg|k)\b")
_SIGNIFICANT = {"g": 1, "rg": 3, "k": 4}
_MOST_OPTIONS = 5000


@dataclass(frozen=True, slots=True)
class DefaultLook:
    """What /DA says: the font's name in /DR ("" for none), the size (0 for one that fits), the colour's operators."""

    font: str = ""
    size: float = 0.0
    colour: str = "0 g"


def default_look(text: str) -> DefaultLook:
    """The default appearance of a field (ISO 32000-1, 12.7.3.3)."""
    fonts = list(_FONT.finditer(text))
    size = 0.0
    if fonts and fonts[-1][2].strip(".-"):
        try:
            size = abs(float(fonts[-1][2]))
        except ValueError:
            size = 0.0
    colour = "0 g"
    for found in _COLOUR.finditer(text):
        parts = found[1].split()[-_SIGNIFICANT[found[2]] :]
        if len(parts) == _SIGNIFICANT[found[2]] and all(part.count(".") <= 1 and part != "." for part in parts):
            colour = f"{' '.join(parts)} {found[2]}"
    return DefaultLook(fonts[-1][1] if fonts else "", size, colour)


def flags_of(field: Dictionary) -> int:
    """The field's flags, its own or inherited."""
    value = trait(field, "/Ff")
    return value if isinstance(value, int) else 0


def options_of(field: Dictionary) -> list[tuple[str, str]]:
    """The options of a choice: what is stored, and what is shown."""
    found = trait(field, "/Opt")
    options = []
    for option in list(found)[:_MOST_OPTIONS] if isinstance(found, Array) else ():
        if isinstance(option, Array) and len(option) > 1:
            options.append((text_of(option[0]), text_of(option[1])))
        elif text := text_of(option):
            options.append((text, text))
    return options


def value_of(field: Dictionary) -> str:
    """A text field's or choice's value as it is shown."""
    value = trait(field, "/V")
    if isinstance(value, Stream):
        try:
            return value.read_bytes().decode("utf-8", "replace")
        except qpdf.ERRORS:
            return ""
    if isinstance(value, Array):
        return "、".join(filter(None, (text_of(item) for item in list(value)[:100])))
    text = text_of(value)
    return dict(options_of(field)).get(text, text) if text else ""


def look_of(widget: Dictionary) -> Stream | None:
    """What a widget shows now, if it says so itself."""
    looks = widget.get("/AP")
    normal = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(normal, Stream):
        return normal
    if isinstance(normal, Dictionary):
        state = widget.get("/AS")
        chosen = dict(keys_of(normal)).get(raw_name(state)) if isinstance(state, Name) else None
        return chosen if isinstance(chosen, Stream) else None
    return None
