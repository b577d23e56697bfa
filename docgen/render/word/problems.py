"""Turns what went wrong in a Word template into all of its problems, each with its place as a person sees it.

Nothing here runs while all is well: a render that raised is done again, tags only, by an environment that notes every
missing field and goes on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any

import jinja2
from jinja2.runtime import Undefined
from jinja2.utils import missing
from lxml import etree
from markupsafe import Markup

from docgen.errors import InputError, TemplateError, TemplateProblem

from ..environment import TEMPLATE_ERRORS, explain
from ..nearness import nearest
from ..pairing import Outline, outline
from ..tags import Tag
from ..uses import uses_of
from .guards import TooLong
from .language import TooMuch, word_environment
from .places import spots_of

_MOST_ROUNDS = 30
_MOST_NAMES = 8
_MISSING_VALUE = "没有值（空白）。"
_Note = Callable[[int, str, str], None]


def outlines(members: Mapping[str, bytes], parts: Sequence[str], environment: jinja2.Environment) -> dict[str, Outline]:
    """Each part's tags, checked. Parts that are no XML are left out: they are told elsewhere."""
    result = {}
    for part in parts:
        try:
            result[part] = outline(spots_of(part, members), environment, word=True)
        except etree.XMLSyntaxError:
            continue
    return result


def compile_error(
    name: str, error: Exception, members: Mapping[str, bytes], parts: Sequence[str], own: jinja2.Environment | None
) -> InputError:
    """All that is wrong with the tags of a template that does not compile; `name` is what users call it."""
    checked = outlines(members, parts, word_environment(own))
    problems = [problem for part in checked.values() for problem in part.problems]
    if any(problem.level == "error" for problem in problems):
        return TemplateError(name, errors_first(problems))
    return explain(error, name)


def render_error(
    name: str,
    error: Exception,
    members: Mapping[str, bytes],
    parts: Sequence[str],
    context: Mapping[str, Any],
    own: jinja2.Environment | None,
) -> InputError:
    """All fields that are missing, and all else that fails, when a template is rendered with `context`."""
    if isinstance(error, TooMuch | TooLong | OverflowError | MemoryError | RecursionError):
        return explain(error, name)
    problems: dict[TemplateProblem, None] = {}
    for part in outlines(members, parts, word_environment(own)).values():
        wrong = [problem for problem in part.problems if problem.level == "error"]
        found = [*wrong, *_failures(part, context, own)]
        problems.update(dict.fromkeys(sorted(found, key=lambda problem: problem.order)))
    return TemplateError(name, list(problems)) if problems else explain(error, name)


def errors_first(problems: Sequence[TemplateProblem]) -> list[TemplateProblem]:
    """The problems, those that stop a build first; the order of the document within."""
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.level != "error")


def _failures(part: Outline, context: Mapping[str, Any], own: jinja2.Environment | None) -> list[TemplateProblem]:
    """What fails when a part is rendered, in the order of the document."""
    notes: dict[tuple[int, str, str], None] = {}
    skipped: set[int] = set()
    loop_names = _loop_names(part, own)

    def note(line: int, kind: str, detail: str) -> None:
        notes[line, kind, detail] = None

    for _ in range(_MOST_ROUNDS):
        line = _render(part, context, own, note, skipped)
        if line is None or line in skipped:
            break
        skipped.add(line)
    found = []
    for (line, kind, detail), _ in sorted(notes.items(), key=lambda item: item[0][0]):
        if (tag := part.tag_at(line)) is not None:
            found.append(_told(tag, kind, detail, context, loop_names))
    return found


def _render(
    part: Outline,
    context: Mapping[str, Any],
    own: jinja2.Environment | None,
    note: _Note,
    skipped: set[int],
) -> int | None:
    """Render the tags of a part; the line where it failed beyond what can be gone on from, None if it came to its end."""
    environment = word_environment(own)
    environment.undefined = _noting(note)
    environment.text = lambda value, name="": _shown(value, name, note)
    lines = part.source.split("\n")
    for line in skipped:
        lines[line - 1] = ""
    try:
        template = environment.compiled(environment.parse("\n".join(lines)), lambda data: data)
        template.render(context)
    except (TooMuch, TooLong, OverflowError, MemoryError, RecursionError):
        return None
    except TEMPLATE_ERRORS as error:
        line = _line_of(error.__traceback__) or getattr(error, "lineno", 0) or 0
        if line and line not in skipped:
            note(line, "failed", _reason(error))
        # A loop or condition that fails takes what it holds with it: its ends cannot be left out one by one.
        tag = part.tag_at(line)
        return line if tag is not None and tag.opening == "{{" else None
    return None


def _shown(value: Any, name: str, note: _Note) -> str:
    if isinstance(value, Undefined):
        str(value)
    elif value is None:
        note(_current_line(), "none", name)
    return Markup("")


def _reason(error: Exception) -> str:
    if isinstance(error, jinja2.exceptions.SecurityError):
        return "用了不允许的写法"
    if isinstance(error, ZeroDivisionError):
        return "除数是 0"
    if isinstance(error, TypeError):
        return "这个值不能这样用（例如文字和数相加，或者空白的数参加计算）"
    return "这个值不合适（例如应当是数，填的却是文字）"


