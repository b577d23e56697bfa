"""What evidence says: its pages' text made comparable, and which files have none that could be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application, EvidenceItem, NoteKind
from docgen.model.source import Source
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, NotEvaluated
from .evidence import is_usable, rows_of
from .words import concerned, quoted

_SCANNER_MARKS = re.compile(r"扫描全能王|创建于?|由|camscanner|scannedwith|scannedby|wps|office|lens", re.IGNORECASE)
_LEAST_CHARACTERS = 8
"""Below that many letters a page is a scan with a page number or the mark of a scanning program, not a text."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page's text in two forms, both folded (width, case, brackets).

    `tight` has no spaces and no line ends at all: a name that wraps over two lines stands whole in it. `starts` are the
    offsets in it before which there was a space, a line end or nothing. `loose` keeps lines, and one space for several.
    """

    number: int
    tight: str
    loose: str
    starts: frozenset[int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece of evidence whose file says something, with the pages that do."""

    item: EvidenceItem
    pages: tuple[Page, ...]

    def says(self, name: str) -> bool:
        """Whether any page holds a name, however it is spaced or bracketed."""
        key = fold(name)
        return bool(key) and any(key in page.tight for page in self.pages)


def page_of(number: int, text: str) -> Page:
    """One page's text made comparable."""
    lines, tight, starts, length = [], [], [0], 0
    for line in text.splitlines():
        words = [folded for word in line.split() if (folded := fold(word))]
        lines.append(" ".join(words))
        for word in words:
            starts.append(length)
            tight.append(word)
            length += len(word)
    return Page(number, "".join(tight), "\n".join(line for line in lines if line), frozenset(starts))


def readings(items: Iterable[EvidenceItem]) -> Iterator[Reading]:
    """The items that can be used and say something, page by page."""
    for item in items:
        if item.file is None or not is_usable(item):
            continue
        pages = tuple(page_of(number, text) for number, text in enumerate(item.file.texts, 1) if text.strip())
        if pages:
            yield Reading(item, pages)


def page_source(case: Case, item: EvidenceItem, page: int = 0) -> Source:
    """A page of a file below the evidence folder."""
    return Source(f"{case.settings.evidence_folder}/{item.path}", page=page)


def applications_of(case: Case, item: EvidenceItem) -> tuple[Application, ...]:
    """The applications that a piece of evidence belongs to."""
    return tuple(application for application in case.applications if item.scope.covers(application.number))


def told_for(
    case: Case, item: EvidenceItem, message: str, page: int = 0, level: Severity | None = None, hint: str = ""
) -> Iterator[Fail]:
    """One failure for each application that a piece of evidence concerns ("" for all of them)."""
    for application in concerned(case, item.scope):
        yield Fail(message, page_source(case, item, page), hint, level, application, rows_of(item))


def unread(items: Iterable[EvidenceItem]) -> Iterator[Answer]:
    """Says which files have nothing to compare, so that none of them counts as compared; each file once.

    Without any item the rule does not apply.
    """
    broken: list[str] = []
    silent: list[str] = []
    garbled: list[str] = []
    partly: list[str] = []
    for path, item in {item.path: item for item in items}.items():
        file = item.file
        if file is None or file.fault:
            broken.append(path)
            continue
        blank = [number for number, text in enumerate(file.texts, 1) if not _has_words(text)]
        if any(note.kind is NoteKind.TEXT_UNREAD for note in file.notes):
            garbled.append(path)
        elif len(blank) == len(file.texts):
            silent.append(path)
        elif blank:
            partly.append(f"{path} {_pages(blank)}")
    said = [
        f"有 {len(paths)} 个文件{what}：{quoted(paths, counted=False)}"
        for paths, what in (
            (silent, "是扫描件或照片，没有文字可比对"),
            (partly, "有几页没有文字"),
            (garbled, "的文字读不出来"),
            (broken, "不在或不能用（见 EVI001、EVI002）"),
        )
        if paths
    ]
    if said:
        # The answer stands in the papers of every application: whoever signs one must not look for all of them there.
        yield NotEvaluated("全校" + "；".join(said) + "。", hint="请打开这些文件，自己对照申报信息看一遍。")


def nothing_to_compare(items: Iterable[EvidenceItem], what: str = "佐证材料") -> Iterator[Answer]:
    """That a rule does not apply, where there is no evidence of the sort."""
    if not any(True for _ in items):
        yield NotApplicable(f"没有登记{what}。")


def _has_words(text: str) -> bool:
    letters = sum(character.isalnum() for character in _SCANNER_MARKS.sub("", fold(text)))
    return letters >= _LEAST_CHARACTERS


def _pages(numbers: list[int], most: int = 5) -> str:
    shown = "、".join(str(number) for number in numbers[:most])
    return f"第{shown}页" if len(numbers) <= most else f"第{shown}页等{len(numbers)}页"
