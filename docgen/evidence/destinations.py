"""Where links and bookmarks of a PDF lead: read from any of PDF's notations, written as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pikepdf
from pikepdf import Array, Dictionary, Name

from docgen.acroform.geometry import Matrix
from docgen.acroform.values import as_number
from docgen.fonts.pdftext import printable
from docgen.tools import qpdf

_DEEPEST = 12
_MOST_BOOKMARKS = 5000
_LONGEST = 300  # characters of a title
_MOST_FAILURES = 50  # of looking a name up in a damaged table, which takes long each time
# Which operands after [page /Kind …] are the left and the upper coordinate.
_OPERANDS = {
    "/XYZ": (2, 3),
    "/FitH": (None, 2),
    "/FitBH": (None, 2),
    "/FitV": (2, None),
    "/FitBV": (2, None),
    "/FitR": (2, 5),
}


@dataclass(frozen=True, slots=True)
class Target:
    """A place in a document: its page from 0, and there a point in the page's own units (None: wherever)."""

    page: int
    left: float | None = None
    top: float | None = None

    def moved(self, matrix: Matrix) -> Target:
        """The place after its page was transformed."""
        if self.left is None and self.top is None:
            return self
        left, top = matrix.point(self.left or 0, self.top or 0)
        if matrix.b or matrix.c:  # turned: one coordinate alone says nothing any more
            return Target(self.page, left, top) if None not in (self.left, self.top) else Target(self.page)
        return Target(self.page, None if self.left is None else left, None if self.top is None else top)

    def array(self, pages: pikepdf.PageList | list[pikepdf.Page], first: int = 0) -> Array:
        """The destination as a PDF writes it, `first` being where the document's page 0 stands among `pages`."""
        page = pages[first + self.page].obj
        if self.left is None and self.top is None:
            return Array([page, Name.Fit])
        left, top = (None if value is None else round(value, 2) for value in (self.left, self.top))
        return Array([page, Name.XYZ, left, top, None])


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark of a document, and those below it. `target` None: a mere heading."""

    title: str
    target: Target | None
    closed: bool = False
    children: tuple[Bookmark, ...] = ()

    def flat(self) -> Iterator[Bookmark]:
        """This one, then all below, in reading order."""
        yield self
        for child in self.children:
            yield from child.flat()


def renumbered(target: Target | None, places: Mapping[int, int]) -> Target | None:
    """A target after some pages were taken away: `places` says where each page that is left stands now."""
    if target is None or target.page not in places:
        return None
    return replace(target, page=places[target.page])


def moved_bookmarks(bookmarks: tuple[Bookmark, ...], places: Mapping[int, int]) -> tuple[Bookmark, ...]:
    """Bookmarks after some pages were taken away; one whose page is gone stays as a heading."""
    return tuple(
        replace(mark, target=renumbered(mark.target, places), children=moved_bookmarks(mark.children, places))
        for mark in bookmarks
    )


class Destinations:
    """Finds out what a destination of a PDF means, by its page objects and its tables of names."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        self._old = pdf.Root.get("/Dests")
        names = pdf.Root.get("/Names")
        tree = names.get("/Dests") if isinstance(names, Dictionary) else None
        self._tree = pikepdf.NameTree(tree) if isinstance(tree, Dictionary) and tree.is_indirect else None
        if self._tree is None and isinstance(tree, Dictionary):
            self._tree = pikepdf.NameTree(pdf.make_indirect(tree))
        self._root = pdf.Root
        self._failures = 0

    def of(self, value: object) -> Target | None:
        """What a destination (array, name or string) leads to; None if nowhere in this document."""
        for _ in range(4):  # a name may lead to a dictionary, which holds the array
            if isinstance(value, Dictionary):
                value = value.get("/D")
            elif isinstance(value, Name | pikepdf.String):
                value = self._named(value)
            else:
                break
        if not isinstance(value, Array) or not len(value):
            return None
        index = self._page(value[0])
        if index is None:
            return None
        left, top = _OPERANDS.get(str(value[1]) if len(value) > 1 else "", (None, None))
        return Target(index, _operand(value, left), _operand(value, top))

    def of_action(self, action: object) -> Target | None:
        """What an action leads to; None if it does anything but go to a page of this document."""
        if isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
            return self.of(action.get("/D"))
        return None

    def _named(self, name: Name | pikepdf.String) -> object:
        if isinstance(name, Name):
            return self._old.get(str(name)) if isinstance(self._old, Dictionary) else None
        if self._tree is None or self._failures > _MOST_FAILURES:
            return None
        try:
            return self._tree.get(str(name))
        except qpdf.ERRORS:  # a damaged table, or a name that is no text
            self._failures += 1
            return None

    def _page(self, value: object) -> int | None:
        if isinstance(value, Dictionary):
            return self._pages.get(value.objgen)
        if isinstance(value, int) and 0 <= value < len(self._pages):
            return value
        return None

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """The document's bookmarks; loops and excess are cut off."""
        outlines = self._root.get("/Outlines")
        seen: set[tuple[int, int]] = set()
        return self._level(outlines, seen, 0) if isinstance(outlines, Dictionary) else ()

    def _level(self, parent: Dictionary, seen: set[tuple[int, int]], depth: int) -> tuple[Bookmark, ...]:
        found: list[Bookmark] = []
        item = parent.get("/First")
        while isinstance(item, Dictionary) and item.objgen not in seen and len(seen) < _MOST_BOOKMARKS:
            seen.add(item.objgen)
            target = self.of(item.get("/Dest")) if "/Dest" in item else self.of_action(item.get("/A"))
            children = self._level(item, seen, depth + 1) if depth < _DEEPEST else ()
            title = _text(item.get("/Title"))
            if title:  # one that leads nowhere, or out of the document, is still a heading
                count = item.get("/Count")
                found.append(Bookmark(title, target, isinstance(count, int) and count < 0, children))
            else:
                found.extend(children)
            item = item.get("/Next")
        return tuple(found)


def _operand(array: Array, place: int | None) -> float | None:
    if place is None or place >= len(array):
        return None
    return as_number(array[place])


def _text(value: object) -> str:
    try:
        return " ".join(printable(str(value)).split())[:_LONGEST] if isinstance(value, pikepdf.String) else ""
    except UnicodeError:
        return ""
