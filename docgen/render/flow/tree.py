"""HTML text → its elements, where they are those that the engine sets, nested as HTML wants them.

Of wrongly nested elements a parser makes what the standard says it must; that is left to the general engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from lxml import etree, html

from .unfit import Tangled, Unfit

_DRAWING = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.DOTALL | re.IGNORECASE)
_APART = re.compile(r"</?(?:svg|style)\b", re.IGNORECASE)
_LONGEST_APART = "</style>"
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
_TOGETHER = 16_384
"""Characters that are read at once."""
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
    rest, style, drawings = _set_apart(text)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = etree.fromstring(rest.encode(), parser)
    _refuse(parser.error_log)
    if root is None:
        raise Unfit("HTML")
    if root.tag != "html":
        raise Unfit(f"<{root.tag}>")
    check(root)
    complete(root)
    return _page(root, style, drawings)


def _page(root: Element, style: str, drawings: tuple[str, ...]) -> Page:
    title = root.findtext("head/title") or ""
    return Page(root, style, drawings, " ".join(title.split()), root.get("lang") or "")


def _refuse(log: Any) -> None:
    """Raise Unfit for what a parser has found wrong."""
    wrong = next((entry for entry in log if entry.type_name != _UNKNOWN_TAG), None)
    if wrong:
        raise Unfit(f"HTML：{wrong.message}")


def _set_apart(text: str) -> tuple[str, str, tuple[str, ...]]:
    """The elements, the style sheet, and the drawings, to which empty elements with their numbers lead."""
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
    return rest, "\n".join(styles), tuple(drawings)


class Reader:
    """A long HTML text, read piece by piece: `page` is there at once, its elements come with `events`.

    Whoever is done with an element lets it go (`let_go`), else the whole text is kept.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        """Read up to the body's start. Raises Unfit where `parsed` does, Tangled where there is no body, and later for
        what would have to be set apart in it (drawings).
        """
        rest = iter(pieces)
        text, start = "", -1
        while start < 0:
            piece = next(rest, None)
            if piece is None:
                raise Tangled
            text += piece
            start = text.find("<body")
        head, style, drawings = _set_apart(text[:start])
        self.events = self._read(chain([head], _plain(chain([text[start:]], rest))))
        del text, piece
        """"start" or "end", an element, and how many elements it stands in with itself counted. At the end, Unfit is raised
        for what was wrong."""
        root = next((element for kind, element, _ in self.events if kind == "start" and element.tag == "body"), None)
        root = root.getparent() if root is not None else None
        if root is None or root.tag != "html" or root.getparent() is not None:
            raise Tangled
        for head in root[:-1]:
            check(head)
        self.page = _page(root, style, drawings)

    @staticmethod
    def _read(pieces: Iterable[str]) -> Iterator[tuple[str, Element, int]]:
        parser = etree.HTMLPullParser(("start", "end"), encoding="utf-8", remove_comments=True, remove_pis=True)
        depth = 0
        for piece in chain(pieces, [None]):
            if piece is None:
                parser.close()
            else:
                parser.feed(piece.encode())
            for kind, element in parser.read_events():
                depth += kind == "start"
                yield kind, element, depth
                depth -= kind == "end"
        _refuse(parser.feed_error_log)


def _plain(pieces: Iterable[str]) -> Iterator[str]:
    """The same text in pieces of a size. Raises Tangled where something in it is to be set apart."""
    end = ""
    for piece in pieces:
        if _APART.search(end + piece[: len(_LONGEST_APART)]) or _APART.search(piece):
            raise Tangled
        end = piece[-len(_LONGEST_APART) :]
        yield from (piece[place : place + _TOGETHER] for place in range(0, len(piece), _TOGETHER))


def let_go(element: Element, *, counted: bool) -> None:
    """Take away what an element holds, and the one before it, unless elements are `counted`; itself it stays, since the
    style of the next may depend on it. Raises Unfit as `check` does for what goes.
    """
    del element[:]
    element.text = None
    before = element.getprevious()
    if before is not None and not counted:
        parent = element.getparent()
        _check_child(parent, before)
        parent.remove(before)


def check(root: Element) -> None:
    """Raise Unfit where elements from `root` on are unknown, or not where HTML wants them."""
    for element in root.iter():
        check_children(element)


def check_children(element: Element) -> None:
    """The same of an element and its children alone."""
    allowed = _CHILDREN.get(element.tag)
    if allowed is None:
        raise Unfit(f"<{element.tag}>")
    for child in element:
        _check_child(element, child)
    if element.tag in _NO_TEXT and element.text and element.text.strip():
        raise Unfit(f"<{element.tag}> 里的文字")


def _check_child(element: Element, child: Element) -> None:
    if child.tag not in _CHILDREN[element.tag]:
        raise Unfit(f"<{element.tag}> 里的 <{child.tag}>")
    if element.tag in _NO_TEXT and child.tail and child.tail.strip():
        raise Unfit(f"<{element.tag}> 里的文字")


def complete(root: Element) -> None:
    """Put rows that stand in a table itself into a group, as HTML's parsers do (HTML Standard, 13.2.6.4.9)."""
    for table in root.iter("table"):
        _complete(table)


def _complete(table: Element) -> None:
    group = None
    for child in list(table):
        if child.tag != "tr":
            group = None
            continue
        if group is None:
            group = etree.Element("tbody")
            child.addprevious(group)
        group.append(child)
