"""The Chinese texts of this repository as a reader sees them: without code, tags and addresses."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

ROOT = Path(__file__).resolve().parent.parent
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\([^)]*\)")
_BLOCK = re.compile(r"```.*?```|^\|[-:| ]+\|$", re.S | re.M)
_CODE = re.compile(r"`[^`\n]*`")
_TEMPLATE = re.compile(r"<style.*?</style>|<script.*?</script>|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<[^>]*>", re.S)
_ENGLISH = re.compile(r"(?:[A-Za-z']+[ ,.]+){4}")
_HAN = re.compile("[\u4e00-\u9fff]{2}")


def repository_texts() -> Iterator[tuple[str, str]]:
    """(where, text) of every Chinese paragraph, cell and string."""
    for path in sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("samples/*.md")]):
        if path.name != "错别字.md" and path.stem not in ("TXT001", "TXT002"):  # they show slips
            yield from _paragraphs(path, _plain(path.read_text("utf-8")))
    for path in sorted(ROOT.glob("templates/**/*.html")):
        yield from _paragraphs(path, _TEMPLATE.sub("", path.read_text("utf-8")))
    for path in sorted(ROOT.glob("templates/**/*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        data.pop("fields", None)  # names of fields, not prose
        for text in _strings(data):
            yield from _paragraphs(path, _TEMPLATE.sub("", text))
    for path in sorted(ROOT.glob("docgen/catalogue/data/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                yield from ((str(path.relative_to(ROOT)), cell) for cell in row if _HAN.search(cell))
    book = CalamineWorkbook.from_path(ROOT / "samples" / "school" / "申报数据.xlsx")
    for sheet in book.sheet_names:
        for row in book.get_sheet_by_name(sheet).to_python():
            yield from (
                (f"samples/school {sheet}", cell) for cell in row if isinstance(cell, str) and _HAN.search(cell)
            )


def _paragraphs(path: Path, text: str) -> Iterator[tuple[str, str]]:
    where = str(path.relative_to(ROOT))
    yield from ((where, line.strip()) for line in text.split("\n") if _HAN.search(line) and not _ENGLISH.search(line))


def _plain(markdown: str) -> str:
    """What Markdown shows; code is not prose, and leaves a word behind so that no marks meet."""
    return _LINK.sub(r"\1", _CODE.sub("Code", _BLOCK.sub("", markdown)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
