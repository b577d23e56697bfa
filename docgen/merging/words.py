"""How paths and files that were left out are told to people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .records import LeftOut

_MOST_NAMED = 10


def shown(path: Path) -> str:
    """A path as it is told to people: one line, bytes that are no text replaced, the middle of a very long one left out."""
    text = one_line(str(path))
    return text if len(text) <= 160 else f"{text[:80]}…{text[-70:]}"


def one_line(text: str) -> str:
    """Text on one line, without control characters and bytes that are no text."""
    whole = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in whole).split())


def all_left_out(left_out: Sequence[LeftOut]) -> str:
    lines = [f"\n  “{each.file}”{each.reason}。{each.remedy}" for each in left_out[:_MOST_NAMED]]
    more = len(left_out) - len(lines)
    lines += [f"\n  ……另有{more}个。"] if more > 0 else []
    return f"没有一个文件可以合并：{''.join(lines)}"
