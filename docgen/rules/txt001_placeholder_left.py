"""## 查什么
各个工作表里有没有没写完的占位文字：`XX`、`××`、`某某`、`待补充`、`待填写`、`TODO`、`？？`、`____`、`***` 之类；整格只写“待定”“同上”“略”“测试”的也算。

## 为什么
指南二（二）2（5）第三条：检查错别字。占位文字会原样印进申报书。

## 例子
不通过：详细地址写“南宁市××区”；申报理由写“（待补充）”。

通过：写实际内容；还不知道的留空。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.source import Source
from docgen.prose.leftovers import left

from .base import Answer, Fail, Rule
from .texts import texts_of
from .words import cells

_ASKING = re.compile(r"请(?:填写|输入)|此处(?:填写|填|输入)")

_Key: TypeAlias = tuple[str, str, str]


def placeholder_left(case: Case) -> Iterator[Answer]:
    """Fails cells with words that only keep a place; the same words in a sheet and application are told once."""
    found: dict[_Key, list[tuple[str, Source]]] = {}
    said: dict[str, str] = {}
    for cell in texts_of(case):
        words = said.get(cell.text)
        if words is None:
            words = said[cell.text] = _words(cell.text)
        if words:
            found.setdefault((cell.application, cell.source.sheet, words), []).append((cell.text, cell.source))
    for (application, sheet, words), places in found.items():
        text, sources = places[0][0], [source for _, source in places]
        excerpt = "" if text == words or len(places) > 1 else f"：“{_around(text, words)}”"
        yield Fail(
            f"“{sheet}”工作表 {cells(sources)} 里还有没写完的“{words}”{excerpt}。",
            sources[0],
            application=application,
            also=sources,
        )


def _words(text: str) -> str:
    slip = next(left(text), None)
    if slip is not None:
        return slip.found
    match = _ASKING.match(text)
    return match.group() if match else ""


def _around(text: str, words: str) -> str:
    """The words with a little of what stands before and after."""
    line = " ".join(text.split())
    start = max(line.find(words) - 8, 0)
    end = line.find(words) + len(words) + 8
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"


RULE = Rule(
    id="TXT001",
    title="没有未写完的占位文字",
    level=Severity.ERROR,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="改成实际内容；还不知道的先留空。",
    check_school=placeholder_left,
)
