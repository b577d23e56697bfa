"""Layers (optional content) of a PDF: what is off stays off, in a form that every reader understands alike.

Whichever way the document says it (a base state, exceptions, changes at opening), each layer is listed as on or off,
and nothing else is: no alternative settings, no changes by zoom or by printing (ISO 19005-2, 6.9). pikepdf carries this
along with the pages.
"""

from __future__ import annotations

from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name

_MOST_NAMED = 5
_LONGEST_NAME = 30


def settle_layers(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """List every layer as on or off; gives the names of those that are off."""
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return ()
    listed = properties.get("/OCGs")
    groups = {
        group.objgen: group
        for group in (listed if isinstance(listed, Array) else ())
        if isinstance(group, Dictionary) and group.is_indirect
    }
    config = properties.get("/D")
    hidden = _hidden(config if isinstance(config, Dictionary) else Dictionary(), groups)
    for place, group in enumerate(groups.values(), 1):
        group["/Type"] = Name.OCG
        if not _name(group):
            group["/Name"] = pikepdf.String(f"图层{place}")
        for key in ("/Usage", "/Intent"):
            if key in group:
                del group[key]
    properties["/OCGs"] = Array(list(groups.values()))
    properties["/D"] = Dictionary(
        Name=pikepdf.String("原文件的图层"),
        Order=Array(list(groups.values())),
        OFF=Array([groups[key] for key in hidden]),
    )
    if "/Configs" in properties:
        del properties["/Configs"]
    return tuple(_name(groups[key])[:_LONGEST_NAME] for key in hidden)


def _hidden(config: Dictionary, groups: Mapping[tuple[int, int], pikepdf.Object]) -> list[tuple[int, int]]:
    """Which groups are off when the document is opened on a screen."""
    off = set(groups) if config.get("/BaseState") == Name.OFF else set()
    off -= _members(config.get("/ON"))
    off |= _members(config.get("/OFF"))
    uses = config.get("/AS")
    for use in uses if isinstance(uses, Array) else ():
        if isinstance(use, Dictionary) and use.get("/Event") == Name.View:
            for key in _members(use.get("/OCGs")):
                state = _view_state(groups.get(key))
                off = off | {key} if state == Name.OFF else off - {key} if state == Name.ON else off
    return [key for key in groups if key in off]


def _members(value: object) -> set[tuple[int, int]]:
    return {item.objgen for item in value if isinstance(item, Dictionary)} if isinstance(value, Array) else set()


def _view_state(group: object) -> object:
    """What a group says of itself for viewing: it is applied when the document is opened."""
    for key in ("/Usage", "/View", "/ViewState"):
        group = group.get(key) if isinstance(group, Dictionary) else None
    return group


def _name(group: pikepdf.Object) -> str:
    name = group.get("/Name")
    try:
        return " ".join(str(name).split()) if isinstance(name, pikepdf.String) else ""
    except UnicodeDecodeError:
        return ""


def layers_word(names: tuple[str, ...]) -> str:
    """The hidden layers in words: 隐藏的图层“底图”、“标注”等7个."""
    some = "、".join(f"“{name}”" for name in names[:_MOST_NAMED])
    return f"隐藏的图层{some}" + (f"等{len(names)}个" if len(names) > _MOST_NAMED else "")