def _noting(note: _Note) -> type[Undefined]:
    """A class of missing values that notes its name when it is needed, and is empty for all purposes."""

    class Noting(Undefined):
        def _note(self, *_: object, **__: object) -> Any:
            keys = self._undefined_obj
            listed = "\0".join(str(key) for key in keys) if isinstance(keys, Mapping) else ""
            kind = "variable" if keys is missing else "field"
            if isinstance(keys, list | tuple) and keys and isinstance(keys[0], Mapping):
                kind, listed = "rows", ""
            note(_current_line(), kind, f"{self._undefined_name}\1{listed}")
            return self

        def _text(self) -> str:
            self._note()
            return ""

        def _none(self, *_: object) -> bool:
            self._note()
            return False

        def _nothing(self) -> Any:
            self._note()
            return iter(())

        def _zero(self) -> int:
            self._note()
            return 0

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            return self._note()

        __str__ = _text
        __iter__ = _nothing
        __bool__ = __contains__ = _none
        __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _none  # type: ignore[assignment]
        __len__ = __int__ = _zero  # type: ignore[assignment]
        __hash__ = Undefined.__hash__
        __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = __pos__ = __neg__ = _note
        __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _note
        __call__ = __getitem__ = _note

    return Noting


def _current_line() -> int:
    """The line of the template that is being rendered; 0 outside of one."""
    frame = sys._getframe(1)
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, jinja2.Template):
            return template.get_corresponding_lineno(frame.f_lineno)
        frame = frame.f_back  # type: ignore[assignment]
    return 0


def _line_of(trace: TracebackType | None) -> int:
    """The template's line in a traceback that Jinja has rewritten."""
    line = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _loop_names(part: Outline, own: jinja2.Environment | None) -> dict[str, str]:
    """Names that the template's loops give → what the loop is over, as written."""
    names: dict[str, str] = {}
    for loop in word_environment(own).parse(part.source).find_all(jinja2.nodes.For):
        if isinstance(loop.target, jinja2.nodes.Name) and (tag := part.tag_at(loop.lineno)) is not None:
            names.setdefault(loop.target.name, tag.text)
    return names


def _told(
    tag: Tag, kind: str, detail: str, context: Mapping[str, Any], loop_names: Mapping[str, str]
) -> TemplateProblem:
    if kind == "failed":
        return tag.problem(f"“{tag.text}”套用不了：{detail}。", "改正这个标签，或者补上它要用的数据。")
    if kind == "none":
        bare = detail.split("|", maxsplit=1)[0]
        what = f"“{bare}”" if bare else f"“{tag.text}”"
        return tag.problem(
            f"{what}{_MISSING_VALUE}", f"在工作簿里填上，或者写成 {{{{ {bare or '变量'} | 空 }}}}，空白时印一条横线。"
        )
    name, _, listed = detail.partition("\1")
    if name.startswith("_"):
        return tag.problem(f"“{tag.text}”用了不允许的写法：名字不能以下划线开头。", "删去它。")
    if kind == "rows":
        return of_rows(tag, _written(tag, name), name)
    siblings = listed.split("\0") if listed else []
    return unknown(tag, name, None if kind == "variable" else siblings, context, loop_names)


def unknown(
    tag: Tag, name: str, siblings: Sequence[str] | None, names: Mapping[str, Any], loop_names: Mapping[str, str]
) -> TemplateProblem:
    """The problem of a name that is not there. `siblings`: the fields beside it; None for a variable, one of `names`."""
    if siblings is None:
        if name in loop_names:
            return tag.problem(
                f"“{name}”只在“{loop_names[name]}”的循环里面有，这里已经在循环外面。", "把它移到循环里面。"
            )
        return tag.problem(f"没有“{name}”这个变量。", _suggestion(name, list(names), ""))
    written = _written(tag, name)
    base = written.rpartition(".")[0]
    return tag.problem(f"没有“{written}”这个字段。", _suggestion(name, siblings, f"{base}." if base else ""))


def of_rows(tag: Tag, written: str, name: str) -> TemplateProblem:
    """The problem of a field that is asked of a whole table: 教师.姓名 outside of a loop."""
    rows = written.rpartition(".")[0] or "教师"
    return tag.problem(
        f"“{rows}”是一张表，有许多行，不能直接写“{written}”。",
        f"写在循环里：{{% for 行 in {rows} %}}{{{{ 行.{name} }}}}{{% endfor %}}。",
    )


def _suggestion(name: str, names: Sequence[str], base: str) -> str:
    if near := nearest(name, names):
        return f"您是不是要写 {' 或 '.join(base + each for each in near)}？"
    if not names:
        return "删去它，或用 docgen templates fields 查看可用的变量。"
    listed = "、".join(names[:_MOST_NAMES])
    more = "……" if len(names) > _MOST_NAMES else ""
    return f"可用的有：{listed}{more}。"


def _written(tag: Tag, name: str) -> str:
    """A field as the tag has it, with what stands before: 院校.名字."""
    try:
        tree = jinja2.Environment().parse(f"{{{{ {tag.body} }}}}") if tag.opening == "{{" else None  # noqa: S701 - only parsed
    except jinja2.TemplateError:
        tree = None
    found = [use.written for use in uses_of(tree)] if tree is not None else []
    found += [word for word in tag.body.replace("(", " ").replace("|", " ").split() if "." in word]
    return next((f"{use[: use.index('.' + name) + 1]}{name}" for use in found if f".{name}" in use), name)
