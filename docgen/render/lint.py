"""Checks templates of every form without data: Word, Excel, HTML, prose. All that is wrong comes in one pass, with places."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import jinja2
from openpyxl import load_workbook

from docgen.errors import InputError, TemplateError, TemplateProblem, UsageError

from .environment import make_environment
from .excel import ExcelTemplate
from .excel.recording import excel_environment
from .known_fields import KnownFields, known_fields
from .narrative import NARRATIVE_NAME
from .pairing import Outline, outline
from .tags import Spot, Tag
from .templates import TemplateFolder
from .uses import Use, uses_of
from .word.language import word_environment
from .word.lint import read_outlines, remaining
from .word.problems import errors_first, of_rows, unknown

FORMS = (".docx", ".xlsx", ".html", ".toml")
_MOST_IN_A_CELL = 40_000
_TOML_PLACE = re.compile(r"\s*\(at line (\d+), column \d+\)")


def lint_file(path: Path, known: KnownFields | None = None) -> list[TemplateProblem]:
    """What is wrong with one template, errors first. `known`: the fields of its kind; without, names are not checked.

    Raises InputError where the file cannot be read, UsageError where it is no template.
    """
    if path.suffix.lower() == ".docx":
        return _lint_word(path, known)
    if path.suffix.lower() == ".xlsx":
        return _lint_excel(path, known)
    if path.suffix.lower() in (".html", ".htm"):
        return _lint_text(path, known)
    if path.suffix.lower() == ".toml" and path.name != "manifest.toml":
        return _lint_narrative(path, known)
    raise UsageError(
        f"“{path.name}”不是可以检查的模板。",
        f"能检查的有：Word 模板（.docx）、Excel 模板（.xlsx）、网页模板（.html）、{NARRATIVE_NAME}。",
    )


def lint_folder(folder: TemplateFolder, extra: Mapping[str, Iterable[str]] | None = None) -> list[TemplateProblem]:
    """What is wrong with all templates of a folder; each place begins with the file's name."""
    known = known_fields(folder, extra)
    found: list[TemplateProblem] = []
    for path in sorted(folder.path.iterdir()):
        if path.suffix.lower() in FORMS and path.name != "manifest.toml" and not path.name.startswith(("~$", ".")):
            found += [replace(problem, place=f"{path.name} {problem.place}") for problem in lint_file(path, known)]
    return errors_first(found)


def require_sound(folders: Iterable[TemplateFolder], extra: Mapping[str, Iterable[str]] | None = None) -> None:
    """Raise TemplateError with all errors of a workspace's own templates, if there are any."""
    found: list[TemplateProblem] = []
    titles: list[str] = []
    for folder in folders:
        if not folder.own:
            continue
        errors = [problem for problem in lint_folder(folder, extra) if problem.level == "error"]
        if errors:
            titles.append(folder.title)
            found += errors
    if found:
        raise TemplateError("、".join(titles), found)


def _lint_word(path: Path, known: KnownFields | None) -> list[TemplateProblem]:
    parts = read_outlines(path)
    problems = [problem for part in parts.values() for problem in part.problems]
    if not any(problem.level == "error" for problem in problems):
        problems += remaining(path)
    return errors_first([*problems, *_names(path, parts.values(), known, word_environment())])


def _lint_excel(path: Path, known: KnownFields | None) -> list[TemplateProblem]:
    """Excel's own engine says what is wrong with tags; what names the cells use is read here."""
    environment = excel_environment()
    problems: list[TemplateProblem] = []
    try:
        ExcelTemplate(path)
    except TemplateError as error:
        problems += error.problems
    parts = []
    with closing(load_workbook(path, read_only=True)) as book:
        for sheet in book.worksheets:
            cells = (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str))
            spots = [
                Spot(
                    str(cell.value),
                    f"工作表“{sheet.title}”单元格 {cell.coordinate}",
                    sheet.title,
                    order=_order(number, cell),
                )
                for number, cell in enumerate(cells)
            ]
            # Only names are asked of it: how rows and cells go together is Excel's own.
            parts.append(outline(spots, environment, word=True))
    return errors_first([*problems, *_names(path, parts, known, environment)])


