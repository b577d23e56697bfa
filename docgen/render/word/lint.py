"""Checks a Word template without data: what is wrong in any of its parts, and which fields it uses."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from docgen.errors import InputError, TemplateError, TemplateProblem
from docgen.tools.containers import read_members

from ..pairing import Outline
from .language import word_environment
from .problems import outlines
from .template import WordTemplate
from .validity import template_warnings

_PART = re.compile(r"^(word/(document|header\d*|footer\d*|footnotes|endnotes)|docProps/core)\.xml$")


def read_outlines(path: Path) -> Mapping[str, Outline]:
    """The checked tags of each part. Raises InputError for what is no Word file."""
    try:
        members = {member.name: member.content for member in read_members(path.read_bytes())}
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError) as error:
        raise InputError(f"Word 模板 {path} 打不开或已损坏：{error}", "用 Word 或 WPS 另存为 .docx 后再试。") from error
    parts = sorted(filter(_PART.match, members), key=lambda name: (name != "word/document.xml", name))
    return outlines(members, parts, word_environment())


def remaining(path: Path) -> list[TemplateProblem]:
    """What only compiling the template finds, and what Word will show otherwise than meant. Called where the tags are sound."""
    try:
        WordTemplate(path)
    except TemplateError as error:
        return list(error.problems)
    except InputError as error:
        return [TemplateProblem("", path.name, "", error.message, error.hint)]
    return template_warnings({member.name: member.content for member in read_members(path.read_bytes())})
