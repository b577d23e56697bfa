"""Jinja as docgen runs it: sandboxed, strict about undefined names, blind to the file system."""

from __future__ import annotations

from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen.errors import InputError

from .chinese import FILTERS

LONGEST_RANGE = 100_000


def _plain_range(*bounds: int) -> range:
    """`range` with a limit, so that a template cannot ask for a thousand million rounds."""
    result = range(*bounds)
    if len(result) > LONGEST_RANGE:
        raise OverflowError(f"range of {len(result)}")
    return result


def make_environment(**options: Any) -> jinja2.Environment:
    """A sandboxed environment with docgen's filters. Options as for jinja2.Environment.

    An undefined name is an error (StrictUndefined), a template cannot reach attributes that begin with an underscore,
    cannot change the objects handed to it, and has no loader unless one is given.
    """
    environment = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, **options)
    environment.filters.update(FILTERS)
    environment.globals = {"range": _plain_range, "namespace": jinja2.utils.Namespace, "dict": dict}
    return environment


def explain(error: jinja2.TemplateError | OverflowError, place: str) -> InputError:
    """A template's error as a sentence for people: what is wrong, and in which template and line."""
    line = getattr(error, "lineno", None)
    where = f"{place} 第{line}行" if line else place
    message = str(getattr(error, "message", None) or error)
    if isinstance(error, jinja2.UndefinedError):
        what = f"用了不存在的变量或字段：{message}"
    elif isinstance(error, jinja2.TemplateSyntaxError):
        what = f"标签写法有误：{message}"
    elif isinstance(error, jinja2.exceptions.SecurityError):
        what = f"用了不允许的写法：{message}"
    else:
        what = f"套用数据时出错：{message}"
    return InputError(
        f"模板 {where}：{what}。", "改正模板；或者删除工作区 templates 里的这个文件夹，改用 docgen 自带的模板。"
    )
