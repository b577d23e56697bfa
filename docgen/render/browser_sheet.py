"""WeasyPrint's own style sheet without the rules that a document has no use for.

Its rules for footnotes, notes and list markers hold for every element, and each costs every element a style of its own,
six in all, in documents that have neither notes nor lists.
"""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import Any

_NOTES = frozenset({"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"})
_MARKER = frozenset({"marker"})
_FROM_ELSEWHERE = re.compile(r"<link\b|@import\b", re.IGNORECASE)
_HAS_NOTES = re.compile(r":[^;{}<>]*note|@(?:foot)?note", re.IGNORECASE)
_HAS_MARKERS = re.compile(r"<(?:li|summary)\b|list-item", re.IGNORECASE)
_PSEUDO_ELEMENT = 3
"""Where a selector of cssselect2 says which pseudo-element it is for."""


def lighten(source: Any, html: str) -> None:
    """Give a WeasyPrint `HTML` made from this text the style sheet that it needs; of another build it keeps its own."""
    unused: frozenset[str] = frozenset()
    if not _FROM_ELSEWHERE.search(html):
        unused |= frozenset() if _HAS_NOTES.search(html) else _NOTES
        unused |= frozenset() if _HAS_MARKERS.search(html) else _MARKER
    if unused and hasattr(source, "_ua_stylesheets") and (sheet := _without(unused)):
        usual = source._ua_stylesheets
        source._ua_stylesheets = lambda forms=False: usual(forms) if forms else [sheet]


@cache
def _without(pseudo_elements: frozenset[str]) -> Any:
    """WeasyPrint's style sheet less the rules of these pseudo-elements; None where it is not built as we know it."""
    from weasyprint.html import UA_STYLESHEET  # noqa: PLC0415 - it loads Pango, which a machine may lack

    matcher = getattr(UA_STYLESHEET, "matcher", None)
    selectors = getattr(matcher, "other_selectors", None)
    if not isinstance(selectors, list) or not all(isinstance(entry, tuple) and len(entry) == 5 for entry in selectors):
        return None
    sheet = copy.copy(UA_STYLESHEET)
    sheet.matcher = copy.copy(matcher)
    sheet.matcher.other_selectors = [entry for entry in selectors if entry[_PSEUDO_ELEMENT] not in pseudo_elements]
    return sheet
