"""HTML text → its elements, where they are those that the engine sets, nested as HTML wants them.

Of wrongly nested elements a parser makes what the standard says it must; that is left to the general engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

from .unfit import Unfit

_DRAWING = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.DOTALL | re.IGNORECASE)
_DOCTYPE = re.compile(r"\s*<!doctype html>", re.IGNORECASE)
_UNKNOWN_TAG = "HTML_UNKNOWN_TAG"
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
BLOCKS = frozenset({"section", "div", "p", "ul", "li", "header", "footer", "article"}) | HEADINGS
PHRASES = frozenset({"span", "a", "b", "strong", "br", "svg"})
_FLOW = BLOCKS | PHRASES | {"table"}
_CHILDREN: dict[str, frozenset[str]] = {
    "html": frozenset({"head", "body"}),
    "head": frozenset({"title", "meta"}),
    "body": _FLOW,
    "table": frozenset({"caption", "colgroup", "thead", "tbody", "tr"}),
    "caption": PHRASES,
    "colgroup": frozenset({"col"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tr": frozenset({"td", "th"}),
    "td": _FLOW,
    "th": _FLOW,
    "ul": frozenset({"li"}),
    "p": PHRASES,
    "br": frozenset(),
    "svg": frozenset(),
    "title": frozenset(),
    "meta": frozenset(),
    "col": frozenset(),
}
_CHILDREN |= dict.fromkeys(HEADINGS | {"span", "a", "b", "strong"}, PHRASES)
_CHILDREN |= dict.fromkeys(("section", "div", "li", "header", "footer", "article"), _FLOW)
_NO_TEXT = frozenset({"html", "head", "table", "colgroup", "thead", "tbody", "tr", "ul"})
Element = Any
"""An element of lxml."""


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML text says: its root element, its style sheet, its drawings (SVG) by number, title and language."""

    root: Element
    style: str
    drawings: tuple[str, ...]
    title: str
    language: str


def parsed(text: str) -> Page:
    """Read an HTML text. Raises Unfit where it holds what the engine does not set."""
    start = _DOCTYPE.match(text)
    if not start:
        raise Unfit("没有 <!DOCTYPE html>")
    drawings: list[str] = []
    styles: list[str] = []

    def set_aside(match: re.Match[str]) -> str:
        drawings.append(match[0])
        return f'<svg data-drawing="{len(drawings) - 1}"></svg>'

    def take_style(match: re.Match[str]) -> str:
        styles.append(match[1])
        return ""

    rest = _DRAWING.sub(set_aside, _STYLE.sub(take_style, text[start.end() :]))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = etree.fromstring(rest.encode(), parser)
    wrong = [entry for entry in parser.error_log if entry.type_name != _UNKNOWN_TAG]
    if root is None or wrong:
        raise Unfit(f"HTML：{wrong[0].message}" if wrong else "HTML")
    _check(root)
    for table in root.iter("table"):
        _complete(table)
    title = root.findtext("head/title") or ""
    return Page(root, "\n".join(styles), tuple(drawings), " ".join(title.split()), root.get("lang") or "")


def _check(root: Element) -> None:
    """Raise Unfit where elements are unknown, or not where HTML wants them."""
    if root.tag != "html":
        raise Unfit(f"<{root.tag}>")
    for element in root.iter():
        allowed = _CHILDREN.get(element.tag)
        if allowed is None:
            raise Unfit(f"<{element.tag}>")
        for child in element:
            if child.tag not in allowed:
                raise Unfit(f"<{element.tag}> 里的 <{child.tag}>")
            if element.tag in _NO_TEXT and child.tail and child.tail.strip():
                raise Unfit(f"<{element.tag}> 里的文字")
        if element.tag in _NO_TEXT and element.text and element.text.strip():
            raise Unfit(f"<{element.tag}> 里的文字")


def _complete(table: Element) -> None:
    """Put rows that stand in the table itself into a group, as HTML's parsers do (HTML Standard, 13.2.6.4.9)."""
    group = None
    for child in list(table):
        if child.tag != "tr":
            group = None
            continue
        if group is None:
            group = etree.Element("tbody")
            child.addprevious(group)
        group.append(child)
