"""Cells of certificate lists as people write them: levels, batches, numbers, lists."""

from __future__ import annotations

import re

from docgen.model.records import CertificateLevel
from docgen.model.text import half_width, tidy_name

_LEVEL_SIGNS = {
    "初": CertificateLevel.ELEMENTARY,
    "中": CertificateLevel.INTERMEDIATE,
    "高": CertificateLevel.ADVANCED,
}
_LEVEL_WORDS = re.compile(r"^[初中高级等、,，;；/\\|及和与 \s()（）]+$")
_EVERY_LEVEL = ("全部", "所有等级", "各等级", "不限", "全部等级")
_CHINESE_DIGITS = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)}
_SEPARATORS = re.compile(r"[、,，;；\n]+")


def parse_levels(text: str) -> tuple[CertificateLevel, ...] | None:
    """The levels that a cell names, lowest first (初级、中级; 初/中/高级; 全部); () for an empty one, None if unreadable."""
    text = tidy_name(text)
    if not text:
        return ()
    if text in _EVERY_LEVEL:
        return tuple(CertificateLevel)
    if not _LEVEL_WORDS.match(text):
        return None
    return tuple(level for sign, level in _LEVEL_SIGNS.items() if sign in text) or None


def parse_batch(text: str) -> int | None:
    """The batch that a cell names (4, 4.0, 第四批), None where there is none."""
    text = tidy_name(text)
    if found := re.search(r"\d+", text):
        return int(found.group())
    return next((_CHINESE_DIGITS[sign] for sign in text if sign in _CHINESE_DIGITS), None)


def parse_count(text: str) -> int | None:
    """The one whole number that a cell names (40, 40.0, 不少于40人), None where there is none or there are several."""
    numbers = re.findall(r"\d+(?:\.\d+)?", half_width(text).replace(",", ""))
    if len(numbers) != 1 or float(numbers[0]) != int(float(numbers[0])):
        return None
    return int(float(numbers[0]))


def parse_names(text: str) -> tuple[str, ...]:
    """The names in a cell, joined by 、, , ; or line breaks; each once, in order. Brackets keep their commas."""
    parts: list[str] = []
    depth = 0
    part = ""
    for character in text:
        depth += (character in "（(") - (character in "）)")
        if depth <= 0 and _SEPARATORS.fullmatch(character):
            parts.append(part)
            part = ""
        else:
            part += character
    names = (tidy_name(name) for name in (*parts, part))
    return tuple(dict.fromkeys(name for name in names if name))