def _order(number: int, cell: Any) -> tuple[int, ...]:
    """Places of a cell's characters in the order of its sheet."""
    begin = number * _MOST_IN_A_CELL
    return tuple(range(begin, begin + len(cell.value)))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"模板 {path} 读不出来。", "核对路径；用 UTF-8 编码保存这个文件。") from error


def _lint_text(path: Path, known: KnownFields | None) -> list[TemplateProblem]:
    text, environment = _read(path), make_environment(autoescape=True)
    part = outline([Spot(text, "", path.name, 1)], environment, word=False)
    problems = list(part.problems)
    if not any(problem.level == "error" for problem in problems):
        try:
            environment.parse(text)
        except jinja2.TemplateSyntaxError as error:
            problems.append(
                TemplateProblem(path.name, f"第{error.lineno}行", "", "这一行的标签写法有误。", "对照自带的模板改正。")
            )
    return errors_first([*problems, *_names(path, [part], known, environment)])


def _lint_narrative(path: Path, known: KnownFields | None) -> list[TemplateProblem]:
    text, environment = _read(path), make_environment()
    try:
        sections = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_PLACE.search(str(error))
        place = f"第{found[1]}行" if found else "文件末尾"
        return [
            TemplateProblem(
                path.name, place, "", "引号、等号或名称的写法有误。", '每一段写成 "名称" = """文字""" 的样子。'
            )
        ]
    problems: list[TemplateProblem] = []
    parts = []
    for name, source in sections.items():
        line = _line_of(text, name)
        if not isinstance(source, str):
            problems.append(
                TemplateProblem(
                    path.name, f"“{name}”第{line}行", "", "这里应当是文字。", '写成 "名称" = """文字""" 的样子。'
                )
            )
            continue
        parts.append(outline([Spot(source, f"“{name}”", path.name, line)], environment, word=False))
        problems += parts[-1].problems
    unlimited = replace(known, required=()) if known else None
    return errors_first([*problems, *_names(path, parts, unlimited, environment)])


def _line_of(text: str, name: str) -> int:
    """The line on which a section's text begins."""
    found = re.search(rf"""^["']?{re.escape(name)}["']?\s*=\s*(?:\"\"\"|''')?\n?""", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 1


def _names(
    path: Path, parts: Iterable[Outline], known: KnownFields | None, environment: jinja2.Environment
) -> list[TemplateProblem]:
    """Fields that the kind does not have, and those that it ought to show and does not."""
    if known is None:
        return []
    problems: list[TemplateProblem] = []
    used: set[str] = set()
    for part in parts:
        try:
            tree = environment.parse(part.source)
        except jinja2.TemplateError:
            continue  # what is wrong is told already
        loops = _loops(tree, part)
        for use in uses_of(tree):
            used.add(use.path)
            tag = part.tag_at(use.line)
            if tag is not None and not use.asked and (problem := _wrong(use, tag, known, loops)):
                problems.append(problem)
    for path_ in known.required:
        if not any(re.match(rf"{re.escape(path_)}(?![\w])", each) for each in used):
            meaning = next((each.meaning for each in known.fields if each.path == path_), "")
            problems.append(
                TemplateProblem(
                    path.name,
                    "整个模板",
                    path_,
                    f"没有用到“{path_}”（{meaning}），“{known.title}”一般都要写。",
                    f"在合适的地方加上 {{{{ {path_} }}}}。",
                    "warning",
                )
            )
    return problems


def _loops(tree: jinja2.nodes.Template, part: Outline) -> dict[str, str]:
    names: dict[str, str] = {}
    for loop in tree.find_all(jinja2.nodes.For):
        if isinstance(loop.target, jinja2.nodes.Name) and (tag := part.tag_at(loop.lineno)) is not None:
            names.setdefault(loop.target.name, tag.text)
    return names


def _wrong(use: Use, tag: Tag, known: KnownFields, loops: Mapping[str, str]) -> TemplateProblem | None:
    found = known.unknown(use.path)
    if found is None:
        return None
    if found.rows:
        return of_rows(tag, use.written, found.name)
    return unknown(
        tag, found.name, None if set(found.siblings) == set(known.tree) else found.siblings, known.tree, loops
    )
