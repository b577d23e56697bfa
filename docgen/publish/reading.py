"""JSON files read a member at a time: a whole manifest would be ten times its size as Python's objects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

_BLOCK = 1 << 16
_SPACE = " \t\n\r"
_OF_NUMBERS = "0123456789.eE+-"


def members(stream: TextIO) -> Iterator[tuple[str, Any]]:
    """The members of the one object in a JSON text: name and value. A list is given as an iterator over its items, each
    read when it is asked for.

    Raises ValueError or RecursionError where the text is not JSON, or not an object, maybe after some members.
    """
    text = _Text(stream)
    text.take("{")
    if text.peek() != "}":
        while True:
            name = text.value()
            if not isinstance(name, str):
                raise ValueError("a member's name is no text")
            text.take(":")
            if text.peek() == "[":
                items = _items(text)
                yield name, items
                for _ in items:
                    pass  # whatever was not asked for
            else:
                yield name, text.value()
            if text.peek() != ",":
                break
            text.take(",")
    text.take("}")
    if text.peek():
        raise ValueError("more than one object")


def _items(text: _Text) -> Iterator[Any]:
    text.take("[")
    if text.peek() != "]":
        yield text.value()
        while text.peek() == ",":
            text.take(",")
            yield text.value()
    text.take("]")


class _Text:
    """A text of which only the part that is being read is held."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._held = ""
        self._place = 0
        self._ended = False
        self._decode = json.JSONDecoder().raw_decode

    def _more(self) -> bool:
        """Read on. Of a value that is long, twice as much each time: it is tried from its start."""
        left = self._held[self._place :]
        new = self._stream.read(max(_BLOCK, len(left)))
        self._held, self._place = left + new, 0
        self._ended = not new
        return bool(new)

    def peek(self) -> str:
        """The next character that is no space, "" at the end."""
        while True:
            while self._place < len(self._held):
                if self._held[self._place] not in _SPACE:
                    return self._held[self._place]
                self._place += 1
            if not self._more():
                return ""

    def take(self, mark: str) -> None:
        """Go on behind a mark. Raises ValueError where something else stands there."""
        if self.peek() != mark:
            raise ValueError(f"no {mark}")
        self._place += 1

    def value(self) -> Any:
        """The next value. Raises ValueError where there is none."""
        self.peek()
        while True:
            try:
                value, end = self._decode(self._held, self._place)
            except ValueError:
                if not self._more():
                    raise
                continue
            # A number that reaches to the end of what is held may go on there, even if only with a dot.
            if isinstance(value, int | float) and not self._held[end:].strip(_OF_NUMBERS) and self._more():
                continue
            self._place = end
            return value
