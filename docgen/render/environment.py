"""Jinja as docgen runs it: sandboxed, strict about undefined names, blind to the file system."""

from __future__ import annotations

import re
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen.errors import InputError
from docgen.tools.packed import PackedRows

from .chinese import FILTERS

LONGEST_RANGE = 100_000
MOST_BITS = 10_000
LARGEST = 1_000_000
"""Characters or members of what a product makes, and bits of what a power makes: far beyond any document."""
TEMPLATE_ERRORS = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a template can raise when it is compiled or rendered: Jinja's own errors, and those of the Python that it calls."""


def _plain_range(*bounds: int) -> range:
    """`range` with a limit, so that a template cannot ask for a thousand million rounds."""
    result = range(*bounds)
    if len(result) > LONGEST_RANGE:
        raise OverflowError(f"range of {len(result)}")
    return result


def _size(operator: str, left: object, right: object) -> int:
    """How large a product or power would become: characters or members, or bits in the same measure."""
    if isinstance(left, int) and isinstance(right, int):
        bits = left.bit_length() * right if operator == "**" else left.bit_length() + right.bit_length()
        return bits * (LARGEST // MOST_BITS)
    for one, other in ((left, right), (right, left)):
        if isinstance(one, str | bytes | list | tuple) and isinstance(other, int):
            return len(one) * other
    return 0


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox, which moreover refuses sums that would never end."""

    intercepted_binops = frozenset(("*", "**"))

    def call_binop(self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any) -> Any:
        if _size(operator, left, right) > LARGEST:
            raise OverflowError(operator)
        return super().call_binop(context, operator, left, right)


def make_environment(**options: Any) -> jinja2.Environment:
    """A sandboxed environment with docgen's filters. Options as for jinja2.Environment.

    An undefined name is an error (StrictUndefined), a template cannot reach attributes that begin with an underscore,
    cannot change the objects handed to it, and has no loader unless one is given.
    """
    environment = _Environment(undefined=jinja2.StrictUndefined, **options)
    furnish(environment)
    return environment


def furnish(environment: jinja2.Environment) -> None:
    """Give an environment docgen's filters, and only those globals that a template may call."""
    environment.filters.update(FILTERS)
    # Rows that are kept packed are to JSON what lists are.
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "default": _as_list}
    environment.globals = {"range": _plain_range, "namespace": jinja2.utils.Namespace, "dict": dict}


def _as_list(value: object) -> list[Any]:
    """Rows as a list, for JSON. Raises TypeError for what is no rows."""
    if isinstance(value, PackedRows):
        return list(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def _undefined(message: str) -> str:
    """Jinja's sentence about a missing name, in Chinese."""
    name = re.search(r"^'([^']+)' is undefined|has no attribute '([^']+)'", message)
    if name is None:
        return f"用了不存在的变量或字段：{message}"
    return f"用了不存在的变量“{name[1]}”" if name[1] else f"用了不存在的字段“{name[2]}”"


def explain(error: Exception, place: str) -> InputError:
    """A template's error as a sentence for people: what is wrong, and in which template and line."""
    line = getattr(error, "lineno", None)
    where = f"{place} 第{line}行" if line else place
    message = str(getattr(error, "message", None) or error)
    if isinstance(error, jinja2.UndefinedError):
        what = _undefined(message)
    elif isinstance(error, jinja2.TemplateNotFound):
        what = f"要引用的文件“{error.name}”不在模板文件夹里"
    elif isinstance(error, UnicodeDecodeError):
        what = "不是 UTF-8 编码，请用记事本另存为 UTF-8"
    elif isinstance(error, RecursionError):
        what = "自己引用自己，没有尽头"
    elif isinstance(error, OverflowError | MemoryError):
        what = f"要生成的内容太大：{message}"
    elif isinstance(error, jinja2.TemplateSyntaxError):
        what = f"标签写法有误：{message}"
    elif isinstance(error, jinja2.exceptions.SecurityError):
        what = f"用了不允许的写法：{message}"
    else:
        what = f"套用数据时出错：{message}"
    return InputError(
        f"模板 {where}：{what}。", "改正模板；或者删除工作区 templates 里的这个文件夹，改用 docgen 自带的模板。"
    )
