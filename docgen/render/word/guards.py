"""What keeps a hostile template from asking for all memory: products, powers, padding and formats have limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sized
from typing import Any

import jinja2
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_CHARACTERS = 20_000_000
"""The longest text, and the longest list, that an expression may make."""
_MOST_BITS = 100_000
_WIDEST = 100_000
_WIDTH = re.compile(r"\d{6,}")
_WIDE_FORMAT = re.compile(r"\d{6,}|\{[^{}]*\{")
_CALL = 10
"""What a call counts for, beside the rounds of loops."""
_PADDING = frozenset({"center", "ljust", "rjust", "zfill", "expandtabs"})


class TooLong(jinja2.TemplateRuntimeError):
    """An expression that would make too long a text or too large a number; the message is a Chinese sentence."""

    def __init__(self) -> None:
        super().__init__("表达式得出的文字或数字过长，已经停止")


class Guarded(ImmutableSandboxedEnvironment):
    """The sandbox, with limits on what one expression makes."""

    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """`left operator right`; raises TooLong before a huge result is made."""
        if not (isinstance(left, int | float) and isinstance(right, int | float)):
            _check_texts(operator, left, right)
        elif isinstance(left, int) and isinstance(right, int) and operator in "**":
            bits = left.bit_length() * right if operator == "**" else left.bit_length() + right.bit_length()
            if bits > _MOST_BITS:
                raise TooLong
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja's
        """A call from a template: counted, and with arguments that cannot make an endless text."""
        spend: Callable[[int], None] | None = getattr(__context, "spend", None)
        if spend:
            spend(_CALL)
        name = getattr(__obj, "__name__", "")
        if name in _PADDING and any(isinstance(value, int) and value > MOST_CHARACTERS for value in args):
            raise TooLong
        text = getattr(__obj, "__self__", None)
        if name == "replace" and isinstance(text, str):
            _check_total(text, *args)
        if name == "join" and isinstance(text, str):
            args = (_checked_items(args[0], text), *args[1:]) if args else args
        return super().call(__context, __obj, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """`'...'.format` as the sandbox allows it; raises TooLong for a width that makes an endless text."""
        wrapped = super().wrap_str_format(value)
        if wrapped is not None and _WIDE_FORMAT.search(value.__self__):
            raise TooLong
        return wrapped


def _check_texts(operator: str, left: Any, right: Any) -> None:
    lengths = [len(value) for value in (left, right) if isinstance(value, Sized)]
    if operator == "*" and lengths:
        times = right if isinstance(right, int) else left
        if isinstance(times, int) and lengths[0] * times > MOST_CHARACTERS:
            raise TooLong
    if operator == "+" and sum(lengths) > MOST_CHARACTERS:
        raise TooLong
    if operator == "%" and isinstance(left, str) and ("*" in left or _WIDTH.search(left)):
        raise TooLong


def _checked_items(items: Any, separator: object) -> list[Any]:
    """The items to be joined; refused where the text that they make is endless."""
    known = list(items)
    length = len(separator) if isinstance(separator, str) else 0
    if length * len(known) + sum(len(item) for item in known if isinstance(item, str)) > MOST_CHARACTERS:
        raise TooLong
    return known


def _check_total(*texts: Any) -> None:
    """Refuse a replacement or join whose result may have more than MOST_CHARACTERS."""
    lengths = [len(value) for value in texts if isinstance(value, str | list | tuple)]
    product = 1
    for length in lengths:
        product *= max(length, 1)
    if product > MOST_CHARACTERS and max(lengths, default=0) > 10_000:
        raise TooLong


def guarded_filters(environment: jinja2.Environment) -> Mapping[str, Any]:
    """Jinja's filters that make text longer, with a limit on the numbers and formats that they are given."""
    names = ("center", "indent", "batch", "slice", "format", "wordwrap")
    limited = {name: _limited(environment.filters[name], name == "format") for name in names}
    return {**limited, "join": _joining(environment.filters["join"])}


def _joining(function: Callable[..., Any]) -> Callable[..., Any]:
    def joined(evaluation: Any, value: Any, d: Any = "", attribute: Any = None) -> Any:
        return function(evaluation, _checked_items(value, d), d, attribute)

    vars(joined).update(vars(function))
    return joined


def _limited(function: Callable[..., Any], formats: bool) -> Callable[..., Any]:
    def limited(*args: Any, **kwargs: Any) -> Any:
        asked = [*args[1:], *kwargs.values()]
        if not formats and any(isinstance(value, int) and abs(value) > _WIDEST for value in asked):
            raise TooLong
        if formats and isinstance(args[0], str) and ("*" in args[0] or _WIDTH.search(args[0])):
            raise TooLong
        return function(*args, **kwargs)

    # Jinja reads from the function which argument it wants first.
    vars(limited).update(vars(function))
    return limited
