"""Pictures and embedded files that a template has as placeholders, replaced in one render; sizes and places stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from docgen.errors import InputError
from docgen.tools.containers import Member, packed

from .session import Package

_DRAWN = re.compile(rb"<pic:nvPicPr>.*?<a:blip [^>]*?r:embed=\"([^\"]+)\"", re.DOTALL)
_NAMES = re.compile(rb"<pic:cNvPr [^>]*>")
_NAME = re.compile(rb' (?:name|title|descr)="([^"]*)"')
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}


def replacements(
    package: Package,
    parts: Mapping[str, bytes],
    pictures: Mapping[str, Path | bytes],
    files: Mapping[str, Path | bytes],
) -> dict[str, Member]:
    """The members that change. `pictures`: by the picture's name, title or description in the template; `files`: by
    the member's name in the container.

    Raises InputError for a name that the template has not, and for a file that cannot be read.
    """
    changed = {name: _packed(name, source) for name, source in files.items() if name in package.members}
    found = {name for name in files if name in changed}
    for part, content in parts.items():
        targets = {relation.id: relation.target for relation in package.relations.get(part, ())}
        for names, relation in _drawn(content):
            for name in names & pictures.keys():
                found.add(name)
                if (target := targets.get(relation, "")) in package.members:
                    changed[target] = _packed(target, pictures[name])
    if missing := [name for name in (*pictures, *files) if name not in found]:
        raise InputError(
            f"模板里没有名为“{missing[0]}”的图片或文件，替换不了。",
            "图片的名称在 Word 的“选择窗格”或“替代文字”里看。",
        )
    return changed


def _drawn(content: bytes) -> Iterator[tuple[set[str], str]]:
    """Each picture of a part: what it is called, and its relationship."""
    for match in _DRAWN.finditer(content):
        tag = _NAMES.search(match[0])
        names = {_plain(name.decode()) for name in _NAME.findall(tag[0])} if tag else set()
        yield names, match[1].decode()


def _plain(text: str) -> str:
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    return text


def _packed(name: str, source: Path | bytes) -> Member:
    if isinstance(source, bytes):
        return packed(name, source)
    try:
        return packed(name, Path(source).read_bytes())
    except OSError as error:
        raise InputError(f"文件读不了：{source}。", "检查文件是否还在原来的位置、能不能打开。") from error
