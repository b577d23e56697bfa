"""Finds characters in the data that no font of this machine can show, with their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docgen.findings import Finding, FindingType, Severity
from docgen.fonts.coverage import uncovered
from docgen.model import schema
from docgen.model.case import Case
from docgen.model.review import Review
from docgen.model.source import Source

MISSING_GLYPH = FindingType(
    "FNT001",
    "有字显示不出来",
    Severity.WARNING,
    "",
    """## 查什么
生成 PDF 时，逐字检查数据里的字在本机字体中有没有；没有的字印出来会是方框。

## 为什么
人名、地名里的生僻字最容易缺字，印成方框的材料不能提交。

## 怎样改
安装字数更全的中文字体（docgen doctor 会列出本机的字体），或者核对这个字有没有输错。
""",
)


def _texts(case: Case | Review, sheets: Sequence[schema.Sheet]) -> Iterator[tuple[str, Source]]:
    for sheet in sheets:
        held: Any = getattr(case, sheet.field)
        for record in held if isinstance(held, Sequence) else (held,):
            for column in sheet.columns:
                value = getattr(record, column.attribute)
                text = "".join(value) if isinstance(value, tuple) else value
                if isinstance(text, str) and text:
                    yield text, record.origin.at(column.attribute)


def unprintable(case: Case | Review, sheets: Sequence[schema.Sheet] = schema.SHEETS) -> frozenset[str]:
    """The characters of the data (of a case, or of a review with its sheets) that no font of this machine has."""
    return uncovered("".join(sorted({character for text, _ in _texts(case, sheets) for character in text})))


def missing_glyphs(case: Case | Review, sheets: Sequence[schema.Sheet] = schema.SHEETS) -> tuple[Finding, ...]:
    """One finding for each cell that holds characters which would print as boxes."""
    lacking = unprintable(case, sheets)
    found = []
    for text, source in _texts(case, sheets) if lacking else ():
        missing = sorted(lacking.intersection(text))
        if missing:
            named = "、".join(f"“{character}”（U+{ord(character):04X}）" for character in missing)
            found.append(
                Finding(
                    MISSING_GLYPH.id,
                    MISSING_GLYPH.level,
                    f"{named}在本机字体中没有，印出来会是方框。",
                    "核对有没有输错；没有输错的，请安装字数更全的中文字体后重新生成。",
                    source=source,
                )
            )
    return tuple(found)
