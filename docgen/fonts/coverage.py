"""Which characters the machine's fonts have, so that a box in place of a person's name is told before it is printed."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import uharfbuzz

from .roles import FontChoice, Role, chain

_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_VARIATION_SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))


@cache
def _font(path: Path, index: int) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), index))


def has(path: Path, index: int, character: str) -> bool:
    """Whether a face has a glyph for a character (`index` is its place in a collection)."""
    return _font(path, index).get_nominal_glyph(ord(character)) is not None


def uncovered(text: str, role: Role = Role.SONG) -> frozenset[str]:
    """The characters of `text` that no font in the role's chain has; spaces and control characters do not count.

    Since every chain ends in that of 宋体, the answer without a role holds for a whole document.
    Raises EnvironmentLacks when there is no Chinese font at all.
    """
    left = {sign for sign in set(text) if _is_seen(sign)}
    for choice in chain(role):
        if not left:
            break
        left = {sign for sign in left if not has(choice.path, choice.index, sign)}
    return frozenset(left)


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in _UNSEEN and sign not in _VARIATION_SELECTORS


@cache
def _gbk() -> frozenset[str]:
    """The 20,902 Chinese characters of GBK: those that a person's name may be registered with."""
    return frozenset(
        sign
        for lead in range(0x81, 0xFF)
        for trail in range(0x40, 0xFF)
        if "\u4e00" <= (sign := bytes((lead, trail)).decode("gbk", "ignore")) <= "\u9fff"
    )


def gbk_share(choice: FontChoice) -> float:
    """How much of GBK's Chinese characters this font has by itself, from 0 to 1."""
    return sum(has(choice.path, choice.index, sign) for sign in _gbk()) / len(_gbk())
