"""Names and small moves of WordprocessingML."""

from __future__ import annotations

import copy

from lxml import etree

W_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{W_NAMESPACE}}}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# What wraps content without being content itself.
WRAPPERS = frozenset(
    f"{W}{name}" for name in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "bdo", "dir")
)
GONE = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "delInstrText"))

_RUN_ORDER = [
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
]
_ORDER = {f"{W}{name}": number for number, name in enumerate(_RUN_ORDER)}


def text_element(text: str) -> etree._Element:
    """A w:t that keeps its spaces."""
    element = etree.Element(f"{W}t")
    element.text = text
    if text != text.strip() or "  " in text:
        element.set(XML_SPACE, "preserve")
    return element


def run(text: str, properties: etree._Element | None) -> etree._Element:
    """A run with text; line breaks become w:br. `properties` are copied."""
    made = etree.Element(f"{W}r")
    if properties is not None:
        made.append(copy.deepcopy(properties))
    for number, piece in enumerate(text.split("\n")):
        if number:
            made.append(etree.Element(f"{W}br"))
        if piece:
            made.append(text_element(piece))
    return made


def set_property(properties: etree._Element, name: str, value: str | None) -> None:
    """Set one property of a run in its place of the schema's order; None takes it away."""
    tag = f"{W}{name}"
    for old in properties.findall(tag):
        properties.remove(old)
    if value is None:
        return
    element = etree.Element(tag)
    element.set(f"{W}val", value)
    place = sum(1 for child in properties if _ORDER.get(str(child.tag), len(_ORDER)) < _ORDER[tag])
    properties.insert(place, element)


def run_properties(element: etree._Element | None) -> etree._Element:
    """A copy of a run's properties that may be changed, made where there are none."""
    found = element.find(f"{W}rPr") if element is not None else None
    return copy.deepcopy(found) if found is not None else etree.Element(f"{W}rPr")


def plain(properties: etree._Element) -> etree._Element:
    """Properties for a value beside a label: without what makes the label stand out, and without tracked changes."""
    for name in ("b", "bCs", "u", "color", "highlight", "shd", "rStyle", "vertAlign", "em", "position"):
        set_property_none(properties, name)
    for child in list(properties):
        if child.tag in (f"{W}rPrChange", f"{W}ins", f"{W}del"):
            properties.remove(child)
    return properties


def set_shade(properties: etree._Element, colour: str) -> None:
    """Colour the ground of a run (RRGGBB)."""
    set_property(properties, "shd", "clear")
    element = properties.find(f"{W}shd")
    if element is not None:
        element.set(f"{W}color", "auto")
        element.set(f"{W}fill", colour)


def set_property_none(properties: etree._Element, name: str) -> None:
    """Take a property away."""
    for old in properties.findall(f"{W}{name}"):
        properties.remove(old)


def value_of(element: etree._Element | None, name: str = "val") -> str:
    """An attribute in Word's namespace, "" where there is none."""
    return str(element.get(f"{W}{name}", "")) if element is not None else ""


def is_on(element: etree._Element | None) -> bool:
    """Whether an on/off property is set."""
    return element is not None and value_of(element) not in ("0", "false", "off", "none")
