"""Style sheets: rules with their selectors, and what pages and their margins look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cssselect2
import tinycss2
from cssselect2 import parser

from .declarations import Token, Values, declared
from .unfit import Unfit

_USER_AGENT = """
html, body, section, div, p, h1, h2, h3, h4, h5, h6, ul, header, footer, article { display: block }
li { display: list-item }
p, ul { margin-top: 1em; margin-bottom: 1em }
body { margin: 8px }
h1 { font-size: 2em; font-weight: bold; margin-top: .67em; margin-bottom: .67em }
h2 { font-size: 1.5em; font-weight: bold; margin-top: .83em; margin-bottom: .83em }
h3 { font-size: 1.17em; font-weight: bold; margin-top: 1em; margin-bottom: 1em }
h4 { font-size: 1em; font-weight: bold; margin-top: 1.33em; margin-bottom: 1.33em }
h1, h2, h3, h4 { break-after: avoid; break-inside: avoid }
ul { padding-left: 40px; break-before: avoid }
b, strong, th { font-weight: bold }
a { color: blue; text-decoration: underline }
th, caption { text-align: center }
td, th { padding: 1px }
thead, tbody, tr { vertical-align: middle }
table { border-spacing: 2px; border-collapse: separate; text-indent: 0 }
"""
"""What HTML's own style sheet says of the elements that are supported (HTML Standard, 15.3)."""
_PLACES = frozenset({"first-child", "last-child", "only-child"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector with its declarations; `order` sorts it among all rules of all sheets."""

    matches: Any
    specificity: tuple[int, int, int]
    values: Values


@dataclass(frozen=True, slots=True)
class PageRule:
    """What an @page rule says of pages (`first`: of the first page only) and of their margin boxes."""

    first: bool
    values: Values
    boxes: tuple[tuple[str, Values], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One style sheet. `ends`, `counted`, `followed` are the tags ("*": any) whose place among their siblings matters."""

    rules: tuple[Rule, ...]
    pages: tuple[PageRule, ...]
    ends: frozenset[str]
    counted: frozenset[str]
    followed: frozenset[str]


@dataclass(slots=True)
class _Needs:
    ends: set[str]
    counted: set[str]
    followed: set[str]


_PAGE = re.compile(r"@page\b[^{]*\{(?:[^{}]|\{[^{}]*\})*\}")


def split_pages(text: str) -> tuple[str, str]:
    """A sheet's text without its @page rules, and these: only they name what is printed on one document's pages."""
    return _PAGE.sub("", text), "".join(_PAGE.findall(text))


@lru_cache(maxsize=256)
def sheet_of(text: str) -> Sheet:
    """Read a style sheet. Raises Unfit for what is not supported."""
    rules: list[Rule] = []
    pages: list[PageRule] = []
    needs = _Needs(set(), set(), set())
    for node in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if node.type == "qualified-rule":
            rules += _rules(node, needs)
        elif node.type == "at-rule" and node.lower_at_keyword == "page" and node.content is not None:
            pages += _page(node)
        else:
            raise Unfit(f"样式 {node.serialize().strip()[:40]}")
    return Sheet(tuple(rules), tuple(pages), frozenset(needs.ends), frozenset(needs.counted), frozenset(needs.followed))


@lru_cache(maxsize=1)
def user_agent() -> Sheet:
    """HTML's own style sheet."""
    return sheet_of(_USER_AGENT)


def _rules(node: Token, needs: _Needs) -> list[Rule]:
    values, inner = declared(node.content)
    if inner:
        raise Unfit("嵌套的样式")
    try:
        for selector in parser.parse(node.prelude):
            _look_at(selector.parsed_tree, needs)
        compiled = cssselect2.compile_selector_list(node.prelude)
    except cssselect2.SelectorError as error:
        raise Unfit(f"选择器 {tinycss2.serialize(node.prelude).strip()[:40]}") from error
    if any(selector.pseudo_element for selector in compiled):
        raise Unfit(f"选择器 {tinycss2.serialize(node.prelude).strip()[:40]}")
    return [Rule(selector.test, selector.specificity, values) for selector in compiled]


def _look_at(tree: Any, needs: _Needs) -> None:
    """Note what about an element's place a selector asks for. Raises Unfit for what the cascade does not keep apart."""
    if isinstance(tree, parser.CombinedSelector):
        _look_at(tree.left, needs)
        _look_at(tree.right, needs)
        if tree.combinator == "+":
            if not isinstance(tree.left, parser.CompoundSelector) or _asks_places(tree.left):
                raise Unfit("选择器 +")
            needs.followed |= _tags(tree.right)
        elif tree.combinator not in (" ", ">"):
            raise Unfit(f"选择器 {tree.combinator}")
        return
    for simple in tree.simple_selectors:
        if isinstance(simple, parser.PseudoClassSelector) and simple.name in _PLACES:
            needs.ends |= _tags(tree)
        elif isinstance(simple, parser.FunctionalPseudoClassSelector) and simple.name == "nth-child":
            needs.counted |= _tags(tree)
        elif not isinstance(simple, (parser.LocalNameSelector, parser.ClassSelector, parser.IDSelector)):
            raise Unfit(f"选择器 {type(simple).__name__}")


def _asks_places(tree: Any) -> bool:
    return any(
        isinstance(simple, (parser.PseudoClassSelector, parser.FunctionalPseudoClassSelector))
        for simple in tree.simple_selectors
    )


def _tags(tree: Any) -> set[str]:
    names = {
        simple.lower_local_name for simple in tree.simple_selectors if isinstance(simple, parser.LocalNameSelector)
    }
    return names or {"*"}


def _page(node: Token) -> Sequence[PageRule]:
    words = [token for token in node.prelude if token.type != "whitespace"]
    if words and words[0].type == "ident":
        return ()  # a named page, which no element can ask for: the property `page` is not supported
    selector = tinycss2.serialize(words)
    if selector not in ("", ":first"):
        raise Unfit(f"@page {selector}")
    values, inner = declared(node.content)
    boxes = []
    for rule in inner:
        content, deeper = declared(rule.content or ())
        if deeper or rule.lower_at_keyword != "bottom-center":
            raise Unfit(f"@{rule.lower_at_keyword}")
        boxes.append((rule.lower_at_keyword, content))
    return (PageRule(selector == ":first", values, tuple(boxes)),)
