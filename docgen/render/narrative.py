"""Transforms a case's facts into prose: one text per section, the same for Word and PDF."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from docgen.errors import InputError

from .environment import TEMPLATE_ERRORS, explain, make_environment

NARRATIVE_NAME = "narrative.toml"


@lru_cache(maxsize=64)
def _compiled(path: Path, text: str) -> dict[str, jinja2.Template]:
    try:
        sections = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"叙述文件 {path} 的写法有误：{error}", "对照自带的同名文件改正。") from error
    environment = make_environment(trim_blocks=True, lstrip_blocks=True)
    result = {}
    for name, source in sections.items():
        if not isinstance(source, str):
            raise InputError(f"叙述文件 {path} 中“{name}”应当是文字。", '写成 "名称" = """文字""" 的形式。')
        try:
            result[name] = environment.from_string(source)
        except TEMPLATE_ERRORS as error:
            raise explain(error, f"{path.name}“{name}”") from error
    return result


def narrate(path: Path, context: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Section name → paragraphs (never empty ones) of the narrative file at `path`.

    A line of the result is a paragraph; a section whose data is missing has none. Raises InputError where the file
    cannot be read or names a variable that is not there.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"叙述文件 {path} 读不出来：{error}", "用 UTF-8 编码保存这个文件。") from error
    result = {}
    for name, template in _compiled(path, text).items():
        try:
            rendered = template.render(context)
        except TEMPLATE_ERRORS as error:
            raise explain(error, f"{path.name}“{name}”") from error
        result[name] = tuple(line.strip() for line in rendered.splitlines() if line.strip())
    return result
