"""Pages of HTML, and the two engines that set them."""

from __future__ import annotations

from docgen.render import pdf
from docgen.render.flow.engine import set_document
from docgen.render.templates import find_template


def page_of(body: str, style: str = "", title: str = "试页") -> str:
    """A page of HTML."""
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{style}</style></head><body>{body}</body></html>"
    )


def ours(html: str) -> bytes:
    """The page by docgen's engine. Raises Unfit."""
    return set_document(pdf._resolved(html), pdf._shared_style(), b"x" * 16)[0]


def theirs(html: str) -> bytes:
    """The page by WeasyPrint, with docgen's style sheets and fonts."""
    folder = find_template("application")
    return pdf._printed(folder, pdf._resolved(html), "x" * 16, frozenset(), pdf._fetcher(folder.path)).data
