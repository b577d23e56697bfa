"""Setting content controls and the form fields of old."""

from __future__ import annotations

import re

from lxml import etree

from ..results import PlaceKind
from ..structure import Control
from ..values import date_parts
from .lines import LegacyField
from .xml import W14, W, run, run_properties, set_shade, value_of

_PROMPT_STYLE = f"{W}rStyle"


def set_control(control: Control, text: str, chosen: int | None, shade: str = "") -> None:
    """Give a control its value: text, the number of its option, or a tick where the text says 是."""
    if isinstance(control.handle, LegacyField):
        _set_legacy(control, control.handle, text, chosen, shade)
        return
    element: etree._Element = control.handle
    properties = element.find(f"{W}sdtPr")
    content = element.find(f"{W}sdtContent")
    if properties is None or content is None:
        return
    prompted = properties.find(f"{W}showingPlcHdr")
    if prompted is not None:
        properties.remove(prompted)
    if control.kind is PlaceKind.CHECK:
        _tick(properties, content, text == "是")
        return
    if control.kind is PlaceKind.LIST and chosen is not None:
        text = control.options[chosen]
        drop = properties.find(f"{W}dropDownList")
        if drop is not None:
            item = [each for each in drop.findall(f"{W}listItem") if value_of(each, "value")][chosen]
            drop.set(f"{W}lastValue", value_of(item, "value"))
    if (date := properties.find(f"{W}date")) is not None and (parts := date_parts(text)):
        date.set(f"{W}fullDate", f"{parts[0]}-{int(parts[1]):02}-{int(parts[2]):02}T00:00:00Z")
    _say(properties, content, text, prompted is not None, shade)


def _say(properties: etree._Element, content: etree._Element, text: str, prompted: bool, shade: str) -> None:
    """Put text in the place of what a content control shows."""
    own = run_properties(next(content.iter(f"{W}r"), None))
    given = properties.find(f"{W}rPr")
    shaped = run_properties(properties) if prompted and given is not None else own
    for style in shaped.findall(_PROMPT_STYLE):
        shaped.remove(style)
    for colour in shaped.findall(f"{W}color") if prompted and given is None else ():
        shaped.remove(colour)
    if shade:
        set_shade(shaped, shade)
    paragraphs = list(content.iter(f"{W}p"))
    place = paragraphs[0] if paragraphs else content
    for extra in paragraphs[1:]:
        parent = extra.getparent()
        if parent is not None and not any(True for _ in extra.iterancestors(f"{W}tbl") if _ in list(content.iter())):
            parent.remove(extra)
    for old in list(place):
        if old.tag != f"{W}pPr":
            place.remove(old)
    place.append(run(text, shaped if len(shaped) else None))


def _tick(properties: etree._Element, content: etree._Element, on: bool) -> None:
    box = properties.find(f"{W14}checkbox")
    if box is None:
        return
    checked = box.find(f"{W14}checked")
    if checked is None:
        checked = etree.Element(f"{W14}checked")
        box.insert(0, checked)
    checked.set(f"{W14}val", "1" if on else "0")
    state = box.find(f"{W14}{'checkedState' if on else 'uncheckedState'}")
    code = state.get(f"{W14}val", "") if state is not None else ""
    sign = chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{4,5}", code) else ("☒" if on else "☐")
    text = next(content.iter(f"{W}t"), None)
    if text is not None:
        text.text = sign
        return
    symbol = next(content.iter(f"{W}sym"), None)
    if symbol is not None and code:
        symbol.set(f"{W}char", code)


def _set_legacy(control: Control, field: LegacyField, text: str, chosen: int | None, shade: str) -> None:
    if control.kind is PlaceKind.CHECK:
        box = field.data.find(f"{W}checkBox")
        if box is not None:
            for old in box.findall(f"{W}checked"):
                box.remove(old)
            checked = etree.SubElement(box, f"{W}checked")
            if text != "是":
                checked.set(f"{W}val", "0")
        return
    if control.kind is PlaceKind.LIST:
        drop = field.data.find(f"{W}ddList")
        if drop is not None and chosen is not None:
            for old in drop.findall(f"{W}result"):
                drop.remove(old)
            result = etree.Element(f"{W}result")
            result.set(f"{W}val", str(chosen))
            drop.insert(0, result)
        return
    _legacy_text(field, text, shade)


def _shaded(owner: etree._Element, shade: str) -> etree._Element:
    properties = run_properties(owner)
    if shade:
        set_shade(properties, shade)
    return properties


def _legacy_text(field: LegacyField, text: str, shade: str) -> None:
    """The shown value of an old text field: one run between its separator and its end."""
    if field.runs:
        first, *others = field.runs
        first.addprevious(run(text, _shaded(first, shade)))
        for old in (first, *others):
            parent = old.getparent()
            if parent is not None and old.find(f"{W}fldChar") is None:
                parent.remove(old)
        return
    owner: etree._Element | None = field.begin
    while owner is not None:
        marks = {value_of(mark, "fldCharType") for mark in owner.iterfind(f"{W}fldChar")}
        if "separate" in marks:
            owner.addnext(run(text, _shaded(owner, shade)))
            return
        if "end" in marks:
            return
        owner = owner.getnext()
