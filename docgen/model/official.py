"""An official document as a value: its parts as GB/T 9704-2012 names them, without any layout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

_NUMBERED = re.compile(r"^(?:(?P<first>[一二三四五六七八九十]+、)|(?P<second>（[一二三四五六七八九十]+）))")
_LONGEST_HEADING = 26


class Form(StrEnum):
    """How the document begins: with the red head, as a letter (10.1), or without a head."""

    OFFICIAL = "公文格式"
    LETTER = "信函格式"
    PLAIN = "无版头"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its header, its share of the text width, left, center or right.

    A `grouped` column shows a value that stands in several rows one below the other once, in a cell of their height.
    """

    header: str
    share: float
    align: str = "left"
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts below a header row; `totals` is a last row, () without one."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """附件: its title, paragraphs before its tables, tables, and paragraphs behind them."""

    title: str
    tables: tuple[Table, ...] = ()
    lead: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """The parts of one document. Texts that are "" are left out. `body` is one paragraph each, levels by their numbers.

    `title` is one text; where its lines break is the layout's affair, which keeps `names` in one piece if it can.
    `seal` is a PNG with transparency, `note` the 附注 (contact); `data` is what the PDF is to carry of its own data
    (docgen.carried), None for nothing.
    """

    form: Form
    title: str
    body: tuple[str, ...]
    issuer: str
    date: str
    mark: str = ""
    number: str = ""
    addressee: str = ""
    note: str = ""
    copies: str = ""
    printer: str = ""
    printed: str = ""
    annexes: tuple[Annex, ...] = ()
    seal: bytes | None = None
    names: tuple[str, ...] = ()
    draft: bool = False
    data: Mapping[str, Any] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class TablePaging:
    """How a table came out on paper: the height of each row and of the sums in mm (0 where a row goes over pages), the
    rows that begin a page (not the first page), and what stayed free below each page but the last, in mm.
    """

    heights: tuple[float, ...] = ()
    starts: tuple[int, ...] = ()
    rests: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Paging:
    """How a document came out on paper, for programs that make pages of their own of it.

    `text_pages` counts the pages that bear text, 版记 apart; `apart` tells that 版记 stands on a page of its own; `room`
    is what is free between the text and 版记 on a page that both share, in mm. `tight` tells that text went over with the
    signature, or that two lines more would send it over; `addressee_below` that 主送 went into 版记, so that page 1 has
    text. Of each annex the page on which it begins, and its tables.
    """

    text_pages: int
    apart: bool = False
    room: float = 0.0
    tight: bool = False
    addressee_below: bool = False
    annexes: tuple[tuple[int, tuple[TablePaging, ...]], ...] = ()


def parts_of(paragraph: str) -> tuple[str, str, str]:
    """A paragraph's heading of the first level (一、, set in 黑体), of the second ((一), 楷体), and the rest (仿宋).

    A heading reaches to the first 。 where text goes on behind it, else to the paragraph's end (GB/T 9704-2012, 7.3.3).
    """
    match = _NUMBERED.match(paragraph)
    if match is None:
        return "", "", paragraph
    end = paragraph.find("。")
    head, rest = (paragraph, "") if end < 0 else (paragraph[: end + 1], paragraph[end + 1 :])
    if len(head) > _LONGEST_HEADING:  # a numbered sentence, no heading
        return "", "", paragraph
    return (head, "", rest) if match["first"] else ("", head, rest)


def listed_annexes(annexes: tuple[Annex, ...]) -> tuple[tuple[str, str], ...]:
    """附件说明: the number ("1." or "" for a single one) and the title of each annex (GB/T 9704-2012, 7.3.4)."""
    if len(annexes) == 1:
        return (("", annexes[0].title),)
    return tuple((f"{number}.", annex.title) for number, annex in enumerate(annexes, 1))
